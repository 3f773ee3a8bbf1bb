import { PAGE_HEADER_SIZE, type Page } from '../page/page.ts'
import { COMPLEX_BIT, END_OFFSET_MASK } from '../page/record-format.ts'

// CD record (format reference 7.1): header u8, column count, one nibble a column, short values in
// clusters of 30 columns, long values.
const HAS_LONG_REGION = 0x20
const COLUMNS_PER_CLUSTER = 30

/** Record types, bits 2 to 4 of the header; the rest are ghosts and index records. */
export const COMPRESSED_RECORD_TYPES = { primary: 0, forwardingStub: 2, forwarded: 4 } as const

const NIBBLES = {
  null: 0,
  empty: 1,
  shortest: 2,
  longest: 9,
  long: 10,
  true: 11,
  symbol: 12,
} as const

export function compressedRecordType(page: Page, offset: number): number {
  return (page.bytes.readUInt8(offset) >> 2) & 7
}

/** Set in the first byte of a count or length that takes two bytes. */
export const LARGE_NUMBER = 0x80

/**
 * A number of 128 or more in two bytes, the high one first. Some descriptions have the low one first;
 * as smaller numbers take one byte, a result below 128 tells that they are right.
 */
export function readLargeNumber(first: number, second: number): number {
  const number = ((first & ~LARGE_NUMBER) << 8) | second
  return number >= LARGE_NUMBER ? number : (first & ~LARGE_NUMBER) | (second << 7)
}

/** What a CD record holds for a column. */
export type CompressedCell =
  | { readonly kind: 'null' | 'empty' | 'true' }
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** A pointer to a large value. */
  | { readonly kind: 'pointer'; readonly start: number; readonly end: number }

/**
 * The cells of the CD record at `start`, one a column in storage order.
 * @throws PlatformError FILE_DAMAGED
 */
export function readCompressedRecord(page: Page, start: number): CompressedCell[] {
  return new CompressedRecordReader(page, start).read()
}

class CompressedRecordReader {
  readonly #page: Page
  readonly #start: number
  #position: number

  constructor(page: Page, start: number) {
    this.#page = page
    this.#start = start
    this.#position = start
    if (start < PAGE_HEADER_SIZE) throw this.#malformed()
  }

  read(): CompressedCell[] {
    const header = this.#u8()
    const nibbles = this.#nibbles()
    const clusters =
      nibbles.length === 0 ? 0 : Math.floor((nibbles.length - 1) / COLUMNS_PER_CLUSTER)
    const shortCells = this.#shortRegion(nibbles, clusters)
    const longCells = (header & HAS_LONG_REGION) === 0 ? [] : this.#longRegion(clusters)
    let nextLong = 0
    return nibbles.map((nibble, column) => {
      const cell = nibble === NIBBLES.long ? longCells[nextLong++] : shortCells[column]
      if (cell === undefined) throw this.#malformed()
      return cell
    })
  }

  /** The even column's nibble is the low one. */
  #nibbles(): number[] {
    let count = this.#u8()
    if ((count & LARGE_NUMBER) !== 0) count = readLargeNumber(count, this.#u8())
    const first = this.#take((count + 1) >> 1)
    return Array.from({ length: count }, (_, column) => {
      const pair = this.#page.bytes.readUInt8(first + (column >> 1))
      return column % 2 === 0 ? pair & 0xf : pair >> 4
    })
  }

  /** The lengths of all clusters but the last come first. */
  #shortRegion(nibbles: readonly number[], clusters: number): (CompressedCell | undefined)[] {
    this.#take(clusters)
    return nibbles.map((nibble) => {
      if (nibble === NIBBLES.null) return { kind: 'null' }
      if (nibble === NIBBLES.empty) return { kind: 'empty' }
      if (nibble === NIBBLES.true) return { kind: 'true' }
      if (nibble === NIBBLES.symbol) return { kind: 'symbol', symbol: this.#u8() }
      if (nibble < NIBBLES.shortest || nibble > NIBBLES.longest) return undefined
      const length = nibble - NIBBLES.empty
      const start = this.#take(length)
      return { kind: 'bytes', bytes: this.#page.bytes.subarray(start, start + length) }
    })
  }

  /** Flags u8, count u16, cumulative ends u16, long columns in each cluster but the last u8, data. */
  #longRegion(clusters: number): CompressedCell[] {
    this.#take(1)
    const count = this.#page.bytes.readUInt16LE(this.#take(2))
    const ends = this.#take(2 * count)
    this.#take(clusters)
    const data = this.#position
    let start = data
    return Array.from({ length: count }, (_, index) => {
      const stored = this.#page.bytes.readUInt16LE(ends + 2 * index)
      const end = data + (stored & END_OFFSET_MASK)
      if (end < start || end > this.#page.recordLimit) throw this.#malformed()
      const cell: CompressedCell =
        (stored & COMPLEX_BIT) !== 0
          ? { kind: 'pointer', start, end }
          : { kind: 'bytes', bytes: this.#page.bytes.subarray(start, end) }
      start = end
      return cell
    })
  }

  #u8(): number {
    return this.#page.bytes.readUInt8(this.#take(1))
  }

  #take(length: number): number {
    const start = this.#position
    if (start + length > this.#page.recordLimit) throw this.#malformed()
    this.#position += length
    return start
  }

  #malformed() {
    return this.#page.damaged('record', `the compressed record at ${this.#start} is malformed`)
  }
}
