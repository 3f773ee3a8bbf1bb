import { PlatformError } from '../../../base/index.ts'
import { collationTraits } from '../../collation/collation.ts'
import { Decimal, SqlDateTime, type SqlType, type SqlValue, TICKS_PER_DAY } from '../../sql-type.ts'

/** Negative, 0 or positive; NULL comes first. */
export type CompareValues = (left: SqlValue, right: SqlValue) => number

const TICKS_PER_MINUTE = 600_000_000
const GUID_GROUPS = 5

/**
 * The order of a type's values in an index. Text under a linguistic collation is compared by Unicode's
 * rules: plain letters and digits come as in SQL Server; for other characters its weights are unknown.
 * @throws PlatformError INVALID_ARGUMENT for a type that can be no key
 */
export function valueComparison(type: SqlType): CompareValues {
  const compare = notNullComparison(type)
  return (left, right) => {
    if (left === null || right === null) return Number(left !== null) - Number(right !== null)
    return compare(left, right)
  }
}

function notNullComparison(type: SqlType): CompareValues {
  switch (type.name) {
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return textComparison(type)
    case 'decimal':
    case 'numeric':
    case 'money':
    case 'smallmoney':
      return compareDecimals
    case 'date':
    case 'time':
    case 'datetime':
    case 'datetime2':
    case 'datetimeoffset':
    case 'smalldatetime':
      return compareDates
    case 'uniqueidentifier':
      return (left, right) => compareOrdered(guidKey(left), guidKey(right))
    case 'binary':
    case 'varbinary':
    case 'timestamp':
    case 'hierarchyid':
      return compareBytes
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'real':
    case 'float':
      return compareOrdered
    default:
      throw new PlatformError('INVALID_ARGUMENT', `${type.name} can be no key of an index`)
  }
}

function compareOrdered(left: SqlValue, right: SqlValue): number {
  if (left === null || right === null) return 0
  return left < right ? -1 : Number(left > right)
}

function textComparison(type: SqlType): CompareValues {
  const traits = collationTraits(type.collationId)
  const trimmed = (value: SqlValue) => (typeof value === 'string' ? value.replace(/ +$/, '') : '')
  if (traits.binary) return (left, right) => compareOrdered(trimmed(left), trimmed(right))
  const sensitivity = traits.caseSensitive ? 'variant' : traits.accentSensitive ? 'accent' : 'base'
  const collator = new Intl.Collator(traits.locale, { sensitivity })
  return (left, right) => collator.compare(trimmed(left), trimmed(right))
}

function compareDecimals(left: SqlValue, right: SqlValue): number {
  if (!(left instanceof Decimal) || !(right instanceof Decimal)) return 0
  const scale = Math.max(left.scale, right.scale)
  const scaled = (value: Decimal) => value.unscaled * 10n ** BigInt(scale - value.scale)
  return compareOrdered(scaled(left), scaled(right))
}

/** datetimeoffset by the moment, not by the local time. */
function compareDates(left: SqlValue, right: SqlValue): number {
  if (!(left instanceof SqlDateTime) || !(right instanceof SqlDateTime)) return 0
  if (left.offsetMinutes !== right.offsetMinutes)
    return compareOrdered(utcTicks(left), utcTicks(right))
  return left.days - right.days || left.ticks - right.ticks
}

function utcTicks({ days, ticks, offsetMinutes }: SqlDateTime): bigint {
  return BigInt(days) * BigInt(TICKS_PER_DAY) + BigInt(ticks - offsetMinutes * TICKS_PER_MINUTE)
}

/** The last group weighs most, and the first three are stored backwards. */
function guidKey(value: SqlValue): string {
  const groups = typeof value === 'string' ? value.toUpperCase().split('-') : []
  if (groups.length !== GUID_GROUPS) return ''
  const backwards = (group: string) => group.match(/../g)?.reverse().join('') ?? ''
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = groups
  return [fifth, fourth, backwards(third), backwards(second), backwards(first)].join('')
}

function compareBytes(left: SqlValue, right: SqlValue): number {
  if (!(left instanceof Uint8Array) || !(right instanceof Uint8Array)) return 0
  return Buffer.compare(left, right)
}
