import { Decimal } from '../../../mdf/index.ts'
import { rescale } from '../values/index.ts'
import type { Culture } from './format-culture.ts'

/** A number in one of .NET's standard or custom formats; null for a format that it has not. */
export function formatNumber(
  value: Decimal,
  format: string,
  { culture, isInteger }: { readonly culture: Culture; readonly isInteger: boolean },
): string | null {
  const standard = /^([a-z])(\d{0,2})$/i.exec(format)
  if (format === '') return generalText(value, culture)
  if (standard === null) return customNumber(value, format, culture)
  const [, letter = '', digits = ''] = standard
  const precision = digits === '' ? undefined : Number(digits)
  return standardNumber(value, letter, { precision, culture, isInteger })
}

interface StandardFormat {
  readonly precision: number | undefined
  readonly culture: Culture
  readonly isInteger: boolean
}

function standardNumber(
  value: Decimal,
  letter: string,
  { precision, culture, isInteger }: StandardFormat,
): string | null {
  const sign = value.unscaled < 0n ? '-' : ''
  switch (letter.toUpperCase()) {
    case 'N':
      return signed(value, precision ?? 2, (text) => grouped(text, culture))
    case 'F':
      return signed(value, precision ?? 2, (text) => pointed(text, culture))
    case 'C':
      return currencyText(value, precision ?? 2, culture)
    case 'P': {
      const percent = new Decimal(value.unscaled * 100n, value.scale)
      return signed(percent, precision ?? 2, (text) => `${grouped(text, culture)} %`)
    }
    case 'D':
      if (!isInteger) return null
      return sign + absolute(value, 0).padStart(precision ?? 1, '0')
    case 'X': {
      if (!isInteger) return null
      const hex = BigInt.asUintN(value.unscaled < -(2n ** 31n) ? 64 : 32, value.unscaled).toString(
        16,
      )
      const shown = value.unscaled >= 2n ** 32n ? value.unscaled.toString(16) : hex
      const padded = shown.padStart(precision ?? 1, '0')
      return letter === 'X' ? padded.toUpperCase() : padded
    }
    case 'E':
      return scientific(value, { digits: precision ?? 6, letter, culture })
    case 'G':
    case 'R':
      return generalText(value, culture)
    default:
      return null
  }
}

/** Digits of the absolute value, rounded half away from zero. */
function absolute(value: Decimal, decimals: number): string {
  const unscaled = rescale(value, decimals)
  return new Decimal(unscaled < 0n ? -unscaled : unscaled, decimals).toString()
}

function signed(value: Decimal, decimals: number, write: (text: string) => string): string {
  const text = absolute(value, decimals)
  const isNegative = value.unscaled < 0n && /[1-9]/.test(text)
  return (isNegative ? '-' : '') + write(text)
}

function currencyText(value: Decimal, decimals: number, culture: Culture): string {
  const text = grouped(absolute(value, decimals), culture)
  const isNegative = value.unscaled < 0n && /[1-9]/.test(text)
  const { currencySymbol } = culture
  if (culture.isCurrencyLast) return `${isNegative ? '-' : ''}${text} ${currencySymbol}`
  if (!isNegative) return currencySymbol + text
  return culture.locale.endsWith('US') ? `(${currencySymbol}${text})` : `-${currencySymbol}${text}`
}

function grouped(text: string, culture: Culture): string {
  const [whole = '', fraction] = text.split('.')
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, culture.groupSeparator)
  return fraction === undefined ? groups : groups + culture.decimalPoint + fraction
}

const pointed = (text: string, culture: Culture): string => text.replace('.', culture.decimalPoint)

function generalText(value: Decimal, culture: Culture): string {
  return pointed(value.toString(), culture)
}

/** One digit, the fraction and an exponent of three digits at least. */
function scientific(
  value: Decimal,
  { digits, letter, culture }: { digits: number; letter: string; culture: Culture },
): string {
  const [mantissa = '0', exponent = '0'] = Number(value.toString())
    .toExponential(Math.min(digits, 100))
    .split('e')
  const power = Number(exponent)
  const padded = String(Math.abs(power)).padStart(3, '0')
  return `${pointed(mantissa, culture)}${letter}${power < 0 ? '-' : '+'}${padded}`
}

