import { Decimal, type SqlType } from '../../sql-type.ts'
import type { StoredValue } from '../value/encoder.ts'
import { encodeValue } from '../value/value-encoder.ts'
import { encodeScsu } from './scsu-encoder.ts'
import { encodeVarDecimal } from './var-decimal-encoder.ts'

const BLANK = 0x20

/** The bytes of a value in a compressed row (format reference 7.2); none for zero and for no text. */
export type CompressedEncode = (value: StoredValue) => Buffer

/** The inverse of `compressedDecoder`. */
export function compressedEncoder(type: SqlType): CompressedEncode {
  const encode = (value: StoredValue) => encodeValue(type, value)
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      return (value) => {
        encode(value) // refuses what the type cannot hold
        return value instanceof Decimal ? encodeVarDecimal(value) : Buffer.alloc(0)
      }
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'money':
    case 'smallmoney':
    case 'datetime':
      return (value) => shortInteger(encode(value))
    case 'timestamp':
    case 'real':
    case 'float':
    case 'smalldatetime':
      return (value) => withoutLeadingZeros(encode(value))
    case 'char':
      return (value) => withoutTrailing(encode(value), BLANK)
    case 'nchar':
      return (value) => unicode(encode(value).toString('utf16le').replace(/ +$/, ''))
    case 'nvarchar':
      return (value) => unicode(encode(value).toString('utf16le'))
    case 'tinyint':
    case 'bit':
    case 'date':
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
    case 'uniqueidentifier':
    case 'binary':
      return (value) => withoutTrailing(encode(value), 0)
    default:
      return encode
  }
}

/** Big-endian, in as few bytes as it needs, the sign bit inverted; nothing for 0. */
function shortInteger(littleEndian: Buffer): Buffer {
  const bytes = Buffer.from(littleEndian).reverse()
  let start = 0
  while (start < bytes.length - 1 && isSignOnly(bytes[start], bytes[start + 1])) start += 1
  if (start === bytes.length - 1 && bytes[start] === 0) return Buffer.alloc(0)
  bytes[start] = (bytes[start] ?? 0) ^ 0x80
  return bytes.subarray(start)
}

/** Whether a byte only repeats the sign of the next one. */
function isSignOnly(byte = 0, next = 0): boolean {
  return byte === (next < 0x80 ? 0 : 0xff)
}

function withoutLeadingZeros(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length && bytes[start] === 0) start += 1
  return bytes.subarray(start)
}

function withoutTrailing(bytes: Buffer, fill: number): Buffer {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === fill) end -= 1
  return bytes.subarray(0, end)
}

function unicode(text: string): Buffer {
  return encodeScsu(text) ?? Buffer.from(text, 'utf16le')
}
