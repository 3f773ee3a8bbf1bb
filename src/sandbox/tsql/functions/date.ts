import { SqlDateTime, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import {
  BIGINT,
  BIT,
  type ConvertOptions,
  convert,
  DATE,
  DATETIME,
  datetime2Type,
  datetimeoffsetType,
  INT,
  isCharacterType,
  isDateTimeType,
  nvarcharType,
  tryConvert,
} from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { addToDate, dateDifference, truncateDate } from './date-arithmetic.ts'
import { BUCKET_ORIGIN, bucketStart } from './date-bucket.ts'
import { checkPart, datePart, parseDatePart } from './date-part.ts'
import { defineFunction } from './define-function.ts'
import { ENGLISH, findLanguage, type Language, monthName, weekdayName } from './language.ts'
import { invalidArgument } from './text-argument.ts'

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

function toMoment(
  value: SqlValue,
  arg: ArgumentInfo | undefined,
  context: CallContext,
): SqlDateTime {
  if (value instanceof SqlDateTime) return value
  const moment = convert(value, arg?.type ?? DATETIME, dateTypeOf(arg), conversionOptions(context))
  if (moment instanceof SqlDateTime) return moment
  throw new SqlError(
    241,
    'Conversion failed when converting date and/or time from character string.',
  )
}

function conversionOptions({ host }: CallContext): ConvertOptions {
  const dateFormat = host.session.options.get('DATEFORMAT')
  return typeof dateFormat === 'string' ? { dateFormat } : {}
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
    result: (args) => {
      checkPart(name, args[0], name)
      return INT
    },
    evaluate: ([value = null], context, { args }) =>
      datePart(toMoment(value, args[0], context), name),
  })
}

function dateFirst(context: CallContext): number {
  const option = context.host.session.options.get('DATEFIRST')
  return typeof option === 'number' ? option : 7
}

function languageOf({ host }: CallContext): Language {
  const { options, language } = host.session
  return findLanguage(`${options.get('LANGUAGE') ?? language}`) ?? ENGLISH
}

