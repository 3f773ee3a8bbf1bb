import type { SqlDateTime } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import type { ArgumentInfo } from './contract.ts'

export const DATE_PARTS = [
  'year',
  'quarter',
  'month',
  'dayofyear',
  'day',
  'week',
  'weekday',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
  'nanosecond',
  'tzoffset',
  'iso_week',
] as const

export type DatePart = (typeof DATE_PARTS)[number]

const ABBREVIATIONS: Readonly<Record<string, DatePart>> = {
  yy: 'year',
  yyyy: 'year',
  qq: 'quarter',
  q: 'quarter',
  mm: 'month',
  m: 'month',
  dy: 'dayofyear',
  y: 'dayofyear',
  dd: 'day',
  d: 'day',
  wk: 'week',
  ww: 'week',
  dw: 'weekday',
  w: 'weekday',
  hh: 'hour',
  mi: 'minute',
  n: 'minute',
  ss: 'second',
  s: 'second',
  ms: 'millisecond',
  mcs: 'microsecond',
  ns: 'nanosecond',
  tz: 'tzoffset',
  isowk: 'iso_week',
  isoww: 'iso_week',
}

/**
 * The datepart a keyword names, in full or short.
 * @throws SqlError 155 for a word that is none
 */
export function parseDatePart(keyword: string, functionName: string): DatePart {
  const word = keyword.toLowerCase()
  const part = DATE_PARTS.find((each) => each === word) ?? ABBREVIATIONS[word]
  if (part !== undefined) return part
  throw new SqlError(155, `'${keyword}' is not a recognized ${functionName} option.`, {
    severity: 15,
  })
}

const DAY_PARTS = /^(?:year|quarter|month|dayofyear|day|week|weekday|iso_week)$/

/**
 * Refuses a part that the type of the argument has not; text is read as a date and time with offset.
 * @throws SqlError 9810
 */
export function checkPart(
  part: DatePart,
  arg: ArgumentInfo | undefined,
  functionName: string,
): void {
  const name = arg?.type.name
  const isDay = DAY_PARTS.test(part)
  const isRefused =
    (name === 'date' && !isDay) ||
    (name === 'time' && (isDay || part === 'tzoffset')) ||
    (part === 'tzoffset' && (name === 'datetime' || name === 'smalldatetime'))
  if (!isRefused) return
  throw new SqlError(
    9810,
    `The datepart ${part} is not supported by date function ${functionName} for data type ${name}.`,
  )
}

const SUNDAY = 7

/** The number DATEPART gives. `dateFirst` is @@DATEFIRST: 7 (Sunday) in us_english. */
export function datePart(value: SqlDateTime, part: DatePart, dateFirst = SUNDAY): number {
  const { year, month, day } = calendar.dateFromDays(value.days)
  const { hour, minute, second, fraction } = calendar.timeFromTicks(value.ticks)
  switch (part) {
    case 'year':
      return year
    case 'quarter':
      return Math.floor((month + 2) / 3)
    case 'month':
      return month
    case 'dayofyear':
      return calendar.dayOfYear(value.days)
    case 'day':
      return day
    case 'week':
      return weekOfYear(value.days, dateFirst)
    case 'weekday':
      return weekdayNumber(value.days, dateFirst)
    case 'iso_week':
      return calendar.isoWeek(value.days)
    case 'hour':
      return hour
    case 'minute':
      return minute
    case 'second':
      return second
    case 'millisecond':
      return Math.floor(fraction / 10_000)
    case 'microsecond':
      return Math.floor(fraction / 10)
    case 'nanosecond':
      return fraction * 100
    case 'tzoffset':
      return value.offsetMinutes
  }
}

/** 1 on the day that @@DATEFIRST names. */
function weekdayNumber(days: number, dateFirst: number): number {
  return ((calendar.weekday(days) - (dateFirst - 1) + 7) % 7) + 1
}

function weekOfYear(days: number, dateFirst: number): number {
  const newYear = calendar.daysFromDate(calendar.dateFromDays(days).year, 1, 1)
  return Math.floor((days - newYear + weekdayNumber(newYear, dateFirst) - 1) / 7) + 1
}
