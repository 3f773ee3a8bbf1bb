import { malformedValue } from './malformed-value.ts'

/** Reads a value's bytes in order and never beyond its end. */
export class ByteCursor {
  readonly bytes: Buffer
  readonly end: number
  position: number

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  get atEnd(): boolean {
    return this.position >= this.end
  }

  /** Where `length` bytes begin that are now behind the cursor. */
  take(length: number): number {
    const start = this.position
    if (length > this.end - start) throw malformedValue('a value ends too early')
    this.position += length
    return start
  }

  u8(): number {
    return this.bytes.readUInt8(this.take(1))
  }

  /** An integer of 7 bits a byte, the lowest first; bit 7 says that another byte follows. */
  multiByte(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.u8()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
    throw malformedValue('a length has more than five bytes')
  }

  /** UTF-16 text after its count of characters. */
  text(): string {
    const length = this.multiByte() * 2
    const start = this.take(length)
    return this.bytes.toString('utf16le', start, start + length)
  }
}
