import { PAGE_HEADER_SIZE, type Page } from './page.ts'
import {
  COMPLEX_BIT,
  END_OFFSET_MASK,
  HAS_NULL_BITMAP,
  HAS_VARIABLE_SECTION,
  IS_COMPRESSED,
  RECORD_TYPES,
  STUB_SIZE,
} from './record-format.ts'

// FixedVar records of data pages (format reference 2.1) and of index pages (2.5), which have neither a
// second status byte nor a length of their fixed part: that one is in the page header.
const DATA_FIXED_START = 4

/** `index` for the records of index pages (type 2), `data` for those of data pages. */
export type RecordForm = 'data' | 'index'

/**
 * Where the parts of a record are. One frame is placed on record after record: reading a table makes
 * no object a row. A compressed (CD) record has no parts here but its start.
 */
export class RecordFrame {
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  /** Bits 1 to 3 of the status: see `RECORD_TYPES`; of a compressed record bits 2 to 4. */
  type = 0
  isCompressed = false
  fixedEnd = 0
  /** Columns this record knows of. */
  columnCount = 0
  /** Position in the page of the null bitmap; 0 when there is none. */
  bitmap = 0
  variableCount = 0
  /** Position in the page of the first variable column. */
  dataStart = 0
  #ends = 0

  /** Places the frame; returns what is wrong with the record when it has no valid shape. */
  place(page: Page, start: number, form: RecordForm): string | undefined {
    const { bytes, recordLimit } = page
    this.bytes = bytes
    this.start = start
    if (start < PAGE_HEADER_SIZE || start >= recordLimit) return 'it begins outside the page'
    const status = bytes.readUInt8(start)
    this.isCompressed = (status & IS_COMPRESSED) !== 0
    this.bitmap = 0
    this.variableCount = 0
    if (this.isCompressed) {
      this.type = (status >> 2) & 7
      return undefined
    }
    this.type = (status >> 1) & 7
    if (form === 'data' && this.type === RECORD_TYPES.forwardingStub) {
      return start + STUB_SIZE > recordLimit ? 'it reaches outside the page' : undefined
    }
    return this.#placeParts(page, status, form)
  }

  isNull(nullBit: number): boolean {
    if (this.bitmap === 0 || nullBit === 0) return false
    const bit = nullBit - 1
    return ((this.bytes.readUInt8(this.bitmap + (bit >> 3)) >> (bit & 7)) & 1) !== 0
  }

  /** Position in the page where a variable column begins; `index` is below `variableCount`. */
  variableStart(index: number): number {
    return index === 0 ? this.dataStart : this.variableEnd(index - 1)
  }

  /** Position in the page behind a variable column. */
  variableEnd(index: number): number {
    return this.start + (this.bytes.readUInt16LE(this.#ends + 2 * index) & END_OFFSET_MASK)
  }

  /** Whether a variable column holds a pointer instead of the value. */
  isComplex(index: number): boolean {
    return (this.bytes.readUInt16LE(this.#ends + 2 * index) & COMPLEX_BIT) !== 0
  }

  #placeParts(page: Page, status: number, form: RecordForm): string | undefined {
    const { bytes, recordLimit } = page
    const isData = form === 'data'
    if (isData && this.start + DATA_FIXED_START > recordLimit) return 'it reaches outside the page'
    this.fixedEnd = isData ? bytes.readUInt16LE(this.start + 2) : page.fixedLength
    let position = this.start + this.fixedEnd
    if (this.fixedEnd < (isData ? DATA_FIXED_START : 1) || position > recordLimit) {
      return `its fixed part of ${this.fixedEnd} bytes reaches outside the page`
    }
    this.columnCount = Number.MAX_SAFE_INTEGER
    if ((status & HAS_NULL_BITMAP) !== 0) {
      if (position + 2 > recordLimit) return 'its column count is outside the page'
      this.columnCount = bytes.readUInt16LE(position)
      this.bitmap = position + 2
      position += 2 + ((this.columnCount + 7) >> 3)
    }
    if ((status & HAS_VARIABLE_SECTION) === 0) {
      return position > recordLimit ? 'its null bitmap reaches outside the page' : undefined
    }
    if (position + 2 > recordLimit) return 'its null bitmap reaches outside the page'
    this.variableCount = bytes.readUInt16LE(position)
    this.#ends = position + 2
    this.dataStart = this.#ends + 2 * this.variableCount
    return this.dataStart > recordLimit
      ? `its ${this.variableCount} variable columns reach outside the page`
      : this.#checkEnds(recordLimit)
  }

  #checkEnds(recordLimit: number): string | undefined {
    let previous = this.dataStart
    for (let index = 0; index < this.variableCount; index++) {
      const end = this.variableEnd(index)
      if (end < previous) return `its variable column ${index + 1} ends before it begins`
      if (end > recordLimit) return `its variable column ${index + 1} reaches outside the page`
      previous = end
    }
    return undefined
  }
}
