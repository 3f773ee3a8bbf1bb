import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { compareValues } from '../../tsql/index.ts'
import type { RowOrder, StoredRow } from './ordered-rows.ts'

/** A column of a key, by its place in the table. */
export interface KeyColumn {
  readonly ordinal: number
  readonly descending: boolean
  readonly type: SqlType
}

/** Order by key columns as an index has it: NULL is below everything and equal to NULL. */
export function keyOrder(keys: readonly KeyColumn[]): RowOrder {
  return (a, b) => {
    for (const { ordinal, descending, type } of keys) {
      const order = compareNullable(a.values[ordinal] ?? null, b.values[ordinal] ?? null, type)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
}

/** Rows with equal keys stay in the order they came in. */
export function locatorOrder(a: StoredRow, b: StoredRow): number {
  return a.locator < b.locator ? -1 : a.locator > b.locator ? 1 : 0
}

export function thenByLocator(order: RowOrder): RowOrder {
  return (a, b) => order(a, b) || locatorOrder(a, b)
}

function compareNullable(a: SqlValue, b: SqlValue, type: SqlType): number {
  if (a === null) return b === null ? 0 : -1
  return b === null ? 1 : compareValues(a, b, type)
}
