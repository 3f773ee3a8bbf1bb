import {
  Decimal,
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
} from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { decodeText, throughCodePage } from './code-page.ts'
import { notConvertible, overflowError } from './conversion-error.ts'
import { floatOverflow } from './convert-number.ts'
import { defaultDateStyle, formatDate } from './date-format.ts'
import {
  divideRounded,
  formatFloatScientific,
  formatFloatShort,
  withThousands,
} from './number-text.ts'
import {
  declaredLength,
  isApproximateType,
  isClrType,
  isDecimalType,
  isMoneyType,
  isUnicodeType,
} from './types.ts'

/** Any value as a character type or xml, in a style of CONVERT (-1: none given). */
export function toText(
  value: SqlValue,
  from: SqlType,
  { to, style }: { readonly to: SqlType; readonly style: number },
): SqlValue {
  const limit = lengthLimit(to)
  if (value instanceof Uint8Array) return fitted(binaryText(value, from, { to, style }), to, limit)
  const text = textOf(value, from, style)
  const bare = from.name === to.name && from.collationId === to.collationId
  const inCodePage =
    isUnicodeType(to) || to.name === 'xml' || bare
      ? text
      : throughCodePage(text, to.collationId, Number.POSITIVE_INFINITY)
  if (inCodePage.length > limit) checkNumberFits(value, from, to)
  if (typeof value === 'number' && inCodePage.length > limit && isInteger(from)) {
    return fitted('*', to, limit)
  }
  return fitted(inCodePage, to, limit)
}

const isInteger = (type: SqlType): boolean => /^(?:tiny|small)?int$/.test(type.name)

/** Characters, or bytes for char and varchar. */
function lengthLimit(to: SqlType): number {
  if (to.name === 'text' || to.name === 'ntext' || to.name === 'xml')
    return Number.POSITIVE_INFINITY
  const length = declaredLength(to)
  return length === MAX_LENGTH ? Number.POSITIVE_INFINITY : length
}

function fitted(text: string, to: SqlType, limit: number): string {
  const isUnicode = isUnicodeType(to) || to.name === 'xml'
  const kept = isUnicode ? text.slice(0, limit) : throughCodePage(text, to.collationId, limit)
  return to.name === 'char' || to.name === 'nchar' ? kept.padEnd(limit, ' ') : kept
}

/** Text is cut to fit; a number that does not fit is an error, except int to char and varchar: `*`. */
function checkNumberFits(value: SqlValue, from: SqlType, to: SqlType): void {
  if (isMoneyType(from)) {
    throw new SqlError(
      234,
      `There is insufficient result space to convert a ${from.name} value to ${to.name}.`,
      { state: 2 },
    )
  }
  if (isDecimalType(from)) throw overflowError('numeric', to)
  if (isApproximateType(from)) throw floatOverflow(Number(value), to)
  if (from.name === 'bigint' || (isInteger(from) && isUnicodeType(to))) {
    throw overflowError('expression', to)
  }
  if (from.name === 'uniqueidentifier') {
    throw new SqlError(
      8170,
      'Insufficient result space to convert uniqueidentifier value to char.',
      { state: 2 },
    )
  }
}

/** A value as text, unlimited; what PRINT shows with style -1. Binary values as hexadecimal. */
export function textOf(value: SqlValue, type: SqlType, style: number): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') {
    return isApproximateType(type) ? floatText(value, type, style) : String(value)
  }
  if (value instanceof Decimal) {
    return isMoneyType(type) ? moneyText(value, style) : value.toString()
  }
  if (value instanceof SqlDateTime) {
    return formatDate(value, type, style < 0 ? defaultDateStyle(type) : style)
  }
  if (value instanceof SqlVariant) return textOf(value.value, value.type, style)
  return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
}

function floatText(value: number, type: SqlType, style: number): string {
  const isReal = type.name === 'real'
  switch (style) {
    case 1:
      return formatFloatScientific(value, 8)
    case 2:
      return formatFloatScientific(value, 16)
    case 3:
      return formatFloatScientific(value, isReal ? 9 : 17)
    case 126:
    case 128:
    case 129:
      return formatFloatScientific(value, isReal ? 8 : 16)
    default:
      return formatFloatShort(value, 6)
  }
}

function moneyText(value: Decimal, style: number): string {
  if (style === 2 || style === 126) return value.toString()
  const rounded = new Decimal(divideRounded(value.unscaled, 100n), 2).toString()
  if (style !== 1) return rounded
  const [whole = '', cents = ''] = rounded.split('.')
  return `${withThousands(whole)}.${cents}`
}

/** Bytes become the characters they encode, or with style 1 and 2 hexadecimal digits. */
function binaryText(
  bytes: Uint8Array,
  from: SqlType,
  { to, style }: { readonly to: SqlType; readonly style: number },
): string {
  if (style === 1 || style === 2) return hexText(bytes, { from, to, style })
  if (isClrType(from)) return `0x${Buffer.from(bytes).toString('hex').toUpperCase()}`
  if (to.name === 'xml' || isUnicodeType(to)) {
    const odd = bytes.length % 2 === 1
    return Buffer.from(odd ? [...bytes, 0] : bytes).toString('utf16le')
  }
  return decodeText(bytes, to.collationId)
}

/** Hexadecimal digits; too short a target gets as many whole bytes as fit with style 1 and 2. */
function hexText(
  bytes: Uint8Array,
  { from, to, style }: { from: SqlType; to: SqlType; style: number },
): string {
  const prefix = style === 1 ? '0x' : ''
  const limit = lengthLimit(to)
  const isFixed = to.name === 'char' || to.name === 'nchar'
  if (isFixed && prefix.length + bytes.length * 2 > limit) throw notConvertible(from, to)
  const room = Math.floor((limit - prefix.length) / 2)
  const shown = bytes.length > room ? bytes.slice(0, room) : bytes
  return prefix + Buffer.from(shown).toString('hex').toUpperCase()
}
