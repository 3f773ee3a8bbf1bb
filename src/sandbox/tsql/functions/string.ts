import { MAX_LENGTH, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import {
  BIGINT,
  declaredLength,
  FLOAT,
  INT,
  isBinaryType,
  isCharacterType,
  isLargeObjectType,
  varcharType,
} from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { defineFunction } from './define-function.ts'
import {
  checkText,
  collationOf,
  countsSupplementary,
  fitText,
  invalidArgument,
  invalidNull,
  textLength,
  textOf,
  varyingLike,
  varyingText,
} from './text-argument.ts'
import { dataLength, lengthInCharacters } from './text-length.ts'

const NUMBER = { type: INT, isNullLiteral: false } as const

const lengthType = ([first = NUMBER]: readonly ArgumentInfo[]): SqlType =>
  textLength(first) === MAX_LENGTH ? BIGINT : INT

const sized = (length: number, type: SqlType): SqlValue =>
  type.name === 'bigint' ? BigInt(length) : length

const len = defineFunction({
  arguments: 1,
  result: (args) => {
    checkText(args, 1, 'len')
    return lengthType(args)
  },
  evaluate: ([value = null], _context, site) =>
    sized(
      lengthInCharacters(value, textOf(value, 1, site), collationOf(site.args)),
      site.resultType,
    ),
})

const datalength = defineFunction({
  arguments: 1,
  result: (args) => lengthType(args),
  evaluate: ([value = null], _context, { args, resultType }) =>
    sized(dataLength(value, args[0]?.type ?? INT), resultType),
})

/** LEFT and RIGHT: a constant length below the argument's narrows the result. */
function sideType(args: readonly ArgumentInfo[], name: string, context: CallContext): SqlType {
  checkText(args, 1, name)
  const [text = NUMBER, count] = args
  const longest = textLength(text)
  const wanted = typeof count?.constant === 'number' ? count.constant : Number.POSITIVE_INFINITY
  if (longest === MAX_LENGTH) return varyingText([text], MAX_LENGTH, context)
  return varyingText([text], Math.min(longest, Math.max(wanted, 0)), context)
}

function side(
  name: 'left' | 'right',
  take: (text: string, count: number) => string,
): ScalarFunction {
  return defineFunction({
    arguments: 2,
    parameters: [undefined, INT],
    result: (args, _keyword, context) => sideType(args, name, context),
    evaluate([value = null, count = null], _context, site) {
      if (Number(count) < 0) throw invalidLength(name)
      const text = textOf(value, 1, site)
      if (!countsSupplementary(site.resultType.collationId)) return take(text, Number(count))
      const characters = [...text]
      return name === 'left'
        ? characters.slice(0, Number(count)).join('')
        : characters.slice(Math.max(characters.length - Number(count), 0)).join('')
    },
  })
}

function invalidLength(name: string): SqlError {
  if (name === 'right') {
    return new SqlError(536, 'Invalid length parameter passed to the right function.')
  }
  return new SqlError(537, 'Invalid length parameter passed to the LEFT or SUBSTRING function.', {
    state: name === 'left' ? 2 : 3,
  })
}

/** Start counts from 1; places before it use up length without giving characters. */
const substring = defineFunction({
  arguments: [2, 3],
  parameters: [undefined, INT],
  result([text = NUMBER, , length], _keyword, context) {
    if (text.isNullLiteral) throw invalidNull(1, 'substring')
    if (!isCharacterType(text.type) && !isBinaryType(text.type) && !isLargeObjectType(text.type)) {
      throw invalidArgument(text.type, 1, 'substring')
    }
    const longest = textLength(text)
    const wanted = typeof length?.constant === 'number' ? length.constant : Number.POSITIVE_INFINITY
    if (longest === MAX_LENGTH) return varyingLike(text, MAX_LENGTH, context)
    return varyingLike(text, Math.min(longest, Math.max(wanted, 0)), context)
  },
  evaluate([value = null, start = null, length = Number.MAX_SAFE_INTEGER], _context, site) {
    if (Number(length) < 0) throw invalidLength('substring')
    const from = Math.max(Number(start) - 1, 0)
    const to = Math.max(Number(start) - 1 + Number(length), from)
    if (value instanceof Uint8Array && isBinaryType(site.resultType)) return value.slice(from, to)
    const text = textOf(value, 1, site)
    if (!countsSupplementary(site.resultType.collationId)) return text.slice(from, to)
    return [...text].slice(from, to).join('')
  },
})

/** UPPER, LOWER, REVERSE: the text changes, its length does not. */
function sameLength(name: string, change: (text: string) => string): ScalarFunction {
  return defineFunction({
    arguments: 1,
    result(args, _keyword, context) {
      checkText(args, 1, name)
      const [text = NUMBER] = args
      if (text.type.name === 'char' || text.type.name === 'nchar') return text.type
      return varyingText([text], textLength(text), context)
    },
    evaluate: ([value = null], _context, site) => change(textOf(value, 1, site)),
  })
}

/** Case changes one UTF-16 unit into one: ß stays, and the dotless ı is Turkish only. */
function changeCase(text: string, change: (character: string) => string): string {
  const changed = change(text)
  if (changed.length === text.length) return changed
  return Array.from(text, (character) => {
    const other = change(character)
    return other.length === character.length ? other : character
  }).join('')
}

const upper = (text: string) => changeCase(text, (part) => part.toUpperCase())
const lower = (text: string) => changeCase(text, (part) => part.toLowerCase())

/** The longest result when nothing bounds it: (max) if the text is, else the longest plain type. */
const unbounded = (texts: readonly ArgumentInfo[]): number =>
  texts.some((text) => textLength(text) === MAX_LENGTH) ? MAX_LENGTH : Number.MAX_SAFE_INTEGER

const replicate = defineFunction({
  arguments: 2,
  parameters: [undefined, INT],
  result(args, _keyword, context) {
    checkText(args, 1, 'replicate')
    const [text = NUMBER, count] = args
    const times = typeof count?.constant === 'number' ? Math.max(count.constant, 0) : undefined
    const length = unbounded([text])
    if (length === MAX_LENGTH || times === undefined) return varyingText([text], length, context)
    return varyingText([text], textLength(text) * times, context)
  },
  evaluate([value = null, times = null], _context, site) {
    const count = Number(times)
    if (count < 0) return null
    const text = textOf(value, 1, site)
    const limit = declaredLength(site.resultType)
    if (text === '' || limit === MAX_LENGTH) return repeated(text, count)
    return fitText(text.repeat(Math.min(count, Math.ceil(limit / text.length))), site.resultType)
  },
})

/** Characters of the longest (max) text that a JavaScript string can hold. */
const MAX_STRING_LENGTH = 0x1fff_ffe8

function repeated(text: string, count: number): string {
  if (text.length * count <= MAX_STRING_LENGTH) return text.repeat(count)
  throw new SqlError(
    701,
    "There is insufficient system memory in resource pool 'default' to run this query.",
    {
      severity: 17,
    },
  )
}

const space = defineFunction({
  arguments: 1,
  parameters: [INT],
  result: ([count], _keyword, context) => {
    const length = typeof count?.constant === 'number' ? count.constant : 8000
    return varcharType(Math.min(Math.max(length, 1), 8000), context.host.session.collationId)
  },
  evaluate: ([count = null]) =>
    Number(count) < 0 ? null : ' '.repeat(Math.min(Number(count), 8000)),
})

const stuff = defineFunction({
  arguments: 4,
  parameters: [undefined, INT, INT, undefined],
  acceptsNull: true,
  result(args, _keyword, context) {
    checkText(args, 1, 'stuff')
    checkText(args, 4, 'stuff')
    const [text = NUMBER, , , inserted = NUMBER] = args
    const lengths = [text, inserted].map(textLength)
    const total = lengths.includes(MAX_LENGTH) ? MAX_LENGTH : (lengths[0] ?? 0) + (lengths[1] ?? 0)
    return varyingText([text, inserted], total, context)
  },
  evaluate([value = null, start = null, length = null, inserted = null], _context, site) {
    if (value === null || start === null || length === null) return null
    const text = textOf(value, 1, site)
    const from = Number(start) - 1
    if (from < 0 || from >= text.length || Number(length) < 0) return null
    const middle = inserted === null ? '' : textOf(inserted, 4, site)
    return fitText(
      text.slice(0, from) + middle + text.slice(from + Number(length)),
      site.resultType,
    )
  },
})

/** STR(number [, length [, decimals]]): right-aligned; asterisks when the whole part does not fit. */
const str = defineFunction({
  arguments: [1, 3],
  parameters: [FLOAT, INT],
  result: ([, length], _keyword, context) => {
    const wanted = typeof length?.constant === 'number' ? length.constant : 10
    return varcharType(Math.min(Math.max(wanted, 1), 8000), context.host.session.collationId)
  },
  evaluate([number = null, length = 10, decimals = 0]) {
    const width = Number(length)
    if (width <= 0 || width > 8000 || Number(decimals) < 0) return null
    return strText(Number(number), width, Math.min(Number(decimals), 16))
  },
})

function strText(value: number, width: number, decimals: number): string {
  const whole = fixedText(value, 0)
  if (whole.length > width) return '*'.repeat(width)
  const room = Math.max(width - whole.length - 1, 0)
  return fixedText(value, Math.min(decimals, room)).padStart(width, ' ').slice(0, width)
}

/** Rounded half away from zero by the digits a person sees, not by the binary fraction. */
function fixedText(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString()
  const factor = 10 ** decimals
  const scaled = Number((Math.abs(value) * factor).toPrecision(15))
  const rounded = scaled < 2 ** 53 ? Math.round(scaled) / factor : Math.abs(value)
  return `${value < 0 && rounded !== 0 ? '-' : ''}${rounded.toFixed(decimals)}`
}

export const STRING_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  LEN: len,
  DATALENGTH: datalength,
  LEFT: side('left', (text, count) => text.slice(0, count)),
  RIGHT: side('right', (text, count) => text.slice(Math.max(text.length - count, 0))),
  SUBSTRING: substring,
  UPPER: sameLength('upper', upper),
  LOWER: sameLength('lower', lower),
  REVERSE: sameLength('reverse', (text) => text.split('').reverse().join('')),
  REPLICATE: replicate,
  SPACE: space,
  STUFF: stuff,
  STR: str,
}
