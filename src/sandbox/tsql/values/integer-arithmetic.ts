import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { overflowError } from './conversion-error.ts'

interface IntegerOperation {
  readonly type: SqlType
  evaluate(a: SqlValue, b: SqlValue): SqlValue
}

const RANGES: Readonly<Record<string, readonly [low: bigint, high: bigint]>> = {
  bit: [0n, 1n],
  tinyint: [0n, 255n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** Integer arithmetic in `type`: exact, truncating division, 8115 on overflow, 8134 on division by 0. */
export function integerOperation(
  operator: '+' | '-' | '*' | '/' | '%',
  type: SqlType,
): IntegerOperation {
  const [low, high] = RANGES[type.name] ?? [0n, 0n]
  if (type.name === 'bigint') {
    return {
      type,
      evaluate: (a, b) => checked(wide(operator, toBigInt(a), toBigInt(b)), low, high, type),
    }
  }
  const [lowest, highest] = [Number(low), Number(high)]
  return {
    type,
    evaluate: (a, b) => {
      const value = narrow(operator, Number(a), Number(b))
      if (value >= lowest && value <= highest) return value
      throw overflowError('expression', type)
    },
  }
}

/** Products of two 32-bit numbers may lose digits beyond 2^53, but only far outside the range. */
function narrow(operator: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b + 0 // never -0
    default:
      if (b === 0) throw divideByZero()
      return (operator === '/' ? Math.trunc(a / b) : a % b) + 0
  }
}

function wide(operator: '+' | '-' | '*' | '/' | '%', a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    default:
      if (b === 0n) throw divideByZero()
      return operator === '/' ? a / b : a % b
  }
}

function checked(value: bigint, low: bigint, high: bigint, type: SqlType): bigint {
  if (value >= low && value <= high) return value
  throw overflowError('expression', type)
}

/** An integer of any width as a bigint. */
export function toBigInt(value: SqlValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value))
}

export function divideByZero(): SqlError {
  return new SqlError(8134, 'Divide by zero error encountered.')
}
