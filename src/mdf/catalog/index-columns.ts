import type { SystemRow } from '../table/system-row.ts'
import type { PhysicalColumn } from './storage-rows.ts'

const OF_INDEX = 0x2

/** Table columns of an index by their number in the index: how its rowset names them. */
export type IndexColumns = ReadonlyMap<number, number>

/** sysiscols, id 55 (format reference 4.3): the columns of every index, by `indexKey`. */
export function readIndexColumns(rows: Iterable<SystemRow>): Map<string, Map<number, number>> {
  const indexes = new Map<string, Map<number, number>>()
  for (const row of rows) {
    if ((row.int32(16) & OF_INDEX) === 0) continue
    const key = indexKey(row.int32(4), row.int32(8))
    const columns = indexes.get(key) ?? new Map<number, number>()
    indexes.set(key, columns)
    columns.set(row.int32(12), row.int32(20))
  }
  return indexes
}

export function indexKey(objectId: number, indexId: number): string {
  return `${objectId}:${indexId}`
}

/** Whether a stored column is the table's column of that id. */
export function isIndexColumn({ columnId: stored, isDropped }: PhysicalColumn, columnId: number) {
  return stored === columnId && !isDropped
}
