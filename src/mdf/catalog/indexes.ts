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
/** Bits of the status of an index. */
export const INDEX_STATUS = {
  isIndex: 0x1,
  hasStatistics: 0x2,
  ignoreDuplicateKeys: 0x4,
  unique: 0x8,
  padded: 0x10,
  primaryKey: 0x20,
  uniqueConstraint: 0x40,
  disabled: 0x80,
  hypothetical: 0x100,
  noRowLocks: 0x200,
  noPageLocks: 0x400,
  autoCreated: 0x2000,
  noRecompute: 0x4000,
  filtered: 0x20000,
} as const
/** Bits of the status of a column of an index. */
export const INDEX_COLUMN_STATUS = {
  ofStatistics: 0x1,
  ofIndex: 0x2,
  descending: 0x4,
  included: 0x10,
} as const

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
  const columns = groupBy(Array.from(columnRows, readIndexColumn), ({ objectId, indexId }) =>
    columnKey(objectId, indexId),
  )
  const tables = new Map<number, { indexes: CatalogIndex[]; statistics: CatalogStatistics[] }>()
  for (const row of indexRows) {
    const table = tables.get(row.int32(4)) ?? { indexes: [], statistics: [] }
    tables.set(row.int32(4), table)
    const itsColumns = columns.get(columnKey(row.int32(4), row.int32(8))) ?? []
    const isIndex = row.int32(8) === 0 || (row.int32(12) & INDEX_STATUS.isIndex) !== 0
    if (isIndex) table.indexes.push(readIndex(row, itsColumns))
    else table.statistics.push(readStatistics(row, itsColumns))
  }
  return tables
}

function readIndex(row: SystemRow, columns: readonly StoredIndexColumn[]): CatalogIndex {
  const status = row.int32(12)
  const has = (bit: number) => (status & bit) !== 0
  return {
    objectId: row.int32(4),
    indexId: row.int32(8),
    name: row.text(NAME),
    type: INDEX_TYPES[row.uint8(21)] ?? 'NONCLUSTERED',
    isUnique: has(INDEX_STATUS.unique),
    isPrimaryKey: has(INDEX_STATUS.primaryKey),
    isUniqueConstraint: has(INDEX_STATUS.uniqueConstraint),
    isDisabled: has(INDEX_STATUS.disabled),
    isHypothetical: has(INDEX_STATUS.hypothetical),
    isPadded: has(INDEX_STATUS.padded),
    hasFilter: has(INDEX_STATUS.filtered),
    ignoresDuplicateKeys: has(INDEX_STATUS.ignoreDuplicateKeys),
    allowsRowLocks: !has(INDEX_STATUS.noRowLocks),
    allowsPageLocks: !has(INDEX_STATUS.noPageLocks),
    fillFactor: row.uint8(20),
    dataSpaceId: row.int32(23),
    columns: inKeyOrder(columns.filter(({ isOfIndex }) => isOfIndex)),
  }
}

function readStatistics(row: SystemRow, columns: readonly StoredIndexColumn[]): CatalogStatistics {
  const status = row.int32(12)
  return {
    objectId: row.int32(4),
    statisticsId: row.int32(8),
    name: row.text(NAME),
    isAutoCreated: (status & INDEX_STATUS.autoCreated) !== 0,
    isNoRecompute: (status & INDEX_STATUS.noRecompute) !== 0,
    hasFilter: (status & INDEX_STATUS.filtered) !== 0,
    columnIds: columns
      .filter(({ isOfStatistics }) => isOfStatistics)
      .sort((left, right) => left.ordinal - right.ordinal)
      .map(({ columnId }) => columnId),
  }
}

interface StoredIndexColumn extends IndexColumn {
  readonly objectId: number
  readonly indexId: number
  readonly isOfIndex: boolean
  readonly isOfStatistics: boolean
  /** Its place among the columns of the index or statistics, from 1. */
  readonly ordinal: number
}

function readIndexColumn(row: SystemRow): StoredIndexColumn {
  const status = row.int32(16)
  return {
    objectId: row.int32(4),
    indexId: row.int32(8),
    isOfIndex: (status & INDEX_COLUMN_STATUS.ofIndex) !== 0,
    isOfStatistics: (status & INDEX_COLUMN_STATUS.ofStatistics) !== 0,
    ordinal: row.int32(12),
    columnId: row.int32(20),
    keyOrdinal: row.uint8(24),
    partitionOrdinal: row.uint8(25),
    isDescending: (status & INDEX_COLUMN_STATUS.descending) !== 0,
    isIncluded: (status & INDEX_COLUMN_STATUS.included) !== 0,
  }
}

function inKeyOrder(columns: readonly StoredIndexColumn[]): IndexColumn[] {
  const rank = ({ keyOrdinal }: IndexColumn) => (keyOrdinal === 0 ? Infinity : keyOrdinal)
  return columns
    .map(({ columnId, keyOrdinal, isDescending, isIncluded, partitionOrdinal }) => ({
      columnId,
      keyOrdinal,
      isDescending,
      isIncluded,
      partitionOrdinal,
    }))
    .sort((left, right) => (rank(left) < rank(right) ? -1 : Number(rank(left) > rank(right))))
}

function columnKey(objectId: number, indexId: number): string {
  return `${objectId}:${indexId}`
}
