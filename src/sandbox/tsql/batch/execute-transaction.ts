import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import type { TransactionStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/** Counts transactions: with files served read-only there is nothing else to a transaction. */
export function executeTransaction(node: TransactionStatement, state: BatchState): Flow {
  switch (node.action) {
    case 'begin':
      return begin(state)
    case 'commit':
      return commit(state)
    case 'rollback':
      return rollback(node, state)
    case 'save':
      return save(node, state)
  }
}

/** One transaction per session at a time, so the session's number tells it apart. */
function descriptorOf({ host }: BatchState): bigint {
  return (BigInt(host.session.spid) << 32n) + 1n
}

function begin(state: BatchState): Flow {
  const { session } = state.host
  session.transactionCount += 1
  if (session.transactionCount === 1) {
    state.out.environment({ kind: 'begin-transaction', descriptor: descriptorOf(state) })
  }
  return finished(state, DONE_COMMANDS.begin)
}

/** @throws SqlError 3902 */
function commit(state: BatchState): Flow {
  const { session } = state.host
  if (session.transactionCount === 0) {
    throw new SqlError(
      3902,
      'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.',
    )
  }
  session.transactionCount -= 1
  if (session.transactionCount === 0) {
    state.out.environment({ kind: 'commit-transaction', descriptor: descriptorOf(state) })
  }
  return finished(state, DONE_COMMANDS.commit)
}

/** Back to a savepoint of the batch, or out of every transaction. @throws SqlError 3903 */
function rollback({ name }: TransactionStatement, state: BatchState): Flow {
  const { session } = state.host
  if (session.transactionCount === 0) {
    throw new SqlError(
      3903,
      'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.',
    )
  }
  if (!state.savepoints.has(name.toLowerCase())) {
    session.transactionCount = 0
    state.savepoints.clear()
    state.out.environment({ kind: 'rollback-transaction', descriptor: descriptorOf(state) })
  }
  return finished(state, DONE_COMMANDS.rollback)
}

/** @throws SqlError 628 */
function save({ name }: TransactionStatement, state: BatchState): Flow {
  if (state.host.session.transactionCount === 0) {
    throw new SqlError(628, 'Cannot issue SAVE TRANSACTION when there is no active transaction.')
  }
  state.savepoints.add(name.toLowerCase())
  return finished(state, DONE_COMMANDS.none)
}

function finished(state: BatchState, command: number): Flow {
  state.host.session.rowCount = 0
  state.done({ command })
  return 'next'
}
