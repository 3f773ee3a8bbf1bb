import type { SqlValue } from '../../../mdf/index.ts'
import { compareValues, type IndexRead } from '../../tsql/index.ts'
import type { OrderedRows, StoredRow } from './ordered-rows.ts'
import type { KeyColumn } from './row-order.ts'

/** The rows of a range of an index, in its order. */
export function* seekRows(
  rows: OrderedRows,
  keys: readonly KeyColumn[],
  read: IndexRead,
): Generator<StoredRow> {
  const { low, high } = endsOf(keys, read)
  const isBelow = (row: StoredRow) => compareKey(row, keys, low) < 0
  const isAbove = (row: StoredRow) => compareKey(row, keys, high) > 0
  if (!read.isBackward) {
    for (const row of rows.scan(isBelow)) {
      if (isAbove(row)) return
      yield row
    }
    return
  }
  for (const row of rows.scanBackward(isAbove)) {
    if (isBelow(row)) return
    yield row
  }
}

/** Values of the first key columns of the range's first row and of its last one. */
function endsOf(keys: readonly KeyColumn[], { equal, low, high }: IndexRead) {
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
