import { SqlDateTime, type SqlType, type SqlValue, TICKS_PER_SECOND } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import {
  BIGINT,
  BIT,
  convert,
  DATE,
  DATETIME,
  datetime2Type,
  datetimeoffsetType,
  INT,
  isCharacterType,
  isDateTimeType,
  nvarcharType,
  SMALLDATETIME,
  timeType,
  tryConvert,
} from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { addToDate, dateDifference, truncateDate } from './date-arithmetic.ts'
import { datePart, parseDatePart } from './date-part.ts'
import { defineFunction } from './define-function.ts'

const DATETIME2 = datetime2Type(7)
const DATETIMEOFFSET = datetimeoffsetType(7)
const DATE_NAME = nvarcharType(60, 0)
const MAX_INT = 2n ** 31n
const MAX_OFFSET_MINUTES = 14 * 60

/** The argument's own date type; text and numbers are read as datetime. */
function dateTypeOf(arg: ArgumentInfo | undefined): SqlType {
  if (arg !== undefined && isDateTimeType(arg.type)) return arg.type
  return arg !== undefined && isCharacterType(arg.type) ? DATETIME2 : DATETIME
}

function toMoment(value: SqlValue, arg: ArgumentInfo | undefined): SqlDateTime {
  const moment =
    value instanceof SqlDateTime ? value : convert(value, arg?.type ?? DATETIME, dateTypeOf(arg))
  if (moment instanceof SqlDateTime) return moment
  throw new SqlError(
    241,
    'Conversion failed when converting date and/or time from character string.',
  )
}

function clock(type: SqlType, read: (context: CallContext) => SqlDateTime): ScalarFunction {
  return defineFunction({
    arguments: 0,
    deterministic: false,
    result: type,
    evaluate: (_values, context) => convert(read(context), DATETIME2, type),
  })
}

const zoned = (context: CallContext): SqlDateTime =>
  new SqlDateTime(context.now.days, context.now.ticks, context.offsetMinutes)

function part(name: 'year' | 'month' | 'day'): ScalarFunction {
  return defineFunction({
    arguments: 1,
    result: INT,
    evaluate: ([value = null], _context, { args }) => datePart(toMoment(value, args[0]), name),
  })
}

