import type { SystemRow } from '../table/system-row.ts'
import {
  type CatalogIndex,
  type CatalogStatistics,
  INDEX_TYPES,
  type IndexColumn,
} from './catalog-entries.ts'
import { groupBy } from './group-by.ts'

// sysidxstats, id 54, and sysiscols, id 55 (format reference 4.3).
const NAME = 0
const INDEX_STATUS = {
  isIndex: 0x1,
  unique: 0x8,
  padded: 0x10,
  primaryKey: 0x20,
  uniqueConstraint: 0x40,
  disabled: 0x80,
  hypothetical: 0x100,
  autoCreated: 0x2000,
  filtered: 0x20000,
} as const
const COLUMN_STATUS = { ofIndex: 0x2, descending: 0x4, included: 0x10 } as const

/** What sysidxstats holds of a table: its heap and indexes, and statistics of their own. */
export interface TableIndexes {
  readonly indexes: readonly CatalogIndex[]
  readonly statistics: readonly CatalogStatistics[]
}

/** Indexes and statistics by table. */
export function readIndexes(
  indexRows: Iterable<SystemRow>,
  columnRows: Iterable<SystemRow>,
): Map<number, TableIndexes> {
  const columns = groupBy(
    Array.from(columnRows, readIndexColumn).filter(({ isOfIndex }) => isOfIndex),
    ({ objectId, indexId }) => columnKey(objectId, indexId),
  )
  const rows = Array.from(indexRows, (row) => ({
    isIndex: row.int32(8) === 0 || (row.int32(12) & INDEX_STATUS.isIndex) !== 0,
    index: readIndex(row, columns),
    isAutoCreated: (row.int32(12) & INDEX_STATUS.autoCreated) !== 0,
  }))
  const tables = new Map<number, TableIndexes>()
  for (const [objectId, group] of groupBy(rows, ({ index }) => index.objectId)) {
    tables.set(objectId, {
      indexes: group.filter(({ isIndex }) => isIndex).map(({ index }) => index),
      statistics: group.filter(({ isIndex }) => !isIndex).map(toStatistics),
    })
  }
  return tables
}

function readIndex(
  row: SystemRow,
  columns: ReadonlyMap<string, StoredIndexColumn[]>,
): CatalogIndex {
  const status = row.int32(12)
  const has = (bit: number) => (status & bit) !== 0
  const objectId = row.int32(4)
  const indexId = row.int32(8)
  return {
    objectId,
    indexId,
    name: row.text(NAME),
    type: INDEX_TYPES[row.uint8(21)] ?? 'NONCLUSTERED',
    isUnique: has(INDEX_STATUS.unique),
    isPrimaryKey: has(INDEX_STATUS.primaryKey),
    isUniqueConstraint: has(INDEX_STATUS.uniqueConstraint),
    isDisabled: has(INDEX_STATUS.disabled),
    isHypothetical: has(INDEX_STATUS.hypothetical),
    isPadded: has(INDEX_STATUS.padded),
    hasFilter: has(INDEX_STATUS.filtered),
    fillFactor: row.uint8(20),
    dataSpaceId: row.int32(23),
    columns: inKeyOrder(columns.get(columnKey(objectId, indexId)) ?? []),
  }
}

interface StoredIndexColumn extends IndexColumn {
  readonly objectId: number
  readonly indexId: number
  readonly isOfIndex: boolean
}

function readIndexColumn(row: SystemRow): StoredIndexColumn {
  const status = row.int32(16)
  return {
    objectId: row.int32(4),
    indexId: row.int32(8),
    isOfIndex: (status & COLUMN_STATUS.ofIndex) !== 0,
    columnId: row.int32(20),
    keyOrdinal: row.uint8(24),
    isDescending: (status & COLUMN_STATUS.descending) !== 0,
    isIncluded: (status & COLUMN_STATUS.included) !== 0,
  }
}

function inKeyOrder(columns: readonly StoredIndexColumn[]): IndexColumn[] {
  const rank = ({ keyOrdinal }: IndexColumn) => (keyOrdinal === 0 ? Infinity : keyOrdinal)
  return columns
    .map(({ columnId, keyOrdinal, isDescending, isIncluded }) => ({
      columnId,
      keyOrdinal,
      isDescending,
      isIncluded,
    }))
    .sort((left, right) => (rank(left) < rank(right) ? -1 : Number(rank(left) > rank(right))))
}

function toStatistics(row: { index: CatalogIndex; isAutoCreated: boolean }): CatalogStatistics {
  const { objectId, indexId, name } = row.index
  return { objectId, statisticsId: indexId, name, isAutoCreated: row.isAutoCreated }
}

function columnKey(objectId: number, indexId: number): string {
  return `${objectId}:${indexId}`
}
