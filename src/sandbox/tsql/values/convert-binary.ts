import {
  DAYS_TO_1900,
  Decimal,
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlValue,
} from '../../../mdf/index.ts'
import { toUtc } from './calendar.ts'
import { encodeText } from './code-page.ts'
import { notConvertible } from './conversion-error.ts'
import { isCharacterType, isMoneyType, isNumericType, isUnicodeType } from './types.ts'

/** Any value as binary, varbinary, image or timestamp. `style` 1 and 2 read text as hexadecimal. */
export function toBinary(
  value: SqlValue,
  from: SqlType,
  { to, style }: { readonly to: SqlType; readonly style: number },
): SqlValue {
  const bytes = bytesOf(value, from, { to, style })
  // Numbers keep their last bytes, everything else its first.
  return isNumericType(from) ? fitRight(bytes, to) : fitLeft(bytes, to)
}

function fitLeft(bytes: Uint8Array, to: SqlType): Uint8Array {
  const limit = limitOf(to)
  const isFixed = to.name === 'binary' || to.name === 'timestamp'
  if (bytes.length === limit || (bytes.length < limit && !isFixed)) return bytes
  if (bytes.length > limit) return bytes.slice(0, limit)
  const padded = new Uint8Array(limit)
  padded.set(bytes)
  return padded
}

function fitRight(bytes: Uint8Array, to: SqlType): Uint8Array {
  const limit = limitOf(to)
  if (bytes.length > limit) return bytes.slice(bytes.length - limit)
  if (to.name === 'varbinary' || to.name === 'image' || bytes.length === limit) return bytes
  const padded = new Uint8Array(limit)
  padded.set(bytes, limit - bytes.length)
  return padded
}

function limitOf(to: SqlType): number {
  return to.maxLength === MAX_LENGTH || to.name === 'image'
    ? Number.POSITIVE_INFINITY
    : to.maxLength
}

function bytesOf(
  value: SqlValue,
  from: SqlType,
  { to, style }: { readonly to: SqlType; readonly style: number },
): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') {
    if (from.name === 'uniqueidentifier') return guidToBytes(value)
    if (isCharacterType(from) && (style === 1 || style === 2))
      return hexBytes(value, from, to, style)
    if (isUnicodeType(from) || from.name === 'xml') return Buffer.from(value, 'utf16le')
    return encodeText(value, from.collationId)
  }
  if (value instanceof Decimal) return decimalBytes(value, from)
  if (value instanceof SqlDateTime) return dateBytes(value, from)
  if (typeof value === 'number' && (from.name === 'float' || from.name === 'real')) {
    return floatBytes(value, from.maxLength)
  }
  return bigEndian(BigInt(value === null || typeof value === 'object' ? 0 : value), from.maxLength)
}

function hexBytes(text: string, from: SqlType, to: SqlType, style: number): Uint8Array {
  const digits = style === 1 ? /^0x([\da-f]*)$/i.exec(text)?.[1] : /^[\da-f]*$/i.exec(text)?.[0]
  if (digits === undefined || digits.length % 2 === 1) throw notConvertible(from, to)
  return Buffer.from(digits, 'hex')
}

function bigEndian(value: bigint, length: number): Uint8Array {
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0')
  return Buffer.from(hex, 'hex')
}

function floatBytes(value: number, length: number): Uint8Array {
  const buffer = Buffer.alloc(length)
  if (length === 4) buffer.writeFloatBE(value)
  else buffer.writeDoubleBE(value)
  return buffer
}

function decimalBytes(value: Decimal, from: SqlType): Uint8Array {
  if (isMoneyType(from)) return bigEndian(value.unscaled, from.maxLength)
  const magnitude = value.unscaled < 0n ? -value.unscaled : value.unscaled
  const words = Math.max(Math.ceil(magnitude.toString(16).length / 8), 1)
  const digits = bigEndian(magnitude, words * 4).toReversed()
  return Buffer.concat([
    Buffer.from([from.precision, value.scale, 0, value.unscaled < 0n ? 0 : 1]),
    digits,
  ])
}

/** As they are stored, with the scale in front of the types that have one. */
function dateBytes(value: SqlDateTime, from: SqlType): Uint8Array {
  switch (from.name) {
    case 'datetime':
      return Buffer.concat([
        bigEndian(BigInt(value.days - DAYS_TO_1900), 4),
        bigEndian(BigInt(Math.round((value.ticks * 3) / 100_000)), 4),
      ])
    case 'smalldatetime':
      return Buffer.concat([
        bigEndian(BigInt(value.days - DAYS_TO_1900), 2),
        bigEndian(BigInt(Math.floor(value.ticks / 600_000_000)), 2),
      ])
    case 'date':
      return littleEndian(value.days, 3)
    case 'time':
      return Buffer.concat([Buffer.from([from.scale]), timeBytes(value, from, from.maxLength)])
    case 'datetime2':
      return Buffer.concat([
        Buffer.from([from.scale]),
        timeBytes(value, from, from.maxLength - 3),
        littleEndian(value.days, 3),
      ])
    default: {
      const utc = toUtc(value)
      return Buffer.concat([
        Buffer.from([from.scale]),
        timeBytes(utc, from, from.maxLength - 5),
        littleEndian(utc.days, 3),
        littleEndian(value.offsetMinutes, 2),
      ])
    }
  }
}

function timeBytes(value: SqlDateTime, type: SqlType, length: number): Uint8Array {
  return littleEndian(Math.floor(value.ticks / 10 ** (7 - type.scale)), length)
}

function littleEndian(value: number, length: number): Uint8Array {
  return bigEndian(BigInt(value), length).toReversed()
}

/** The first three groups of a uniqueidentifier are stored least significant byte first. */
const GUID_BYTE_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

/** The 16 bytes of a uniqueidentifier, as they are stored. */
export function guidToBytes(guid: string): Uint8Array {
  const written = Buffer.from(guid.replaceAll('-', ''), 'hex')
  return Uint8Array.from(GUID_BYTE_ORDER, (index) => written[index] ?? 0)
}

/** The upper-case text of 16 stored bytes. */
export function guidFromBytes(bytes: Uint8Array): string {
  const ordered = Uint8Array.from(GUID_BYTE_ORDER, (index) => bytes[index] ?? 0)
  const hex = Buffer.from(ordered).toString('hex').toUpperCase()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
