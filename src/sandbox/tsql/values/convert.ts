import { type SqlType, type SqlTypeName, type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { conversionNotAllowed, isConversionError } from './conversion-error.ts'
import { canConvert } from './conversion-matrix.ts'
import { guidFromBytes, toBinary } from './convert-binary.ts'
import { toDateTime } from './convert-date.ts'
import { toApproximate, toBit, toExact, toInteger } from './convert-number.ts'
import { textOf, toText } from './convert-text.ts'

/** How a conversion is asked for. */
export interface ConvertOptions {
  /** CONVERT's third argument. */
  readonly style?: number
  /** CAST or CONVERT was written; otherwise only implicit conversions are allowed. */
  readonly explicit?: boolean
  /** SET DATEFORMAT; 'mdy' when left out. */
  readonly dateFormat?: string
}

/**
 * `value` of type `from` as type `to`; NULL stays NULL.
 * @throws SqlError 529 or 257 (no such conversion), 245, 8114, 8115, 220, 241, 242, … (bad value)
 */
export function convert(
  value: SqlValue,
  from: SqlType,
  to: SqlType,
  options: ConvertOptions = {},
): SqlValue {
  if (value === null) return null
  if (from === to) return value
  const { style = -1, explicit = false, dateFormat = 'mdy' } = options
  if (!canConvert(from, to, explicit ? 'explicit' : 'implicit')) {
    throw conversionNotAllowed(
      from,
      to,
      !explicit && canConvert(from, to, 'explicit') ? 'explicit-only' : 'never',
    )
  }
  if (value instanceof SqlVariant) return fromVariant(value, to, options)
  if (to.name === 'sql_variant') return toVariant(value, from)
  return CONVERTERS[to.name](value, from, { to, style, dateFormat })
}

/** As `convert` asked for with TRY_CAST: NULL instead of an error of the value. */
export function tryConvert(
  value: SqlValue,
  from: SqlType,
  to: SqlType,
  options: ConvertOptions = {},
): SqlValue {
  try {
    return convert(value, from, to, { explicit: true, ...options })
  } catch (error) {
    if (isConversionError(error)) return null
    throw error
  }
}

/** A value as PRINT and implicit conversion to text show it; NULL is ''. */
export function formatValue(value: SqlValue, type: SqlType): string {
  return textOf(value, type, -1)
}

interface Target {
  readonly to: SqlType
  readonly style: number
  readonly dateFormat: string
}

type Converter = (value: SqlValue, from: SqlType, target: Target) => SqlValue

const integer: Converter = (value, from, { to }) => toInteger(value, from, to)
const exact: Converter = (value, from, { to }) => toExact(value, from, to)
const approximate: Converter = (value, from, { to }) => toApproximate(value, from, to)
/** CLR values are opaque bytes; their text form needs the CLR. */
const opaque: Converter = (value, from, { to }) => {
  if (value instanceof Uint8Array) return value
  throw conversionNotAllowed(from, to, 'never')
}

const CONVERTERS: Readonly<Record<SqlTypeName, Converter>> = {
  bit: (value, from, { to }) => toBit(value, from, to),
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: integer,
  decimal: exact,
  numeric: exact,
  money: exact,
  smallmoney: exact,
  real: approximate,
  float: approximate,
  date: toDateTime,
  time: toDateTime,
  datetime2: toDateTime,
  datetimeoffset: toDateTime,
  datetime: toDateTime,
  smalldatetime: toDateTime,
  char: toText,
  varchar: toText,
  text: toText,
  nchar: toText,
  nvarchar: toText,
  ntext: toText,
  xml: toText,
  binary: toBinary,
  varbinary: toBinary,
  image: toBinary,
  timestamp: toBinary,
  uniqueidentifier: (value) => toGuid(value),
  sql_variant: (value, from) => toVariant(value, from),
  hierarchyid: opaque,
  geometry: opaque,
  geography: opaque,
}

const GUID_TEXT = /^\{?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})/i

/** Text behind the 36 characters is ignored, as SQL Server does. */
function toGuid(value: SqlValue): SqlValue {
  if (value instanceof Uint8Array) return guidFromBytes(value)
  const guid = typeof value === 'string' ? GUID_TEXT.exec(value)?.[1] : undefined
  if (guid !== undefined) return guid.toUpperCase()
  throw new SqlError(
    8169,
    'Conversion failed when converting from a character string to uniqueidentifier.',
    { state: 2 },
  )
}

function toVariant(value: SqlValue, from: SqlType): SqlValue {
  if (value === null || value instanceof SqlVariant) return value
  return new SqlVariant(from, value)
}

/** The value inside converts as if CAST were written, since the variant itself was. */
function fromVariant(variant: SqlVariant, to: SqlType, options: ConvertOptions): SqlValue {
  if (to.name === 'sql_variant') return variant
  return convert(variant.value, variant.type, to, { ...options, explicit: true })
}
