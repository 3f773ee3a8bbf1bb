import type { StoredKeyColumn } from '../rowset-definition.ts'
import { ROW_ADDRESS_TYPE, type RowsetColumn, UNIQUIFIER_TYPE } from './stored-rowset.ts'

/** The columns of the heap or clustered index that an index belongs to. */
export interface TableStorage {
  readonly columns: readonly RowsetColumn[]
  readonly key: readonly StoredKeyColumn[]
  readonly isHeap: boolean
}

/** Columns of an index, by their places in the table's storage. */
export interface IndexParts {
  readonly key: readonly StoredKeyColumn[]
  readonly included: readonly number[]
  readonly isUnique: boolean
}

export interface IndexStorage {
  readonly columns: readonly RowsetColumn[]
  readonly key: readonly StoredKeyColumn[]
  /** For each column its place in the table's storage, or 'address' for the row's address. */
  readonly sources: readonly (number | 'address')[]
}

/** Tells apart rows with equal keys of a clustered index. */
export const UNIQUIFIER: RowsetColumn = {
  stored: { columnId: 0, type: UNIQUIFIER_TYPE.type, isNullable: false, isUniquifier: true },
  declared: UNIQUIFIER_TYPE,
  rowsetColumnId: 0,
}

/**
 * The columns of a nonclustered index: its key, included columns, then what finds the row, which is
 * part of the key when the index is not unique.
 */
export function indexStorage(table: TableStorage, parts: IndexParts): IndexStorage {
  const own = [...parts.key.map(({ column }) => column), ...parts.included]
  const locator = table.isHeap ? [] : table.key.filter(({ column }) => !own.includes(column))
  const sources: (number | 'address')[] = [...own, ...locator.map(({ column }) => column)]
  if (table.isHeap) sources.push('address')
  const columns = sources.map((source, index): RowsetColumn => {
    const column = source === 'address' ? undefined : table.columns[source]
    const rowsetColumnId = index + 1
    if (column === undefined) return { ...ROW_ADDRESS, rowsetColumnId }
    return { ...column, stored: { ...column.stored, isSparse: false }, rowsetColumnId }
  })
  const key = parts.key.map(({ isDescending }, index) => ({ column: index, isDescending }))
  if (!parts.isUnique) key.push(...locatorKey(table, parts, sources))
  return { columns, key, sources }
}

/** What the key of an index that is not unique ends with; columns that are included are part of it. */
function locatorKey(
  table: TableStorage,
  parts: IndexParts,
  sources: readonly (number | 'address')[],
): StoredKeyColumn[] {
  if (table.isHeap) return [{ column: sources.length - 1, isDescending: false }]
  const own = new Set(parts.key.map(({ column }) => column))
  return table.key
    .filter(({ column }) => !own.has(column))
    .map(({ column, isDescending }) => ({ column: sources.indexOf(column), isDescending }))
}

const ROW_ADDRESS: RowsetColumn = {
  stored: { columnId: 0, type: ROW_ADDRESS_TYPE.type, isNullable: false },
  declared: ROW_ADDRESS_TYPE,
  rowsetColumnId: 0,
}