function dateName(value: SqlDateTime, keyword: string, context: CallContext): string {
  const name = parseDatePart(keyword, 'datename')
  const language = languageOf(context)
  if (name === 'weekday') return weekdayName(language, calendar.weekday(value.days))
  const number = datePart(value, name, dateFirst(context))
  if (name === 'month') return monthName(language, number)
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
    evaluate([start = null, end = null], context, { args, keyword }) {
      const from = calendar.toUtc(toMoment(start, args[0], context))
      const to = calendar.toUtc(toMoment(end, args[1], context))
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

/** datetimeoffset with the fraction of the argument. */
function offsetType([arg]: readonly ArgumentInfo[]): SqlType {
  const scale = arg?.type.scale ?? 7
  return /^(?:datetime2|datetimeoffset|time)$/.test(arg?.type.name ?? '')
    ? datetimeoffsetType(scale)
    : DATETIMEOFFSET
}

/** Minutes of an offset written as a number or as '+02:00'. */
function parseOffset(value: SqlValue, functionName: string): number {
  const match = /^([+-])(\d{1,2}):(\d{2})$/.exec(String(value).trim())
  const minutes =
    typeof value === 'number'
      ? value
      : match === null
        ? Number.NaN
        : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
  if (Math.abs(minutes) <= MAX_OFFSET_MINUTES) return minutes
  throw new SqlError(9812, `The timezone provided to builtin function ${functionName} is invalid.`)
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
    result: (args, keyword) => {
      checkPart(parseDatePart(keyword, 'datepart'), args[0], 'datepart')
      return INT
    },
    evaluate: ([value = null], context, { args, keyword }) =>
      datePart(
        toMoment(value, args[0], context),
        parseDatePart(keyword, 'datepart'),
        dateFirst(context),
      ),
  }),
  DATENAME: defineFunction({
    arguments: 1,
    takesKeyword: true,
    result: (args, keyword) => {
      checkPart(parseDatePart(keyword, 'datename'), args[0], 'datename')
      return DATE_NAME
    },
    evaluate: ([value = null], context, { args, keyword }) =>
      dateName(toMoment(value, args[0], context), keyword, context),
  }),
  DATEADD: defineFunction({
    arguments: 2,
    takesKeyword: true,
    parameters: [INT, undefined],
    result: (args, keyword) => {
      checkPart(parseDatePart(keyword, 'dateadd'), args[1], 'dateadd')
      const type = args[1]?.type
      return type !== undefined && isDateTimeType(type) ? type : DATETIME
    },
    evaluate([amount = null, value = null], context, { args, keyword, resultType }) {
      const unit = parseDatePart(keyword, 'dateadd')
      const moment = addToDate(toMoment(value, args[1], context), unit, Number(amount), resultType)
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
    result: (args, keyword) => {
      checkPart(parseDatePart(keyword, 'datetrunc'), args[0], 'datetrunc')
      return dateTypeOf(args[0])
    },
    evaluate: ([value = null], context, { args, keyword, resultType }) =>
      truncateDate(toMoment(value, args[0], context), parseDatePart(keyword, 'datetrunc'), {
        dateFirst: dateFirst(context),
        type: resultType,
      }),
  }),
  DATE_BUCKET: defineFunction({
    arguments: [2, 3],
    takesKeyword: true,
    parameters: [INT, undefined],
    result: (args, keyword) => {
      checkPart(parseDatePart(keyword, 'date_bucket'), args[1], 'date_bucket')
      return dateTypeOf(args[1])
    },
    evaluate([width = null, value = null, origin = null], context, { args, keyword, resultType }) {
      return bucketStart(toMoment(value, args[1], context), {
        part: parseDatePart(keyword, 'date_bucket'),
        width: Number(width),
        origin: origin === null ? BUCKET_ORIGIN : toMoment(origin, args[2], context),
        type: resultType,
      })
    },
  }),
  EOMONTH: defineFunction({
    arguments: [1, 2],
    parameters: [undefined, INT],
    result: DATE,
    evaluate([value = null, months = 0], context, { args }) {
      const moved = addToDate(toMoment(value, args[0], context), 'month', Number(months), DATE)
      const { year, month } = calendar.dateFromDays(moved.days)
      return new SqlDateTime(
        calendar.daysFromDate(year, month, calendar.daysInMonth(year, month)),
        0,
      )
    },
  }),
  ISDATE: defineFunction({
    arguments: 1,
    acceptsNull: true,
    deterministic: false,
    result: ([arg]) => {
      if (arg !== undefined && /^(?:date|time|datetime2|datetimeoffset)$/.test(arg.type.name)) {
        throw invalidArgument(arg.type, 1, 'isdate')
      }
      return INT
    },
    evaluate: ([value = null], context, { args }) => {
      // As a conversion an empty text is 1900-01-01; here it is no date.
      if (value === null || (typeof value === 'string' && value.trim() === '')) return 0
      const options = conversionOptions(context)
      return tryConvert(value, args[0]?.type ?? BIT, DATETIME, options) === null ? 0 : 1
    },
  }),
  SWITCHOFFSET: defineFunction({
    arguments: 2,
    result: offsetType,
    evaluate([value = null, offset = null], context, { args }) {
      const utc = calendar.toUtc(toMoment(value, args[0], context))
      return calendar.atOffset(utc, parseOffset(offset, 'switchoffset'))
    },
  }),
  TODATETIMEOFFSET: defineFunction({
    arguments: 2,
    result: offsetType,
    evaluate([value = null, offset = null], context, { args }) {
      const { days, ticks } = toMoment(value, args[0], context)
      return new SqlDateTime(days, ticks, parseOffset(offset, 'todatetimeoffset'))
    },
  }),
}
