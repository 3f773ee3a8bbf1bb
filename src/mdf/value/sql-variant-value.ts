import { type SqlType, SqlVariant } from '../sql-type.ts'
import { malformedValue } from './malformed-value.ts'
import { fixedSizeOf, SYSTEM_TYPE_NAMES, sqlTypeOf } from './system-type.ts'
import { valueDecoder } from './value-decoder.ts'

const NO_FACETS = { userTypeId: 0, length: 0, precision: 0, scale: 0, collationId: 0 }

/**
 * A sql_variant (format reference 6.2): base type u8, version u8, the base type's facets, the value.
 * @throws PlatformError FILE_DAMAGED
 */
export function decodeSqlVariant(bytes: Buffer, start: number, end: number): SqlVariant {
  const { type, dataStart } = readVariantType(bytes, start, end)
  if (dataStart > end) throw malformedValue('a sql_variant ends within its description')
  const size = fixedSizeOf(type)
  const length = end - dataStart
  if (size !== undefined && length !== size && !isShortened(type, length)) {
    throw malformedValue(`a sql_variant of ${type.name} has ${length} bytes, not ${size}`)
  }
  const exact = size === undefined ? type : { ...type, maxLength: length }
  const value = valueDecoder(exact)(bytes, dataStart, end)
  if (value instanceof SqlVariant) throw malformedValue('a sql_variant holds a sql_variant')
  return new SqlVariant(type, value)
}

function readVariantType(
  bytes: Buffer,
  start: number,
  end: number,
): { type: SqlType; dataStart: number } {
  if (end - start < 2) throw malformedValue('a sql_variant has no type')
  const systemTypeId = bytes.readUInt8(start)
  const name = SYSTEM_TYPE_NAMES[systemTypeId]
  const facetsLength = FACET_LENGTHS[name ?? ''] ?? 0
  const facets = start + 2
  const dataStart = facets + facetsLength
  if (dataStart > end) throw malformedValue('a sql_variant ends within its description')
  const type = sqlTypeOf({ systemTypeId, ...NO_FACETS, ...readFacets(bytes, facets, facetsLength) })
  if (type === undefined || name === 'sql_variant' || name === 'xml') {
    throw malformedValue(`a sql_variant has the base type ${systemTypeId}`)
  }
  return { type, dataStart }
}

/** Bytes of facets between the version and the value. */
const FACET_LENGTHS: Readonly<Record<string, number>> = {
  decimal: 2,
  numeric: 2,
  binary: 2,
  varbinary: 2,
  char: 6,
  varchar: 6,
  nchar: 6,
  nvarchar: 6,
  time: 1,
  datetime2: 1,
  datetimeoffset: 1,
}

/** One byte is a scale, two are length or (decimal) precision and scale, six length and collation. */
function readFacets(bytes: Buffer, start: number, length: number) {
  if (length === 1) return { scale: Math.min(bytes.readUInt8(start), 7) }
  if (length === 0) return {}
  const pair = {
    precision: bytes.readUInt8(start),
    scale: bytes.readUInt8(start + 1),
    length: bytes.readUInt16LE(start),
  }
  return length === 2 ? pair : { ...pair, collationId: bytes.readUInt32LE(start + 2) }
}

/** Characters, binaries and decimals are as long as the value needs, not as declared. */
function isShortened(type: SqlType, length: number): boolean {
  if (type.name === 'decimal' || type.name === 'numeric') return DECIMAL_SIZES.includes(length)
  return type.name === 'char' || type.name === 'nchar' || type.name === 'binary'
}

const DECIMAL_SIZES = [5, 9, 13, 17]
