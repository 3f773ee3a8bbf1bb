import { SqlError } from '../../sql-error.ts'
import type { PreparedRowChange } from '../query/index.ts'
import type { DeleteStatement, UpdateStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import { findCursor } from './find-cursor.ts'

/** The one row a statement with WHERE CURRENT OF changes. */
export interface CurrentOf {
  readonly locator: bigint
  /** @throws SqlError 16933 (another table), 16932 (a column the cursor does not let change) */
  check(prepared: PreparedRowChange): void
  /** @throws SqlError 16947 (the row is gone), 16934 (it is not as it was fetched) */
  require(found: readonly unknown[]): void
  /** What the row is now is no change from outside of the cursor. */
  noteChange(): void
}

/**
 * The row of WHERE CURRENT OF; undefined without one.
 * @throws SqlError 16916, 16917, 16929, 16930, 16931
 */
export function currentRow(
  { currentOf }: UpdateStatement | DeleteStatement,
  state: BatchState,
): CurrentOf | undefined {
  if (currentOf === undefined) return undefined
  const cursor = findCursor(currentOf, state)
  const current = cursor.requireCurrent()
  const { table, locator } = current
  const { updateColumns, concurrency } = cursor.settings
  return {
    locator,
    check({ table: target, changed }) {
      if (
        target.writer?.objectId !== table.writer?.objectId ||
        target.database !== table.database
      ) {
        throw new SqlError(
          16933,
          'The cursor does not include the table being modified or the table is not updatable through the cursor.',
        )
      }
      const allowed = updateColumns?.map((name) => name.toLowerCase())
      const names = changed.map((ordinal) => target.columns[ordinal]?.name.toLowerCase() ?? '')
      if (allowed !== undefined && names.some((name) => !allowed.includes(name))) {
        throw new SqlError(
          16932,
          'The cursor has a FOR UPDATE list and the requested column to be updated is not in this list.',
        )
      }
    },
    require(found) {
      if (found.length === 0) throw new SqlError(16947, 'No rows were updated or deleted.')
      const now = table.writer?.find(locator)
      if (concurrency === 'optimistic' && now !== current.values) {
        throw new SqlError(
          16934,
          'Optimistic concurrency check failed. The row was modified outside of this cursor.',
        )
      }
    },
    noteChange: () => cursor.noteChange(),
  }
}
