import {
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
} from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { toUtc } from './calendar.ts'
import { commonType, operandClash } from './common-type.ts'
import { textOrder } from './text-order.ts'
import { isCharacterType, isLargeObjectType } from './types.ts'

/**
 * The type in which two operands are compared.
 * @throws SqlError 402 for text, ntext, image and xml; 206 when there is no common type
 */
export function comparisonType(left: SqlType, right: SqlType, operator = 'equal to'): SqlType {
  if (isIncomparable(left) || isIncomparable(right)) {
    throw new SqlError(
      402,
      `The data types ${left.name} and ${right.name} are incompatible in the ${operator} operator.`,
    )
  }
  if (left.name === 'sql_variant' && isClr(right)) throw operandClash(right, left)
  return commonType([left, right])
}

function isIncomparable(type: SqlType): boolean {
  return (
    isLargeObjectType(type) ||
    type.name === 'xml' ||
    type.name === 'geometry' ||
    type.name === 'geography'
  )
}

function isClr(type: SqlType): boolean {
  return type.name === 'hierarchyid'
}

/** Order of two values of `type`, neither NULL: below, at or above 0. Text by its collation. */
export function compareValues(a: SqlValue, b: SqlValue, type: SqlType): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') {
    if (type.name === 'uniqueidentifier') return compareText(guidKey(a), guidKey(b))
    return textOrder(type.collationId).compare(a, b)
  }
  if (a instanceof SqlDateTime && b instanceof SqlDateTime) return compareDateTimes(a, b)
  if (a instanceof Decimal && b instanceof Decimal) return compareDecimals(a, b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b)
  if (a instanceof SqlVariant && b instanceof SqlVariant) return compareVariants(a, b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  return Number(a) - Number(b)
}

/** A key that two values of `type` share if and only if `compareValues` gives 0; NULL has its own. */
export function hashKeyOf(value: SqlValue, type: SqlType): string | number | bigint {
  if (value === null) return '\0null'
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') {
    return isCharacterType(type) ? textOrder(type.collationId).key(value) : value
  }
  if (value instanceof Decimal) return decimalKey(value)
  if (value instanceof SqlDateTime) {
    const { days, ticks } = value.offsetMinutes === 0 ? value : toUtc(value)
    return `${days}:${ticks}`
  }
  if (value instanceof SqlVariant) return variantKey(value)
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** uniqueidentifiers are ordered by their groups from the last to the first, the first three by bytes. */
function guidKey(guid: string): string {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = guid
    .toUpperCase()
    .split('-')
  return fifth + fourth + reversedBytes(third) + reversedBytes(second) + reversedBytes(first)
}

function reversedBytes(hexadecimal: string): string {
  return (hexadecimal.match(/../g) ?? []).reverse().join('')
}

function compareDateTimes(a: SqlDateTime, b: SqlDateTime): number {
  if (a.offsetMinutes === b.offsetMinutes) return a.days - b.days || a.ticks - b.ticks
  return compareDateTimes(toUtc(a), toUtc(b))
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = a.unscaled * 10n ** BigInt(scale - a.scale)
  const right = b.unscaled * 10n ** BigInt(scale - b.scale)
  return left < right ? -1 : left > right ? 1 : 0
}

function decimalKey({ unscaled, scale }: Decimal): string {
  let value = unscaled
  let digits = scale
  while (digits > 0 && value % 10n === 0n) {
    value /= 10n
    digits -= 1
  }
  return `${value}e${digits}`
}

/** Families from the highest to the lowest (Microsoft, "sql_variant", comparing values). */
const VARIANT_FAMILIES = [
  ['datetimeoffset', 'datetime2', 'datetime', 'smalldatetime', 'date', 'time'],
  ['float', 'real'],
  ['decimal', 'numeric', 'money', 'smallmoney', 'bigint', 'int', 'smallint', 'tinyint', 'bit'],
  ['nvarchar', 'nchar', 'varchar', 'char'],
  ['varbinary', 'binary'],
  ['uniqueidentifier'],
] as const

function variantFamily({ type }: SqlVariant): number {
  return VARIANT_FAMILIES.findIndex((family) => (family as readonly string[]).includes(type.name))
}

function compareVariants(a: SqlVariant, b: SqlVariant): number {
  const families = variantFamily(b) - variantFamily(a)
  if (families !== 0) return families
  if (typeof a.value === typeof b.value && a.value.constructor === b.value.constructor) {
    return compareValues(a.value, b.value, a.type)
  }
  return compareDecimals(toDecimal(a.value), toDecimal(b.value))
}

function variantKey(variant: SqlVariant): string {
  const { value, type } = variant
  const exact = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
  const isExact = type.name !== 'float' && type.name !== 'real'
  const key = exact && isExact ? decimalKey(toDecimal(value)) : hashKeyOf(value, type)
  return `${variantFamily(variant)}:${key}`
}

/** An exact number of any type as a Decimal. */
function toDecimal(value: SqlValue): Decimal {
  if (value instanceof Decimal) return value
  return new Decimal(BigInt(Math.trunc(Number(value))), 0)
}
