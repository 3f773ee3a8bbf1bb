import { DAYS_TO_1900, SqlDateTime, TICKS_PER_SECOND } from '../../../mdf/index.ts'
import { daysFromDate, isValidDate, ticksFromTime } from './calendar.ts'

/** The order of month, day and year, as SET DATEFORMAT names it. */
export type DateOrder = 'mdy' | 'dmy' | 'ymd' | 'ydm' | 'myd' | 'dym'

export interface DateTextRules {
  readonly order: DateOrder
  /** datetime and smalldatetime: three digits of a second, yyyy-mm-dd read by `order`, no offset but Z. */
  readonly legacy: boolean
}

/** A date that reads as one but is not in the calendar: error 242 for the old types. */
export const OUT_OF_RANGE = 'out-of-range'

/** Years 00-49 are 2000-2049, the default "two digit year cutoff". */
const TWO_DIGIT_YEAR_CUTOFF = 2049

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:\d{2})?$/i
const ODBC = /^\{\s*(?:ts|d|t)\s*'([^']*)'\s*\}$/i
const TIME =
  /(?:^|[\s,])(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:([.:])(\d{1,9}))?)?\s*(AM|PM)?|\s*(AM|PM))(?:\s*(Z|[+-]\d{1,2}:\d{2}))?(?=$|\s)/i

interface ParsedTime {
  readonly ticks: number
  readonly offsetMinutes: number
  readonly hasOffset: boolean
}

/** Date, time or both as text. undefined where the text is neither; OUT_OF_RANGE for a 13th month. */
export function parseDateText(
  text: string,
  rules: DateTextRules,
): SqlDateTime | typeof OUT_OF_RANGE | undefined {
  const trimmed = text.trim()
  const bare = ODBC.exec(trimmed)?.[1] ?? trimmed
  const iso = ISO.exec(bare)
  const datePart = iso?.[1]
  if (datePart !== undefined) {
    const time = parseTime(` ${iso?.[2]}${iso?.[3] ?? ''}`, rules)
    return combine(parseDatePart(datePart, { ...rules, order: 'ymd' }), time)
  }
  const match = TIME.exec(bare)
  if (match === null) return combine(parseDatePart(bare, rules), MIDNIGHT)
  const before = bare.slice(0, match.index)
  const after = bare.slice(match.index + match[0].length)
  return combine(parseDatePart(`${before} ${after}`, rules), timeOf(match, rules))
}

const MIDNIGHT: ParsedTime = { ticks: 0, offsetMinutes: 0, hasOffset: false }

function combine(
  days: number | typeof OUT_OF_RANGE | undefined,
  time: ParsedTime | typeof OUT_OF_RANGE | undefined,
): SqlDateTime | typeof OUT_OF_RANGE | undefined {
  if (days === undefined || time === undefined) return undefined
  if (days === OUT_OF_RANGE || time === OUT_OF_RANGE) return OUT_OF_RANGE
  return new SqlDateTime(days, time.ticks, time.offsetMinutes)
}

function parseTime(text: string, rules: DateTextRules) {
  const match = TIME.exec(text)
  return match === null ? undefined : timeOf(match, rules)
}

function timeOf(
  match: RegExpExecArray,
  rules: DateTextRules,
): ParsedTime | typeof OUT_OF_RANGE | undefined {
  const [, hourText, minuteText = '0', secondText = '0', mark, digits = ''] = match
  const meridiem = (match[6] ?? match[7])?.toUpperCase()
  const fraction = fractionTicks(digits, mark, rules.legacy)
  const offsetMinutes = offsetOf(match[8])
  if (fraction === undefined || offsetMinutes === undefined) return undefined
  if (rules.legacy && offsetMinutes !== 0) return undefined
  const hour = hourOf(Number(hourText), meridiem)
  const [minute, second] = [Number(minuteText), Number(secondText)]
  if (hour === undefined || minute > 59 || second > 59) return OUT_OF_RANGE
  const ticks = ticksFromTime({ hour, minute, second, fraction })
  return { ticks, offsetMinutes, hasOffset: match[8] !== undefined }
}

function hourOf(hour: number, meridiem: string | undefined): number | undefined {
  if (meridiem === undefined || hour > 12) {
    // 13:00 PM is accepted, 13:00 AM is not.
    return hour > 23 || (meridiem === 'AM' && hour > 12) ? undefined : hour
  }
  if (hour === 0) return meridiem === 'AM' ? 0 : undefined
  return (hour % 12) + (meridiem === 'PM' ? 12 : 0)
}

