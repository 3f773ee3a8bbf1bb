import { Decimal, SqlDateTime, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { toDayNumber } from './calendar.ts'
import { conversionFailed, messageName, notConvertible, overflowError } from './conversion-error.ts'
import {
  decimalToNumber,
  numberToDecimal,
  parseDecimal,
  parseFloatText,
  parseInteger,
  parseMoney,
  rescale,
} from './number-text.ts'
import { isApproximateType, isCharacterType, isDecimalType, isMoneyType } from './types.ts'

interface IntegerRange {
  readonly low: bigint
  readonly high: bigint
  /** How message 244 calls the column. */
  readonly column: string
}

const RANGES: Readonly<Record<string, IntegerRange>> = {
  tinyint: { low: 0n, high: 255n, column: 'INT1' },
  smallint: { low: -(2n ** 15n), high: 2n ** 15n - 1n, column: 'INT2' },
  int: { low: -(2n ** 31n), high: 2n ** 31n - 1n, column: 'int' },
  bigint: { low: -(2n ** 63n), high: 2n ** 63n - 1n, column: 'bigint' },
}

/** Any value as tinyint, smallint, int or bigint. */
export function toInteger(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  const range = RANGES[to.name]
  if (range === undefined) return null
  const whole = wholeOf(value, from, to)
  if (whole < range.low || whole > range.high) throw integerOverflow(value, from, to)
  return to.name === 'bigint' ? whole : Number(whole)
}

/** Floating point and decimal are cut; money and datetime are rounded. */
function wholeOf(value: SqlValue, from: SqlType, to: SqlType): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
  if (value instanceof Decimal) {
    if (isMoneyType(from)) return rescale(value, 0)
    return value.unscaled / 10n ** BigInt(value.scale)
  }
  if (typeof value === 'string') return integerOfText(value, from, to)
  if (value instanceof SqlDateTime) return BigInt(Math.round(toDayNumber(value)))
  if (value instanceof Uint8Array) return signedBigEndian(value, to.maxLength, to.name)
  return 0n
}

function integerOfText(text: string, from: SqlType, to: SqlType): bigint {
  const parsed = parseInteger(text)
  if (parsed !== undefined) return parsed
  throw to.name === 'bigint' ? notConvertible(from, to) : conversionFailed(from, to, text)
}

/** The last bytes as a number; shorter values are filled with zeros on the left. */
function signedBigEndian(bytes: Uint8Array, length: number, name: string): bigint {
  const tail = bytes.subarray(Math.max(bytes.length - length, 0))
  const hex = Buffer.from(tail).toString('hex')
  const unsigned = BigInt(`0x${hex === '' ? '0' : hex}`)
  return name === 'tinyint' ? unsigned : BigInt.asIntN(length * 8, unsigned)
}

function integerOverflow(value: SqlValue, from: SqlType, to: SqlType): SqlError {
  const isSmall = to.name === 'tinyint' || to.name === 'smallint'
  if (typeof value === 'string' && to.name !== 'bigint') {
    const column = RANGES[to.name]?.column ?? to.name
    return isSmall
      ? new SqlError(
          244,
          `The conversion of the ${from.name} value '${value}' overflowed an ${column} column. Use a larger integer column.`,
        )
      : new SqlError(
          248,
          `The conversion of the ${from.name} value '${value}' overflowed an ${column} column.`,
        )
  }
  if (isApproximateType(from) && typeof value === 'number' && to.name !== 'bigint') {
    return floatOverflow(value, to)
  }
  if (typeof value === 'number' && isSmall) {
    return new SqlError(
      220,
      `Arithmetic overflow error for data type ${to.name}, value = ${value}.`,
      { state: 2 },
    )
  }
  return overflowError(isDecimalType(from) ? 'numeric' : 'expression', to)
}

