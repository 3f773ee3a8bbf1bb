import type { SqlValue } from '../../../mdf/index.ts'
import { compareValues, type IndexRead, type SourceIndex } from '../../tsql/index.ts'
import type { MemoryTable, TableIndex } from './memory-table.ts'
import type { StoredRow } from './ordered-rows.ts'
import type { KeyColumn } from './row-order.ts'

/** The indexes of a table in memory by which its rows can be found. */
export function memoryIndexes({ shape }: MemoryTable): readonly SourceIndex[] {
  return shape.indexes
    .filter(({ accepts }) => accepts === undefined)
    .map(({ indexId, isUnique, keys }) => ({
      indexId,
      isUnique,
      keys: keys.map(({ ordinal, descending }) => ({
        ordinal,
        isDescending: descending,
        isOrdered: true,
      })),
      covers: () => true,
    }))
}

/** The rows of a range of an index, in its order. */
export function* seekMemoryTable(table: MemoryTable, read: IndexRead): Generator<StoredRow> {
  const index = table.shape.indexes.find(({ indexId }) => indexId === read.index.indexId)
  if (index === undefined) return
  const { low, high } = endsOf(index, read)
  const isBelow = (row: StoredRow) => compareKey(row, index.keys, low) < 0
  const isAbove = (row: StoredRow) => compareKey(row, index.keys, high) > 0
  if (!read.isBackward) {
    for (const row of table.scanIndex(index.indexId, isBelow)) {
      if (isAbove(row)) return
      yield row
    }
    return
  }
  for (const row of table.scanIndexBackward(index.indexId, isAbove)) {
    if (isBelow(row)) return
    yield row
  }
}

/** Values of the first key columns of the range's first row and of its last one. */
function endsOf({ keys }: TableIndex, { equal, low, high }: IndexRead) {
  const [first, last] = keys[equal.length]?.descending ? [high, low] : [low, high]
  return {
    low: first === undefined ? equal : [...equal, first],
    high: last === undefined ? equal : [...equal, last],
  }
}

function compareKey(
  { values }: StoredRow,
  keys: readonly KeyColumn[],
  bound: readonly SqlValue[],
): number {
  for (const [place, wanted] of bound.entries()) {
    const key = keys[place]
    if (key === undefined) break
    const value = values[key.ordinal] ?? null
    const order = value === null ? -1 : compareValues(value, wanted, key.type)
    if (order !== 0) return key.descending ? -order : order
  }
  return 0
}
