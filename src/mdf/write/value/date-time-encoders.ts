import {
  DAYS_TO_1900,
  SqlDateTime,
  type SqlType,
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
} from '../../sql-type.ts'
import { timeSize } from '../../value/system-type.ts'
import { fixedEncoder, type StoredValue, type ValueEncoder } from './encoder.ts'
import { invalidValue, shown } from './invalid-value.ts'

// Format reference 6.1: date is a u24 of days since 0001-01-01, time(n) a count of 10^-n seconds.
const DATE_SIZE = 3
const LAST_DAY = 3_652_058 // 9999-12-31
const FIRST_DATETIME_DAY = 639_905 // 1753-01-01
const LAST_SMALLDATETIME_DAY = DAYS_TO_1900 + 0xffff
const DATETIME_UNITS_PER_DAY = 86_400 * 300
const MINUTES_PER_DAY = 24 * 60
const TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
const LARGEST_OFFSET_MINUTES = 14 * 60

export function dateEncoder(): ValueEncoder {
  return fixedEncoder(DATE_SIZE, (value, target, start) => {
    writeDays(target, start, dateTime(value).days)
  })
}

/** Values with more digits than the type are rounded, as SQL Server does. */
export function timeEncoder({ scale }: SqlType): ValueEncoder {
  const size = timeSize(scale)
  return fixedEncoder(size, (value, target, start) => {
    const { ticks } = dateTime(value)
    // SQL Server does not let the last fraction of a day become midnight of the next.
    const units = Math.min(toUnits(ticks, scale), unitsPerDay(scale) - 1)
    target.writeUIntLE(units, start, size)
  })
}

export function datetime2Encoder({ scale }: SqlType): ValueEncoder {
  const size = timeSize(scale)
  return fixedEncoder(size + DATE_SIZE, (value, target, start) => {
    const { days, ticks } = dateTime(value)
    writeRounded(target, { start, days, ticks, scale, size })
  })
}

/** Kept as UTC, with the offset in minutes. */
export function datetimeoffsetEncoder({ scale }: SqlType): ValueEncoder {
  const size = timeSize(scale)
  return fixedEncoder(size + DATE_SIZE + 2, (value, target, start) => {
    const { days, ticks, offsetMinutes } = dateTime(value)
    if (!Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > LARGEST_OFFSET_MINUTES) {
      throw invalidValue(`${offsetMinutes} minutes are no offset from UTC`)
    }
    const utc = ticks - offsetMinutes * TICKS_PER_MINUTE
    const shift = Math.floor(utc / TICKS_PER_DAY)
    const shifted = { days: days + shift, ticks: utc - shift * TICKS_PER_DAY }
    writeRounded(target, { start, ...shifted, scale, size })
    target.writeInt16LE(offsetMinutes, start + size + DATE_SIZE)
  })
}

/** 1/300 s of the day, then days since 1900. */
export function datetimeEncoder(): ValueEncoder {
  return fixedEncoder(8, (value, target, start) => {
    const { days, ticks } = dateTime(value)
    const units = Math.round((ticks * 3) / 100_000)
    const carry = units === DATETIME_UNITS_PER_DAY ? 1 : 0
    const day = days + carry
    if (day < FIRST_DATETIME_DAY || day > LAST_DAY) {
      throw invalidValue('a datetime is outside the years 1753 to 9999')
    }
    target.writeUInt32LE(carry === 1 ? 0 : units, start)
    target.writeInt32LE(day - DAYS_TO_1900, start + 4)
  })
}

/** Minutes of the day, then days since 1900. */
export function smalldatetimeEncoder(): ValueEncoder {
  return fixedEncoder(4, (value, target, start) => {
    const { days, ticks } = dateTime(value)
    const minutes = Math.round(ticks / TICKS_PER_MINUTE)
    const day = days + (minutes === MINUTES_PER_DAY ? 1 : 0)
    if (day < DAYS_TO_1900 || day > LAST_SMALLDATETIME_DAY) {
      throw invalidValue('a smalldatetime is outside 1900-01-01 to 2079-06-06')
    }
    target.writeUInt16LE(minutes % MINUTES_PER_DAY, start)
    target.writeUInt16LE(day - DAYS_TO_1900, start + 2)
  })
}

interface RoundedWrite {
  readonly start: number
  readonly days: number
  readonly ticks: number
  readonly scale: number
  readonly size: number
}

/** A time that rounds up to midnight belongs to the next day. */
function writeRounded(target: Buffer, { start, days, ticks, scale, size }: RoundedWrite): void {
  const units = toUnits(ticks, scale)
  const carry = units === unitsPerDay(scale) ? 1 : 0
  target.writeUIntLE(carry === 1 ? 0 : units, start, size)
  writeDays(target, start + size, days + carry)
}

function toUnits(ticks: number, scale: number): number {
  return Math.round(ticks / 10 ** (7 - scale))
}

function unitsPerDay(scale: number): number {
  return 86_400 * 10 ** scale
}

function writeDays(target: Buffer, start: number, days: number): void {
  if (days < 0 || days > LAST_DAY) throw invalidValue('a date is outside the years 1 to 9999')
  target.writeUIntLE(days, start, DATE_SIZE)
}

function dateTime(value: StoredValue): SqlDateTime {
  if (!(value instanceof SqlDateTime)) throw invalidValue(`${shown(value)} is no date or time`)
  const { days, ticks } = value
  const isWhole = Number.isInteger(days) && Number.isInteger(ticks)
  if (!isWhole || days < 0 || days > LAST_DAY || ticks < 0 || ticks >= TICKS_PER_DAY) {
    throw invalidValue('a date is outside the years 1 to 9999, or its time outside the day')
  }
  return value
}
