import type { SqlType, SqlValue } from '../sql-type.ts'
import { decodeUtf16 } from '../value/code-page.ts'
import { malformedValue } from '../value/malformed-value.ts'
import { fixedSizeOf } from '../value/system-type.ts'
import { valueDecoder } from '../value/value-decoder.ts'
import { decodeVarDecimal } from '../value/var-decimal.ts'
import { decodeScsu } from './scsu.ts'

/**
 * Decodes the bytes of a value in a compressed row (format reference 7.2).
 * @throws PlatformError FILE_DAMAGED with the reason `value`
 */
export type CompressedDecoder = (bytes: Buffer) => Exclude<SqlValue, null>

/** The decoder of a type: bytes that compression left out are put back, then it is decoded as ever. */
export function compressedDecoder(type: SqlType): CompressedDecoder {
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      return (bytes) => decodeVarDecimal(bytes, type.scale)
    case 'nvarchar':
      return decodeUnicode
    case 'nchar':
      return (bytes) => decodeUnicode(bytes).padEnd(type.maxLength / 2, ' ')
    case 'bit':
      return (bytes) => bytes.length > 0 && bytes.readUInt8(0) !== 0
    default:
      return paddedDecoder(type)
  }
}

function paddedDecoder(type: SqlType): CompressedDecoder {
  const decode = valueDecoder(type)
  const size = fixedSizeOf(type)
  if (size === undefined) return (bytes) => decode(bytes, 0, bytes.length)
  const restore = restorer(type)
  return (bytes) => {
    if (bytes.length > size) {
      throw malformedValue(`${bytes.length} bytes are too many for ${type.name}`)
    }
    return decode(restore(bytes, size), 0, size)
  }
}

const SIGN_BIT = 0x80

type Restorer = (bytes: Buffer, size: number) => Buffer

function restorer(type: SqlType): Restorer {
  switch (type.name) {
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'money':
    case 'smallmoney':
    case 'datetime': // one integer: days in the upper, ticks in the lower half
      return restoreInteger
    case 'timestamp': // big-endian and without a sign, as in rows without compression
    case 'real':
    case 'float':
    case 'smalldatetime':
      return padStart
    case 'char':
      return (bytes, size) => padEnd(bytes, size, 0x20)
    default:
      return (bytes, size) => padEnd(bytes, size, 0)
  }
}

function padStart(bytes: Buffer, size: number): Buffer {
  return Buffer.concat([Buffer.alloc(size - bytes.length), bytes])
}

function padEnd(bytes: Buffer, size: number, fill: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(size - bytes.length, fill)])
}

/** As few bytes as the number needs, big-endian, with its sign bit inverted; none for zero. */
function restoreInteger(bytes: Buffer, size: number): Buffer {
  const last = bytes.length - 1
  const isNegative = last >= 0 && bytes.readUInt8(0) < SIGN_BIT
  const restored = Buffer.alloc(size, isNegative ? 0xff : 0)
  for (let index = 0; index <= last; index++) restored[last - index] = bytes[index] ?? 0
  if (last >= 0) restored[last] = (restored[last] ?? 0) ^ SIGN_BIT
  return restored
}

/** UTF-16 as it is, or SCSU, whose length is always odd. */
function decodeUnicode(bytes: Buffer): string {
  return bytes.length % 2 === 0 ? decodeUtf16(bytes, 0, bytes.length) : decodeScsu(bytes)
}
