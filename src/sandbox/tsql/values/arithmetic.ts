import {
  Decimal,
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlValue,
} from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { fromDayNumber, toDayNumber } from './calendar.ts'
import { exactFacets, precedenceOf } from './common-type.ts'
import { overflowError } from './conversion-error.ts'
import { convert } from './convert.ts'
import { decimalOperation } from './decimal-arithmetic.ts'
import { divideByZero, integerOperation, toBigInt } from './integer-arithmetic.ts'
import * as types from './types.ts'

/** Operators of two operands. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^'

/** An operator bound to operand types; `evaluate` takes their values, neither NULL. */
export interface Operation {
  readonly type: SqlType
  evaluate(a: SqlValue, b: SqlValue): SqlValue
}

const OPERATOR_NAMES: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '&': "'&'",
  '|': "'|'",
  '^': "'^'",
}

/**
 * What `left operator right` gives and how to compute it.
 * @throws SqlError 402, 8117, 206 when the types do not take the operator
 */
export function arithmetic(operator: BinaryOperator, left: SqlType, right: SqlType): Operation {
  if (operator === '&' || operator === '|' || operator === '^')
    return bitwise(operator, left, right)
  const bothText = [left, right].every(types.isCharacterType)
  if (operator === '+' && (bothText || areBinary(left, right))) return concatenation(left, right)
  if (bothText || areBinary(left, right)) throw invalidOperand(left, operator)
  if (types.isDateTimeType(left) || types.isDateTimeType(right)) {
    return dateArithmetic(operator, left, right)
  }
  const type = [left, right].toSorted((a, b) => precedenceOf(a) - precedenceOf(b))[0] ?? left
  const operand = numericOperand(operator, left, right, type)
  if (left.name === 'bit' && right.name === 'bit') throw incompatible(operator, left, right)
  return numericOperation(operator, operand(left), operand(right), { left, right, type })
}

/** Text and binary operands become numbers of the other operand's type; others stay what they are. */
function numericOperand(
  operator: BinaryOperator,
  left: SqlType,
  right: SqlType,
  type: SqlType,
): (operand: SqlType) => SqlType {
  for (const each of [left, right]) {
    if (types.isLargeObjectType(each) || types.isClrType(each))
      throw incompatible(operator, left, right)
    if (!types.isNumericType(each) && !types.isCharacterType(each) && !types.isBinaryType(each)) {
      throw invalidOperand(each, operator)
    }
  }
  return (operand) => (types.isNumericType(operand) ? operand : type)
}

interface OperandTypes {
  readonly left: SqlType
  readonly right: SqlType
  readonly type: SqlType
}

function numericOperation(
  operator: Exclude<BinaryOperator, '&' | '|' | '^'>,
  a: SqlType,
  b: SqlType,
  { left, right, type }: OperandTypes,
): Operation {
  const convertLeft = converter(left, a)
  const convertRight = converter(right, b)
  if (types.isApproximateType(type)) {
    if (operator === '%') throw incompatible(operator, left, right)
    return {
      type,
      evaluate: (x, y) =>
        floatResult(operator, toNumber(convertLeft(x)), toNumber(convertRight(y)), type),
    }
  }
  const operation =
    types.isDecimalType(type) || types.isMoneyType(type)
      ? decimalOperation(operator, exactFacets(a), exactFacets(b), type)
      : integerOperation(operator, type)
  return {
    type: operation.type,
    evaluate: (x, y) => operation.evaluate(convertLeft(x), convertRight(y)),
  }
}

function converter(from: SqlType, to: SqlType): (value: SqlValue) => SqlValue {
  return from === to ? (value) => value : (value) => convert(value, from, to)
}

function floatResult(operator: '+' | '-' | '*' | '/', a: number, b: number, type: SqlType): number {
  if (operator === '/' && b === 0) throw divideByZero()
  const value =
    operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b
  const result = type.name === 'real' ? Math.fround(value) : value
  if (Number.isFinite(result)) return result
  throw overflowError('expression', type)
}

function toNumber(value: SqlValue): number {
  return value instanceof Decimal ? Number(value.toString()) : Number(value)
}

function areBinary(left: SqlType, right: SqlType): boolean {
  return [left, right].every((type) => type.name === 'binary' || type.name === 'varbinary')
}

function concatenation(left: SqlType, right: SqlType): Operation {
  if (types.isLargeObjectType(left) || types.isLargeObjectType(right)) {
    throw incompatible('+', left, right)
  }
  const a = types.declaredLength(left)
  const b = types.declaredLength(right)
  const isMax = a === MAX_LENGTH || b === MAX_LENGTH
  if (areBinary(left, right)) {
    const type = types.varbinaryType(isMax ? MAX_LENGTH : Math.min(a + b, types.MAX_BYTES))
    return {
      type,
      evaluate: (x, y) => fitBytes(Buffer.concat([toBytes(x), toBytes(y)]), type.maxLength),
    }
  }
  const isUnicode = types.isUnicodeType(left) || types.isUnicodeType(right)
  const limit = isUnicode ? types.MAX_BYTES / 2 : types.MAX_BYTES
  const length = isMax ? MAX_LENGTH : Math.min(a + b, limit)
  const collationId = left.collationId === 0 ? right.collationId : left.collationId
  const bytes = isMax || !isUnicode ? length : length * 2
  const type = isUnicode
    ? types.nvarcharType(bytes, collationId)
    : types.varcharType(bytes, collationId)
  return { type, evaluate: (x, y) => fitText(`${x}${y}`, length) }
}

