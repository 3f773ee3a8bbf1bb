import { MAX_LENGTH, type SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { BIGINT, compileLike, INT, textOrder } from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { defineFunction } from './define-function.ts'
import {
  checkText,
  collationOf,
  fitText,
  textLength,
  textOf,
  varyingText,
} from './text-argument.ts'
import { textFinder } from './text-search.ts'

const positionType = (arg: ArgumentInfo | undefined): SqlType =>
  arg !== undefined && textLength(arg) === MAX_LENGTH ? BIGINT : INT

const charindex = defineFunction({
  arguments: [2, 3],
  parameters: [undefined, undefined, INT],
  result: ([, text]) => positionType(text),
  evaluate([wanted = null, value = null, start = 1], _context, site) {
    const text = textOf(value, 2, site)
    const find = textFinder(text, textOf(wanted, 1, site), searchCollation(site.args))
    const match = find(Math.max(Number(start) - 1, 0))
    const position = match === undefined ? 0 : match.start + 1
    return site.resultType.name === 'bigint' ? BigInt(position) : position
  },
})

/** The text searched in decides, unless it has no collation. */
function searchCollation(args: readonly ArgumentInfo[]): number {
  return args[1]?.type.collationId || collationOf(args)
}

const patindex = defineFunction({
  arguments: 2,
  result: ([, text]) => positionType(text),
  evaluate([wanted = null, value = null], _context, site) {
    const text = textOf(value, 2, site)
    const position = patternPosition(textOf(wanted, 1, site), text, searchCollation(site.args))
    return site.resultType.name === 'bigint' ? BigInt(position) : position
  },
})

/** Place of the first match, from 1; a pattern without a leading % matches at the start only. */
function patternPosition(pattern: string, text: string, collationId: number): number {
  const bare = pattern.replace(/^%+/, '')
  const matches = compileLike(bare, undefined, collationId)
  if (bare === pattern) return matches(text) ? 1 : 0
  if (bare === '') return text === '' ? 0 : 1
  if (!compileLike(pattern, undefined, collationId)(text)) return 0
  for (let i = 0; i < text.length; i++) if (matches(text.slice(i))) return i + 1
  return 0
}

const replace = defineFunction({
  arguments: 3,
  result(args, _keyword, context) {
    for (const position of [1, 2, 3]) checkText(args, position, 'replace')
    const isMax = args.some((arg) => textLength(arg) === MAX_LENGTH)
    return varyingText(args, isMax ? MAX_LENGTH : Number.MAX_SAFE_INTEGER, context)
  },
  evaluate([value = null, wanted = null, replacement = null], _context, site) {
    const text = textOf(value, 1, site)
    const find = textFinder(text, textOf(wanted, 2, site), collationOf(site.args, site.resultType))
    const inserted = textOf(replacement, 3, site)
    let result = ''
    let from = 0
    for (let match = find(0); match !== undefined; match = find(from)) {
      result += text.slice(from, match.start) + inserted
      from = Math.max(match.end, match.start + 1)
    }
    return from === 0 ? text : fitText(result + text.slice(from), site.resultType)
  },
})

const translate = defineFunction({
  arguments: 3,
  result(args, _keyword, context) {
    const [text] = args
    return varyingText(args, text === undefined ? 1 : textLength(text), context)
  },
  evaluate([value = null, characters = null, translations = null], _context, site) {
    const from = [...textOf(characters, 2, site)]
    const to = [...textOf(translations, 3, site)]
    if (from.length !== to.length) {
      throw new SqlError(
        9828,
        'The second and third arguments of the TRANSLATE built-in function must contain an equal number of characters.',
      )
    }
    const { fold } = textOrder(collationOf(site.args, site.resultType))
    const table = new Map<string, string>()
    for (const [i, character] of from.entries()) {
      const key = fold(character)
      if (!table.has(key)) table.set(key, to[i] ?? '')
    }
    return Array.from(
      textOf(value, 1, site),
      (character) => table.get(fold(character)) ?? character,
    ).join('')
  },
})

function trimType(text: ArgumentInfo | undefined, context: CallContext): SqlType {
  if (text === undefined) return INT
  return varyingText([text], textLength(text), context)
}

/** `text` without leading or trailing characters that `isTrimmed` names. */
function trimmed(
  text: string,
  sides: { readonly leading: boolean; readonly trailing: boolean },
  isTrimmed: (character: string) => boolean,
): string {
  let start = 0
  let end = text.length
  while (sides.leading && start < end && isTrimmed(text[start] ?? '')) start += 1
  while (sides.trailing && end > start && isTrimmed(text[end - 1] ?? '')) end -= 1
  return text.slice(start, end)
}

function characterTest(characters: string, collationId: number): (character: string) => boolean {
  if (characters === ' ') return (character) => character === ' '
  const { fold } = textOrder(collationId)
  const keys = new Set(Array.from(characters, fold))
  return (character) => keys.has(fold(character))
}

/** LTRIM and RTRIM: of blanks, or of the second argument's characters. */
function oneSided(name: 'ltrim' | 'rtrim'): ScalarFunction {
  const sides = { leading: name === 'ltrim', trailing: name === 'rtrim' }
  return defineFunction({
    arguments: [1, 2],
    result(args, _keyword, context) {
      checkText(args, 1, name)
      return trimType(args[0], context)
    },
    evaluate([value = null, characters = ' '], _context, site) {
      const test = characterTest(textOf(characters, 2, site), collationOf(site.args))
      return trimmed(textOf(value, 1, site), sides, test)
    },
  })
}

/** TRIM([LEADING | TRAILING | BOTH] [characters FROM] text): the text comes last. */
const trim = defineFunction({
  arguments: [1, 2],
  result(args, _keyword, context) {
    checkText(args, args.length, 'trim')
    return trimType(args.at(-1), context)
  },
  evaluate(values, _context, site) {
    const [first = null] = values
    const characters = values.length === 2 ? textOf(first, 1, site) : ' '
    const keyword = site.keyword.toUpperCase()
    const sides = { leading: keyword !== 'TRAILING', trailing: keyword !== 'LEADING' }
    const test = characterTest(characters, collationOf(site.args))
    return trimmed(textOf(values.at(-1) ?? null, values.length, site), sides, test)
  },
})

export const STRING_SEARCH_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  CHARINDEX: charindex,
  PATINDEX: patindex,
  REPLACE: replace,
  TRANSLATE: translate,
  LTRIM: oneSided('ltrim'),
  RTRIM: oneSided('rtrim'),
  TRIM: trim,
}
