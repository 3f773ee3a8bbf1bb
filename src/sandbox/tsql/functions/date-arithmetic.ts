import { SqlDateTime, type SqlType, TICKS_PER_DAY, TICKS_PER_SECOND } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import type { DatePart } from './date-part.ts'

const TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
const TICKS_PER_HOUR = 60 * TICKS_PER_MINUTE

/** 100-nanosecond units of the parts that are a fixed time. */
const TICKS_OF_PART: Readonly<Partial<Record<DatePart, number>>> = {
  hour: TICKS_PER_HOUR,
  minute: TICKS_PER_MINUTE,
  second: TICKS_PER_SECOND,
  millisecond: TICKS_PER_SECOND / 1000,
  microsecond: 10,
}

const MONTHS_OF_PART: Readonly<Partial<Record<DatePart, number>>> = {
  year: 12,
  quarter: 3,
  month: 1,
}
const DAYS_OF_PART: Readonly<Partial<Record<DatePart, number>>> = {
  dayofyear: 1,
  day: 1,
  weekday: 1,
  week: 7,
}

const DAYS_TO_1900 = calendar.daysFromDate(1900, 1, 1)
const LOWEST_DAYS: Readonly<Record<string, number>> = {
  datetime: calendar.DAYS_TO_1753,
  smalldatetime: DAYS_TO_1900,
}

/**
 * DATEADD: months keep the day of the month where the target month has it.
 * @throws SqlError 517 when the result leaves the type's range, 9810 for a part it does not take
 */
export function addToDate(
  value: SqlDateTime,
  part: DatePart,
  amount: number,
  type: SqlType,
): SqlDateTime {
  const result = added(value, part, amount)
  const lowest = LOWEST_DAYS[type.name] ?? 0
  const end = type.name === 'smalldatetime' ? DAYS_TO_1900 + 0x1_0000 : calendar.MAX_DAYS
  if (type.name === 'time') return new SqlDateTime(0, result.ticks)
  if (result.days >= lowest && result.days < end) return result
  throw new SqlError(517, `Adding a value to a '${type.name}' column caused an overflow.`)
}

function added(value: SqlDateTime, part: DatePart, amount: number): SqlDateTime {
  const months = MONTHS_OF_PART[part]
  if (months !== undefined) return addMonths(value, amount * months)
  const days = DAYS_OF_PART[part]
  if (days !== undefined) {
    return new SqlDateTime(value.days + amount * days, value.ticks, value.offsetMinutes)
  }
  if (part === 'nanosecond') return addTicks(value, Math.round(amount / 100))
  const ticks = TICKS_OF_PART[part]
  if (ticks !== undefined) return addTicks(value, amount, ticks)
  throw notSupported(part, 'dateadd')
}

function addMonths(value: SqlDateTime, amount: number): SqlDateTime {
  const { year, month, day } = calendar.dateFromDays(value.days)
  const total = year * 12 + (month - 1) + amount
  const targetYear = Math.floor(total / 12)
  const targetMonth = (((total % 12) + 12) % 12) + 1
  const targetDay = Math.min(day, calendar.daysInMonth(targetYear, targetMonth))
  const days = calendar.daysFromDate(targetYear, targetMonth, targetDay)
  return new SqlDateTime(days, value.ticks, value.offsetMinutes)
}

/** Whole days first: `amount * unit` may exceed what a double holds exactly. */
function addTicks(value: SqlDateTime, amount: number, unit = 1): SqlDateTime {
  const perDay = TICKS_PER_DAY / unit
  const days = Math.trunc(amount / perDay)
  const rest = (amount - days * perDay) * unit
  return calendar.normalized(value.days + days, value.ticks + rest, value.offsetMinutes)
}

/**
 * DATEDIFF: how many boundaries of `part` lie between the two.
 * @throws SqlError 9810 for a part it does not take
 */
export function dateDifference(from: SqlDateTime, to: SqlDateTime, part: DatePart): bigint {
  const a = calendar.dateFromDays(from.days)
  const b = calendar.dateFromDays(to.days)
  switch (part) {
    case 'year':
      return BigInt(b.year - a.year)
    case 'quarter':
      return BigInt((b.year - a.year) * 4 + quarterOf(b.month) - quarterOf(a.month))
    case 'month':
      return BigInt((b.year - a.year) * 12 + b.month - a.month)
    case 'dayofyear':
    case 'day':
    case 'weekday':
      return BigInt(to.days - from.days)
    case 'week':
      // A week always begins on Sunday here, whatever @@DATEFIRST says.
      return BigInt(Math.floor((to.days + 1) / 7) - Math.floor((from.days + 1) / 7))
    case 'nanosecond':
      return ticksBetween(from, to, 1) * 100n
    default: {
      const unit = TICKS_OF_PART[part]
      if (unit === undefined) throw notSupported(part, 'datediff')
      return ticksBetween(from, to, unit)
    }
  }
}

function quarterOf(month: number): number {
  return Math.floor((month - 1) / 3)
}

function ticksBetween(from: SqlDateTime, to: SqlDateTime, unit: number): bigint {
  const days = BigInt(to.days - from.days) * BigInt(TICKS_PER_DAY / unit)
  return days + BigInt(Math.floor(to.ticks / unit) - Math.floor(from.ticks / unit))
}

export interface Truncation {
  /** @@DATEFIRST */
  readonly dateFirst: number
  readonly type: SqlType
}

/**
 * DATETRUNC: the start of the part that the value lies in.
 * @throws SqlError 9837 when the type has no such day, 9810 for a part it does not take
 */
export function truncateDate(value: SqlDateTime, part: DatePart, target: Truncation): SqlDateTime {
  const start = startOf(value, part, target.dateFirst)
  const lowest = target.type.name === 'datetime' ? calendar.DAYS_TO_1753 : 0
  if (start.days >= lowest) return start
  throw new SqlError(
    9837,
    'An invalid date value was encountered: The date value is less than the minimum date value allowed for the data type.',
  )
}

function startOf(value: SqlDateTime, part: DatePart, dateFirst: number): SqlDateTime {
  const { year, month } = calendar.dateFromDays(value.days)
  const atDay = (days: number) => new SqlDateTime(days, 0, value.offsetMinutes)
  switch (part) {
    case 'year':
      return atDay(calendar.daysFromDate(year, 1, 1))
    case 'quarter':
      return atDay(calendar.daysFromDate(year, quarterOf(month) * 3 + 1, 1))
    case 'month':
      return atDay(calendar.daysFromDate(year, month, 1))
    case 'dayofyear':
    case 'day':
      return atDay(value.days)
    case 'week':
      return atDay(value.days - ((calendar.weekday(value.days) + 8 - dateFirst) % 7))
    case 'iso_week':
      return atDay(value.days - calendar.weekday(value.days))
    default: {
      const unit = TICKS_OF_PART[part]
      if (unit === undefined) throw notSupported(part, 'datetrunc')
      const ticks = Math.floor(value.ticks / unit) * unit
      return new SqlDateTime(value.days, ticks, value.offsetMinutes)
    }
  }
}

function notSupported(part: DatePart, functionName: string): SqlError {
  return new SqlError(
    9810,
    `The datepart ${part} is not supported by date function ${functionName} for data type datetime.`,
  )
}
