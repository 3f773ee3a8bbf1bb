import { PlatformError } from '../../base/index.ts'
import type { FileExtents } from '../page/allocation.ts'
import type { BootPage } from '../page/boot-page.ts'
import { FixedVarRecord } from '../page/fixed-var-record.ts'
import type { Page } from '../page/page.ts'
import type { SqlValue } from '../sql-type.ts'
import {
  clusteredPages,
  compressedClusteredPages,
  heapPages,
  pageRecords,
} from '../table/data-pages.ts'
import { SystemRow } from '../table/system-row.ts'
import { readAddedDefaults } from './added-default.ts'
import type { CatalogColumn } from './catalog-entries.ts'
import { groupBy, lazy } from './group-by.ts'
import { type IndexColumns, indexKey, readIndexColumns } from './index-columns.ts'
import {
  ALLOCATION_UNIT_TYPES,
  type AllocationUnit,
  FIRST_VERSION_AFTER_2005,
  joinPhysicalColumns2005,
  type PhysicalColumn,
  type Rowset,
  readAllocationUnit,
  readPhysicalColumn,
  readRowset,
  SYSTEM_TABLES,
} from './storage-rows.ts'

/** System base tables have lower ids, and columns that older versions did not write. */
const FIRST_USER_OBJECT_ID = 100
/** The allocation unit of sysrowsets, the one that is known beforehand. */
const SYSROWSETS_ALLOCATION_UNIT = 327_680n

/**
 * Where rows are: allocation units, rowsets, physical columns. Found from the boot page alone (format
 * reference 4.2), then used to read every other system table.
 */
export class StorageCatalog {
  readonly #files: FileExtents
  readonly #boot: BootPage
  readonly #units = lazy(() => this.#readUnits())
  readonly #unitsByRowset = lazy(() => groupBy(this.#units(), (unit) => unit.rowsetId))
  readonly #rowsetsByObject = lazy(() => this.#readRowsets())
  readonly #columnsByRowset = lazy(() => this.#readColumns())

  readonly #indexColumns = lazy(() => readIndexColumns(this.systemRows(SYSTEM_TABLES.sysiscols)))
  readonly #addedDefaults = lazy(() =>
    groupBy(
      readAddedDefaults(this.systemRows(SYSTEM_TABLES.sysseobjvalues)),
      ({ rowsetId }) => rowsetId,
    ),
  )

  constructor(files: FileExtents, boot: BootPage) {
    this.#files = files
    this.#boot = boot
  }

  /** All rowsets of an object: one a partition of its heap and of each index. */
  rowsetsOf(objectId: number): readonly Rowset[] {
    return this.#rowsetsByObject().get(objectId) ?? []
  }

  get rowsets(): Iterable<Rowset> {
    return [...this.#rowsetsByObject().values()].flat()
  }

  /** The partitions of the heap or clustered index, which hold the rows, in their order. */
  dataRowsetsOf(objectId: number): readonly Rowset[] {
    return this.rowsetsOf(objectId)
      .filter(({ indexId }) => indexId === 0 || indexId === 1)
      .sort((left, right) => left.partitionNumber - right.partitionNumber)
  }

  /** Every allocation unit, those included whose rowset is gone and whose pages are still to be freed. */
  get units(): readonly AllocationUnit[] {
    return this.#units()
  }

  unitsOf(rowsetId: bigint): readonly AllocationUnit[] {
    return this.#unitsByRowset().get(rowsetId) ?? []
  }

  columnsOf(rowsetId: bigint): readonly PhysicalColumn[] {
    return this.#columnsByRowset().get(rowsetId) ?? []
  }

  /** Which columns of its table an index has, by the numbers that its rowsets give them. */
  indexColumnsOf(objectId: number, indexId: number): IndexColumns {
    return this.#indexColumns().get(indexKey(objectId, indexId)) ?? new Map()
  }

  storedColumnIds(objectId: number): readonly number[] {
    const [rowset] = this.dataRowsetsOf(objectId)
    if (rowset === undefined) return []
    return this.columnsOf(rowset.rowsetId)
      .filter(({ columnId, isDropped }) => columnId > 0 && !isDropped)
      .map(({ columnId }) => columnId)
      .sort((left, right) => left - right)
  }

  /**
   * The value of a column in rows that were written before it was added: its default of that time,
   * which SQL Server 2012 and later keep in the catalog instead of in every row.
   * @throws PlatformError UNSUPPORTED_STORAGE when a column that is never NULL has none
   */
  valueWhenAbsent(physical: PhysicalColumn, column: CatalogColumn): SqlValue {
    const value = this.#addedDefaults()
      .get(physical.rowsetId)
      ?.find(({ storageColumnId }) => storageColumnId === physical.storageColumnId)
    if (value !== undefined) return value.read(column.type)
    if (column.isNullable || column.objectId < FIRST_USER_OBJECT_ID) return null
    throw new PlatformError(
      'UNSUPPORTED_STORAGE',
      `column ${column.name} of object ${column.objectId} was added later, and its default is unknown`,
    )
  }

  /** The data pages of a rowset: by key in a clustered index, by the IAM chain in a heap. */
  *dataPages(rowset: Rowset): Generator<Page> {
    const unit = this.unitsOf(rowset.rowsetId).find(
      ({ type }) => type === ALLOCATION_UNIT_TYPES.inRow,
    )
    if (unit === undefined) return
    const { root, firstIam } = unit
    if (rowset.indexId !== 1) yield* heapPages(this.#files, firstIam)
    else if (rowset.compression === 0) yield* clusteredPages(this.#files, root)
    else yield* compressedClusteredPages(this.#files, root, firstIam)
  }

  /** The rows of a system base table; none when this version has no such table. */
  *systemRows(objectId: number): Generator<SystemRow> {
    for (const rowset of this.dataRowsetsOf(objectId)) {
      if (rowset.compression !== 0) {
        throw new PlatformError(
          'UNSUPPORTED_STORAGE',
          `the system table ${objectId} is compressed, which is not supported`,
        )
      }
      yield* this.#rowsOf(this.dataPages(rowset))
    }
  }

  *#rowsOf(pages: Iterable<Page>): Generator<SystemRow> {
    for (const page of pages) {
      for (const position of pageRecords(this.#files, page)) {
        yield new SystemRow(new FixedVarRecord(position.page, position.offset), this.#files)
      }
    }
  }

  #readUnits(): AllocationUnit[] {
    const pages = clusteredPages(this.#files, this.#boot.firstSysIndexes)
    return Array.from(this.#rowsOf(pages), readAllocationUnit)
  }

  #readRowsets(): Map<number, Rowset[]> {
    const unit = this.#units().find(
      ({ allocationUnitId }) => allocationUnitId === SYSROWSETS_ALLOCATION_UNIT,
    )
    const rows = this.#rowsOf(clusteredPages(this.#files, unit?.root))
    return groupBy(Array.from(rows, readRowset), (rowset) => rowset.objectId)
  }

  #readColumns(): Map<bigint, PhysicalColumn[]> {
    const columns =
      this.#boot.internalVersion < FIRST_VERSION_AFTER_2005
        ? joinPhysicalColumns2005(
            this.systemRows(SYSTEM_TABLES.sysrowsetcolumns),
            this.systemRows(SYSTEM_TABLES.syshobtcolumns),
          )
        : Array.from(this.systemRows(SYSTEM_TABLES.sysrscols), readPhysicalColumn)
    return groupBy(columns, (column) => column.rowsetId)
  }
}
