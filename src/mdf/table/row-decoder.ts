import { PlatformError } from '../../base/index.ts'
import type { PhysicalColumn } from '../catalog/storage-rows.ts'
import type { FixedVarRecord } from '../page/fixed-var-record.ts'
import { readLob } from '../page/lob.ts'
import type { Page, PageReader } from '../page/page.ts'
import type { SqlType, SqlValue } from '../sql-type.ts'
import { fixedSizeOf } from '../value/system-type.ts'
import { type ValueDecoder, valueDecoder } from '../value/value-decoder.ts'
import { decodeVarDecimal } from '../value/var-decimal.ts'
import { sparseValueRange } from './sparse-vector.ts'

/** A column to decode: what it is and where the rowset keeps it. */
export interface DecodedColumn {
  readonly type: SqlType
  readonly physical: PhysicalColumn
  /** The value of rows that were written before the column was added. */
  valueWhenAbsent(): SqlValue
}

/** Decodes some columns of a record, in their order. */
export type RowDecoder = (record: FixedVarRecord) => SqlValue[]

type ColumnReader = (record: FixedVarRecord) => SqlValue

/** The decoder of the given columns of one rowset's records. */
export function rowDecoder(reader: PageReader, columns: readonly DecodedColumn[]): RowDecoder {
  const readers = columns.map((column) => columnReader(reader, column))
  return (record) => {
    const row: SqlValue[] = []
    try {
      for (const read of readers) row.push(read(record))
      return row
    } catch (error) {
      throw locateValue(error, record.page)
    }
  }
}

/** A value knows what is wrong with it, and its record knows where it is. */
export function locateValue(error: unknown, page: Page): unknown {
  if (!(error instanceof PlatformError) || error.details['reason'] !== 'value') return error
  return page.damaged('value', error.message)
}

function columnReader(reader: PageReader, column: DecodedColumn): ColumnReader {
  const { physical } = column
  const read = presentColumnReader(reader, column)
  if (physical.isSparse) return read
  return (record) => {
    if (record.isAbsent(physical.nullBit)) return column.valueWhenAbsent()
    return record.isNull(physical.nullBit) ? null : read(record)
  }
}

function presentColumnReader(reader: PageReader, column: DecodedColumn): ColumnReader {
  const { physical, type } = column
  const decode = valueDecoder(type)
  if (physical.isSparse) return sparseReader(reader, physical, decode)
  if (physical.leafOffset < 0) {
    return variableReader(reader, -physical.leafOffset - 1, variableDecoder(type, decode))
  }
  if (type.name === 'bit') return bitReader(column)
  const size = fixedSizeOf(type) ?? 0
  return (record) => {
    const start = record.fixedStart(physical.leafOffset, size)
    return start === undefined
      ? column.valueWhenAbsent()
      : decode(record.page.bytes, start, start + size)
  }
}

/** Tables of SQL Server 2005 SP2 and later can have their decimals at variable length. */
function variableDecoder(type: SqlType, decode: ValueDecoder): ValueDecoder {
  if (type.name !== 'decimal' && type.name !== 'numeric') return decode
  return (bytes, start, end) => decodeVarDecimal(bytes.subarray(start, end), type.scale)
}

function bitReader(column: DecodedColumn): ColumnReader {
  const { physical } = column
  const mask = 1 << physical.bitPosition
  return (record) => {
    const start = record.fixedStart(physical.leafOffset, 1)
    return start === undefined
      ? column.valueWhenAbsent()
      : (record.page.bytes.readUInt8(start) & mask) !== 0
  }
}

/** Variable columns that end a record with nothing in them are not stored: they are empty. */
function variableReader(reader: PageReader, index: number, decode: ValueDecoder): ColumnReader {
  return (record) => {
    const { page } = record
    if (index >= record.variableCount) return decode(page.bytes, 0, 0)
    const start = record.variableStart(index)
    const end = record.variableEnd(index)
    if (end < start) throw page.damaged('record', 'a column ends before it begins')
    if (!record.isComplex(index)) return decode(page.bytes, start, end)
    const value = readLob(reader, { page, start, end })
    return value === undefined ? null : decode(value, 0, value.length)
  }
}

function sparseReader(
  reader: PageReader,
  { storageColumnId }: PhysicalColumn,
  decode: ValueDecoder,
): ColumnReader {
  return (record) => {
    const range = sparseValueRange(record, storageColumnId)
    if (range === undefined) return null
    const { page } = record
    if (!range.isPointer) return decode(page.bytes, range.start, range.end)
    const value = readLob(reader, { page, start: range.start, end: range.end })
    return value === undefined ? null : decode(value, 0, value.length)
  }
}
