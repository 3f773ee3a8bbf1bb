import {
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
  TICKS_PER_SECOND,
} from '../sql-type.ts'

/** A value's text, exact and the same everywhere; the type is its column's. */
export type ValueText = (value: Exclude<SqlValue, null>) => string

const TICKS_PER_MILLISECOND = 10_000
const DIGITS_OF_TICKS = 7

/**
 * How values of a type are written: numbers in plain notation with all their digits, float and real as
 * the shortest text that reads back as the same number, dates as ISO 8601 with the digits of their
 * scale, binary values as 0x and hexadecimal digits, bits as 1 and 0, a sql_variant as its value.
 */
export function valueText(type: SqlType): ValueText {
  switch (type.name) {
    case 'real':
      return (value) => realText(Number(value))
    case 'bit':
      return (value) => (value === true ? '1' : '0')
    case 'date':
      return (value) => (value instanceof SqlDateTime ? dateText(value.days) : String(value))
    case 'time':
    case 'datetime':
    case 'datetime2':
    case 'smalldatetime':
    case 'datetimeoffset':
      return (value) => (value instanceof SqlDateTime ? momentText(value, type) : String(value))
    default:
      return anyText
  }
}

function anyText(value: Exclude<SqlValue, null>): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return hexadecimalText(value)
  if (value instanceof SqlVariant) return valueText(value.type)(value.value)
  if (value instanceof Decimal || typeof value !== 'object') return String(value)
  return momentText(value, { name: 'datetime2', scale: DIGITS_OF_TICKS })
}

/** `0x` and two digits a byte. */
export function hexadecimalText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return `0x${buffer.toString('hex').toUpperCase()}`
}

const MOST_REAL_DIGITS = 9

/** A real has 24 bits: String() would write the digits of the double that it became. */
export function realText(value: number): string {
  for (let digits = 6; digits < MOST_REAL_DIGITS; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
  }
  return String(Number(value.toPrecision(MOST_REAL_DIGITS)))
}

function momentText(moment: SqlDateTime, type: Pick<SqlType, 'name' | 'scale'>): string {
  const time = timeText(moment.ticks, type)
  if (type.name === 'time') return time
  const local = `${dateText(moment.days)}T${time}`
  return type.name === 'datetimeoffset' ? local + offsetText(moment.offsetMinutes) : local
}

/** datetime has thousands of a second, rounded as SQL Server prints them; smalldatetime has none. */
function timeText(ticks: number, { name, scale }: Pick<SqlType, 'name' | 'scale'>): string {
  if (name === 'smalldatetime') return clockText(ticks)
  if (name === 'datetime') {
    const milliseconds = Math.round(ticks / TICKS_PER_MILLISECOND)
    return `${clockText(milliseconds * TICKS_PER_MILLISECOND)}.${pad(milliseconds % 1000, 3)}`
  }
  const fraction = pad(ticks % TICKS_PER_SECOND, DIGITS_OF_TICKS).slice(0, scale)
  return scale === 0 ? clockText(ticks) : `${clockText(ticks)}.${fraction}`
}

function clockText(ticks: number): string {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND)
  const minutes = Math.floor(seconds / 60)
  return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}`
}

function offsetText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes)
  return `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`
}

const MS_PER_DAY = 86_400_000
/** Days from 0001-01-01 to 1970-01-01, in the calendar of both SQL Server and Date. */
const DAYS_TO_1970 = 719_162

let lastDay = -1
let lastDayText = ''

/** Rows beside each other are often of one day. */
function dateText(days: number): string {
  if (days !== lastDay) {
    lastDayText = new Date((days - DAYS_TO_1970) * MS_PER_DAY).toISOString().slice(0, 10)
    lastDay = days
  }
  return lastDayText
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
