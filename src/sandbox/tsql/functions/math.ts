import { Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { overflowError } from '../values/conversion-error.ts'
import {
  convert,
  decimalType,
  FLOAT,
  INT,
  isApproximateType,
  isDecimalType,
  isIntegerType,
  isMoneyType,
  MONEY,
} from '../values/index.ts'
import { toBigInt } from '../values/integer-arithmetic.ts'
import type { ArgumentInfo, ScalarFunction } from './contract.ts'
import { defineFunction, type FunctionDefinition } from './define-function.ts'

/** ABS, SIGN, ROUND, CEILING and FLOOR keep an exact type; smaller ones widen as SQL Server does. */
function numberType(args: readonly ArgumentInfo[]): SqlType {
  const type = args[0]?.type ?? FLOAT
  if (isDecimalType(type) || type.name === 'bigint' || type.name === 'money') return type
  if (isIntegerType(type)) return INT
  return isMoneyType(type) ? MONEY : FLOAT
}

/** A function of one number that works on any exact or approximate type. */
function numeric(options: {
  readonly result?: (type: SqlType) => SqlType
  readonly ofFloat: (value: number) => number
  readonly ofDecimal: (value: Decimal, scale: number) => Decimal
  readonly ofInteger: (value: bigint, type: SqlType) => bigint
}): ScalarFunction {
  const result = (args: readonly ArgumentInfo[]) => {
    const type = numberType(args)
    return options.result?.(type) ?? type
  }
  return convertedTo(numberType, {
    arguments: 1,
    result,
    evaluate(value, type) {
      if (value instanceof Decimal) return options.ofDecimal(value, type.scale)
      if (typeof value === 'bigint') return options.ofInteger(value, type)
      if (isApproximateType(type)) return options.ofFloat(Number(value))
      return Number(options.ofInteger(BigInt(Number(value)), type))
    },
  })
}

/** Converts the first argument to `operand(args)` before the function runs. */
function convertedTo(
  operand: (args: readonly ArgumentInfo[]) => SqlType,
  options: {
    readonly arguments: number | readonly [number, number]
    readonly result: (args: readonly ArgumentInfo[]) => SqlType
    readonly evaluate: (value: SqlValue, type: SqlType, rest: readonly SqlValue[]) => SqlValue
  },
): ScalarFunction {
  const counts = options.arguments
  const shape = defineFunction({ arguments: counts, result: options.result, evaluate: () => null })
  return {
    ...shape,
    compile(args, keyword, resultType) {
      const type = operand(args)
      const inner = defineFunction({
        arguments: counts,
        parameters: [type, INT],
        result: resultType,
        evaluate: ([value = null, ...rest]) => options.evaluate(value, type, rest),
      })
      return inner.compile(args, keyword, resultType)
    },
  }
}

const INT_LIMIT = 2n ** 31n
const BIGINT_LIMIT = 2n ** 63n

const abs = numeric({
  ofFloat: Math.abs,
  ofDecimal: (value) => (value.unscaled < 0n ? new Decimal(-value.unscaled, value.scale) : value),
  ofInteger(value, type) {
    // The lowest integer is the only one without a positive twin.
    const limit = type.name === 'bigint' ? BIGINT_LIMIT : INT_LIMIT
    if (-value === limit) throw overflowError('expression', type)
    return value < 0n ? -value : value
  },
})

const sign = numeric({
  ofFloat: Math.sign,
  ofDecimal: ({ unscaled }, scale) => {
    const one = 10n ** BigInt(scale)
    return new Decimal(unscaled > 0n ? one : unscaled < 0n ? -one : 0n, scale)
  },
  ofInteger: (value) => (value > 0n ? 1n : value < 0n ? -1n : 0n),
})

/** CEILING and FLOOR of a decimal(p, s) are decimal(p, 0). */
const withoutFraction = (type: SqlType): SqlType =>
  isDecimalType(type) ? decimalType(type.precision, 0, 'numeric') : type

function toWhole(value: Decimal, towards: 'up' | 'down', resultScale: number): Decimal {
  const unit = 10n ** BigInt(value.scale)
  let whole = value.unscaled / unit
  const hasFraction = value.unscaled % unit !== 0n
  if (hasFraction && towards === 'up' && value.unscaled > 0n) whole += 1n
  if (hasFraction && towards === 'down' && value.unscaled < 0n) whole -= 1n
  return new Decimal(whole * 10n ** BigInt(resultScale), resultScale)
}

function rounding(towards: 'up' | 'down', ofFloat: (value: number) => number): ScalarFunction {
  return convertedTo(numberType, {
    arguments: 1,
    result: (args) => withoutFraction(numberType(args)),
    evaluate(value, type) {
      if (value instanceof Decimal) return toWhole(value, towards, isMoneyType(type) ? 4 : 0)
      return isApproximateType(type) ? ofFloat(Number(value)) : value
    },
  })
}

/** ROUND(value, length [, truncate]): a negative length rounds left of the point. */
const round = convertedTo(numberType, {
  arguments: [2, 3],
  result: numberType,
  evaluate(value, type, [length = 0, truncate = 0]) {
    const digits = Number(length)
    const cut = Number(truncate) !== 0
    if (value instanceof Decimal) return roundDecimal(value, digits, cut, type)
    if (isApproximateType(type)) return roundFloat(Number(value), digits, cut)
    const { unscaled } = roundDecimal(new Decimal(toBigInt(value), 0), digits, cut, type)
    return typeof value === 'bigint' ? unscaled : Number(unscaled)
  },
})

function roundDecimal(value: Decimal, digits: number, cut: boolean, type: SqlType): Decimal {
  if (digits >= value.scale) return value
  const unit = 10n ** BigInt(value.scale - digits)
  const rest = value.unscaled % unit
  let result = value.unscaled - rest
  const magnitude = rest < 0n ? -rest : rest
  if (!cut && magnitude * 2n >= unit) result += value.unscaled < 0n ? -unit : unit
  if (isDecimalType(type) && (result < 0n ? -result : result) >= 10n ** BigInt(type.precision)) {
    throw overflowError('expression', type)
  }
  return new Decimal(result, value.scale)
}

function roundFloat(value: number, digits: number, cut: boolean): number {
  const factor = 10 ** Math.abs(digits)
  const scaled = digits >= 0 ? value * factor : value / factor
  if (!Number.isFinite(scaled)) return value
  // The decimal digits a person sees decide, not the last bit of the product.
  const shown = Number(scaled.toPrecision(15))
  const whole = cut ? Math.trunc(shown) : Math.sign(shown) * Math.round(Math.abs(shown))
  return digits >= 0 ? whole / factor : whole * factor
}

/** POWER, DEGREES and RADIANS compute in float and keep the type of their first argument. */
function inTypeOfFirst(
  parameters: number,
  compute: (...values: number[]) => number,
): ScalarFunction {
  const result = (args: readonly ArgumentInfo[]) => {
    const type = numberType(args)
    return isDecimalType(type) ? decimalType(38, type.scale, 'numeric') : type
  }
  return defineFunction({
    arguments: parameters,
    parameters: [FLOAT],
    result,
    evaluate(values, _context, { resultType }) {
      const value = checkedFloat(compute(...values.map(Number)))
      return convert(isIntegerType(resultType) ? Math.trunc(value) : value, FLOAT, resultType)
    },
  })
}

function floatFunction(
  compute: (...values: number[]) => number,
  counts: FunctionDefinition['arguments'] = 1,
): ScalarFunction {
  return defineFunction({
    arguments: counts,
    parameters: [FLOAT],
    result: FLOAT,
    evaluate: (values) => checkedFloat(compute(...values.map(Number))),
  })
}

function checkedFloat(value: number): number {
  if (Number.isFinite(value)) return value
  throw new SqlError(3623, 'An invalid floating point operation occurred.')
}

export const MATH_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ABS: abs,
  SIGN: sign,
  CEILING: rounding('up', Math.ceil),
  FLOOR: rounding('down', Math.floor),
  ROUND: round,
  SQRT: floatFunction(Math.sqrt),
  SQUARE: floatFunction((value) => value * value),
  EXP: floatFunction(Math.exp),
  LOG10: floatFunction(Math.log10),
  SIN: floatFunction(Math.sin),
  COS: floatFunction(Math.cos),
  TAN: floatFunction(Math.tan),
  COT: floatFunction((value) => 1 / Math.tan(value)),
  ASIN: floatFunction(Math.asin),
  ACOS: floatFunction(Math.acos),
  ATAN: floatFunction(Math.atan),
  ATN2: floatFunction(Math.atan2, 2),
  LOG: floatFunction(
    (value, base) => Math.log(value) / (base === undefined ? 1 : Math.log(base)),
    [1, 2],
  ),
  PI: defineFunction({ arguments: 0, result: FLOAT, evaluate: () => Math.PI }),
  POWER: inTypeOfFirst(2, (base = 0, exponent = 0) => base ** exponent),
  DEGREES: inTypeOfFirst(1, (value = 0) => (value * 180) / Math.PI),
  RADIANS: inTypeOfFirst(1, (value = 0) => (value * Math.PI) / 180),
  RAND: defineFunction({
    arguments: [0, 1],
    deterministic: false,
    acceptsNull: true,
    parameters: [INT],
    result: FLOAT,
    evaluate: ([seed = null]) => (seed === null ? Math.random() : seeded(Number(seed))),
  }),
}

/** The same number for the same seed (a linear congruential generator, as RAND's own is). */
function seeded(seed: number): number {
  return ((Math.imul(seed, 16_807) + 2_147_483_647) >>> 1) / 2 ** 31
}
