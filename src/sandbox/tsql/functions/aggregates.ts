import { Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import {
  arithmetic,
  BIGINT,
  compareValues,
  convert,
  decimalType,
  FLOAT,
  hashKeyOf,
  INT,
  isApproximateType,
  isCharacterType,
  isDecimalType,
  isLargeObjectType,
  isMoneyType,
  isNumericType,
  isUnicodeType,
  MONEY,
  nvarcharType,
  overflowError,
  varcharType,
} from '../values/index.ts'
import type { Accumulator, AggregateFunction, ArgumentInfo } from './contract.ts'

const AVERAGE_SCALE = 6
const MAX_PRECISION = 38
const MAX_TEXT_BYTES = 8000

function firstType(args: readonly ArgumentInfo[]): SqlType {
  return args[0]?.type ?? INT
}

function invalidOperand(type: SqlType, name: string): SqlError {
  return new SqlError(8117, `Operand data type ${type.name} is invalid for ${name} operator.`)
}

function aggregate(
  name: string,
  resultType: (type: SqlType, name: string) => SqlType,
  create: (type: SqlType, resultType: SqlType) => Accumulator,
): AggregateFunction {
  return {
    argumentCount: 1,
    resultType: (args) => resultType(firstType(args), name),
    create: (args, result) => create(firstType(args), result),
  }
}

function count(result: SqlType): AggregateFunction {
  return aggregate(
    'count',
    (type) => {
      if (isLargeObjectType(type)) throw invalidOperand(type, 'count')
      return result
    },
    () => {
      let rows = 0
      return {
        add: ([value = null]) => {
          if (value !== null) rows += 1
        },
        result: () => (result.name === 'bigint' ? BigInt(rows) : rows),
      }
    },
  )
}

/** int for the small integers, decimal(38, s), money, float: what SUM adds up in. */
function sumType(type: SqlType, name: string): SqlType {
  if (!isNumericType(type) || type.name === 'bit') throw invalidOperand(type, name)
  if (isDecimalType(type)) return decimalType(MAX_PRECISION, type.scale, 'numeric')
  if (isMoneyType(type)) return MONEY
  if (isApproximateType(type)) return FLOAT
  return type.name === 'bigint' ? BIGINT : INT
}

function createSum(type: SqlType, result: SqlType): Accumulator {
  if (isDecimalType(result)) return createDecimalSum(result)
  const plus = arithmetic('+', result, result)
  let total: SqlValue = null
  return {
    add([value = null]) {
      if (value === null) return
      const addend = convert(value, type, result)
      total = total === null ? addend : plus.evaluate(total, addend)
    },
    result: () => total,
  }
}

/** Adding two of 38 digits would leave none to the fraction: the sum keeps its scale and can overflow. */
function createDecimalSum(result: SqlType): Accumulator {
  const limit = 10n ** BigInt(MAX_PRECISION)
  let total: bigint | null = null
  return {
    add([value = null]) {
      if (!(value instanceof Decimal)) return
      total = (total ?? 0n) + value.unscaled
      if (total >= limit || total <= -limit) throw overflowError('expression', result)
    },
    result: () => (total === null ? null : new Decimal(total, result.scale)),
  }
}

function averageType(type: SqlType, name: string): SqlType {
  const sum = sumType(type, name)
  if (!isDecimalType(sum)) return sum
  return decimalType(MAX_PRECISION, Math.max(type.scale, AVERAGE_SCALE), 'numeric')
}

/** The exact sum divided by the count; integers truncate, as their division does. */
function createAverage(type: SqlType, result: SqlType): Accumulator {
  let rows = 0
  let exact = 0n
  let approximate = 0
  const scale = isDecimalType(type) ? type.scale : isMoneyType(type) ? 4 : 0
  return {
    add([value = null]) {
      if (value === null) return
      rows += 1
      if (value instanceof Decimal) exact += value.unscaled
      else if (isApproximateType(type)) approximate += Number(value)
      else exact += typeof value === 'bigint' ? value : BigInt(Number(value))
    },
    result() {
      if (rows === 0) return null
      if (isApproximateType(type)) return approximate / rows
      if (scale === 0 && !isDecimalType(type)) {
        const average = exact / BigInt(rows)
        return result.name === 'bigint' ? average : Number(average)
      }
      const shift = 10n ** BigInt(result.scale - scale)
      return new Decimal((exact * shift) / BigInt(rows), result.scale)
    },
  }
}

function extreme(name: string, direction: 1 | -1): AggregateFunction {
  return aggregate(
    name,
    (type) => {
      if (isLargeObjectType(type) || type.name === 'bit' || type.name === 'xml') {
        throw invalidOperand(type, name)
      }
      return type
    },
    (type) => {
      let best: SqlValue = null
      return {
        add([value = null]) {
          if (value === null) return
          if (best === null || compareValues(value, best, type) * direction > 0) best = value
        },
        result: () => best,
      }
    },
  )
}

/** Welford's method: numerically stable in one pass. */
function deviation(
  name: string,
  finish: (squares: number, rows: number) => number | null,
): AggregateFunction {
  return aggregate(
    name,
    (type) => {
      sumType(type, name)
      return FLOAT
    },
    (type) => {
      let rows = 0
      let mean = 0
      let squares = 0
      return {
        add([value = null]) {
          if (value === null) return
          const number = Number(convert(value, type, FLOAT))
          rows += 1
          const delta = number - mean
          mean += delta / rows
          squares += delta * (number - mean)
        },
        result: () => (rows === 0 ? null : finish(squares, rows)),
      }
    },
  )
}

const sample = (squares: number, rows: number): number | null =>
  rows < 2 ? null : squares / (rows - 1)
const population = (squares: number, rows: number): number => squares / rows
const root = (value: number | null): number | null => (value === null ? null : Math.sqrt(value))

const stringAgg: AggregateFunction = {
  argumentCount: 2,
  resultType(args) {
    const type = firstType(args)
    const isMax = type.maxLength === -1
    const bytes = isMax ? -1 : MAX_TEXT_BYTES
    return !isCharacterType(type) || isUnicodeType(type)
      ? nvarcharType(bytes, type.collationId)
      : varcharType(bytes, type.collationId)
  },
  create(args, result) {
    const type = firstType(args)
    const parts: string[] = []
    let length = 0
    let separator = ''
    const limit = result.maxLength === -1 ? Number.POSITIVE_INFINITY : result.maxLength
    return {
      add([value = null, separatorValue = null]) {
        if (value === null) return
        separator = separatorValue === null ? '' : String(separatorValue)
        const text = String(convert(value, type, result))
        length += (text.length + separator.length) * (isUnicodeType(result) ? 2 : 1)
        if (length > limit + separator.length * 2) {
          throw new SqlError(
            9829,
            'STRING_AGG aggregation result exceeded the limit of 8000 bytes. Use LOB types to avoid result truncation.',
          )
        }
        parts.push(text)
      },
      result: () => (parts.length === 0 ? null : parts.join(separator)),
    }
  },
}

/** CHECKSUM_AGG: order does not matter. */
const checksumAgg = aggregate(
  'checksum_agg',
  () => INT,
  () => {
    let checksum: number | null = null
    return {
      add([value = null]) {
        if (value !== null) checksum = (checksum ?? 0) ^ Number(value)
      },
      result: () => checksum,
    }
  },
)

const approximateCount = aggregate(
  'approx_count_distinct',
  () => BIGINT,
  (type) => {
    const keys = new Set<string | number | bigint>()
    return {
      add([value = null]) {
        if (value !== null) keys.add(hashKeyOf(value, type))
      },
      result: () => BigInt(keys.size),
    }
  },
)

export const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  COUNT: count(INT),
  COUNT_BIG: count(BIGINT),
  SUM: aggregate('sum', sumType, createSum),
  AVG: aggregate('avg', averageType, createAverage),
  MIN: extreme('min', -1),
  MAX: extreme('max', 1),
  STDEV: deviation('stdev', (squares, rows) => root(sample(squares, rows))),
  STDEVP: deviation('stdevp', (squares, rows) => root(population(squares, rows))),
  VAR: deviation('var', sample),
  VARP: deviation('varp', population),
  STRING_AGG: stringAgg,
  CHECKSUM_AGG: checksumAgg,
  APPROX_COUNT_DISTINCT: approximateCount,
}
