import {
  DAYS_TO_1900,
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlValue,
} from '../../../mdf/index.ts'
import {
  atOffset,
  DAYS_TO_1753,
  fromDayNumber,
  MAX_DAYS,
  roundToDatetime,
  roundToMinute,
  roundToScale,
} from './calendar.ts'
import {
  dateOutOfRange,
  dateSyntaxError,
  notConvertible,
  overflowError,
} from './conversion-error.ts'
import { type DateOrder, OUT_OF_RANGE, parseDateText } from './date-text.ts'
import { decimalToNumber } from './number-text.ts'
import { isDateTimeType, isNumericType } from './types.ts'

/** Days of smalldatetime: 1900-01-01 to 2079-06-06. */
const MAX_SMALLDATETIME_DAYS = 0x1_0000

const STYLE_ORDERS: Readonly<Record<number, DateOrder>> = {
  1: 'mdy',
  10: 'mdy',
  2: 'ymd',
  11: 'ymd',
  12: 'ymd',
  3: 'dmy',
  4: 'dmy',
  5: 'dmy',
  6: 'dmy',
  13: 'dmy',
  20: 'ymd',
  21: 'ymd',
}

export interface DateConversion {
  readonly to: SqlType
  /** -1 when none was given. */
  readonly style: number
  readonly dateFormat: string
}

/** Any value as one of the six date and time types. */
export function toDateTime(
  value: SqlValue,
  from: SqlType,
  { to, style, dateFormat }: DateConversion,
): SqlValue {
  const moment = momentOf(value, from, { to, style, dateFormat })
  const fitted = fitDateTime(moment, from, to)
  if (fitted !== undefined) return fitted
  if (isNumericType(from)) throw overflowError('expression', to)
  throw isDateTimeType(from) || isLegacy(to) ? dateOutOfRange(from, to) : dateSyntaxError(from, to)
}

const isLegacy = (type: SqlType): boolean =>
  type.name === 'datetime' || type.name === 'smalldatetime'

function momentOf(value: SqlValue, from: SqlType, conversion: DateConversion): SqlDateTime {
  const { to } = conversion
  if (value instanceof SqlDateTime) return fromDateTime(value, from, to)
  if (typeof value === 'string') return fromText(value, from, conversion)
  if (value instanceof Uint8Array) return fromBytes(value, from, to)
  const number = value instanceof Decimal ? decimalToNumber(value) : Number(value)
  if (!Number.isFinite(number) || Math.abs(number) > MAX_DAYS) {
    throw overflowError('expression', to)
  }
  return fromDayNumber(number)
}

/** time gets the day 1900-01-01; a moment without offset counts as UTC. */
function fromDateTime(value: SqlDateTime, from: SqlType, to: SqlType): SqlDateTime {
  const days = from.name === 'time' ? DAYS_TO_1900 : value.days
  if (to.name === 'datetimeoffset') {
    return new SqlDateTime(days, value.ticks, value.offsetMinutes)
  }
  // The offset is dropped and the local time stays.
  return new SqlDateTime(days, value.ticks)
}

function fromText(
  text: string,
  from: SqlType,
  { to, style, dateFormat }: DateConversion,
): SqlDateTime {
  const order = STYLE_ORDERS[style % 100] ?? (dateFormat as DateOrder)
  const parsed = parseDateText(text, { order, legacy: isLegacy(to) })
  if (parsed === undefined) throw dateSyntaxError(from, to)
  if (parsed === OUT_OF_RANGE) {
    throw isLegacy(to) ? dateOutOfRange(from, to) : dateSyntaxError(from, to)
  }
  return parsed
}

/** The stored form of datetime: days and 1/300 seconds, four bytes each, most significant first. */
function fromBytes(bytes: Uint8Array, from: SqlType, to: SqlType): SqlDateTime {
  const buffer = Buffer.alloc(8)
  if (!isLegacy(to)) return storedDateTime(bytes, from, to)
  buffer.set(bytes.slice(-8), Math.max(8 - bytes.length, 0))
  const days = buffer.readInt32BE(0) + DAYS_TO_1900
  const ticks = Math.round((buffer.readInt32BE(4) * 100_000) / 3)
  if (days < 0 || days >= MAX_DAYS || ticks < 0) throw dateOutOfRange(from, to)
  return new SqlDateTime(days, ticks)
}

/** The stored forms of the newer types: scale, ticks and days, least significant byte first. */
function storedDateTime(bytes: Uint8Array, from: SqlType, to: SqlType): SqlDateTime {
  const number = (part: Uint8Array) => part.reduceRight((total, byte) => total * 256 + byte, 0)
  if (to.name === 'date') {
    if (bytes.length !== 3) throw notConvertible(from, to)
    return new SqlDateTime(number(bytes), 0)
  }
  const dateLength = to.name === 'time' ? 0 : to.name === 'datetime2' ? 3 : 5
  const [scale = 0] = bytes
  const timeEnd = bytes.length - dateLength
  if (scale > 7 || timeEnd < 4 || timeEnd > 6) throw notConvertible(from, to)
  const ticks = number(bytes.slice(1, timeEnd)) * 10 ** (7 - scale)
  const days = dateLength === 0 ? 0 : number(bytes.slice(timeEnd, timeEnd + 3))
  if (dateLength < 5) return new SqlDateTime(days, ticks)
  const offset = number(bytes.slice(timeEnd + 3))
  return atOffset(new SqlDateTime(days, ticks), offset >= 0x8000 ? offset - 0x1_0000 : offset)
}

/** The moment as the type keeps it: rounded, cut to date or time; undefined outside its range. */
export function fitDateTime(
  moment: SqlDateTime,
  from: SqlType,
  to: SqlType,
): SqlDateTime | undefined {
  const { days, ticks } = moment
  switch (to.name) {
    case 'date':
      return inRange(new SqlDateTime(days, 0), 0, MAX_DAYS)
    case 'time':
      return new SqlDateTime(0, roundToScale(moment, to.scale).ticks)
    case 'datetime':
      return inRange(roundToDatetime(days, ticks), DAYS_TO_1753, MAX_DAYS)
    case 'smalldatetime':
      return inRange(
        from.name === 'date' ? moment : roundToMinute(days, ticks),
        DAYS_TO_1900,
        DAYS_TO_1900 + MAX_SMALLDATETIME_DAYS,
      )
    default:
      return inRange(roundToScale(moment, to.scale), 0, MAX_DAYS)
  }
}

function inRange(value: SqlDateTime, low: number, high: number): SqlDateTime | undefined {
  return value.days >= low && value.days < high ? value : undefined
}
