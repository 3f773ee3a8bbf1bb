import {
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
  TICKS_PER_SECOND,
} from '../sql-type.ts'

/** A value that is not NULL as text. */
export type ValueText = (value: Exclude<SqlValue, null>) => string

const DAYS_PER_400_YEARS = 146_097
const DAYS_PER_100_YEARS = 36_524
const DAYS_PER_4_YEARS = 1461
const DAYS_PER_YEAR = 365
const SCALE_OF_TICKS = 7
/** Below this, a real keeps fewer than six digits. */
const LEAST_NORMAL_REAL = 2 ** -126
const REAL_DIGITS = [6, 7, 8, 9] as const
const SUBNORMAL_DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/**
 * How values of a type are written: numbers plain and exact, float and real with the fewest digits that
 * give the same number again, dates in ISO 8601 with as many digits as their scale has, binary as `0x…`,
 * bit as 1 or 0, sql_variant as the value in it.
 */
export function valueText(type: SqlType): ValueText {
  switch (type.name) {
    case 'real':
      return (value) => (typeof value === 'number' ? realText(value) : otherText(value))
    case 'date':
      return (value) => (value instanceof SqlDateTime ? dateText(value.days) : otherText(value))
    case 'time':
      return (value) =>
        value instanceof SqlDateTime ? timeText(value.ticks, type.scale) : otherText(value)
    case 'datetime':
    case 'smalldatetime':
    case 'datetime2':
    case 'datetimeoffset':
      return dateTimeText(type)
    default:
      return otherText
  }
}

function dateTimeText({ name, scale }: SqlType): ValueText {
  const digits = name === 'datetime' ? 3 : name === 'smalldatetime' ? 0 : scale
  const withOffset = name === 'datetimeoffset'
  return (value) => {
    if (!(value instanceof SqlDateTime)) return otherText(value)
    const local = `${dateText(value.days)}T${timeText(value.ticks, digits)}`
    return withOffset ? local + offsetText(value.offsetMinutes) : local
  }
}

function otherText(value: Exclude<SqlValue, null>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'bigint' || value instanceof Decimal) return value.toString()
  if (value instanceof SqlVariant) return valueText(value.type)(value.value)
  if (value instanceof SqlDateTime) {
    return `${dateText(value.days)}T${timeText(value.ticks, SCALE_OF_TICKS)}`
  }
  return binaryText(value)
}

function binaryText(value: Uint8Array): string {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return `0x${bytes.toString('hex').toUpperCase()}`
}

/** The fewest digits that give the same number; String loses the sign of zero. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** As `numberText`, among numbers of 32 bits. */
function realText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return integralRealText(value)
  return shortestReal(value)
}

function integralRealText(value: number): string {
  const isShort = Math.abs(value) < 2 ** 24 || !Number.isFinite(value)
  return isShort ? numberText(value) : shortestReal(value)
}

function shortestReal(value: number): string {
  const choices = Math.abs(value) < LEAST_NORMAL_REAL ? SUBNORMAL_DIGITS : REAL_DIGITS
  for (const digits of choices) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
  }
  return String(value)
}

function timeText(ticks: number, digits: number): string {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  if (digits === 0) return clock
  const fraction = Math.round((ticks % TICKS_PER_SECOND) / 10 ** (SCALE_OF_TICKS - digits))
  return `${clock}.${String(fraction).padStart(digits, '0')}`
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** A day of the proleptic Gregorian calendar, counted from 0001-01-01, by its cycles of 400 years. */
function dateText(days: number): string {
  const cycle = Math.floor(days / DAYS_PER_400_YEARS)
  let rest = days - cycle * DAYS_PER_400_YEARS
  const century = Math.min(3, Math.floor(rest / DAYS_PER_100_YEARS))
  rest -= century * DAYS_PER_100_YEARS
  const leapCycle = Math.floor(rest / DAYS_PER_4_YEARS)
  rest -= leapCycle * DAYS_PER_4_YEARS
  const yearOfCycle = Math.min(3, Math.floor(rest / DAYS_PER_YEAR))
  rest -= yearOfCycle * DAYS_PER_YEAR
  const year = 1 + cycle * 400 + century * 100 + leapCycle * 4 + yearOfCycle
  let month = 0
  while (rest >= monthLength(year, month)) {
    rest -= monthLength(year, month)
    month += 1
  }
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(rest + 1)}`
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** `month` from 0. */
function monthLength(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 1 && isLeap ? 29 : (MONTH_LENGTHS[month] ?? 31)
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
