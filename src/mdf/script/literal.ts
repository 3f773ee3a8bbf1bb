import {
  DAYS_TO_1900,
  Decimal,
  type SqlDateTime,
  type SqlType,
  type SqlTypeName,
  type SqlVariant,
  TICKS_PER_SECOND,
} from '../sql-type.ts'
import { quoteString } from './quote.ts'
import { typeText } from './type-text.ts'

const MS_PER_DAY = 86_400_000

/** An expression that has the variant's value and its very type. */
export function typedLiteral({ type, value }: SqlVariant): string {
  if (type.name === 'nvarchar' && typeof value === 'string') return quoteString(value)
  if (type.name === 'int' && typeof value === 'number') return String(value)
  return `CAST(${plainLiteral(type, value)} AS ${typeText(withinLimits(type))})`
}

/** Whether `typedLiteral` is a mere constant, as an argument of EXECUTE must be. */
export function isConstant({ type }: SqlVariant): boolean {
  return type.name === 'nvarchar' || type.name === 'int'
}

/** A constant from which the value's own type can be converted without loss. */
function plainLiteral({ name }: SqlType, value: SqlVariant['value']): string {
  if (typeof value === 'string') return quoteString(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? String(value) : exponent(value)
  if (typeof value === 'bigint' || value instanceof Decimal) return value.toString()
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex').toUpperCase()}`
  return `'${dateTimeText(name, value)}'`
}

/** A float constant: one without an exponent would be a decimal, and those have 38 digits at most. */
function exponent(value: number): string {
  return value.toExponential().toUpperCase()
}

/** ISO 8601 with as many digits behind the second as the type takes and the value needs. */
function dateTimeText(name: SqlTypeName, { days, ticks, offsetMinutes }: SqlDateTime): string {
  const date = new Date((days - DAYS_TO_1900) * MS_PER_DAY + Date.UTC(1900, 0, 1))
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  if (name === 'date') return day
  const clock = clockText(ticks, name === 'datetime' ? MS_DIGITS : TICK_DIGITS)
  return name === 'time' ? clock : `${day}T${clock}${offsetText(offsetMinutes)}`
}

/** datetime takes three digits and has a value for each thousandth it shows. */
const MS_DIGITS = 3
const TICK_DIGITS = 7

function clockText(ticks: number, fractionDigits: number): string {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND)
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(two).join(':')
  const fraction = (ticks % TICKS_PER_SECOND) / 10 ** (TICK_DIGITS - fractionDigits)
  const digits = String(Math.round(fraction)).padStart(fractionDigits, '0').replace(/0+$/, '')
  return digits === '' ? clock : `${clock}.${digits}`
}

function offsetText(minutes: number): string {
  if (minutes === 0) return ''
  const distance = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(distance / 60)}:${two(distance % 60)}`
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}

/** A variant's character and binary types may say 0 bytes, which no declaration can. */
function withinLimits(type: SqlType): SqlType {
  return type.maxLength === 0 ? { ...type, maxLength: type.name.startsWith('n') ? 2 : 1 } : type
}
