import { collationCodePage } from '../collation/collation.ts'
import { Decimal, type SqlType, type SqlTypeName, type SqlValue } from '../sql-type.ts'
import { decodeBinaryXml } from './binary-xml.ts'
import { codePageDecoder, decodeUtf16 } from './code-page.ts'
import {
  readDate,
  readDateTime,
  readDateTime2,
  readDateTimeOffset,
  readSmallDateTime,
  readTime,
} from './date-time-value.ts'
import { malformedValue } from './malformed-value.ts'
import { decodeSqlVariant } from './sql-variant-value.ts'
import { fixedSizeOf } from './system-type.ts'

/**
 * Decodes the value in `bytes[start, end)`, all of its bytes together (not a pointer to them).
 * @throws PlatformError FILE_DAMAGED with the reason `value`
 */
export type ValueDecoder = (bytes: Buffer, start: number, end: number) => Exclude<SqlValue, null>

type DecoderMaker = (type: SqlType) => ValueDecoder

const binary: DecoderMaker = () => (bytes, start, end) => new Uint8Array(bytes.subarray(start, end))
const unicodeText: DecoderMaker = () => decodeUtf16
const codePageText: DecoderMaker = ({ collationId }) =>
  codePageDecoder(collationCodePage(collationId))
const decimal: DecoderMaker =
  ({ scale }) =>
  (bytes, start, end) =>
    readDecimal(bytes, { start, end, scale })

/** How each type is stored (format reference 6.1). */
const DECODER_MAKERS: Readonly<Record<SqlTypeName, DecoderMaker>> = {
  bit: () => (bytes, start) => bytes.readUInt8(start) !== 0,
  tinyint: () => (bytes, start) => bytes.readUInt8(start),
  smallint: () => (bytes, start) => bytes.readInt16LE(start),
  int: () => (bytes, start) => bytes.readInt32LE(start),
  bigint: () => (bytes, start) => bytes.readBigInt64LE(start),
  decimal,
  numeric: decimal,
  money: () => (bytes, start) => new Decimal(bytes.readBigInt64LE(start), 4),
  smallmoney: () => (bytes, start) => new Decimal(BigInt(bytes.readInt32LE(start)), 4),
  real: () => (bytes, start) => bytes.readFloatLE(start),
  float: () => (bytes, start) => bytes.readDoubleLE(start),
  date: () => readDate,
  time:
    ({ scale }) =>
    (bytes, start) =>
      readTime(bytes, start, scale),
  datetime2:
    ({ scale }) =>
    (bytes, start) =>
      readDateTime2(bytes, start, scale),
  datetimeoffset:
    ({ scale }) =>
    (bytes, start) =>
      readDateTimeOffset(bytes, start, scale),
  datetime: () => readDateTime,
  smalldatetime: () => readSmallDateTime,
  char: codePageText,
  varchar: codePageText,
  text: codePageText,
  nchar: unicodeText,
  nvarchar: unicodeText,
  ntext: unicodeText,
  binary,
  varbinary: binary,
  image: binary,
  uniqueidentifier: () => readUniqueIdentifier,
  timestamp: binary,
  sql_variant: () => decodeSqlVariant,
  xml: () => decodeBinaryXml,
  hierarchyid: binary,
  geometry: binary,
  geography: binary,
}

/** The decoder of a type. */
export function valueDecoder(type: SqlType): ValueDecoder {
  const decode = DECODER_MAKERS[type.name](type)
  const size = fixedSizeOf(type)
  if (size === undefined) return decode
  return (bytes, start, end) => {
    if (end - start !== size) {
      throw malformedValue(`${end - start} bytes are no value of ${type.name}, which takes ${size}`)
    }
    return decode(bytes, start, end)
  }
}

/** A GUID's text, upper case; its first three groups are stored little-endian. */
export function readUniqueIdentifier(bytes: Buffer, start: number): string {
  const groups = [
    bytes.readUInt32LE(start).toString(16).padStart(8, '0'),
    bytes
      .readUInt16LE(start + 4)
      .toString(16)
      .padStart(4, '0'),
    bytes
      .readUInt16LE(start + 6)
      .toString(16)
      .padStart(4, '0'),
    bytes.toString('hex', start + 8, start + 10),
    bytes.toString('hex', start + 10, start + 16),
  ]
  return groups.join('-').toUpperCase()
}

/** Sign byte (0 negative, 1 positive), then the magnitude, little-endian, in whole dwords. */
export function readDecimal(
  bytes: Buffer,
  { start, end, scale }: { start: number; end: number; scale: number },
): Decimal {
  let magnitude = 0n
  for (let position = end - 4; position > start; position -= 4) {
    magnitude = (magnitude << 32n) | BigInt(bytes.readUInt32LE(position))
  }
  return new Decimal(bytes.readUInt8(start) === 0 ? -magnitude : magnitude, scale)
}
