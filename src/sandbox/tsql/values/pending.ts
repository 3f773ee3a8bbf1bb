import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'

// Signatures ahead of their implementations, replaced within the hour.
export interface ConvertOptions {
  /** CONVERT's third argument. */
  readonly style?: number
  /** CAST or CONVERT was written; otherwise only implicit conversions are allowed. */
  readonly explicit?: boolean
  /** SET DATEFORMAT; 'mdy' when left out. */
  readonly dateFormat?: string
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^'

export interface Operation {
  readonly type: SqlType
  evaluate(a: SqlValue, b: SqlValue): SqlValue
}

export interface UnaryOperation {
  readonly type: SqlType
  evaluate(a: SqlValue): SqlValue
}

function pending(): never {
  throw new SqlError(50000, 'not yet')
}

export const convert = (
  _value: SqlValue,
  _from: SqlType,
  _to: SqlType,
  _options?: ConvertOptions,
): SqlValue => pending()
export const tryConvert = convert
export const compareValues = (_a: SqlValue, _b: SqlValue, _type: SqlType): number => pending()
export const hashKeyOf = (_value: SqlValue, _type: SqlType): string | number | bigint => pending()
export const comparisonType = (_left: SqlType, _right: SqlType, _operator?: string): SqlType =>
  pending()
export const arithmetic = (_op: BinaryOperator, _left: SqlType, _right: SqlType): Operation =>
  pending()
export const negate = (_type: SqlType): UnaryOperation => pending()
export const bitwiseNot = (_type: SqlType): UnaryOperation => pending()
export const compileLike = (
  _pattern: string,
  _escape: string | undefined,
  _collationId: number,
): ((text: string) => boolean) => pending()
export const formatValue = (_value: SqlValue, _type: SqlType): string => pending()
