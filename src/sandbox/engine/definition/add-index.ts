import type { CatalogIndex, IndexColumn } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { rowCondition, type WrittenIndexColumn } from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { partKey } from '../tempdb/memory-catalog.ts'
import { catalogText } from './catalog-text.ts'
import type { DefinitionContext } from './definition-context.ts'
import { type DefinedTable, requireColumn, rowTable } from './table-under-construction.ts'

/** An index, or the index of a key. */
export interface IndexToAdd {
  readonly name: string
  readonly columns: readonly WrittenIndexColumn[]
  readonly include: readonly string[]
  readonly kind: 'primary-key' | 'unique' | 'index'
  readonly isUnique: boolean
  readonly isClustered: boolean
  readonly ignoresDuplicates: boolean
  readonly filterText?: string
}

const MAX_KEY_COLUMNS = 32

/** The heap a table without a clustered index is. */
export function addHeap({ database, objectId }: DefinedTable, { log }: DefinitionContext): void {
  database.catalog.indexEntries.set(objectId, [heapOf(objectId)], log)
}

/**
 * Adds an index's entry; its rows come when the table is built.
 * @throws SqlError 1902, 1909, 1911, 1913, 1919, …
 */
export function addIndex(
  table: DefinedTable,
  index: IndexToAdd,
  context: DefinitionContext,
): CatalogIndex {
  const { database, objectId } = table
  const { catalog } = database
  const existing = catalog.indexes(objectId)
  requireFreeName(table, index, existing)
  const clustered = existing.find(({ type }) => type === 'CLUSTERED')
  if (index.isClustered && clustered !== undefined) throw clusteredTwice(table, index, clustered)
  const entry = indexEntry(table, index, existing)
  const others = entry.indexId === 1 ? existing.filter(({ indexId }) => indexId !== 0) : existing
  const all = [...others, entry].sort((a, b) => a.indexId - b.indexId)
  catalog.indexEntries.set(objectId, all, context.log)
  if (index.filterText !== undefined) addFilter(table, entry, index.filterText, context)
  return entry
}

export function heapOf(objectId: number): CatalogIndex {
  return { ...PLAIN_INDEX, objectId, indexId: 0, name: '', type: 'HEAP', columns: [] }
}

function indexEntry(
  table: DefinedTable,
  index: IndexToAdd,
  existing: readonly CatalogIndex[],
): CatalogIndex {
  const lastId = Math.max(1, ...existing.map(({ indexId }) => indexId))
  return {
    ...PLAIN_INDEX,
    objectId: table.objectId,
    indexId: index.isClustered ? 1 : lastId + 1,
    name: index.name,
    type: index.isClustered ? 'CLUSTERED' : 'NONCLUSTERED',
    isUnique: index.isUnique,
    isPrimaryKey: index.kind === 'primary-key',
    isUniqueConstraint: index.kind === 'unique',
    hasFilter: index.filterText !== undefined,
    ignoresDuplicateKeys: index.ignoresDuplicates,
    columns: indexColumns(table, index),
  }
}

function indexColumns(table: DefinedTable, { name, columns, include }: IndexToAdd): IndexColumn[] {
  if (columns.length > MAX_KEY_COLUMNS) {
    throw new SqlError(
      1904,
      `The index '${name}' on table '${table.name}' has ${columns.length} columns in the key list. The maximum limit for index key column list is ${MAX_KEY_COLUMNS}.`,
    )
  }
  const seen = new Set<number>()
  const once = (column: string): number => {
    const { columnId } = requireColumn(table, column)
    if (seen.has(columnId)) throw columnTwice(column)
    seen.add(columnId)
    return columnId
  }
  const keys = columns.map(({ name: column, descending }, position): IndexColumn => {
    refuseKeyType(table, column)
    return {
      columnId: once(column),
      keyOrdinal: position + 1,
      isDescending: descending,
      isIncluded: false,
      partitionOrdinal: 0,
    }
  })
  const included = include.map((column): IndexColumn => {
    return { ...INCLUDED, columnId: once(column) }
  })
  return [...keys, ...included]
}

const INCLUDED = { keyOrdinal: 0, isDescending: false, isIncluded: true, partitionOrdinal: 0 }

/** Types without an order, and (max) types, can be no key. */
function refuseKeyType(table: DefinedTable, column: string): void {
  const { type } = requireColumn(table, column)
  const isLarge = type.maxLength === -1 || ['text', 'ntext', 'image'].includes(type.name)
  if (!isLarge) return
  throw new SqlError(
    1919,
    `Column '${column}' in table '${table.name}' is of a type that is invalid for use as a key column in an index.`,
  )
}

function addFilter(
  table: DefinedTable,
  { indexId }: CatalogIndex,
  text: string,
  { host, log }: DefinitionContext,
): void {
  rowCondition(text, rowTable(table), host)
  const { database, objectId } = table
  database.catalog.filterTexts.set(partKey(objectId, indexId), catalogText(text), log)
}

function requireFreeName(
  table: DefinedTable,
  { name }: IndexToAdd,
  existing: readonly CatalogIndex[],
): void {
  const { collationId } = table.database.settings
  const key = nameKey(name, collationId)
  if (!existing.some((index) => nameKey(index.name, collationId) === key)) return
  throw new SqlError(
    1913,
    `The operation failed because an index or statistics with name '${name}' already exists on table '${table.name}'.`,
  )
}

function clusteredTwice(table: DefinedTable, { kind }: IndexToAdd, other: CatalogIndex): SqlError {
  if (kind !== 'index') {
    return new SqlError(
      8112,
      `Cannot add more than one clustered index for constraints on table '${table.name}'.`,
    )
  }
  return new SqlError(
    1902,
    `Cannot create more than one clustered index on table '${table.name}'. Drop the existing clustered index '${other.name}' before creating another.`,
    { state: 3 },
  )
}

function columnTwice(name: string): SqlError {
  return new SqlError(
    1909,
    `Cannot use duplicate column names in index. Column name '${name}' listed more than once.`,
  )
}

const PLAIN_INDEX = {
  isUnique: false,
  isPrimaryKey: false,
  isUniqueConstraint: false,
  isDisabled: false,
  isHypothetical: false,
  isPadded: false,
  hasFilter: false,
  ignoresDuplicateKeys: false,
  allowsRowLocks: true,
  allowsPageLocks: true,
  fillFactor: 0,
  dataSpaceId: 1,
} as const