/** Sections for positive, negative and zero; digits by `0` and `#`. */
function customNumber(value: Decimal, format: string, culture: Culture): string {
  const sections = splitSections(format)
  const [positive = '', negative, zero] = sections
  if (value.unscaled === 0n) return customSection(value, zero ?? positive, culture)
  if (value.unscaled > 0n) return customSection(value, positive, culture)
  const magnitude = new Decimal(-value.unscaled, value.scale)
  if (negative !== undefined && negative !== '') return customSection(magnitude, negative, culture)
  const text = customSection(magnitude, positive, culture)
  return /[1-9]/.test(text) ? `-${text}` : text
}

/** Literals in quotes or behind a backslash, else single characters. */
const NUMBER_TOKEN = /'[^']*'|"[^"]*"|\\.|[eE][+-]?0+|./gsu

function splitSections(format: string): string[] {
  const sections = ['']
  for (const token of format.match(NUMBER_TOKEN) ?? []) {
    if (token === ';') sections.push('')
    else sections[sections.length - 1] += token
  }
  return sections
}

const isDigit = (token: string): boolean => token === '0' || token === '#'

function customSection(value: Decimal, section: string, culture: Culture): string {
  const tokens: string[] = section.match(NUMBER_TOKEN) ?? []
  const pointAt = tokens.indexOf('.')
  const wholeTokens = pointAt === -1 ? tokens : tokens.slice(0, pointAt)
  const fractionTokens = pointAt === -1 ? [] : tokens.slice(pointAt + 1)
  const decimals = fractionTokens.filter(isDigit).length
  const [whole = '', fraction = ''] = absolute(scaled(value, tokens, wholeTokens), decimals).split(
    '.',
  )
  const left = wholeText(whole, wholeTokens, culture)
  const right = fractionText(fraction, fractionTokens)
  if (decimals === 0) return left + right
  return /\d/.test(right) ? left + culture.decimalPoint + right : left + right
}

/** `%` and `‰` multiply; commas right before the point divide by a thousand each. */
function scaled(value: Decimal, tokens: readonly string[], whole: readonly string[]): Decimal {
  const factor = tokens.includes('%') ? 100n : tokens.includes('‰') ? 1000n : 1n
  const lastDigit = whole.findLastIndex(isDigit)
  const commas = whole.slice(lastDigit + 1).filter((token) => token === ',').length
  return new Decimal(value.unscaled * factor, value.scale + (lastDigit === -1 ? 0 : commas * 3))
}

function wholeText(digits: string, tokens: readonly string[], culture: Culture): string {
  const places = tokens.filter(isDigit)
  const firstZero = places.indexOf('0')
  const minimum = firstZero === -1 ? 0 : places.length - firstZero
  const lastDigit = tokens.findLastIndex(isDigit)
  const isGrouped = tokens.slice(0, Math.max(lastDigit, 0)).includes(',')
  const shown = digits.replace(/^0+/, '').padStart(minimum, '0')
  let rest = shown
  let remaining = places.length
  let result = ''
  for (const token of tokens) {
    if (token === ',') continue
    if (!isDigit(token)) {
      result += literalText(token)
      continue
    }
    // The first place takes all digits that have no place of their own.
    const count =
      rest.length > remaining ? rest.length - remaining + 1 : Number(rest.length === remaining)
    result += separated(rest, count, isGrouped ? culture.groupSeparator : '')
    rest = rest.slice(count)
    remaining -= 1
  }
  return result
}

/** The next `count` digits of `rest`, a separator behind each that leaves full thousands. */
function separated(rest: string, count: number, separator: string): string {
  let text = ''
  for (let i = 0; i < count; i++) {
    const behind = rest.length - i - 1
    text += (rest[i] ?? '') + (behind > 0 && behind % 3 === 0 ? separator : '')
  }
  return text
}

function fractionText(digits: string, tokens: readonly string[]): string {
  const places = tokens.filter(isDigit)
  const significant = digits.replace(/0+$/, '').length
  const shownPlaces = Math.max(places.lastIndexOf('0') + 1, significant)
  let index = 0
  let result = ''
  for (const token of tokens) {
    if (!isDigit(token)) result += literalText(token)
    else if (index < shownPlaces) result += digits[index++] ?? ''
  }
  return result
}

function literalText(token: string): string {
  if (token.startsWith('\\')) return token.slice(1)
  return /^(['"]).*\1$/s.test(token) && token.length > 1 ? token.slice(1, -1) : token
}
