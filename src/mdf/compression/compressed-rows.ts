import type { FileExtents } from '../page/allocation.ts'
import { isCompressedRecord, recordType } from '../page/fixed-var-record.ts'
import { readLob } from '../page/lob.ts'
import type { Page, PageReader } from '../page/page.ts'
import { RECORD_TYPES } from '../page/record-format.ts'
import type { SqlValue } from '../sql-type.ts'
import { forwardedPosition, type RecordPosition } from '../table/data-pages.ts'
import { type DecodedColumn, locateValue } from '../table/row-decoder.ts'
import { valueDecoder } from '../value/value-decoder.ts'
import {
  COMPRESSED_RECORD_TYPES,
  type CompressedCell,
  compressedRecordType,
  readCompressedRecord,
} from './compressed-record.ts'
import { compressedDecoder } from './compressed-value.ts'
import { expandCell, type PageDictionary, readPageDictionary } from './page-dictionary.ts'

/**
 * The rows of the data pages of a ROW- or PAGE-compressed rowset.
 * @throws PlatformError FILE_DAMAGED
 */
export function* compressedRows(
  files: FileExtents,
  pages: Iterable<Page>,
  columns: readonly DecodedColumn[],
): Generator<SqlValue[]> {
  const readers = columns.map((column) => cellReader(files, column))
  for (const page of pages) {
    const ownDictionary = readPageDictionary(page)
    for (const { page: recordPage, offset } of compressedRecords(files, page)) {
      const dictionary = recordPage === page ? ownDictionary : readPageDictionary(recordPage)
      const record = {
        page: recordPage,
        dictionary,
        cells: readCompressedRecord(recordPage, offset),
      }
      try {
        yield readers.map((read) => read(record))
      } catch (error) {
        throw locateValue(error, recordPage)
      }
    }
  }
}

interface CompressedRecord {
  readonly page: Page
  readonly dictionary: PageDictionary | undefined
  readonly cells: readonly CompressedCell[]
}

function* compressedRecords(files: FileExtents, page: Page): Generator<RecordPosition> {
  for (let slot = 0; slot < page.slotCount; slot++) {
    const offset = page.slotOffset(slot)
    if (offset === 0) continue
    const type = isCompressedRecord(page, offset)
      ? compressedRecordType(page, offset)
      : uncompressedStub(page, offset)
    if (type === COMPRESSED_RECORD_TYPES.primary) yield { page, offset }
    if (type !== COMPRESSED_RECORD_TYPES.forwardingStub) continue
    const target = forwardedPosition(files, page, offset)
    const isForwarded =
      isCompressedRecord(target.page, target.offset) &&
      compressedRecordType(target.page, target.offset) === COMPRESSED_RECORD_TYPES.forwarded
    if (!isForwarded) throw target.page.damaged('record', 'a stub points to no forwarded record')
    yield target
  }
}

/** Stubs can have the form they have in tables without compression; nothing else can. */
function uncompressedStub(page: Page, offset: number): number {
  if (recordType(page, offset) === RECORD_TYPES.forwardingStub) {
    return COMPRESSED_RECORD_TYPES.forwardingStub
  }
  throw page.damaged('record', 'a compressed table has an uncompressed record')
}

function cellReader(
  reader: PageReader,
  column: DecodedColumn,
): (record: CompressedRecord) => SqlValue {
  const index = -column.physical.leafOffset - 1
  const decode = compressedDecoder(column.type)
  const decodeLarge = valueDecoder(column.type)
  return ({ page, dictionary, cells }) => {
    const stored = cells[index]
    if (stored === undefined) return column.valueWhenAbsent()
    const cell = dictionary === undefined ? stored : expandCell(page, dictionary, index, stored)
    switch (cell.kind) {
      case 'null':
        return null
      case 'empty':
        return decode(Buffer.alloc(0))
      case 'true':
        return true
      case 'bytes':
        return decode(cell.bytes)
      case 'symbol':
        throw page.damaged('record', 'it uses a dictionary that it does not have')
      case 'pointer': {
        const value = readLob(reader, { page, start: cell.start, end: cell.end })
        return value === undefined ? null : decodeLarge(value, 0, value.length)
      }
    }
  }
}
