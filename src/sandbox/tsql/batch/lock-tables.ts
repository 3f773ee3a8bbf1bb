import type { TableLock, TableLocks } from '../host.ts'
import { throwIfCancelled } from '../query/index.ts'
import type { BatchState } from './batch-state.ts'

/**
 * Waits for the tables a statement is about to use; dispose when the statement ends.
 * @throws SqlError 1222, 1205; StatementCancelled
 */
export async function lockTables(
  tables: readonly TableLock[],
  { host, signal }: BatchState,
): Promise<TableLocks> {
  const locks = await host.transaction.lock(tables, signal)
  try {
    throwIfCancelled(signal)
  } catch (error) {
    locks[Symbol.dispose]()
    throw error
  }
  return locks
}
