import { MAX_LENGTH, type SqlType, type SqlTypeName } from '../../../mdf/index.ts'

function fixedType(name: SqlTypeName, maxLength: number, precision = 0, scale = 0): SqlType {
  return { name, maxLength, precision, scale, collationId: 0 }
}

/** The types without facets of their own follow, with what sys.columns shows for them. */
export const BIT = fixedType('bit', 1, 1)
export const TINYINT = fixedType('tinyint', 1, 3)
export const SMALLINT = fixedType('smallint', 2, 5)
export const INT = fixedType('int', 4, 10)
export const BIGINT = fixedType('bigint', 8, 19)
/** Four decimals, eight bytes. */
export const MONEY = fixedType('money', 8, 19, 4)
export const SMALLMONEY = fixedType('smallmoney', 4, 10, 4)
export const REAL = fixedType('real', 4, 24)
export const FLOAT = fixedType('float', 8, 53)
export const DATE = fixedType('date', 3, 10)
export const DATETIME = fixedType('datetime', 8, 23, 3)
export const SMALLDATETIME = fixedType('smalldatetime', 4, 16)
export const UNIQUEIDENTIFIER = fixedType('uniqueidentifier', 16)
export const TIMESTAMP = fixedType('timestamp', 8)
export const SQL_VARIANT = fixedType('sql_variant', 8016)
export const XML = fixedType('xml', MAX_LENGTH)
export const IMAGE = fixedType('image', 16)
export const HIERARCHYID = fixedType('hierarchyid', 892)
export const GEOMETRY = fixedType('geometry', MAX_LENGTH)
export const GEOGRAPHY = fixedType('geography', MAX_LENGTH)
/** varbinary(max). */
export const VARBINARY_MAX = fixedType('varbinary', MAX_LENGTH)

/** Longest char, varchar, binary and varbinary without (max), bytes; nchar and nvarchar have half as many characters. */
export const MAX_BYTES = 8000

const DECIMAL_BYTES = [
  [9, 5],
  [19, 9],
  [28, 13],
  [38, 17],
] as const

/** decimal(p, s); `name` keeps the word numeric where it was written. */
export function decimalType(
  precision: number,
  scale: number,
  name: 'decimal' | 'numeric' = 'decimal',
): SqlType {
  const bytes = DECIMAL_BYTES.find(([limit]) => precision <= limit)?.[1] ?? 17
  return fixedType(name, bytes, precision, scale)
}

/** Bytes of a fraction of a second with `scale` digits: 3, 4 or 5. */
function timeBytes(scale: number): number {
  if (scale <= 2) return 3
  return scale <= 4 ? 4 : 5
}

const fractionDigits = (scale: number): number => (scale === 0 ? 0 : scale + 1)

/** time(scale). */
export function timeType(scale = 7): SqlType {
  return fixedType('time', timeBytes(scale), 8 + fractionDigits(scale), scale)
}

/** datetime2(scale). */
export function datetime2Type(scale = 7): SqlType {
  return fixedType('datetime2', timeBytes(scale) + 3, 19 + fractionDigits(scale), scale)
}

/** datetimeoffset(scale). */
export function datetimeoffsetType(scale = 7): SqlType {
  return fixedType('datetimeoffset', timeBytes(scale) + 5, 26 + fractionDigits(scale), scale)
}

function textType(name: SqlTypeName, maxLength: number, collationId: number): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId }
}

/** char of `bytes` bytes. */
export const charType = (bytes: number, collationId: number): SqlType =>
  textType('char', bytes, collationId)

/** `bytes` or MAX_LENGTH. */
export const varcharType = (bytes: number, collationId: number): SqlType =>
  textType('varchar', bytes, collationId)

/** `bytes`, two per character. */
export const ncharType = (bytes: number, collationId: number): SqlType =>
  textType('nchar', bytes, collationId)

/** `bytes`, two per character, or MAX_LENGTH. */
export const nvarcharType = (bytes: number, collationId: number): SqlType =>
  textType('nvarchar', bytes, collationId)

