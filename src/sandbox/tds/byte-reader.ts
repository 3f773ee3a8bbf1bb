import { streamEndedError } from './protocol-error.ts'

/** Reads little-endian fields from a message, and throws 4002 where the message is too short. */
export class ByteReader {
  readonly #bytes: Buffer
  #offset = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  /** The next byte, which stays the next. */
  peek(): number {
    const byte = this.u8()
    this.#offset--
    return byte
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#advance(1))
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#advance(2))
  }

  i16(): number {
    return this.#bytes.readInt16LE(this.#advance(2))
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#advance(4))
  }

  i32(): number {
    return this.#bytes.readInt32LE(this.#advance(4))
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#advance(8))
  }

  i64(): bigint {
    return this.#bytes.readBigInt64LE(this.#advance(8))
  }

  f32(): number {
    return this.#bytes.readFloatLE(this.#advance(4))
  }

  f64(): number {
    return this.#bytes.readDoubleLE(this.#advance(8))
  }

  /** Unsigned, `length` up to 6 bytes. */
  uint(length: number): number {
    return this.#bytes.readUIntLE(this.#advance(length), length)
  }

  /** A view, not a copy. */
  bytes(length: number): Buffer {
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** UTF-16 text of `length` bytes. */
  ucs2(length: number): string {
    if (length % 2 !== 0) throw streamEndedError()
    return this.bytes(length).toString('utf16le')
  }

  /** B_VARCHAR: a byte that counts UTF-16 units, then the text. */
  bVarchar(): string {
    return this.ucs2(this.u8() * 2)
  }

  /** US_VARCHAR: two bytes that count UTF-16 units, then the text. */
  usVarchar(): string {
    return this.ucs2(this.u16() * 2)
  }

  #advance(length: number): number {
    const start = this.#offset
    if (length > this.#bytes.length - start) throw streamEndedError()
    this.#offset = start + length
    return start
  }
}
