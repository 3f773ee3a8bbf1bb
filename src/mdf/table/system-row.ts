import type { FixedVarRecord } from '../page/fixed-var-record.ts'
import { readLob } from '../page/lob.ts'
import { type PagePointer, type PageReader, readPagePointer } from '../page/page.ts'
import { DAYS_TO_1900, SqlDateTime } from '../sql-type.ts'
import { readDateTime } from '../value/date-time-value.ts'

const NO_DATE = new SqlDateTime(DAYS_TO_1900, 0)

/**
 * A row of a system base table, whose layouts are fixed (format reference 4.3): fixed columns at
 * offsets from the record's start, variable ones by index. A column that the writing version did not
 * have yet reads as 0, '' or no bytes.
 */
export class SystemRow {
  readonly #record: FixedVarRecord
  readonly #reader: PageReader

  constructor(record: FixedVarRecord, reader: PageReader) {
    this.#record = record
    this.#reader = reader
  }

  uint8(offset: number): number {
    const start = this.#record.fixedStart(offset, 1)
    return start === undefined ? 0 : this.#record.page.bytes.readUInt8(start)
  }

  int16(offset: number): number {
    const start = this.#record.fixedStart(offset, 2)
    return start === undefined ? 0 : this.#record.page.bytes.readInt16LE(start)
  }

  int32(offset: number): number {
    const start = this.#record.fixedStart(offset, 4)
    return start === undefined ? 0 : this.#record.page.bytes.readInt32LE(start)
  }

  uint32(offset: number): number {
    return this.int32(offset) >>> 0
  }

  int64(offset: number): bigint {
    const start = this.#record.fixedStart(offset, 8)
    return start === undefined ? 0n : this.#record.page.bytes.readBigInt64LE(start)
  }

  dateTime(offset: number): SqlDateTime {
    const start = this.#record.fixedStart(offset, 8)
    return start === undefined ? NO_DATE : readDateTime(this.#record.page.bytes, start)
  }

  pagePointer(offset: number): PagePointer | undefined {
    const start = this.#record.fixedStart(offset, 6)
    return start === undefined ? undefined : readPagePointer(this.#record.page.bytes, start)
  }

  /** char(n) without its padding. */
  characters(offset: number, length: number): string {
    const start = this.#record.fixedStart(offset, length)
    if (start === undefined) return ''
    return this.#record.page.bytes.toString('latin1', start, start + length).trimEnd()
  }

  fixedBytes(offset: number, length: number): Buffer | undefined {
    const start = this.#record.fixedStart(offset, length)
    return start === undefined ? undefined : this.#record.page.bytes.subarray(start, start + length)
  }

  /** nvarchar. */
  text(index: number): string {
    return this.#record.variableBytes(index).toString('utf16le')
  }

  /** varbinary or sql_variant in the row, or in large-value pages. */
  variableBytes(index: number): Buffer {
    const record = this.#record
    if (index >= record.variableCount || !record.isComplex(index))
      return record.variableBytes(index)
    const [start, end] = [record.variableStart(index), record.variableEnd(index)]
    return readLob(this.#reader, { page: record.page, start, end }) ?? Buffer.alloc(0)
  }
}