/** `.5` is half a second, `:5` five milliseconds. */
function fractionTicks(
  digits: string,
  mark: string | undefined,
  legacy: boolean,
): number | undefined {
  if (digits.length > (legacy || mark === ':' ? 3 : 7)) return undefined
  if (mark === ':') return Number(digits) * 10_000
  return Number(digits.padEnd(7, '0')) * (TICKS_PER_SECOND / 10_000_000)
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined || text.toUpperCase() === 'Z') return 0
  const [hours = '0', minutes = '0'] = text.slice(1).split(':')
  const total = Number(hours) * 60 + Number(minutes)
  if (Number(minutes) > 59 || total > 14 * 60) return undefined
  return text.startsWith('-') ? -total : total
}

function parseDatePart(
  text: string,
  rules: DateTextRules,
): number | typeof OUT_OF_RANGE | undefined {
  const date = text.trim()
  if (date === '') return DAYS_TO_1900
  if (/^\d+$/.test(date)) return unseparatedDate(date)
  if (/[a-z]/i.test(date)) return namedMonthDate(date, rules)
  return numericDate(date, rules)
}

function unseparatedDate(text: string): number | typeof OUT_OF_RANGE | undefined {
  const part = (start: number, end: number) => Number(text.slice(start, end))
  if (text.length === 4) return checkedDays(part(0, 4), 1, 1)
  if (text.length === 6) return checkedDays(fullYear(text.slice(0, 2)), part(2, 4), part(4, 6))
  if (text.length === 8) return checkedDays(part(0, 4), part(4, 6), part(6, 8))
  return undefined
}

function numericDate(
  text: string,
  { order, legacy }: DateTextRules,
): number | typeof OUT_OF_RANGE | undefined {
  const match = /^(\d{1,4})\s*[-/.]\s*(\d{1,4})\s*[-/.]\s*(\d{1,4})$/.exec(text)
  if (match === null) return undefined
  const parts = [match[1] ?? '', match[2] ?? '', match[3] ?? '']
  const yearAt = parts.findIndex((part) => part.length > 2)
  if (yearAt !== -1 && parts.some((part, index) => index !== yearAt && part.length > 2)) {
    return undefined
  }
  if (parts[yearAt]?.length === 3) return undefined
  const roles =
    yearAt === -1 ? order : rolesAround(yearAt, legacy ? order : newTypeOrder(order, yearAt))
  const of = (role: string) => parts[roles.indexOf(role)] ?? ''
  return checkedDays(fullYear(of('y')), Number(of('m')), Number(of('d')))
}

/** The newer types read yyyy-mm-dd as such whatever DATEFORMAT says. */
function newTypeOrder(order: DateOrder, yearAt: number): DateOrder {
  return yearAt === 0 ? 'ymd' : order
}

/** The order with a four-digit year moved to where it stands. */
function rolesAround(yearAt: number, order: DateOrder): string {
  const others = order.replace('y', '')
  return `${others.slice(0, yearAt)}y${others.slice(yearAt)}`
}

function namedMonthDate(
  text: string,
  { order }: DateTextRules,
): number | typeof OUT_OF_RANGE | undefined {
  const tokens = text.match(/[a-z]+|\d+/gi) ?? []
  if (!/^[a-z\d\s,./-]+$/i.test(text) || tokens.length > 3) return undefined
  const word = tokens.find((token) => /[a-z]/i.test(token))?.toLowerCase() ?? ''
  const month =
    MONTHS.findIndex((name) => name === word || (word.length === 3 && name.startsWith(word))) + 1
  const numbers = tokens.filter((token) => /^\d+$/.test(token))
  if (month === 0 || numbers.length !== tokens.length - 1) return undefined
  const [first, second] = numbers
  if (first === undefined) return undefined
  if (second === undefined) return checkedDays(fullYear(first), month, 1)
  const yearFirst = first.length > 2 || (second.length <= 2 && order.replace('m', '') === 'yd')
  const [year, day] = yearFirst ? [first, second] : [second, first]
  if (day.length > 2) return undefined
  return checkedDays(fullYear(year), month, Number(day))
}

function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 2) return year
  const century = Math.floor(TWO_DIGIT_YEAR_CUTOFF / 100) * 100
  return year <= TWO_DIGIT_YEAR_CUTOFF % 100 ? century + year : century - 100 + year
}

function checkedDays(year: number, month: number, day: number): number | typeof OUT_OF_RANGE {
  return isValidDate(year, month, day) ? daysFromDate(year, month, day) : OUT_OF_RANGE
}
