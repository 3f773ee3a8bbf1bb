const INITIAL_CAPACITY = 8192

/** A growing buffer of little-endian fields. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafe(INITIAL_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  u8(value: number): void {
    const at = this.#reserve(1)
    this.#bytes[at] = value
  }

  u16(value: number): void {
    const at = this.#reserve(2)
    this.#bytes.writeUInt16LE(value, at)
  }

  i16(value: number): void {
    const at = this.#reserve(2)
    this.#bytes.writeInt16LE(value, at)
  }

  u32(value: number): void {
    const at = this.#reserve(4)
    this.#bytes.writeUInt32LE(value, at)
  }

  u32be(value: number): void {
    const at = this.#reserve(4)
    this.#bytes.writeUInt32BE(value, at)
  }

  i32(value: number): void {
    const at = this.#reserve(4)
    this.#bytes.writeInt32LE(value, at)
  }

  u64(value: bigint): void {
    const at = this.#reserve(8)
    this.#bytes.writeBigUInt64LE(value, at)
  }

  i64(value: bigint): void {
    const at = this.#reserve(8)
    this.#bytes.writeBigInt64LE(value, at)
  }

  f32(value: number): void {
    const at = this.#reserve(4)
    this.#bytes.writeFloatLE(value, at)
  }

  f64(value: number): void {
    const at = this.#reserve(8)
    this.#bytes.writeDoubleLE(value, at)
  }

  /** Unsigned, `length` up to 6 bytes. */
  uint(value: number, length: number): void {
    const at = this.#reserve(length)
    this.#bytes.writeUIntLE(value, at, length)
  }

  bytes(value: Uint8Array): void {
    const at = this.#reserve(value.length)
    this.#bytes.set(value, at)
  }

  ucs2(text: string): void {
    const start = this.#reserve(text.length * 2)
    this.#bytes.write(text, start, 'utf16le')
  }

  /** B_VARCHAR: a byte that counts UTF-16 units, then the text; cut at 255. */
  bVarchar(text: string): void {
    const cut = text.slice(0, 0xff)
    this.u8(cut.length)
    this.ucs2(cut)
  }

  /** US_VARCHAR: two bytes that count UTF-16 units, then the text; cut at 65,535. */
  usVarchar(text: string): void {
    const cut = text.slice(0, 0xffff)
    this.u16(cut.length)
    this.ucs2(cut)
  }

  /** Writes what `body` writes behind its length in two bytes. */
  withLength16(body: () => void): void {
    const at = this.#reserve(2)
    body()
    this.#bytes.writeUInt16LE(this.#length - at - 2, at)
  }

  /** Writes what `body` writes behind its length in four bytes. */
  withLength32(body: () => void): void {
    const at = this.#reserve(4)
    body()
    this.#bytes.writeUInt32LE(this.#length - at - 4, at)
  }

  /** Forgets everything written after `length`. */
  truncate(length: number): void {
    this.#length = length
  }

  /** A view of the bytes from `start` to `end`; valid until the next write. */
  view(start: number, end: number): Buffer {
    return this.#bytes.subarray(start, end)
  }

  /** Drops the first `count` bytes. A buffer that one huge value has blown up is given back. */
  discard(count: number): void {
    const rest = this.#length - count
    if (this.#bytes.length > MAX_KEPT_CAPACITY && rest < INITIAL_CAPACITY) {
      const smaller = Buffer.allocUnsafe(INITIAL_CAPACITY)
      this.#bytes.copy(smaller, 0, count, this.#length)
      this.#bytes = smaller
    } else {
      this.#bytes.copyWithin(0, count, this.#length)
    }
    this.#length = rest
  }

  /** Makes room first: `#bytes` may be another buffer afterwards. */
  #reserve(count: number): number {
    const start = this.#length
    const needed = start + count
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    this.#length = needed
    return start
  }
}

const MAX_KEPT_CAPACITY = 1024 * 1024
