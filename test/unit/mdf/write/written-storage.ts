import path from 'node:path'
import type { PhysicalColumn } from '../../../../src/mdf/catalog/storage-rows.ts'
import { compressedRows } from '../../../../src/mdf/compression/compressed-rows.ts'
import { PageFile } from '../../../../src/mdf/index.ts'
import type { FileExtents } from '../../../../src/mdf/page/allocation.ts'
import { FixedVarRecord } from '../../../../src/mdf/page/fixed-var-record.ts'
import { type Page, readVerifiedPage } from '../../../../src/mdf/page/page.ts'
import {
  MAX_LENGTH,
  type SqlType,
  type SqlTypeName,
  type SqlValue,
} from '../../../../src/mdf/sql-type.ts'
import { clusteredPages, heapPages, pageRecords } from '../../../../src/mdf/table/data-pages.ts'
import { rowDecoder } from '../../../../src/mdf/table/row-decoder.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  StoredColumn,
  WrittenRowset,
} from '../../../../src/mdf/write/rowset-definition.ts'
import {
  type DataFileToWrite,
  layOut,
  type StorageOptions,
  StorageWriter,
} from '../../../../src/mdf/write/storage/index.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

const BINDING_ID = '0D3B1C3C-71F9-4B52-8A43-6E1F3F8B6A01'
export const BOOT_RECORD = Buffer.alloc(1768, 0x5a)

export function typeOf(name: SqlTypeName, maxLength: number, more: Partial<SqlType> = {}): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId: 0, ...more }
}

export const INT = typeOf('int', 4)
export const TEXT = typeOf('nvarchar', 400)

export function column(
  columnId: number,
  type: SqlType,
  more: Partial<StoredColumn> = {},
): StoredColumn {
  return { columnId, type, isNullable: true, ...more }
}

export function rowset(
  columns: readonly StoredColumn[],
  more: Partial<RowsetDefinition> = {},
): RowsetDefinition {
  const { indexId = 0 } = more
  return {
    rowsetId: 1n << 56n,
    objectId: 1000,
    indexId,
    filegroupId: 1,
    allocationUnitIds: { inRow: 0x100n << 48n, lob: 0x101n << 48n, rowOverflow: 0x102n << 48n },
    columns,
    key: indexId === 0 ? [] : [{ column: 0, isDescending: false }],
    isUnique: true,
    fillFactor: 0,
    ...more,
  }
}

export function dataFile(folder: string, fileId: number, filegroupId = 1): DataFileToWrite {
  return {
    path: path.join(folder, `file${fileId}.${fileId === 1 ? 'mdf' : 'ndf'}`),
    fileId,
    filegroupId,
    logicalName: `file${fileId}`,
    fileGuid: `0D3B1C3C-71F9-4B52-8A43-0000000000${fileId.toString().padStart(2, '0')}`,
    maxSizePages: -1,
    growth: 128,
    growthIsPercent: false,
  }
}

export function storageWriter(
  files: readonly DataFileToWrite[],
  more: Partial<StorageOptions> = {},
): StorageWriter {
  const firstLsn = { virtualLogFile: 34, block: 100, slot: 1 }
  return new StorageWriter(files, { bindingId: BINDING_ID, firstLsn, ...more })
}

/** The files as they are on the disk, every page that is read verified. */
export class WrittenFiles implements FileExtents, Disposable {
  readonly #files: ReadonlyMap<number, PageFile>

  constructor(files: readonly DataFileToWrite[]) {
    this.#files = new Map(files.map(({ fileId, path: file }) => [fileId, PageFile.open(file)]))
  }

  readPage(fileId: number, pageNumber: number): Page {
    return readVerifiedPage(this.#file(fileId), fileId, pageNumber)
  }

  pageCountOf(fileId: number): number {
    return this.#file(fileId).pageCount
  }

  [Symbol.dispose](): void {
    for (const file of this.#files.values()) file.close()
  }

  #file(fileId: number): PageFile {
    const file = this.#files.get(fileId)
    if (file === undefined) throw new RangeError(`there is no file ${fileId}`)
    return file
  }
}

/** The rows of a heap or clustered index, read as any table's rows are. */
export function* readRows(
  files: FileExtents,
  definition: RowsetDefinition,
  written: WrittenRowset,
): Generator<SqlValue[]> {
  const inRow = written.units.find(({ type }) => type === 1)
  const columns = physicalColumns(definition).map((physical, index) => ({
    type: definition.columns[index]?.type ?? INT,
    physical,
    valueWhenAbsent: () => null,
  }))
  const decode = rowDecoder(files, columns)
  const pages =
    definition.indexId === 0
      ? heapPages(files, inRow?.firstIam)
      : clusteredPages(files, inRow?.root)
  if ((definition.compression ?? 'none') !== 'none') {
    yield* compressedRows(files, pages, columns)
    return
  }
  for (const page of pages) {
    for (const position of pageRecords(files, page)) {
      yield decode(new FixedVarRecord(position.page, position.offset))
    }
  }
}

/** The columns as the catalog describes them. */
export function physicalColumns(definition: RowsetDefinition): PhysicalColumn[] {
  return layOut(definition).columns.map(({ column: stored, leaf, interior, ...key }) => ({
    rowsetId: definition.rowsetId,
    columnId: stored.columnId,
    storageColumnId: stored.columnId,
    systemTypeId: 0,
    leafOffset: leaf.offset,
    nullBit: leaf.nullBit,
    bitPosition: leaf.bitPosition,
    isDropped: false,
    isSparse: stored.isSparse ?? false,
    isUniquifier: stored.isUniquifier ?? false,
    keyOrdinal: key.keyOrdinal,
    isDescending: key.isDescending,
    internalOffset: interior.offset,
    internalNullBit: interior.nullBit,
    internalBitPosition: interior.bitPosition,
    length: stored.type.maxLength,
    precision: stored.type.precision,
    scale: stored.type.scale,
    collationId: stored.type.collationId,
  }))
}

/** A table of which `numbered` has rows. */
export const TABLE: readonly StoredColumn[] = [
  column(1, INT, { isNullable: false }),
  column(2, TEXT),
  column(3, typeOf('varbinary', MAX_LENGTH)),
]

export function* numbered(count: number): Generator<RowToWrite> {
  for (let id = 0; id < count; id++) {
    yield { values: [id, id % 5 === 0 ? null : `row ${id}`, id % 3 === 0 ? null : pattern(20, id)] }
  }
}

/** Bytes that tell one value from another. */
export function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff)
}

export interface WrittenTable {
  readonly rowset: WrittenRowset
  readonly files: WrittenFiles
  readonly addresses: readonly RowAddress[]
  /** Empty for a nonclustered index. */
  readonly rows: readonly SqlValue[][]
}

/** Writes one rowset into a file of its own, reads it back and hands both to `check`. */
export async function written(
  definition: RowsetDefinition,
  rows: Iterable<RowToWrite>,
  check: (table: WrittenTable) => void,
): Promise<void> {
  await using scratch = await createScratchFolder()
  const definitions = [dataFile(scratch.path, 1)]
  const writer = storageWriter(definitions)
  const addresses: RowAddress[] = []
  const result = writer.writeRowset(definition, rows, (_, address) => addresses.push(address))
  await writer.finish({ bootRecord: BOOT_RECORD })
  using files = new WrittenFiles(definitions)
  const read = definition.indexId > 1 ? [] : [...readRows(files, definition, result)]
  check({ rowset: result, files, addresses, rows: read })
}