export function floatOverflow(value: number, to: SqlType): SqlError {
  const shown = Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`
  return new SqlError(232, `Arithmetic overflow error for type ${to.name}, value = ${shown}.`, {
    state: 3,
  })
}

/** Any value as decimal, numeric, money or smallmoney. */
export function toExact(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  const isMoney = isMoneyType(to)
  const scale = isMoney ? 4 : to.scale
  const unscaled = unscaledOf(value, { from, to, scale })
  const limit = isMoney ? 2n ** BigInt(to.maxLength * 8 - 1) : 10n ** BigInt(to.precision)
  // Money reaches one further below zero than above, as every two's complement number.
  const isTooSmall = isMoney ? unscaled < -limit : unscaled <= -limit
  if (unscaled < limit && !isTooSmall) return new Decimal(unscaled, scale)
  if (isMoney && isCharacterType(from)) throw moneyTextOverflow(to)
  throw overflowError(messageName(from), to)
}

interface ExactTarget {
  readonly from: SqlType
  readonly to: SqlType
  readonly scale: number
}

function unscaledOf(value: SqlValue, { from, to, scale }: ExactTarget): bigint {
  if (value instanceof Decimal) return rescale(value, scale)
  if (typeof value === 'number' && isApproximateType(from)) return numberToDecimal(value, scale)
  if (typeof value === 'string') return rescale(exactOfText(value, from, to), scale)
  if (value instanceof SqlDateTime) return numberToDecimal(toDayNumber(value), scale)
  if (value instanceof Uint8Array) return exactOfBytes(value, from, { to, scale })
  return wholeOf(value, from, to) * 10n ** BigInt(scale)
}

function exactOfText(text: string, from: SqlType, to: SqlType): Decimal {
  if (!isMoneyType(to)) {
    const parsed = parseDecimal(text)
    if (parsed === undefined) throw notConvertible(from, to)
    return parsed
  }
  const parsed = parseMoney(text)
  if (parsed !== undefined) return parsed
  if (to.name === 'smallmoney') {
    throw new SqlError(
      293,
      'Cannot convert char value to smallmoney. The char value has incorrect syntax.',
    )
  }
  throw new SqlError(235, 'Cannot convert a char value to money. The value has incorrect syntax.')
}

function moneyTextOverflow(to: SqlType): SqlError {
  if (to.name === 'smallmoney') {
    return new SqlError(
      294,
      'The conversion from char data type to smallmoney data type resulted in a smallmoney overflow error.',
    )
  }
  return new SqlError(
    236,
    'The conversion from char data type to money resulted in a money overflow error.',
  )
}

/** precision, scale, a zero, the sign (1 is positive), then the digits, least significant byte first. */
function exactOfBytes(
  bytes: Uint8Array,
  from: SqlType,
  { to, scale }: { to: SqlType; scale: number },
): bigint {
  if (isMoneyType(to)) return signedBigEndian(bytes, to.maxLength, to.name)
  const [precision = 0, storedScale = 0, , sign = 0] = bytes
  if (precision < 1 || precision > 38 || storedScale > precision) throw notConvertible(from, to)
  let magnitude = 0n
  for (let i = bytes.length - 1; i >= 4; i--) magnitude = magnitude * 256n + BigInt(bytes[i] ?? 0)
  return rescale(new Decimal(sign === 1 ? magnitude : -magnitude, storedScale), scale)
}

/** Any value as float or real. */
export function toApproximate(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  const double = doubleOf(value, from, to)
  if (to.name === 'float') {
    if (Number.isFinite(double)) return double
    throw overflowError('expression', to)
  }
  const single = Math.fround(double)
  if (Number.isFinite(single)) return single
  throw overflowError('expression', to)
}

function doubleOf(value: SqlValue, from: SqlType, to: SqlType): number {
  if (typeof value === 'string') {
    const parsed = parseFloatText(value)
    if (parsed === undefined) throw notConvertible(from, to)
    return parsed
  }
  if (value instanceof Decimal) return decimalToNumber(value)
  if (value instanceof SqlDateTime) return toDayNumber(value)
  return Number(value)
}

/** Any value as bit: zero is false, everything else true; text is a number, true or false. */
export function toBit(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  if (value instanceof Decimal) return value.unscaled !== 0n
  if (value instanceof Uint8Array) return value.some((byte) => byte !== 0)
  if (value instanceof SqlDateTime) return toDayNumber(value) !== 0
  if (typeof value !== 'string') return Number(value) !== 0
  const word = value.trim().toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  const number = parseInteger(value)
  if (number === undefined) throw conversionFailed(from, to, value)
  return number !== 0n
}