function fitText(text: string, length: number): string {
  return length === MAX_LENGTH ? text : text.slice(0, length)
}

function fitBytes(bytes: Uint8Array, length: number): Uint8Array {
  return length === MAX_LENGTH ? bytes : bytes.subarray(0, length)
}

function toBytes(value: SqlValue): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array()
}

/** datetime and smalldatetime add and subtract as days since 1900; the newer types do not. */
function dateArithmetic(operator: BinaryOperator, left: SqlType, right: SqlType): Operation {
  const isLegacy = (type: SqlType) => type.name === 'datetime' || type.name === 'smalldatetime'
  const newer = [left, right].find((type) => types.isDateTimeType(type) && !isLegacy(type))
  if (operator !== '+' && operator !== '-') {
    if (newer !== undefined || !isLegacy(left)) throw invalidOperand(newer ?? right, operator)
    throw invalidOperand(left, operator)
  }
  if (newer !== undefined) {
    const other = newer === left ? right : left
    if (left.name === right.name) throw invalidOperand(left, operator)
    if (types.isDateTimeType(other)) throw incompatible(operator, left, right)
    throw new SqlError(
      206,
      `Operand type clash: ${newer.name} is incompatible with ${other.name}`,
      {
        state: 2,
      },
    )
  }
  const type = left.name === 'smalldatetime' && right.name !== 'datetime' ? left : types.DATETIME
  const result = right.name === 'smalldatetime' && left.name !== 'datetime' ? right : type
  const days = (value: SqlValue, from: SqlType): number => {
    const moment = convert(value, from, types.DATETIME)
    return moment instanceof SqlDateTime ? toDayNumber(moment) : 0
  }
  const sign = operator === '+' ? 1 : -1
  return {
    type: result,
    evaluate: (x, y) =>
      convert(fromDayNumber(days(x, left) + sign * days(y, right)), types.DATETIME, result),
  }
}

function bitwise(operator: '&' | '|' | '^', left: SqlType, right: SqlType): Operation {
  const isIntegral = (type: SqlType) => types.isIntegerType(type) || type.name === 'bit'
  const binary = [left, right].filter((type) => type.name === 'binary' || type.name === 'varbinary')
  const integers = [left, right].filter(isIntegral)
  if (integers.length === 0 || integers.length + binary.length < 2) {
    throw incompatible(operator, left, right)
  }
  const type = integers.toSorted((a, b) => precedenceOf(a) - precedenceOf(b))[0] ?? types.INT
  const convertLeft = converter(left, isIntegral(left) ? left : type)
  const convertRight = converter(right, isIntegral(right) ? right : type)
  return {
    type,
    evaluate: (x, y) => {
      const a = toBigInt(convertLeft(x))
      const b = toBigInt(convertRight(y))
      const value = operator === '&' ? a & b : operator === '|' ? a | b : a ^ b
      if (type.name === 'bit') return value !== 0n
      return type.name === 'bigint' ? value : Number(value)
    },
  }
}

export interface UnaryOperation {
  readonly type: SqlType
  /** Takes a value that is not NULL. */
  evaluate(a: SqlValue): SqlValue
}

/**
 * Unary minus.
 * @throws SqlError 8117 for a type without it
 */
export function negate(type: SqlType): UnaryOperation {
  if (!types.isNumericType(type) || type.name === 'bit') throw invalidOperand(type, '-', 'minus')
  if (types.isApproximateType(type)) return { type, evaluate: (value) => -Number(value) }
  if (types.isDecimalType(type) || types.isMoneyType(type)) {
    return {
      type,
      evaluate: (value) =>
        value instanceof Decimal ? new Decimal(-value.unscaled, value.scale) : value,
    }
  }
  const result = type.name === 'tinyint' ? types.SMALLINT : type
  const subtraction = integerOperation('-', result)
  const zero = result.name === 'bigint' ? 0n : 0
  return { type: result, evaluate: (value) => subtraction.evaluate(zero, value) }
}

/**
 * Unary `~`.
 * @throws SqlError 8117 for a type without it
 */
export function bitwiseNot(type: SqlType): UnaryOperation {
  if (type.name === 'bit') return { type, evaluate: (value) => value !== true }
  if (type.name === 'tinyint') return { type, evaluate: (value) => 255 - Number(value) }
  if (!types.isIntegerType(type)) throw invalidOperand(type, '~', "'~'")
  return {
    type,
    evaluate: (value) => (typeof value === 'bigint' ? ~value : ~Number(value)),
  }
}

function incompatible(operator: BinaryOperator, left: SqlType, right: SqlType): SqlError {
  return new SqlError(
    402,
    `The data types ${left.name} and ${right.name} are incompatible in the ${OPERATOR_NAMES[operator]} operator.`,
  )
}

function invalidOperand(type: SqlType, operator: BinaryOperator | '~', name?: string): SqlError {
  const operatorName = name ?? (operator === '~' ? "'~'" : OPERATOR_NAMES[operator])
  return new SqlError(
    8117,
    `Operand data type ${type.name} is invalid for ${operatorName} operator.`,
  )
}
