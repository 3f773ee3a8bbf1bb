import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { convert, isCharacterType, isDecimalType, isUnicodeType } from '../../values/index.ts'
import type { Bound } from './bound.ts'
import type { Column } from './column.ts'

/** A value to look for in an index, as it is computed and as the index's column would hold it. */
export interface SeekValue {
  readonly expression: Bound
  /**
   * The nearest value of the column's type; undefined when that can't be told. Rounding moves an end of
   * a range onto a value the column can have, never past one: both ends belong to a read range.
   */
  readonly nearest: (value: SqlValue) => SqlValue | undefined
}

const CONVERSION = /^(?:convert:[^:]*:|collation:\d+)$/
const WHOLE_NUMBERS = ['bit', 'tinyint', 'smallint', 'int', 'bigint']
/** From `bigint`'s place on a float can't hold each number. */
const EXACT_IN_FLOAT = 4
const EXACT_IN_REAL = 3

/** The column that an expression is, or is a conversion of that tells all values apart and keeps their order. */
export function columnBehind(node: Bound): Column | undefined {
  if (node.kind === 'column') return node.column
  if (node.kind !== 'unary' || !CONVERSION.test(node.label)) return undefined
  const column = columnBehind(node.operand)
  return column !== undefined && keepsOrder(node.operand.type, node.type) ? column : undefined
}

function keepsOrder(from: SqlType, to: SqlType): boolean {
  if (isCharacterType(from)) {
    const isWidening = isCharacterType(to) && (isUnicodeType(to) || !isUnicodeType(from))
    return isWidening && from.collationId === to.collationId && isAsLong(from, to)
  }
  const place = WHOLE_NUMBERS.indexOf(from.name)
  if (place >= 0) return takesWholeNumbers(to, place)
  if (isDecimalType(from)) return isDecimalType(to) && to.scale >= from.scale
  return keepsMoments(from, to) || keepsMoney(from, to)
}

/** In characters; 0 and below are (max). */
function isAsLong(from: SqlType, to: SqlType): boolean {
  const lengthOf = (type: SqlType): number => {
    if (type.maxLength <= 0) return Number.POSITIVE_INFINITY
    return isUnicodeType(type) ? type.maxLength / 2 : type.maxLength
  }
  return lengthOf(to) >= lengthOf(from)
}

function takesWholeNumbers(to: SqlType, place: number): boolean {
  if (to.name === 'float') return place < EXACT_IN_FLOAT
  if (to.name === 'real') return place < EXACT_IN_REAL
  return isDecimalType(to) || to.name === 'money' || WHOLE_NUMBERS.indexOf(to.name) >= place
}

function keepsMoney(from: SqlType, to: SqlType): boolean {
  if (from.name === 'smallmoney' || from.name === 'money') {
    return to.name === 'money' || (isDecimalType(to) && to.scale >= MONEY_SCALE)
  }
  if (from.name === 'real') return to.name === 'float' || to.name === 'real'
  return from.name === to.name && (from.name === 'float' || from.name === 'uniqueidentifier')
}

const MONEY_SCALE = 4
const FULL_SCALE = 7

function keepsMoments(from: SqlType, to: SqlType): boolean {
  switch (from.name) {
    case 'date':
      return ['date', 'smalldatetime', 'datetime', 'datetime2'].includes(to.name)
    case 'smalldatetime':
      return ['smalldatetime', 'datetime', 'datetime2'].includes(to.name)
    case 'datetime':
      return to.name === 'datetime' || (to.name === 'datetime2' && to.scale === FULL_SCALE)
    case 'datetime2':
    case 'time':
      return to.name === from.name && to.scale >= from.scale
    default:
      return false
  }
}

/** What is looked for when a column is compared with `expression`; undefined when order differs. */
export function seekValue(column: Column, expression: Bound): SeekValue | undefined {
  const from = expression.type
  const { type } = column
  if (isCharacterType(type)) {
    if (!isCharacterType(from) || from.collationId !== type.collationId) return undefined
    const isNarrowing = isUnicodeType(from) && !isUnicodeType(type)
    return { expression, nearest: isNarrowing ? plainText : (value) => value }
  }
  if (isCharacterType(from)) return undefined
  return { expression, nearest: (value) => converted(value, from, type) }
}

/** Other letters may have none, or another one, in a code page. */
function plainText(value: SqlValue): SqlValue | undefined {
  return typeof value === 'string' && PLAIN_TEXT.test(value) ? value : undefined
}

const PLAIN_TEXT = /^[ -~]*$/

function converted(value: SqlValue, from: SqlType, to: SqlType): SqlValue | undefined {
  try {
    return convert(value, from, to)
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}
