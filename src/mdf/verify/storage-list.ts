import { PlatformError } from '../../base/index.ts'
import { StorageCatalog } from '../catalog/storage-catalog.ts'
import {
  type AllocationUnit,
  type Rowset,
  readAllocationUnit,
  readRowset,
  SYSTEM_TABLES,
} from '../catalog/storage-rows.ts'
import type { DatabaseReader } from '../database-reader.ts'
import type { SystemRow } from '../table/system-row.ts'
import type { DataFiles } from './data-file.ts'
import type { ProblemObject } from './problem.ts'
import { salvageRows } from './salvage-rows.ts'
import type { FindingPlace, VerifyReport } from './verify-report.ts'

const SCHEMA_CLASS = 50

/** What pages can belong to, as far as the catalog can be read. */
export interface StorageList {
  readonly units: readonly AllocationUnit[]
  /** Whether no unit can be missing from the list. */
  readonly isComplete: boolean
  /** undefined when the unit's rowset is not in the catalog, as that of a dropped table. */
  objectOf(unit: AllocationUnit): ProblemObject | undefined
}

export interface StorageListSource {
  /** undefined when the boot page does not lead to the catalog. */
  readonly reader: DatabaseReader | undefined
  readonly files: DataFiles
  readonly report: VerifyReport
  /** The primary file, for problems that are of no one page. */
  readonly place: FindingPlace
}

/**
 * Reads the lists of allocation units, rowsets and names. A system table whose chain is broken is
 * gathered from the pages that say they are its own.
 */
export function readStorageList(source: StorageListSource): StorageList {
  const { reader } = source
  const storage = reader && new StorageCatalog(reader, reader.bootPage)
  const units = readTable(source, {
    tableId: SYSTEM_TABLES.sysallocunits,
    read: storage && (() => storage.units),
    parse: readAllocationUnit,
  })
  const rowsets = readTable<Rowset>(source, {
    tableId: SYSTEM_TABLES.sysrowsets,
    read: storage && (() => [...storage.rowsets]),
    parse: readRowset,
  })
  const names = readNames(source, storage)
  const rowsetsById = new Map(rowsets.entries.map((rowset) => [rowset.rowsetId, rowset]))
  return {
    units: units.entries,
    isComplete: units.isComplete,
    objectOf(unit) {
      const rowset = rowsetsById.get(unit.rowsetId)
      return rowset && names(rowset)
    },
  }
}

/** The name of a rowset's object and index. */
function readNames(source: StorageListSource, storage: StorageCatalog | undefined) {
  const table = <Entry>(tableId: number, parse: (row: SystemRow) => Entry) =>
    readTable(source, {
      tableId,
      read: storage && (() => Array.from(storage.systemRows(tableId), parse)),
      parse,
    }).entries
  const schemas = new Map(
    table(SYSTEM_TABLES.sysclsobjs, readEntity)
      .filter((entity) => entity.class === SCHEMA_CLASS)
      .map(({ id, name }) => [id, name]),
  )
  const objects = new Map(
    table(SYSTEM_TABLES.sysschobjs, readObjectName).map((object) => [object.id, object]),
  )
  const indexes = new Map(
    table(SYSTEM_TABLES.sysidxstats, readIndexName).map((index) => [index.key, index.name]),
  )
  return ({ objectId, indexId }: Rowset): ProblemObject => {
    const object = objects.get(objectId)
    const schema = schemas.get(object?.schemaId ?? 0)
    return {
      objectId,
      name: object === undefined ? `object ${objectId}` : `${schema ?? '?'}.${object.name}`,
      indexId,
      indexName: indexId === 0 ? undefined : indexes.get(indexKey(objectId, indexId)),
    }
  }
}

function readEntity(row: SystemRow) {
  return { class: row.uint8(4), id: row.int32(5), name: row.text(0) }
}

function readObjectName(row: SystemRow) {
  return { id: row.int32(4), schemaId: row.int32(8), name: row.text(0) }
}

function readIndexName(row: SystemRow) {
  return { key: indexKey(row.int32(4), row.int32(8)), name: row.text(0) }
}

function indexKey(objectId: number, indexId: number): string {
  return `${objectId}:${indexId}`
}

interface TableToRead<Entry> {
  readonly tableId: number
  readonly read: (() => readonly Entry[]) | undefined
  readonly parse: (row: SystemRow) => Entry
}

function readTable<Entry>(
  { files, report, place }: StorageListSource,
  { tableId, read, parse }: TableToRead<Entry>,
): { entries: readonly Entry[]; isComplete: boolean } {
  try {
    if (read !== undefined) return { entries: read(), isComplete: true }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    report.add(place, {
      kind: error.code === 'FILE_DAMAGED' ? 'catalog' : 'not-checked',
      severity: error.code === 'FILE_DAMAGED' ? 'error' : 'warning',
      message: `system table ${tableId} cannot be read to its end: ${error.message}`,
      consequence: 'objects may be missing from the lists; pages are named by their own headers',
    })
  }
  return { entries: salvageRows(files, tableId, parse), isComplete: false }
}
