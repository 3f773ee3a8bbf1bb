import type { SqlDateTime } from '../../../mdf/index.ts'
import { dateFromDays, timeFromTicks, toUtc, weekday } from '../values/index.ts'
import { type Culture, cultureOf } from './format-culture.ts'

/** .NET's standard date formats as custom ones; the culture's own patterns come in `standardPattern`. */
const INVARIANT_PATTERNS: Readonly<Record<string, string>> = {
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
}

export interface DateFormat {
  readonly culture: Culture
  /** datetimeoffset; the others have no offset to show. */
  readonly hasOffset: boolean
}

/** A date in one of .NET's standard or custom formats; null for a format that it has not. */
export function formatDateTime(
  value: SqlDateTime,
  format: string,
  { culture, hasOffset }: DateFormat,
): string | null {
  const isStandard = /^[a-z]$/i.test(format)
  const pattern = isStandard ? standardPattern(format, culture) : format
  if (pattern === undefined) return null
  const shown = hasOffset && /^[ru]$/i.test(format) ? toUtc(value) : value
  const isInvariant = isStandard && Object.hasOwn(INVARIANT_PATTERNS, format.toLowerCase())
  const words = isInvariant ? cultureOf('en-US') : culture
  const tokens = pattern.match(TOKEN) ?? []
  return tokens.map((token) => tokenText(token, shown, { culture: words, hasOffset })).join('')
}

function standardPattern(letter: string, culture: Culture): string | undefined {
  const { shortDate, longDate, shortTime, longTime } = culture
  switch (letter) {
    case 'd':
      return shortDate
    case 'D':
      return longDate
    case 'f':
      return `${longDate} ${shortTime}`
    case 'F':
    case 'U':
      return `${longDate} ${longTime}`
    case 'g':
      return `${shortDate} ${shortTime}`
    case 'G':
      return `${shortDate} ${longTime}`
    case 't':
      return shortTime
    case 'T':
      return longTime
    case 'M':
    case 'm':
      return longDate.indexOf('d', longDate.indexOf('dddd') + 4) < longDate.indexOf('M')
        ? 'd MMMM'
        : 'MMMM d'
    case 'Y':
    case 'y':
      return 'MMMM yyyy'
    default:
      return INVARIANT_PATTERNS[letter.toLowerCase()]
  }
}

const TOKEN = /'[^']*'|"[^"]*"|\\.|%|([dfFghHKmMstyz])\1*|./gsu

const padded = (value: number, length: number): string => String(value).padStart(length, '0')

function tokenText(token: string, value: SqlDateTime, { culture, hasOffset }: DateFormat): string {
  const letter = token[0] ?? ''
  const length = token.length
  if ('dMyg'.includes(letter)) return datePart(letter, length, value, culture)
  if ('hHmst'.includes(letter)) return timePart(letter, length, value, culture)
  switch (letter) {
    case 'f':
    case 'F': {
      const digits = padded(timeFromTicks(value.ticks).fraction, 7).slice(0, length)
      return letter === 'f' ? digits : digits.replace(/0+$/, '')
    }
    case 'z':
      return offsetText(value.offsetMinutes, length)
    case 'K':
      return hasOffset ? offsetText(value.offsetMinutes, 3) : ''
    case '/':
      return culture.dateSeparator
    case '%':
      return ''
    case '\\':
      return token.slice(1)
    case "'":
    case '"':
      return length > 1 ? token.slice(1, -1) : token
    default:
      return token
  }
}

function datePart(letter: string, length: number, value: SqlDateTime, culture: Culture): string {
  const { year, month, day } = dateFromDays(value.days)
  switch (letter) {
    case 'd':
      if (length >= 4) return culture.weekdays[weekday(value.days)] ?? ''
      if (length === 3) return culture.shortWeekdays[weekday(value.days)] ?? ''
      return padded(day, length)
    case 'M':
      if (length >= 4) return culture.months[month - 1] ?? ''
      if (length === 3) return culture.shortMonths[month - 1] ?? ''
      return padded(month, length)
    case 'y':
      return length <= 2 ? padded(year % 100, length) : padded(year, length)
    default:
      return 'A.D.'
  }
}

function timePart(letter: string, length: number, value: SqlDateTime, culture: Culture): string {
  const { hour, minute, second } = timeFromTicks(value.ticks)
  const digits = Math.min(length, 2)
  switch (letter) {
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12, digits)
    case 'H':
      return padded(hour, digits)
    case 'm':
      return padded(minute, digits)
    case 's':
      return padded(second, digits)
    default: {
      const meridiem = culture.meridiems[hour < 12 ? 0 : 1]
      return length === 1 ? meridiem.slice(0, 1) : meridiem
    }
  }
}

function offsetText(minutes: number, length: number): string {
  const magnitude = Math.abs(minutes)
  const hours = padded(Math.floor(magnitude / 60), Math.min(length, 2))
  const sign = minutes < 0 ? '-' : '+'
  return length < 3 ? sign + hours : `${sign}${hours}:${padded(magnitude % 60, 2)}`
}