/** The alias type sysname: nvarchar(128). */
export const sysnameType = (collationId: number): SqlType => nvarcharType(256, collationId)

/** text. */
export const textTypeOf = (collationId: number): SqlType => textType('text', 16, collationId)
/** ntext. */
export const ntextTypeOf = (collationId: number): SqlType => textType('ntext', 16, collationId)
/** binary of `bytes` bytes. */
export const binaryType = (bytes: number): SqlType => fixedType('binary', bytes)
/** `bytes` or MAX_LENGTH. */
export const varbinaryType = (bytes: number): SqlType => fixedType('varbinary', bytes)

const CHARACTER = new Set<SqlTypeName>(['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext'])
const UNICODE = new Set<SqlTypeName>(['nchar', 'nvarchar', 'ntext'])
const INTEGER = new Set<SqlTypeName>(['tinyint', 'smallint', 'int', 'bigint'])
const DATE_TIME = new Set<SqlTypeName>([
  'date',
  'time',
  'datetime2',
  'datetimeoffset',
  'datetime',
  'smalldatetime',
])
const BINARY = new Set<SqlTypeName>(['binary', 'varbinary', 'image', 'timestamp'])
const LARGE_OBJECT = new Set<SqlTypeName>(['text', 'ntext', 'image'])

/** char, varchar, text and their national twins. */
export const isCharacterType = (type: SqlType): boolean => CHARACTER.has(type.name)
/** nchar, nvarchar, ntext. */
export const isUnicodeType = (type: SqlType): boolean => UNICODE.has(type.name)
/** tinyint, smallint, int, bigint; not bit. */
export const isIntegerType = (type: SqlType): boolean => INTEGER.has(type.name)
/** decimal and numeric. */
export const isDecimalType = (type: SqlType): boolean =>
  type.name === 'decimal' || type.name === 'numeric'
/** money and smallmoney. */
export const isMoneyType = (type: SqlType): boolean =>
  type.name === 'money' || type.name === 'smallmoney'
/** float and real. */
export const isApproximateType = (type: SqlType): boolean =>
  type.name === 'float' || type.name === 'real'
/** Integers, bit, decimal, money and floating point. */
export const isNumericType = (type: SqlType): boolean =>
  type.name === 'bit' ||
  isIntegerType(type) ||
  isDecimalType(type) ||
  isMoneyType(type) ||
  isApproximateType(type)
/** All six date and time types. */
export const isDateTimeType = (type: SqlType): boolean => DATE_TIME.has(type.name)
/** binary, varbinary, image and timestamp. */
export const isBinaryType = (type: SqlType): boolean => BINARY.has(type.name)
/** text, ntext, image: not comparable, not sortable. */
export const isLargeObjectType = (type: SqlType): boolean => LARGE_OBJECT.has(type.name)
/** varchar(max), nvarchar(max), varbinary(max). */
export const isMaxType = (type: SqlType): boolean =>
  type.maxLength === MAX_LENGTH && /^n?varchar$|^varbinary$/.test(type.name)
/** CLR types: stored and shown as their bytes. */
export const isClrType = (type: SqlType): boolean =>
  type.name === 'hierarchyid' || type.name === 'geometry' || type.name === 'geography'

/** Length in characters of a character type, in bytes of a binary one; MAX_LENGTH for (max). */
export function declaredLength(type: SqlType): number {
  if (type.maxLength === MAX_LENGTH) return MAX_LENGTH
  return type.name === 'nchar' || type.name === 'nvarchar' ? type.maxLength / 2 : type.maxLength
}

/** A type as T-SQL writes it: `nvarchar(20)`, `decimal(10,2)`. */
export function typeText(type: SqlType): string {
  if (/char$|binary$/.test(type.name)) {
    const length = declaredLength(type)
    return `${type.name}(${length === MAX_LENGTH ? 'max' : length})`
  }
  if (isDecimalType(type)) return `${type.name}(${type.precision},${type.scale})`
  if (/^time$|^datetime2$|^datetimeoffset$/.test(type.name)) return `${type.name}(${type.scale})`
  return type.name
}
