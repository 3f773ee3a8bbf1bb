import type { SqlDateTime, SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { dateFromDays, timeFromTicks, toUtc } from './calendar.ts'
import { HIJRI_MONTHS, hijriFromDays } from './hijri.ts'

const SHORT_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * CONVERT's styles for dates: a date pattern, a time pattern and what stands between. `yy` is two
 * digits; the style plus 100 is the same with four.
 */
const STYLES: Readonly<Record<number, { date: string; time: string; between?: string }>> = {
  100: { date: 'Mon dd yyyy', time: 'h12:mi' },
  101: { date: 'mm/dd/yyyy', time: '' },
  102: { date: 'yyyy.mm.dd', time: '' },
  103: { date: 'dd/mm/yyyy', time: '' },
  104: { date: 'dd.mm.yyyy', time: '' },
  105: { date: 'dd-mm-yyyy', time: '' },
  106: { date: '0d Mon yyyy', time: '' },
  107: { date: 'Mon 0d, yyyy', time: '' },
  108: { date: '', time: 'hh:mi:ss' },
  109: { date: 'Mon dd yyyy', time: 'h12:mi:ss:fff' },
  110: { date: 'mm-dd-yyyy', time: '' },
  111: { date: 'yyyy/mm/dd', time: '' },
  112: { date: 'yyyymmdd', time: '' },
  113: { date: '0d Mon yyyy', time: 'hh:mi:ss:fff' },
  114: { date: '', time: 'hh:mi:ss:fff' },
  120: { date: 'yyyy-mm-dd', time: 'hh:mi:ss' },
  121: { date: 'yyyy-mm-dd', time: 'hh:mi:ss.fff' },
  122: { date: 'mm/dd/yy', time: 'h12:mi:ss ' },
  123: { date: 'yyyy-mm-dd', time: '' },
  124: { date: '', time: 'hh:mi:ss' },
  126: { date: 'yyyy-mm-dd', time: 'hh:mi:ss.fff', between: 'T' },
  127: { date: 'yyyy-mm-dd', time: 'hh:mi:ss.fff', between: 'T' },
  130: { date: 'hijri-name', time: 'h12:mi:ss:fff' },
  131: { date: 'hijri', time: 'h12:mi:ss:fff' },
}

/** Styles below 100 that have four-digit years all the same, or name another style. */
const SAME_AS: Readonly<Record<number, number>> = {
  0: 100,
  9: 109,
  13: 113,
  20: 120,
  21: 121,
  22: 122,
  23: 123,
  24: 124,
  25: 121,
}

/** CAST's style: the old types keep the one of 1989, the newer ones are ISO. */
export function defaultDateStyle(type: SqlType): number {
  return type.name === 'datetime' || type.name === 'smalldatetime' ? 0 : 121
}

/** A date or time as text in a style of CONVERT. @throws SqlError 281 for a style the type has not */
export function formatDate(value: SqlDateTime, type: SqlType, style: number): string {
  const number = SAME_AS[style] ?? (style < 100 ? style + 100 : style)
  const known = STYLES[number]
  if (known === undefined) throw invalidStyle(style, type)
  const shortYear = number !== style && SAME_AS[style] === undefined
  const shown = number === 127 && type.name === 'datetimeoffset' ? toUtc(value) : value
  const date = type.name === 'time' ? '' : formatDatePart(shown.days, known.date, shortYear)
  const time = type.name === 'date' ? '' : formatTimePart(shown, known.time, type, number)
  if (date === '' && time === '') throw invalidStyle(style, type)
  const text = date === '' || time === '' ? date + time : `${date}${known.between ?? ' '}${time}`
  if (type.name !== 'datetimeoffset' || known.time === '') return text
  if (number === 127) return `${text}Z`
  return `${text}${number === 126 ? '' : ' '}${formatOffset(value.offsetMinutes)}`
}

function invalidStyle(style: number, type: SqlType): SqlError {
  return new SqlError(
    281,
    `${style} is not a valid style number when converting from ${type.name} to a character string.`,
  )
}

const two = (value: number): string => String(value).padStart(2, '0')
const four = (value: number): string => String(value).padStart(4, '0')

function formatDatePart(days: number, pattern: string, shortYear: boolean): string {
  if (pattern.startsWith('hijri')) return formatHijri(days, pattern)
  const { year, month, day } = dateFromDays(days)
  return pattern
    .replace('yyyy', shortYear ? two(year % 100) : four(year))
    .replace('yy', two(year % 100))
    .replace('Mon', SHORT_MONTHS[month - 1] ?? '')
    .replace('mm', two(month))
    .replace('0d', two(day))
    .replace('dd', pattern.startsWith('Mon') ? String(day).padStart(2, ' ') : two(day))
}

function formatHijri(days: number, pattern: string): string {
  const { year, month, day } = hijriFromDays(days)
  if (pattern === 'hijri') return `${String(day).padStart(2, ' ')}/${two(month)}/${four(year)}`
  return `${String(day).padStart(2, ' ')} ${HIJRI_MONTHS[month - 1]} ${four(year)}`
}

function formatTimePart(value: SqlDateTime, pattern: string, type: SqlType, style: number): string {
  if (pattern === '') return ''
  const { hour, minute, second, fraction } = timeFromTicks(value.ticks)
  const text = pattern
    .replace('h12', String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, ' '))
    .replace('hh', two(hour))
    .replace('mi', two(minute))
    .replace('ss', two(second))
    .replace(/[.:]fff/, (match) => fractionText(fraction, type, { mark: match[0] ?? '.', style }))
  if (!pattern.startsWith('h12')) return text
  return `${text}${hour < 12 ? 'AM' : 'PM'}`
}

/** datetime has three digits after the style's mark, the newer types their scale after a point. */
function fractionText(
  fraction: number,
  type: SqlType,
  { mark, style }: { mark: string; style: number },
): string {
  if (fraction === 0 && (style === 126 || style === 127)) return ''
  if (type.name === 'datetime' || type.name === 'smalldatetime') {
    return `${mark}${String(Math.round(fraction / 10_000)).padStart(3, '0')}`
  }
  if (type.scale === 0) return ''
  return `.${String(fraction).padStart(7, '0').slice(0, type.scale)}`
}

/** `+02:00` */
export function formatOffset(minutes: number): string {
  const absolute = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`
}
