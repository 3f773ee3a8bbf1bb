import { SqlDateTime, type SqlType, TICKS_PER_SECOND } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import * as calendar from '../values/calendar.ts'
import {
  DATE,
  DATETIME,
  datetime2Type,
  datetimeoffsetType,
  INT,
  SMALLDATETIME,
  timeType,
} from '../values/index.ts'
import type { ArgumentInfo, ScalarFunction } from './contract.ts'
import { BUCKET_ORIGIN } from './date-bucket.ts'
import { defineFunction } from './define-function.ts'

const MAX_OFFSET_MINUTES = 14 * 60

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

/**
 * The scale that the last argument, a literal, names.
 * @throws SqlError 10760
 */
function scaleOf(args: readonly ArgumentInfo[], typeName: string): number {
  const scale = args.at(-1)?.constant
  if (typeof scale === 'number' && scale >= 0 && scale <= 7) return scale
  throw new SqlError(
    10760,
    `Scale argument is not valid. Valid expressions for data type ${typeName} scale argument are integer constants and integer constant expressions.`,
  )
}

/** Days of smalldatetime: 1900-01-01 to 2079-06-06. */
function isSmall({ days }: SqlDateTime): boolean {
  const day = days - BUCKET_ORIGIN.days
  return day >= 0 && day < 0x1_0000
}

export const DATE_FROM_PARTS_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  DATEFROMPARTS: fromParts(3, DATE, momentOf),
  DATETIMEFROMPARTS: fromParts(7, DATETIME, (parts) => {
    const moment = momentOf(parts, (parts[6] ?? 0) * 10_000)
    if (moment === undefined || moment.days < calendar.DAYS_TO_1753) return undefined
    return calendar.roundToDatetime(moment.days, moment.ticks)
  }),
  SMALLDATETIMEFROMPARTS: fromParts(5, SMALLDATETIME, (parts) => {
    const moment = momentOf(parts)
    return moment === undefined || !isSmall(moment) ? undefined : moment
  }),
  TIMEFROMPARTS: fromParts(
    5,
    (args) => timeType(scaleOf(args, 'time')),
    ([hour = 0, minute = 0, second = 0, fraction = 0, scale = 7]) => {
      const moment = momentOf([1, 1, 1, hour, minute, second], fraction * 10 ** (7 - scale))
      return moment === undefined ? undefined : new SqlDateTime(0, moment.ticks)
    },
  ),
  DATETIME2FROMPARTS: fromParts(
    8,
    (args) => datetime2Type(scaleOf(args, 'datetime2')),
    (parts) => momentOf(parts, (parts[6] ?? 0) * 10 ** (7 - (parts[7] ?? 7))),
  ),
  DATETIMEOFFSETFROMPARTS: fromParts(
    10,
    (args) => datetimeoffsetType(scaleOf(args, 'datetimeoffset')),
    (parts) => {
      const [hours = 0, minutes = 0, scale = 7] = parts.slice(7)
      const offset = hours * 60 + minutes
      const isOneSign = hours * minutes >= 0 && Math.abs(minutes) < 60
      if (!isOneSign || Math.abs(offset) > MAX_OFFSET_MINUTES) return undefined
      return momentOf(parts, (parts[6] ?? 0) * 10 ** (7 - scale), offset)
    },
  ),
}
