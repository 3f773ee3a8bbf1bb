/** SQL Server's type names, as sys.types lists them. */
export const SQL_TYPE_NAMES = [
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'numeric',
  'money',
  'smallmoney',
  'real',
  'float',
  'date',
  'time',
  'datetime2',
  'datetimeoffset',
  'datetime',
  'smalldatetime',
  'char',
  'varchar',
  'text',
  'nchar',
  'nvarchar',
  'ntext',
  'binary',
  'varbinary',
  'image',
  'uniqueidentifier',
  'timestamp',
  'sql_variant',
  'xml',
  'hierarchyid',
  'geometry',
  'geography',
] as const

export type SqlTypeName = (typeof SQL_TYPE_NAMES)[number]

/** `maxLength` of varchar(max), nvarchar(max), varbinary(max) and xml. */
export const MAX_LENGTH = -1

/** A type with its facets, in sys.columns' terms. Facets that the type does not have are 0. */
export interface SqlType {
  readonly name: SqlTypeName
  /** Bytes, as sys.columns.max_length: nvarchar(20) is 40; MAX_LENGTH for (max). */
  readonly maxLength: number
  readonly precision: number
  readonly scale: number
  /** Collation id as the file header, boot page and TDS carry it; 0 for types without one. */
  readonly collationId: number
}

/** Exact decimal: the value is `unscaled` / 10^`scale`. Also money and smallmoney, with scale 4. */
export class Decimal {
  readonly unscaled: bigint
  readonly scale: number

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled
    this.scale = scale
  }

  /** Plain decimal notation with `scale` digits behind the point, e.g. `-0.50`. */
  toString(): string {
    const negative = this.unscaled < 0n
    const digits = (negative ? -this.unscaled : this.unscaled)
      .toString()
      .padStart(this.scale + 1, '0')
    const whole = digits.slice(0, digits.length - this.scale)
    const fraction = this.scale === 0 ? '' : `.${digits.slice(digits.length - this.scale)}`
    return `${negative ? '-' : ''}${whole}${fraction}`
  }
}

/**
 * Every date and time type: date has ticks 0, time has days 0. For datetime (1/300 s) `ticks` is
 * rounded to 100 ns; the original is `Math.round(ticks * 3 / 100_000)`.
 */
export class SqlDateTime {
  /** Days since 0001-01-01 of the proleptic Gregorian calendar, local time. */
  readonly days: number
  /** 100-nanosecond units since midnight, local time, below TICKS_PER_DAY. */
  readonly ticks: number
  /** datetimeoffset: minutes east of UTC; `days` and `ticks` are local, not UTC. Otherwise 0. */
  readonly offsetMinutes: number

  constructor(days: number, ticks: number, offsetMinutes = 0) {
    this.days = days
    this.ticks = ticks
    this.offsetMinutes = offsetMinutes
  }
}

export const TICKS_PER_SECOND = 10_000_000
export const TICKS_PER_DAY = 86_400 * TICKS_PER_SECOND
/** Days from 0001-01-01 to 1900-01-01, day 0 of datetime and smalldatetime. */
export const DAYS_TO_1900 = 693_595

/** A sql_variant that is not NULL: a value with the type it carries. */
export class SqlVariant {
  readonly type: SqlType
  readonly value: Exclude<SqlValue, SqlVariant | null>

  constructor(type: SqlType, value: Exclude<SqlValue, SqlVariant | null>) {
    this.type = type
    this.value = value
  }
}

/**
 * A value at run time, by type: bit → boolean; tinyint, smallint, int, real, float → number; bigint →
 * bigint; decimal, numeric, money, smallmoney → Decimal; date and time types → SqlDateTime; character
 * types and xml → string (UTF-16, unpaired surrogates kept); uniqueidentifier → upper-case string;
 * binary types, timestamp (rowversion), hierarchyid, geometry, geography → Uint8Array; sql_variant →
 * SqlVariant; NULL → null.
 */
export type SqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | SqlDateTime
  | Uint8Array
  | SqlVariant
