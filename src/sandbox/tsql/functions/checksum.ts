import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import {
  convert,
  hashKeyOf,
  isCharacterType,
  isIntegerType,
  VARBINARY_MAX,
} from '../values/index.ts'

interface ChecksumInput {
  readonly value: SqlValue
  readonly type: SqlType
}

/**
 * BINARY_CHECKSUM: each byte is mixed in after a rotation by four bits. Trailing blanks of text do not
 * count. An int is its own checksum, as SQL Server's is.
 */
export function binaryChecksum(inputs: readonly ChecksumInput[]): number {
  return inputs.reduce((sum, { value, type }) => rotate(sum) ^ binaryChecksumOf(value, type), 0)
}

/** CHECKSUM: as BINARY_CHECKSUM, but texts equal by their collation have equal checksums. */
export function checksum(inputs: readonly ChecksumInput[]): number {
  return inputs.reduce((sum, { value, type }) => {
    const isText = typeof value === 'string' && isCharacterType(type)
    return (
      rotate(sum) ^
      (isText
        ? checksumOf(Buffer.from(String(hashKeyOf(value, type))))
        : binaryChecksumOf(value, type))
    )
  }, 0)
}

/** What a NULL adds: the largest int. */
const NULL_CHECKSUM = 0x7fff_ffff

function binaryChecksumOf(value: SqlValue, type: SqlType): number {
  if (value === null) return NULL_CHECKSUM
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' && Number.isInteger(value) && isIntegerType(type)) return value
  if (value instanceof Uint8Array) return checksumOf(value)
  const trimmed = typeof value === 'string' ? value.replace(/ +$/, '') : value
  const bytes = convert(trimmed, type, VARBINARY_MAX, { explicit: true })
  return bytes instanceof Uint8Array ? checksumOf(bytes) : NULL_CHECKSUM
}

function checksumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => rotate(sum) ^ byte, 0) | 0
}

function rotate(value: number): number {
  return (value << 4) | (value >>> 28)
}
