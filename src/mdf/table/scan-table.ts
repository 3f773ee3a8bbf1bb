import { PlatformError } from '../../base/index.ts'
import type { CatalogColumn } from '../catalog/catalog-entries.ts'
import type { StorageCatalog } from '../catalog/storage-catalog.ts'
import type { Rowset } from '../catalog/storage-rows.ts'
import { compressedRows } from '../compression/compressed-rows.ts'
import type { FileExtents } from '../page/allocation.ts'
import { FixedVarRecord } from '../page/fixed-var-record.ts'
import type { SqlValue } from '../sql-type.ts'
import { isKnownSystemType } from '../value/system-type.ts'
import { pageRecords } from './data-pages.ts'
import { type DecodedColumn, rowDecoder } from './row-decoder.ts'

const COLUMNSTORE = 3
const JSON_TYPE = 244

export interface ScanRequest {
  readonly storage: StorageCatalog
  readonly objectId: number
  readonly columns: readonly CatalogColumn[]
  readonly columnIds: readonly number[] | undefined
}

/** See `DatabaseReader.scanTable`. */
export function* scanTable(files: FileExtents, request: ScanRequest): Generator<SqlValue[]> {
  const { storage, objectId } = request
  const columnIds = request.columnIds ?? storage.storedColumnIds(objectId)
  const rowsets = storage.dataRowsetsOf(objectId)
  if (rowsets.length === 0) {
    throw unsupported(`object ${objectId} keeps no rows in the database's data pages`)
  }
  for (const rowset of rowsets) {
    if (rowset.compression >= COLUMNSTORE) throw unsupported(`object ${objectId} is a columnstore`)
    yield* scanRowset(files, request, rowset, columnIds)
  }
}

function* scanRowset(
  files: FileExtents,
  request: ScanRequest,
  rowset: Rowset,
  columnIds: readonly number[],
): Generator<SqlValue[]> {
  const columns = columnIds.map((columnId) => decodedColumn(request, rowset, columnId))
  if (rowset.compression !== 0) {
    yield* compressedRows(files, request.storage.dataPages(rowset), columns)
    return
  }
  const decode = rowDecoder(files, columns)
  for (const page of request.storage.dataPages(rowset)) {
    for (const position of pageRecords(files, page)) {
      yield decode(new FixedVarRecord(position.page, position.offset))
    }
  }
}

function decodedColumn(
  { storage, columns, objectId }: ScanRequest,
  rowset: Rowset,
  columnId: number,
): DecodedColumn {
  const column = columns.find((candidate) => candidate.columnId === columnId)
  const physical = storage
    .columnsOf(rowset.rowsetId)
    .find((candidate) => candidate.columnId === columnId && !candidate.isDropped)
  if (column === undefined || physical === undefined) {
    throw new PlatformError('INVALID_ARGUMENT', `object ${objectId} stores no column ${columnId}`)
  }
  if (column.isFilestream || !isKnownSystemType(column.systemTypeId)) {
    throw unsupported(
      `column ${column.name} of object ${objectId} is ${column.isFilestream ? 'a FILESTREAM' : `of the type ${typeText(column.systemTypeId)}`}`,
    )
  }
  const valueWhenAbsent = () => storage.valueWhenAbsent(physical, column)
  return { type: column.type, physical, valueWhenAbsent }
}

/** The json of SQL Server 2025 is kept in a binary form that is not published. */
function typeText(systemTypeId: number): string {
  return systemTypeId === JSON_TYPE ? 'json' : String(systemTypeId)
}

function unsupported(what: string): PlatformError {
  return new PlatformError('UNSUPPORTED_STORAGE', `${what}, which is not supported`)
}
