import { MAX_LENGTH, type SqlType, type SqlTypeName } from '../../../mdf/index.ts'

/** A type without a collation, in sys.columns' terms. */
function plain(name: SqlTypeName, maxLength: number, precision = 0, scale = 0): SqlType {
  return { name, maxLength, precision, scale, collationId: 0 }
}

/** Types of which there is only one. */
export const FIXED_TYPES = {
  bit: plain('bit', 1, 1),
  tinyint: plain('tinyint', 1, 3),
  smallint: plain('smallint', 2, 5),
  int: plain('int', 4, 10),
  bigint: plain('bigint', 8, 19),
  real: plain('real', 4, 24),
  float: plain('float', 8, 53),
  money: plain('money', 8, 19, 4),
  smallmoney: plain('smallmoney', 4, 10, 4),
  date: plain('date', 3, 10),
  datetime: plain('datetime', 8, 23, 3),
  smalldatetime: plain('smalldatetime', 4, 16),
  uniqueidentifier: plain('uniqueidentifier', 16),
  sql_variant: plain('sql_variant', 8016),
  image: plain('image', 16),
  xml: plain('xml', MAX_LENGTH),
  hierarchyid: plain('hierarchyid', 892),
  geometry: plain('geometry', MAX_LENGTH),
  geography: plain('geography', MAX_LENGTH),
} as const satisfies Partial<Record<SqlTypeName, SqlType>>

/** Bytes of a decimal's magnitude on the wire: 4, 8, 12 or 16. */
export function magnitudeBytes(precision: number): number {
  if (precision <= 9) return 4
  if (precision <= 19) return 8
  return precision <= 28 ? 12 : 16
}

export function decimalType(
  name: 'decimal' | 'numeric',
  precision: number,
  scale: number,
): SqlType {
  return plain(name, magnitudeBytes(precision) + 1, precision, scale)
}

/** Bytes of a time of day with `scale` digits of a second: 3, 4 or 5. */
export function timeBytes(scale: number): number {
  if (scale <= 2) return 3
  return scale <= 4 ? 4 : 5
}

const TIME_TYPES = {
  time: { extraBytes: 0, digits: 8 },
  datetime2: { extraBytes: 3, digits: 19 },
  datetimeoffset: { extraBytes: 5, digits: 26 },
} as const

export function timeType(name: keyof typeof TIME_TYPES, scale: number): SqlType {
  const { extraBytes, digits } = TIME_TYPES[name]
  const precision = scale === 0 ? digits : digits + 1 + scale
  return plain(name, timeBytes(scale) + extraBytes, precision, scale)
}

export function binaryType(name: 'binary' | 'varbinary', maxLength: number): SqlType {
  return plain(name, maxLength)
}

export function characterType(
  name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'text' | 'ntext',
  maxLength: number,
  collationId: number,
): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId }
}
