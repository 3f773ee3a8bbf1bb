/**
 * SQL Server's types at run time: what a type name means, how values convert, compare, add up, match
 * and print. Pure functions over `SqlType` and `SqlValue`.
 *
 * @module
 */
export * as calendar from './calendar.ts'
export { commonType } from './common-type.ts'
export { canConvert } from './conversion-matrix.ts'
export { literalOf } from './literal.ts'
export {
  arithmetic,
  type BinaryOperator,
  bitwiseNot,
  type ConvertOptions,
  compareValues,
  comparisonType,
  compileLike,
  convert,
  formatValue,
  hashKeyOf,
  negate,
  type Operation,
  tryConvert,
  type UnaryOperation,
} from './pending.ts'
export { resolveTypeName } from './type-name.ts'
export {
  BIGINT,
  BIT,
  binaryType,
  charType,
  DATE,
  DATETIME,
  datetime2Type,
  datetimeoffsetType,
  decimalType,
  declaredLength,
  FLOAT,
  GEOGRAPHY,
  GEOMETRY,
  HIERARCHYID,
  IMAGE,
  INT,
  isApproximateType,
  isBinaryType,
  isCharacterType,
  isClrType,
  isDateTimeType,
  isDecimalType,
  isIntegerType,
  isLargeObjectType,
  isMaxType,
  isMoneyType,
  isNumericType,
  isUnicodeType,
  MONEY,
  ncharType,
  ntextTypeOf,
  nvarcharType,
  REAL,
  SMALLDATETIME,
  SMALLINT,
  SMALLMONEY,
  SQL_VARIANT,
  sysnameType,
  TIMESTAMP,
  TINYINT,
  textTypeOf,
  timeType,
  typeText,
  UNIQUEIDENTIFIER,
  VARBINARY_MAX,
  varbinaryType,
  varcharType,
  XML,
} from './types.ts'
