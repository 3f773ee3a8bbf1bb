import { Decimal, SqlDateTime, type SqlValue } from '../../../mdf/index.ts'
import { isIntegerType, nvarcharType } from '../values/index.ts'
import type { ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { cultureOf } from './format-culture.ts'
import { formatDateTime } from './format-date.ts'
import { formatNumber } from './format-number.ts'
import { formatTime } from './format-time.ts'
import { contextCollation, fitText, invalidArgument, invalidNull, textOf } from './text-argument.ts'

const DEFAULT_CULTURE = 'en-US'
/** Significant digits of a double that .NET Framework shows. */
const DOUBLE_DIGITS = 15

/** FORMAT(value, format [, culture]): numbers and dates as .NET formats them. */
const format = defineFunction({
  arguments: [2, 3],
  deterministic: false,
  result(args, _keyword, context) {
    const [value] = args
    if (value?.isNullLiteral === true) throw invalidNull(1, 'format')
    if (value !== undefined && !isFormattable(value.type.name)) {
      throw invalidArgument(value.type, 1, 'format')
    }
    return nvarcharType(8000, contextCollation(args, context))
  },
  evaluate([value = null, formatText = null, cultureName = DEFAULT_CULTURE], _context, site) {
    const culture = cultureOf(textOf(cultureName, 3, site))
    const pattern = textOf(formatText, 2, site)
    if (value instanceof SqlDateTime) return dateText(value, pattern, { culture, site })
    const type = site.args[0]?.type
    const number = numberOf(value)
    if (number === undefined || type === undefined) return null
    const text = formatNumber(number, pattern, { culture, isInteger: isIntegerType(type) })
    return text === null ? null : fitText(text, site.resultType)
  },
})

function isFormattable(name: string): boolean {
  return /int$|^decimal$|^numeric$|money$|^float$|^real$|^date|^smalldatetime$|^time$/.test(name)
}

function dateText(
  value: SqlDateTime,
  pattern: string,
  { culture, site }: { culture: ReturnType<typeof cultureOf>; site: CallSite },
): string | null {
  const typeName = site.args[0]?.type.name
  if (typeName === 'time') return formatTime(value, pattern)
  const hasOffset = typeName === 'datetimeoffset'
  const text = formatDateTime(value, pattern === '' ? 'G' : pattern, { culture, hasOffset })
  return text === null ? null : fitText(text, site.resultType)
}

function numberOf(value: SqlValue): Decimal | undefined {
  if (value instanceof Decimal) return value
  if (typeof value === 'bigint') return new Decimal(value, 0)
  if (typeof value !== 'number') return undefined
  if (Number.isInteger(value)) return new Decimal(BigInt(value), 0)
  const [mantissa = '0', exponent = '0'] = value.toExponential(DOUBLE_DIGITS - 1).split('e')
  const digits = mantissa.replace('.', '').replace(/0+$/, '')
  const sign = digits.startsWith('-') ? 1 : 0
  const scale = digits.length - sign - 1 - Number(exponent)
  if (scale >= 0) return new Decimal(BigInt(digits), scale)
  return new Decimal(BigInt(digits) * 10n ** BigInt(-scale), 0)
}

export const FORMAT_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = { FORMAT: format }
