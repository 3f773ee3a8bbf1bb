import { MAX_LENGTH, type SqlValue } from '../../../mdf/index.ts'
import { INT, nvarcharType, varcharType } from '../values/index.ts'
import type { ArgumentInfo, ScalarFunction } from './contract.ts'
import { defineFunction } from './define-function.ts'
import {
  contextCollation,
  fitText,
  textLength,
  textOf,
  totalLength,
  varyingText,
} from './text-argument.ts'

const MOST_ARGUMENTS = 254

const concat = defineFunction({
  arguments: [2, MOST_ARGUMENTS],
  acceptsNull: true,
  result: (args, _keyword, context) => varyingText(args, totalLength(withoutNull(args)), context),
  evaluate: (values, _context, site) =>
    fitText(
      values.map((value, i) => (value === null ? '' : textOf(value, i + 1, site))).join(''),
      site.resultType,
    ),
})

const withoutNull = (args: readonly ArgumentInfo[]): ArgumentInfo[] =>
  args.filter(({ isNullLiteral }) => !isNullLiteral)

/** NULLs leave no separator; a NULL separator is empty. */
const concatWs = defineFunction({
  arguments: [3, MOST_ARGUMENTS],
  acceptsNull: true,
  result(args, _keyword, context) {
    const [separator, ...texts] = args
    const total = totalLength(withoutNull(texts))
    const between = separator === undefined ? 0 : textLength(separator) * (texts.length - 1)
    return varyingText(args, total === MAX_LENGTH ? total : total + Math.max(between, 0), context)
  },
  evaluate([first = null, ...rest], _context, site) {
    const separator = first === null ? '' : textOf(first, 1, site)
    const texts = rest.flatMap((value, i) => (value === null ? [] : [textOf(value, i + 2, site)]))
    return fitText(texts.join(separator), site.resultType)
  },
})

const QUOTES: Readonly<Record<string, readonly [open: string, close: string]>> = {
  '[': ['[', ']'],
  ']': ['[', ']'],
  '(': ['(', ')'],
  ')': ['(', ')'],
  '<': ['<', '>'],
  '>': ['<', '>'],
  '{': ['{', '}'],
  '}': ['{', '}'],
  '"': ['"', '"'],
  "'": ["'", "'"],
  '`': ['`', '`'],
}

/** Names are at most 128 characters long; a longer one gives NULL. */
const MAX_NAME = 128

const quotename = defineFunction({
  arguments: [1, 2],
  result: (args, _keyword, context) => nvarcharType(516, contextCollation(args, context)),
  evaluate([value = null, quote = '['], _context, site): SqlValue {
    const text = textOf(value, 1, site)
    const pair = QUOTES[textOf(quote, 2, site).slice(0, 1) || '[']
    if (pair === undefined || text.length > MAX_NAME) return null
    const [open, close] = pair
    return `${open}${text.replaceAll(close, close + close)}${close}`
  },
})

const SOUNDEX_DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, i) =>
    Array.from(letters, (letter) => [letter, String(i + 1)]),
  ),
)

/** A letter and three digits; H and W between two letters of one digit do not separate them. */
function soundexOf(text: string): string {
  const letters = text.toUpperCase()
  const first = letters[0] ?? ''
  if (!/[A-Z]/.test(first)) return '0000'
  let code = first
  let previous = SOUNDEX_DIGITS[first] ?? ''
  for (const letter of letters.slice(1)) {
    if (!/[A-Z]/.test(letter)) break
    const digit = SOUNDEX_DIGITS[letter] ?? ''
    if (digit !== '' && digit !== previous) code += digit
    if (letter !== 'H' && letter !== 'W') previous = digit
  }
  return code.slice(0, 4).padEnd(4, '0')
}

const soundex = defineFunction({
  arguments: 1,
  result: (args, _keyword, context) => varcharType(4, contextCollation(args, context)),
  evaluate: ([value = null], _context, site) => soundexOf(textOf(value, 1, site)),
})

/** How many of the four characters of both SOUNDEX codes agree. */
const difference = defineFunction({
  arguments: 2,
  result: INT,
  evaluate([a = null, b = null], _context, site) {
    const right = soundexOf(textOf(b, 2, site))
    return Array.from(soundexOf(textOf(a, 1, site))).filter((c, i) => c === right[i]).length
  },
})

const JSON_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

const stringEscape = defineFunction({
  arguments: 2,
  result: (args, _keyword, context) => nvarcharType(MAX_LENGTH, contextCollation(args, context)),
  evaluate: ([value = null], _context, site) => escapeJson(textOf(value, 1, site)),
})

/** Text as it stands between the quotes of a JSON string; `/` is escaped too. */
export function escapeJson(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes exactly these.
  return text.replace(/["\\/\u0000-\u001f]/g, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(4, '0')
    return JSON_ESCAPES[character] ?? `\\u${hex}`
  })
}

export const STRING_BUILD_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  CONCAT: concat,
  CONCAT_WS: concatWs,
  QUOTENAME: quotename,
  SOUNDEX: soundex,
  DIFFERENCE: difference,
  STRING_ESCAPE: stringEscape,
}
