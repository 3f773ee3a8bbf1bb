import { PAGE_HEADER_SIZE, type Page } from './page.ts'
import {
  COMPLEX_BIT,
  END_OFFSET_MASK,
  HAS_NULL_BITMAP,
  HAS_VARIABLE_SECTION,
  IS_COMPRESSED,
} from './record-format.ts'

// FixedVar record (format reference 2.1): status A u8 @0, status B u8 @1, fixed end u16 @2, fixed
// columns from @4; at the fixed end: column count u16, null bitmap, variable count u16, end offsets.
const FIXED_START = 4

/** The record type at `offset` of a page. */
export function recordType(page: Page, offset: number): number {
  return (page.bytes.readUInt8(offset) >> 1) & 7
}

/** Whether the record at `offset` is a CD record of a compressed table (format reference 7). */
export function isCompressedRecord(page: Page, offset: number): boolean {
  return (page.bytes.readUInt8(offset) & IS_COMPRESSED) !== 0
}

/**
 * A record of a data page. Column positions come from the catalog: a null-bit position counts from 1,
 * a fixed offset from the start of the record, a variable index from 0.
 */
export class FixedVarRecord {
  readonly page: Page
  readonly start: number
  /** End of the fixed part, from the start of the record. */
  readonly fixedEnd: number
  /** Columns this record knows of: a column added to the table later has a higher null bit. */
  readonly columnCount: number
  readonly variableCount: number
  readonly #bitmap: number
  readonly #ends: number
  readonly #dataStart: number

  constructor(page: Page, start: number) {
    this.page = page
    this.start = start
    const bytes = page.bytes
    if (start < PAGE_HEADER_SIZE || start + FIXED_START > page.recordLimit) throw this.#malformed()
    const status = bytes.readUInt8(start)
    this.fixedEnd = bytes.readUInt16LE(start + 2)
    let position = start + this.fixedEnd
    if (this.fixedEnd < FIXED_START || position > page.recordLimit) throw this.#malformed()
    this.columnCount = Number.MAX_SAFE_INTEGER
    this.#bitmap = 0
    if ((status & HAS_NULL_BITMAP) !== 0) {
      this.columnCount = this.#u16(position)
      this.#bitmap = position + 2
      position += 2 + ((this.columnCount + 7) >> 3)
    }
    this.variableCount = 0
    if ((status & HAS_VARIABLE_SECTION) !== 0) {
      this.variableCount = this.#u16(position)
      position += 2
    }
    this.#ends = position
    this.#dataStart = position + 2 * this.variableCount
    if (this.#dataStart > page.recordLimit) throw this.#malformed()
  }

  /** Whether the record was written before the column existed. */
  isAbsent(nullBit: number): boolean {
    return nullBit > this.columnCount
  }

  isNull(nullBit: number): boolean {
    if (this.#bitmap === 0) return false
    const bit = nullBit - 1
    return ((this.page.bytes.readUInt8(this.#bitmap + (bit >> 3)) >> (bit & 7)) & 1) !== 0
  }

  /** Position in the page of a fixed column; undefined when the fixed part ends before it. */
  fixedStart(offset: number, size: number): number | undefined {
    return offset + size > this.fixedEnd ? undefined : this.start + offset
  }

  /** Position in the page where a variable column begins; `index` is below `variableCount`. */
  variableStart(index: number): number {
    return index === 0 ? this.#dataStart : this.variableEnd(index - 1)
  }

  /** Position in the page behind a variable column. */
  variableEnd(index: number): number {
    const end =
      this.start + (this.page.bytes.readUInt16LE(this.#ends + 2 * index) & END_OFFSET_MASK)
    if (end < this.#dataStart || end > this.page.recordLimit) throw this.#malformed()
    return end
  }

  /** Whether a variable column holds a pointer instead of the value. */
  isComplex(index: number): boolean {
    return (this.page.bytes.readUInt16LE(this.#ends + 2 * index) & COMPLEX_BIT) !== 0
  }

  /** The bytes of a variable column in the record itself; empty when it has none. */
  variableBytes(index: number): Buffer {
    if (index >= this.variableCount) return this.page.bytes.subarray(0, 0)
    const start = this.variableStart(index)
    const end = this.variableEnd(index)
    if (end < start) throw this.#malformed()
    return this.page.bytes.subarray(start, end)
  }

  #u16(position: number): number {
    if (position + 2 > this.page.recordLimit) throw this.#malformed()
    return this.page.bytes.readUInt16LE(position)
  }

  #malformed() {
    return this.page.damaged('record', `the record at ${this.start} reaches outside the page`)
  }
}
