import { SqlError } from '../../sql-error.ts'

/** What a culture writes numbers and dates with; date patterns in .NET's letters. */
export interface Culture {
  readonly locale: string
  readonly decimalPoint: string
  readonly groupSeparator: string
  readonly currencySymbol: string
  /** Whether the sign stands behind the number, as in most of Europe. */
  readonly isCurrencyLast: boolean
  readonly months: readonly string[]
  readonly shortMonths: readonly string[]
  /** Monday first. */
  readonly weekdays: readonly string[]
  readonly shortWeekdays: readonly string[]
  readonly meridiems: readonly [am: string, pm: string]
  readonly dateSeparator: string
  readonly shortDate: string
  readonly longDate: string
  readonly shortTime: string
  readonly longTime: string
}

const cultures = new Map<string, Culture>()

/**
 * The conventions of a culture such as `en-US`.
 * @throws SqlError 9818 for one that is not known
 */
export function cultureOf(name: string): Culture {
  const known = cultures.get(name)
  if (known !== undefined) return known
  if (!isKnown(name)) {
    throw new SqlError(
      9818,
      `The culture parameter '${name}' provided in the function call is not supported.`,
    )
  }
  const culture = readCulture(name)
  cultures.set(name, culture)
  return culture
}

function isKnown(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(name).length > 0
  } catch {
    // Not even the form of a language tag.
    return false
  }
}

function readCulture(locale: string): Culture {
  const number = new Intl.NumberFormat(locale).formatToParts(1_234_567.5)
  const currency = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currencyOf(locale),
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(1)
  const part = (type: string, other: string) =>
    number.find((each) => each.type === type)?.value ?? other
  const shortDate = datePattern(locale, { dateStyle: 'short' }).replace(/y+/, 'yyyy')
  return {
    locale,
    decimalPoint: part('decimal', '.'),
    groupSeparator: part('group', ','),
    currencySymbol: currency.find(({ type }) => type === 'currency')?.value ?? '¤',
    isCurrencyLast: currency.findIndex(({ type }) => type === 'currency') > 0,
    ...namesOf(locale),
    dateSeparator: /[^a-z]/i.exec(shortDate)?.[0] ?? '/',
    shortDate,
    longDate: datePattern(locale, { dateStyle: 'full' }),
    shortTime: datePattern(locale, { timeStyle: 'short' }),
    longTime: datePattern(locale, { timeStyle: 'medium' }),
  }
}

function namesOf(locale: string) {
  const name = (options: Intl.DateTimeFormatOptions, type: string) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (date: Date) =>
      format.formatToParts(date).find((each) => each.type === type)?.value ?? ''
  }
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2024, i, 1)))
  // 2024 began on a Monday.
  const days = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2024, 0, i + 1)))
  const meridiem = name({ hour: 'numeric', hourCycle: 'h12' }, 'dayPeriod')
  return {
    months: months.map(name({ month: 'long', day: 'numeric' }, 'month')),
    shortMonths: months.map(name({ month: 'short', day: 'numeric' }, 'month')),
    weekdays: days.map(name({ weekday: 'long' }, 'weekday')),
    shortWeekdays: days.map(name({ weekday: 'short' }, 'weekday')),
    meridiems: [
      meridiem(new Date(Date.UTC(2024, 0, 1, 9))),
      meridiem(new Date(Date.UTC(2024, 0, 1, 21))),
    ] as const,
  }
}

/** Its day, hour and minute are single digits, and its month is long in words: 5 September 2024, 07:08:09. */
const SAMPLE = new Date(Date.UTC(2024, 8, 5, 7, 8, 9))

/** The .NET pattern that gives what Intl gives. */
function datePattern(locale: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...options,
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  })
  const { hour12 = false } = format.resolvedOptions()
  return format
    .formatToParts(SAMPLE)
    .map(({ type, value }) => patternPart(type, value, hour12))
    .join('')
}

function patternPart(type: string, value: string, hour12: boolean): string {
  const digits = /^\d+$/.test(value) ? value.length : 0
  switch (type) {
    case 'year':
      return 'y'.repeat(Math.max(digits, 2))
    case 'month':
      return digits === 0 ? (value.length <= 5 ? 'MMM' : 'MMMM') : 'M'.repeat(digits)
    case 'day':
      return 'd'.repeat(digits)
    case 'weekday':
      return 'dddd'
    case 'hour':
      return (hour12 ? 'h' : 'H').repeat(digits)
    case 'minute':
      return 'mm'
    case 'second':
      return 'ss'
    case 'dayPeriod':
      return 'tt'
    default: {
      const text = value.replaceAll('\u202f', ' ')
      return /[a-z]/i.test(text) ? `'${text}'` : text
    }
  }
}

const CURRENCIES: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  JP: 'JPY',
  CN: 'CNY',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  RU: 'RUB',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  TR: 'TRY',
  IL: 'ILS',
  KR: 'KRW',
  TW: 'TWD',
  HK: 'HKD',
  SG: 'SGD',
  TH: 'THB',
  VN: 'VND',
  ID: 'IDR',
  MY: 'MYR',
  PH: 'PHP',
  ZA: 'ZAR',
  UA: 'UAH',
  BG: 'BGN',
  SA: 'SAR',
  AE: 'AED',
  EG: 'EGP',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  IS: 'ISK',
  PK: 'PKR',
  LK: 'LKR',
  BD: 'BDT',
}

/** Euro for the rest: most cultures left are of the euro area. */
function currencyOf(locale: string): string {
  return CURRENCIES[new Intl.Locale(locale).maximize().region ?? ''] ?? 'EUR'
}
