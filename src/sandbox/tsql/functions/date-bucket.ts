import { SqlDateTime, type SqlType, TICKS_PER_DAY } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import { addToDate, dateDifference } from './date-arithmetic.ts'
import type { DatePart } from './date-part.ts'

const MONTHS: Readonly<Partial<Record<DatePart, number>>> = { year: 12, quarter: 3, month: 1 }
const TICKS_PER_MS = 10_000n
/** 100-nanosecond units of the parts that are a fixed time. */
const TICKS: Readonly<Partial<Record<DatePart, bigint>>> = {
  week: BigInt(TICKS_PER_DAY) * 7n,
  day: BigInt(TICKS_PER_DAY),
  hour: TICKS_PER_MS * 3_600_000n,
  minute: TICKS_PER_MS * 60_000n,
  second: TICKS_PER_MS * 1000n,
  millisecond: TICKS_PER_MS,
}

/** Where the buckets of DATE_BUCKET begin unless told. */
export const BUCKET_ORIGIN = new SqlDateTime(calendar.daysFromDate(1900, 1, 1), 0)

export interface Bucket {
  readonly part: DatePart
  readonly width: number
  readonly origin: SqlDateTime
  readonly type: SqlType
}

/**
 * DATE_BUCKET: the start of the bucket of so many dateparts that the value is in.
 * @throws SqlError 9834 for a width that is not positive, 9810 for a part it does not take
 */
export function bucketStart(
  value: SqlDateTime,
  { part, width, origin, type }: Bucket,
): SqlDateTime {
  if (width <= 0) {
    throw new SqlError(
      9834,
      'Invalid bucket width value passed to date_bucket function. Only positive values are allowed.',
    )
  }
  const unit = TICKS[part]
  if (unit !== undefined) return ofTime(value, origin, unit * BigInt(width))
  const months = MONTHS[part]
  if (months === undefined) {
    throw new SqlError(
      9810,
      `The datepart ${part} is not supported by date function date_bucket for data type ${type.name}.`,
    )
  }
  const size = months * width
  const between = Number(dateDifference(origin, value, 'month'))
  const start = addToDate(origin, 'month', Math.floor(between / size) * size, type)
  return isAfter(start, value) ? addToDate(start, 'month', -size, type) : start
}

function ofTime(value: SqlDateTime, origin: SqlDateTime, size: bigint): SqlDateTime {
  const between = ticksOf(value) - ticksOf(origin)
  const rest = ((between % size) + size) % size
  const start = ticksOf(value) - rest
  const perDay = BigInt(TICKS_PER_DAY)
  return new SqlDateTime(Number(start / perDay), Number(start % perDay), value.offsetMinutes)
}

const ticksOf = ({ days, ticks }: SqlDateTime): bigint =>
  BigInt(days) * BigInt(TICKS_PER_DAY) + BigInt(ticks)

const isAfter = (a: SqlDateTime, b: SqlDateTime): boolean => ticksOf(a) > ticksOf(b)
