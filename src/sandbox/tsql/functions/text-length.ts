import { Decimal, type SqlType, type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { decodeText, encodeText, isUnicodeType } from '../values/index.ts'
import { countsSupplementary } from './text-argument.ts'

/** LEN: characters without trailing blanks; bytes of a binary value. */
export function lengthInCharacters(value: SqlValue, text: string, collationId: number): number {
  if (value instanceof Uint8Array) return value.length
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end -= 1
  if (!countsSupplementary(collationId)) return end
  return [...text.slice(0, end)].length
}

/** DATALENGTH: bytes of the value as it is stored. */
export function dataLength(value: SqlValue, type: SqlType): number {
  if (value instanceof SqlVariant) return dataLength(value.value, value.type)
  if (value instanceof Uint8Array) return value.length
  if (typeof value === 'string' && type.name !== 'uniqueidentifier') {
    const isWide = isUnicodeType(type) || type.name === 'xml'
    return isWide ? value.length * 2 : encodeText(value, type.collationId).length
  }
  if (value instanceof Decimal && (type.name === 'decimal' || type.name === 'numeric')) {
    return decimalBytes(value)
  }
  return type.maxLength
}

/** A sign byte and as many 32-bit words as the number needs. */
function decimalBytes({ unscaled }: Decimal): number {
  const magnitude = unscaled < 0n ? -unscaled : unscaled
  return 1 + 4 * Math.max(Math.ceil(magnitude.toString(16).length / 8), 1)
}

/** ASCII: the first byte of the text in its code page; null for empty text. */
export function firstByte(text: string, collationId: number): number | null {
  if (text === '') return null
  return encodeText(text.slice(0, 1), collationId)[0] ?? null
}

/** CHAR: the character of one byte; null for the lead byte of a two-byte character. */
export function decodeByte(byte: number, collationId: number): string | null {
  const text = decodeText(Uint8Array.of(byte), collationId)
  return text === '\ufffd' ? null : text
}
