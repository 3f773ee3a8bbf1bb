/**
 * SQL Server's types at run time: what a type name means, how values convert, compare, add up, match
 * and print. Pure functions over `SqlType` and `SqlValue`.
 *
 * @module
 */

export {
  arithmetic,
  type BinaryOperator,
  bitwiseNot,
  negate,
  type Operation,
  type UnaryOperation,
} from './arithmetic.ts'
export {
  atOffset,
  DAYS_TO_1753,
  dateFromDays,
  dayOfYear,
  daysFromDate,
  daysInMonth,
  fromDayNumber,
  fromJsDate,
  isLeapYear,
  isoWeek,
  isValidDate,
  MAX_DAYS,
  normalized,
  roundToDatetime,
  roundToMinute,
  roundToScale,
  type TimeParts,
  ticksFromTime,
  timeFromTicks,
  toDayNumber,
  toUtc,
  weekday,
  type YearMonthDay,
} from './calendar.ts'
export { decodeText, encodeText } from './code-page.ts'
export { commonType } from './common-type.ts'
export { compareValues, comparisonType, hashKeyOf } from './compare.ts'
export { overflowError } from './conversion-error.ts'
export { canConvert } from './conversion-matrix.ts'
export { type ConvertOptions, convert, formatValue, tryConvert } from './convert.ts'
export { guidFromBytes, guidToBytes } from './convert-binary.ts'
export { compileLike } from './like.ts'
export { literalOf } from './literal.ts'
export { rescale } from './number-text.ts'
export { type TextOrder, textOrder } from './text-order.ts'
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
