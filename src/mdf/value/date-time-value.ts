import { DAYS_TO_1900, SqlDateTime, TICKS_PER_DAY } from '../sql-type.ts'
import { malformedValue } from './malformed-value.ts'
import { timeSize } from './system-type.ts'

// Format reference 6.1: date is a u24 of days since 0001-01-01, time(n) a count of 10^-n seconds.
const TICKS_PER_MINUTE = 60 * 10_000_000
const DATE_SIZE = 3
const LAST_DAY = 3_652_058 // 9999-12-31

/** datetime: u32 of 1/300 s, then i32 of days since 1900-01-01. */
export function readDateTime(bytes: Buffer, start: number): SqlDateTime {
  const ticks = Math.round((bytes.readUInt32LE(start) * 100_000) / 3)
  return checked(bytes.readInt32LE(start + 4) + DAYS_TO_1900, ticks)
}

/** As `readDateTime`; undefined when the bytes are no datetime. */
export function tryReadDateTime(bytes: Buffer, start: number): SqlDateTime | undefined {
  const ticks = Math.round((bytes.readUInt32LE(start) * 100_000) / 3)
  const days = bytes.readInt32LE(start + 4) + DAYS_TO_1900
  return isDateTime(days, ticks) ? new SqlDateTime(days, ticks) : undefined
}

/** smalldatetime: u16 of minutes, then u16 of days since 1900-01-01. */
export function readSmallDateTime(bytes: Buffer, start: number): SqlDateTime {
  const ticks = bytes.readUInt16LE(start) * TICKS_PER_MINUTE
  return checked(bytes.readUInt16LE(start + 2) + DAYS_TO_1900, ticks)
}

export function readDate(bytes: Buffer, start: number): SqlDateTime {
  return checked(bytes.readUIntLE(start, DATE_SIZE), 0)
}

export function readTime(bytes: Buffer, start: number, scale: number): SqlDateTime {
  return checked(0, timeTicks(bytes, start, scale))
}

export function readDateTime2(bytes: Buffer, start: number, scale: number): SqlDateTime {
  const days = bytes.readUIntLE(start + timeSize(scale), DATE_SIZE)
  return checked(days, timeTicks(bytes, start, scale))
}

/** datetimeoffset keeps UTC and the offset in minutes; the value is local time. */
export function readDateTimeOffset(bytes: Buffer, start: number, scale: number): SqlDateTime {
  const dateStart = start + timeSize(scale)
  const offsetMinutes = bytes.readInt16LE(dateStart + DATE_SIZE)
  let ticks = timeTicks(bytes, start, scale) + offsetMinutes * TICKS_PER_MINUTE
  let days = bytes.readUIntLE(dateStart, DATE_SIZE)
  if (ticks < 0) {
    ticks += TICKS_PER_DAY
    days -= 1
  } else if (ticks >= TICKS_PER_DAY) {
    ticks -= TICKS_PER_DAY
    days += 1
  }
  return checked(days, ticks, offsetMinutes)
}

function timeTicks(bytes: Buffer, start: number, scale: number): number {
  return bytes.readUIntLE(start, timeSize(scale)) * 10 ** (7 - scale)
}

function checked(days: number, ticks: number, offsetMinutes = 0): SqlDateTime {
  if (!isDateTime(days, ticks)) throw malformedValue('a date is outside the years 1 to 9999')
  return new SqlDateTime(days, ticks, offsetMinutes)
}

function isDateTime(days: number, ticks: number): boolean {
  return days >= 0 && days <= LAST_DAY && ticks >= 0 && ticks < TICKS_PER_DAY
}
