import { Decimal } from '../../../mdf/index.ts'

/** Text as an integer: undefined where it is none. Blank text is 0, as in SQL Server. */
export function parseInteger(text: string): bigint | undefined {
  const match = /^\s*([+-]?)\s*(\d*)\s*$/.exec(text)
  if (match === null) return undefined
  const value = BigInt(match[2] === '' ? '0' : (match[2] ?? '0'))
  return match[1] === '-' ? -value : value
}

/** Text as an exact number; no exponent, no thousands separators. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(text)
  const whole = match?.[2] ?? ''
  const fraction = match?.[3] ?? ''
  if (match === null || whole + fraction === '') return undefined
  const unscaled = BigInt(whole + fraction)
  return new Decimal(match[1] === '-' ? -unscaled : unscaled, fraction.length)
}

/** Text as a floating-point number; blank text is 0. */
export function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 0
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/.test(trimmed)) return undefined
  return Number(trimmed.replace(/d/i, 'e'))
}

/** Currency signs that may stand before or after the sign of a money text. */
const CURRENCY = /[$£¤¥€₤₠-₱฿৲৳]/u

/** Text as money: currency sign, thousands separators and a sign on either side are allowed. */
export function parseMoney(text: string): Decimal | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return new Decimal(0n, 4)
  const isNegative = trimmed.includes('-') || /^\(.*\)$/.test(trimmed)
  const bare = trimmed
    .replace(CURRENCY, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/[+-]/, '')
    .trim()
  if (!/^[\d,]*(?:\.\d*)?$/.test(bare)) return undefined
  const value = parseDecimal(bare.replaceAll(',', ''))
  if (value === undefined) return undefined
  return isNegative ? new Decimal(-value.unscaled, value.scale) : value
}

/** The value at another scale, rounded half away from zero. */
export function rescale(value: Decimal, scale: number): bigint {
  if (scale >= value.scale) return value.unscaled * 10n ** BigInt(scale - value.scale)
  return divideRounded(value.unscaled, 10n ** BigInt(value.scale - scale))
}

/** numerator / denominator, rounded half away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = (n * 2n + d) / (d * 2n)
  return negative ? -quotient : quotient
}

/** The nearest double. */
export function decimalToNumber(value: Decimal): number {
  return Number(value.toString())
}

const EXACT_POWERS = 17

/** A double as an exact number at `scale`, keeping its 17 significant digits and no more. */
export function numberToDecimal(value: number, scale: number): bigint {
  const [mantissa = '0', exponent = '0'] = value.toExponential(EXACT_POWERS - 1).split('e')
  const digits = mantissa.replace('.', '')
  const shift = Number(exponent) - (EXACT_POWERS - 1) + scale
  const unscaled = BigInt(digits)
  return shift >= 0
    ? unscaled * 10n ** BigInt(shift)
    : divideRounded(unscaled, 10n ** BigInt(-shift))
}

/** C's %.{digits}g with a three-digit exponent, as SQL Server shows a float. */
export function formatFloatShort(value: number, digits: number): string {
  if (value === 0) return '0'
  const [mantissa = '', exponentText = '0'] = value.toExponential(digits - 1).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= digits) {
    return `${stripZeros(mantissa)}${exponentSuffix(exponent)}`
  }
  return stripZeros(value.toFixed(Math.max(digits - 1 - exponent, 0)))
}

/** Scientific notation with `digits` significant digits, styles 1 to 3 of CONVERT. */
export function formatFloatScientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e')
  return `${mantissa}${exponentSuffix(Number(exponent))}`
}

function exponentSuffix(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(3, '0')}`
}

function stripZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A whole number's digits with a comma at each thousand. */
export function withThousands(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',')
}
