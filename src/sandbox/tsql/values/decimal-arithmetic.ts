import { Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { overflowError } from './conversion-error.ts'
import { divideByZero, toBigInt } from './integer-arithmetic.ts'
import { divideRounded } from './number-text.ts'
import { decimalType } from './types.ts'

const MAX_PRECISION = 38
const MIN_DIVISION_SCALE = 6
const MONEY_SCALE = 4
const MONEY_LIMITS: Readonly<Record<string, bigint>> = { money: 2n ** 63n, smallmoney: 2n ** 31n }

type Operator = '+' | '-' | '*' | '/' | '%'

interface Facets {
  readonly precision: number
  readonly scale: number
}

interface DecimalOperation {
  readonly type: SqlType
  evaluate(a: SqlValue, b: SqlValue): SqlValue
}

/**
 * Exact arithmetic on decimal and money. `winner` is the operand type of higher precedence: money with
 * money or an integer stays money, anything with decimal becomes a decimal whose precision and scale
 * follow Microsoft's "Precision, scale, and length (Transact-SQL)".
 */
export function decimalOperation(
  operator: Operator,
  left: Facets,
  right: Facets,
  winner: SqlType,
): DecimalOperation {
  const limit = MONEY_LIMITS[winner.name]
  const type = limit === undefined ? resultType(operator, left, right) : winner
  const scale = limit === undefined ? type.scale : MONEY_SCALE
  const bound = limit ?? 10n ** BigInt(type.precision)
  return {
    type,
    evaluate(x, y) {
      const unscaled = compute(operator, toDecimal(x), toDecimal(y), scale)
      if (unscaled < bound && unscaled >= -bound) return new Decimal(unscaled, scale)
      throw overflowError('expression', type)
    },
  }
}

function resultType(operator: Operator, left: Facets, right: Facets): SqlType {
  const { precision: p1, scale: s1 } = left
  const { precision: p2, scale: s2 } = right
  switch (operator) {
    case '+':
    case '-': {
      const scale = Math.max(s1, s2)
      return limitSum(Math.max(p1 - s1, p2 - s2) + scale + 1, scale)
    }
    case '*':
      return limitProduct(p1 + p2 + 1, s1 + s2)
    case '/': {
      const scale = Math.max(MIN_DIVISION_SCALE, s1 + p2 + 1)
      return limitProduct(p1 - s1 + s2 + scale, scale)
    }
    case '%': {
      const scale = Math.max(s1, s2)
      return limitSum(Math.min(p1 - s1, p2 - s2) + scale, scale)
    }
  }
}

/** Beyond 38 digits the fraction of a sum gives way to the whole part of its operands. */
function limitSum(precision: number, scale: number): SqlType {
  if (precision <= MAX_PRECISION) return decimalType(precision, scale, 'numeric')
  const whole = precision - scale - 1
  return decimalType(MAX_PRECISION, Math.max(0, Math.min(scale, MAX_PRECISION - whole)), 'numeric')
}

/** Beyond 38 digits a product or quotient keeps at least 6 digits of its fraction. */
function limitProduct(precision: number, scale: number): SqlType {
  if (precision <= MAX_PRECISION) return decimalType(precision, scale, 'numeric')
  const whole = precision - scale
  const least = Math.min(scale, MIN_DIVISION_SCALE)
  return decimalType(MAX_PRECISION, Math.max(least, MAX_PRECISION - whole), 'numeric')
}

/** The result at `scale`: sums and products rounded, quotients truncated. */
function compute(operator: Operator, a: Decimal, b: Decimal, scale: number): bigint {
  if (operator === '*') return atScale(a.unscaled * b.unscaled, a.scale + b.scale, scale)
  if (operator === '/') {
    if (b.unscaled === 0n) throw divideByZero()
    const shift = scale + b.scale - a.scale
    return shift >= 0
      ? (a.unscaled * 10n ** BigInt(shift)) / b.unscaled
      : a.unscaled / (b.unscaled * 10n ** BigInt(-shift))
  }
  const common = Math.max(a.scale, b.scale)
  const x = a.unscaled * 10n ** BigInt(common - a.scale)
  const y = b.unscaled * 10n ** BigInt(common - b.scale)
  if (operator === '+') return atScale(x + y, common, scale)
  if (operator === '-') return atScale(x - y, common, scale)
  if (y === 0n) throw divideByZero()
  return atScale(x % y, common, scale)
}

function atScale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from)
  return divideRounded(unscaled, 10n ** BigInt(from - to))
}

function toDecimal(value: SqlValue): Decimal {
  if (value instanceof Decimal) return value
  return new Decimal(toBigInt(value), 0)
}
