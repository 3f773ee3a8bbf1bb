import { DAYS_TO_1900, SqlDateTime, TICKS_PER_DAY, TICKS_PER_SECOND } from '../../../mdf/index.ts'

/** Days from 0001-01-01 to 10000-01-01: days of a date are below this. */
export const MAX_DAYS = 3_652_059
/** Days from 0001-01-01 to 1753-01-01, the first day of datetime. */
export const DAYS_TO_1753 = 639_905

const DAYS_PER_400_YEARS = 146_097
/** Days from 0001-01-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_162
const MS_PER_DAY = 86_400_000

/** A Gregorian date. */
export interface YearMonthDay {
  readonly year: number
  /** 1-12 */
  readonly month: number
  /** 1-31 */
  readonly day: number
}

/** A time of day. */
export interface TimeParts {
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 100-nanosecond units below a second. */
  readonly fraction: number
}

/** The day number of a Gregorian date; does not check the day of the month. */
export function daysFromDate(year: number, month: number, day: number): number {
  // Years that begin in March put the leap day last (Howard Hinnant's days_from_civil).
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_400_YEARS + dayOfEra - 306
}

/** The Gregorian date of a day number. */
export function dateFromDays(days: number): YearMonthDay {
  const shifted = days + 306
  const era = Math.floor(shifted / DAYS_PER_400_YEARS)
  const dayOfEra = shifted - era * DAYS_PER_400_YEARS
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** Whether February has 29 days. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether the parts name a day between 0001-01-01 and 9999-12-31. */
export function isValidDate(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return false
  return day >= 1 && day <= daysInMonth(year, month)
}

/** The time of day of ticks since midnight. */
export function timeFromTicks(ticks: number): TimeParts {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND)
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: ticks - seconds * TICKS_PER_SECOND,
  }
}

/** The reverse of `timeFromTicks`. */
export function ticksFromTime({ hour, minute, second, fraction }: TimeParts): number {
  return (hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND + fraction
}

/** 1-366 */
export function dayOfYear(days: number): number {
  return days - daysFromDate(dateFromDays(days).year, 1, 1) + 1
}

/** 0 is Monday: 0001-01-01 was a Monday. */
export function weekday(days: number): number {
  return ((days % 7) + 7) % 7
}

/** ISO 8601 week number, 1-53. */
export function isoWeek(days: number): number {
  const thursday = days - weekday(days) + 3
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** Day and ticks with ticks brought between 0 and TICKS_PER_DAY. */
export function normalized(days: number, ticks: number, offsetMinutes = 0): SqlDateTime {
  if (ticks >= 0 && ticks < TICKS_PER_DAY) return new SqlDateTime(days, ticks, offsetMinutes)
  const carry = Math.floor(ticks / TICKS_PER_DAY)
  return new SqlDateTime(days + carry, ticks - carry * TICKS_PER_DAY, offsetMinutes)
}

/** The same instant without offset. */
export function toUtc(value: SqlDateTime): SqlDateTime {
  return normalized(value.days, value.ticks - value.offsetMinutes * 60 * TICKS_PER_SECOND)
}

/** The same instant at another offset; `value` is UTC. */
export function atOffset(value: SqlDateTime, offsetMinutes: number): SqlDateTime {
  return normalized(value.days, value.ticks + offsetMinutes * 60 * TICKS_PER_SECOND, offsetMinutes)
}

/** The UTC moment of a JavaScript date. */
export function fromJsDate(date: Date): SqlDateTime {
  const ms = date.getTime()
  const days = Math.floor(ms / MS_PER_DAY)
  return new SqlDateTime(days + DAYS_TO_1970, (ms - days * MS_PER_DAY) * 10_000)
}

const TICKS_PER_DATETIME_UNIT = 100_000 / 3
const DATETIME_UNITS_PER_DAY = 300 * 86_400

/** Rounded to datetime's 1/300 s, which may carry into the next day. */
export function roundToDatetime(days: number, ticks: number): SqlDateTime {
  const units = Math.floor((ticks * 3 + 50_000) / 100_000)
  if (units >= DATETIME_UNITS_PER_DAY) return new SqlDateTime(days + 1, 0)
  return new SqlDateTime(days, Math.round(units * TICKS_PER_DATETIME_UNIT))
}

const TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND

/** Rounded to smalldatetime's minute: 29.998 s and less go down. */
export function roundToMinute(days: number, ticks: number): SqlDateTime {
  const exact = roundToDatetime(days, ticks)
  const minutes = Math.floor((exact.ticks + TICKS_PER_MINUTE / 2) / TICKS_PER_MINUTE)
  return normalized(exact.days, minutes * TICKS_PER_MINUTE)
}

/** Rounded to `scale` digits of a second, which may carry into the next day. */
export function roundToScale(value: SqlDateTime, scale: number): SqlDateTime {
  if (scale >= 7) return value
  const unit = 10 ** (7 - scale)
  const ticks = Math.floor((value.ticks + unit / 2) / unit) * unit
  return normalized(value.days, ticks, value.offsetMinutes)
}

/** Days and ticks of the day number and fraction that datetime shows as a number: 0 is 1900-01-01. */
export function fromDayNumber(dayNumber: number): SqlDateTime {
  const days = Math.floor(dayNumber)
  return roundToDatetime(days + DAYS_TO_1900, (dayNumber - days) * TICKS_PER_DAY)
}

/** The reverse of `fromDayNumber`. */
export function toDayNumber(value: SqlDateTime): number {
  return value.days - DAYS_TO_1900 + value.ticks / TICKS_PER_DAY
}
