import type { SqlDateTime } from '../../../mdf/index.ts'
import { timeFromTicks } from '../values/index.ts'

/** Standard formats of .NET's TimeSpan that look the same in every culture with a point for decimals. */
const STANDARD: Readonly<Record<string, string>> = {
  c: "hh':'mm':'ss",
  t: "hh':'mm':'ss",
  T: "hh':'mm':'ss",
  g: "%h':'mm':'ss",
  G: "'0:'hh':'mm':'ss'.'fffffff",
}
const WITH_FRACTION = /^[ctTg]$/
const TOKEN = /'[^']*'|"[^"]*"|\\.|%|([dhmsfF])\1*|./gsu

/**
 * A time of day as .NET formats a TimeSpan: what is no specifier must be quoted or escaped.
 * @returns null for a format that .NET refuses
 */
export function formatTime(value: SqlDateTime, format: string): string | null {
  const standard = format === '' ? STANDARD['c'] : STANDARD[format]
  const tokens = (standard ?? format).match(TOKEN) ?? []
  const texts = tokens.map((token) => tokenText(token, value))
  if (texts.includes(null)) return null
  const { fraction } = timeFromTicks(value.ticks)
  const hasFraction = standard !== undefined && fraction > 0 && WITH_FRACTION.test(format || 'c')
  return texts.join('') + (hasFraction ? `.${String(fraction).padStart(7, '0')}` : '')
}

function tokenText(token: string, value: SqlDateTime): string | null {
  const { hour, minute, second, fraction } = timeFromTicks(value.ticks)
  const isPair = token.length <= 2
  switch (token[0]) {
    case 'd':
      return token.length <= 8 ? '0'.repeat(token.length) : null
    case 'h':
      return isPair ? String(hour).padStart(token.length, '0') : null
    case 'm':
      return isPair ? String(minute).padStart(token.length, '0') : null
    case 's':
      return isPair ? String(second).padStart(token.length, '0') : null
    case 'f':
    case 'F': {
      if (token.length > 7) return null
      const digits = String(fraction).padStart(7, '0').slice(0, token.length)
      return token[0] === 'f' ? digits : digits.replace(/0+$/, '')
    }
    case '%':
      return ''
    case '\\':
    case "'":
    case '"':
      if (token.length === 1) return null
      return token[0] === '\\' ? token.slice(1) : token.slice(1, -1)
    default:
      return null
  }
}