function dateFirst(context: CallContext): number {
  const option = context.host.session.options.get('DATEFIRST')
  return typeof option === 'number' ? option : 7
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function dateName(value: SqlDateTime, keyword: string, first: number): string {
  const name = parseDatePart(keyword, 'datename')
  if (name === 'weekday') return WEEKDAYS[calendar.weekday(value.days)] ?? ''
  const number = datePart(value, name, first)
  if (name === 'month') return MONTHS[number - 1] ?? ''
  return name === 'tzoffset' ? formatOffset(number) : String(number)
}

function formatOffset(minutes: number): string {
  const magnitude = Math.abs(minutes)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(magnitude / 60))}:${two(magnitude % 60)}`
}

function difference(result: SqlType): ScalarFunction {
  return defineFunction({
    arguments: 2,
    takesKeyword: true,
    result,
    evaluate([start = null, end = null], _context, { args, keyword }) {
      const from = calendar.toUtc(toMoment(start, args[0]))
      const to = calendar.toUtc(toMoment(end, args[1]))
      const boundaries = dateDifference(from, to, parseDatePart(keyword, 'datediff'))
      if (result.name === 'bigint') return boundaries
      if (boundaries < MAX_INT && boundaries >= -MAX_INT) return Number(boundaries)
      throw new SqlError(
        535,
        'The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart.',
      )
    },
  })
}

/** DATEFROMPARTS and its kin; `read` gives days and ticks, or undefined when the parts name no moment. */
function fromParts(
  count: number,
  type: SqlType | ((args: readonly ArgumentInfo[]) => SqlType),
  read: (parts: readonly number[]) => SqlDateTime | undefined,
): ScalarFunction {
  return defineFunction({
    arguments: count,
    parameters: [INT],
    result: type,
    evaluate(values, _context, { resultType }) {
      const moment = read(values.map(Number))
      if (moment !== undefined) return moment
      throw new SqlError(
        289,
        `Cannot construct data type ${resultType.name}, some of the arguments have values which are not valid.`,
      )
    },
  })
}

function momentOf(
  [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[],
  fraction = 0,
  offsetMinutes = 0,
): SqlDateTime | undefined {
  if (!calendar.isValidDate(year, month, day)) return undefined
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return undefined
  if (fraction < 0 || fraction >= TICKS_PER_SECOND) return undefined
  const ticks = calendar.ticksFromTime({ hour, minute, second, fraction })
  return new SqlDateTime(calendar.daysFromDate(year, month, day), ticks, offsetMinutes)
}

/** The scale that the last argument, a literal, names. */
function scaleOf(args: readonly ArgumentInfo[]): number {
  return Number(args.at(-1)?.constant ?? 7)
}

/** Minutes of an offset written as a number or as '+02:00'. */
function parseOffset(value: SqlValue): number {
  const match = /^([+-])(\d{1,2}):(\d{2})$/.exec(String(value).trim())
  const minutes =
    typeof value === 'number'
      ? value
      : match === null
        ? Number.NaN
        : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
  if (Math.abs(minutes) <= MAX_OFFSET_MINUTES) return minutes
  throw new SqlError(9812, 'The timezone provided to builtin function todatetimeoffset is invalid.')
}

export const DATE_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  GETDATE: clock(DATETIME, ({ now }) => now),
  CURRENT_TIMESTAMP: clock(DATETIME, ({ now }) => now),
  GETUTCDATE: clock(DATETIME, ({ utcNow }) => utcNow),
  SYSDATETIME: clock(DATETIME2, ({ now }) => now),
  SYSUTCDATETIME: clock(DATETIME2, ({ utcNow }) => utcNow),
  SYSDATETIMEOFFSET: defineFunction({
    arguments: 0,
    deterministic: false,
    result: DATETIMEOFFSET,
    evaluate: (_values, context) => zoned(context),
  }),
  YEAR: part('year'),
  MONTH: part('month'),
  DAY: part('day'),
  DATEPART: defineFunction({
    arguments: 1,
    takesKeyword: true,
    result: (_args, keyword) => {
      parseDatePart(keyword, 'datepart')
      return INT
    },
    evaluate: ([value = null], context, { args, keyword }) =>
      datePart(toMoment(value, args[0]), parseDatePart(keyword, 'datepart'), dateFirst(context)),
  }),
  DATENAME: defineFunction({
    arguments: 1,
    takesKeyword: true,
    result: DATE_NAME,
    evaluate: ([value = null], context, { args, keyword }) =>
      dateName(toMoment(value, args[0]), keyword, dateFirst(context)),
  }),
  DATEADD: defineFunction({
    arguments: 2,
    takesKeyword: true,
    parameters: [INT, undefined],
    result: (args, keyword) => {
      parseDatePart(keyword, 'dateadd')
      const type = args[1]?.type
      return type !== undefined && isDateTimeType(type) ? type : DATETIME
    },
    evaluate([amount = null, value = null], _context, { args, keyword, resultType }) {
      const unit = parseDatePart(keyword, 'dateadd')
      const moment = addToDate(toMoment(value, args[1]), unit, Number(amount), resultType)
      return resultType.name === 'datetime' || resultType.name === 'smalldatetime'
        ? convert(moment, DATETIME2, resultType)
        : moment
    },
  }),
  DATEDIFF: difference(INT),
  DATEDIFF_BIG: difference(BIGINT),
  DATETRUNC: defineFunction({
    arguments: 1,
    takesKeyword: true,
    result: (args) => dateTypeOf(args[0]),
    evaluate: ([value = null], _context, { args, keyword }) =>
      truncateDate(toMoment(value, args[0]), parseDatePart(keyword, 'datetrunc')),
  }),
  EOMONTH: defineFunction({
    arguments: [1, 2],
    parameters: [undefined, INT],
    result: DATE,
    evaluate([value = null, months = 0], _context, { args }) {
      const moved = addToDate(toMoment(value, args[0]), 'month', Number(months), DATE)
      const { year, month } = calendar.dateFromDays(moved.days)
      return new SqlDateTime(
        calendar.daysFromDate(year, month, calendar.daysInMonth(year, month)),
        0,
      )
    },
  }),
  DATEFROMPARTS: fromParts(3, DATE, momentOf),
  DATETIMEFROMPARTS: fromParts(7, DATETIME, (parts) => {
    const moment = momentOf(parts, (parts[6] ?? 0) * 10_000)
    if (moment === undefined || moment.days < calendar.DAYS_TO_1753) return undefined
    return calendar.roundToDatetime(moment.days, moment.ticks)
  }),
  SMALLDATETIMEFROMPARTS: fromParts(5, SMALLDATETIME, momentOf),
  TIMEFROMPARTS: fromParts(
    5,
    (args) => timeType(scaleOf(args)),
    ([hour = 0, minute = 0, second = 0, fraction = 0, scale = 7]) => {
      const moment = momentOf([1, 1, 1, hour, minute, second], fraction * 10 ** (7 - scale))
      return moment === undefined ? undefined : new SqlDateTime(0, moment.ticks)
    },
  ),
  DATETIME2FROMPARTS: fromParts(
    8,
    (args) => datetime2Type(scaleOf(args)),
    (parts) => momentOf(parts, (parts[6] ?? 0) * 10 ** (7 - (parts[7] ?? 7))),
  ),
  DATETIMEOFFSETFROMPARTS: fromParts(
    10,
    (args) => datetimeoffsetType(scaleOf(args)),
    (parts) =>
      momentOf(
        parts,
        (parts[6] ?? 0) * 10 ** (7 - (parts[9] ?? 7)),
        (parts[7] ?? 0) * 60 + (parts[8] ?? 0),
      ),
  ),
  ISDATE: defineFunction({
    arguments: 1,
    acceptsNull: true,
    deterministic: false,
    result: INT,
    evaluate: ([value = null], _context, { args }) =>
      value !== null && tryConvert(value, args[0]?.type ?? BIT, DATETIME) !== null ? 1 : 0,
  }),
  SWITCHOFFSET: defineFunction({
    arguments: 2,
    result: DATETIMEOFFSET,
    evaluate([value = null, offset = null], _context, { args }) {
      return calendar.atOffset(calendar.toUtc(toMoment(value, args[0])), parseOffset(offset))
    },
  }),
  TODATETIMEOFFSET: defineFunction({
    arguments: 2,
    result: DATETIMEOFFSET,
    evaluate([value = null, offset = null], _context, { args }) {
      const { days, ticks } = toMoment(value, args[0])
      return new SqlDateTime(days, ticks, parseOffset(offset))
    },
  }),
}
