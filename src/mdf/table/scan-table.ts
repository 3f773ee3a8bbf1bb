import { PlatformError } from '../../base/index.ts'
import type { CatalogColumn, CatalogObject } from '../catalog/catalog-entries.ts'
import type { StorageCatalog } from '../catalog/storage-catalog.ts'
import type { PhysicalColumn, Rowset } from '../catalog/storage-rows.ts'
import { compressedRows } from '../compression/compressed-rows.ts'
import type { FileExtents } from '../page/allocation.ts'
import { FixedVarRecord } from '../page/fixed-var-record.ts'
import type { SqlType, SqlValue } from '../sql-type.ts'
import { fixedSizeOf, isKnownSystemType } from '../value/system-type.ts'
import { pageRecords } from './data-pages.ts'
import { type DecodedColumn, type RowDecoder, rowDecoder } from './row-decoder.ts'

const COLUMNSTORE = 3
const JSON_TYPE = 244

const VARBINARY_TYPE = 165

export interface ScanRequest {
  readonly storage: StorageCatalog
  readonly objectId: number
  /** For messages; undefined for an unknown object. */
  readonly object: CatalogObject | undefined
  readonly columns: readonly CatalogColumn[]
  readonly columnIds: readonly number[]
}

/** See `DatabaseReader.scanTable`. */
export function* scanTable(files: FileExtents, request: ScanRequest): Generator<SqlValue[]> {
  const { storage, objectId } = request
  const rowsets = storage.dataRowsetsOf(objectId)
  // A columnstore's newest rows are in rowsets of their own that are none.
  if (rowsets.some(({ compression }) => compression >= COLUMNSTORE)) {
    throw unsupported(`${nameOf(request)} is a columnstore`)
  }
  const isStored = rowsets.some(({ rowsetId }) => storage.unitsOf(rowsetId).length > 0)
  if (!isStored && request.object?.isMemoryOptimized) {
    throw unsupported(`${nameOf(request)} is memory-optimized`)
  }
  if (rowsets.length === 0) {
    throw unsupported(`${nameOf(request)} keeps no rows in the database's data pages`)
  }
  for (const rowset of rowsets) yield* scanRowset(files, request, rowset)
}

function nameOf({ object, objectId }: ScanRequest): string {
  return object === undefined ? `object ${objectId}` : `${object.name} (object ${objectId})`
}

function* scanRowset(
  files: FileExtents,
  request: ScanRequest,
  rowset: Rowset,
): Generator<SqlValue[]> {
  if (rowset.compression !== 0) {
    const columns = decodedColumns(request, rowset)
    yield* compressedRows(files, request.storage.dataPages(rowset), columns)
    return
  }
  const decode = rowDecoderOf(files, request, rowset)
  for (const page of request.storage.dataPages(rowset)) {
    for (const position of pageRecords(files, page)) {
      yield decode(new FixedVarRecord(position.page, position.offset))
    }
  }
}

/** The decoder of the wanted columns of a rowset without compression. */
export function rowDecoderOf(files: FileExtents, request: ScanRequest, rowset: Rowset): RowDecoder {
  return rowDecoder(files, decodedColumns(request, rowset))
}

function decodedColumns(request: ScanRequest, rowset: Rowset): DecodedColumn[] {
  return request.columnIds.map((columnId) => decodedColumn(request, rowset, columnId))
}

function decodedColumn(request: ScanRequest, rowset: Rowset, columnId: number): DecodedColumn {
  const { storage, columns, objectId } = request
  const column = columns.find((candidate) => candidate.columnId === columnId)
  const physical = storage
    .columnsOf(rowset.rowsetId)
    .find((candidate) => candidate.columnId === columnId && !candidate.isDropped)
  if (column === undefined || physical === undefined) {
    throw new PlatformError('INVALID_ARGUMENT', `object ${objectId} stores no column ${columnId}`)
  }
  const unreadable = column.isFilestream ? 'a FILESTREAM' : unknownType(column.systemTypeId)
  if (unreadable !== undefined) {
    throw unsupported(`column ${column.name} of ${nameOf(request)} is ${unreadable}`)
  }
  const valueWhenAbsent = () => storage.valueWhenAbsent(physical, column)
  return { type: storedType(column.type, physical), physical, valueWhenAbsent }
}

/** Always Encrypted columns keep their declared type in the catalog, and ciphertext in the rows. */
function storedType(type: SqlType, physical: PhysicalColumn): SqlType {
  const isDeclaredSo = fixedSizeOf(type) === undefined && type.collationId === 0
  if (physical.systemTypeId !== VARBINARY_TYPE || isDeclaredSo) return type
  return { name: 'varbinary', maxLength: physical.length, precision: 0, scale: 0, collationId: 0 }
}

/** The json of SQL Server 2025 is kept in a binary form that is not published. */
function unknownType(systemTypeId: number): string | undefined {
  if (systemTypeId === JSON_TYPE) return 'of the type json'
  return isKnownSystemType(systemTypeId) ? undefined : `of the type ${systemTypeId}`
}

function unsupported(what: string): PlatformError {
  return new PlatformError('UNSUPPORTED_STORAGE', `${what}, which is not supported`)
}
