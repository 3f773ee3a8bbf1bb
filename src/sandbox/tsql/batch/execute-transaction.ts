import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import { sessionCursors } from '../cursor/index.ts'
import type { TransactionStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/**
 * BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION; the client is told when the outermost one begins and ends.
 * @throws SqlError 3902, 3903, 6401, 628, …
 */
export function executeTransaction(node: TransactionStatement, state: BatchState): Flow {
  const { session, transaction } = state.host
  const { action } = node
  const name = nameOf(node, state)
  if (state.isInsertExec) refuseInInsertExec(node, name, state)
  const before = session.transactionCount
  // With IMPLICIT_TRANSACTIONS on, BEGIN is inside the transaction that it makes begin.
  if (action === 'begin' && state.option('IMPLICIT_TRANSACTIONS') === true && before === 0) {
    transaction.begin()
  }
  if (action === 'begin') transaction.begin(name)
  else if (action === 'commit') transaction.commit()
  else if (action === 'rollback') transaction.rollback(name)
  else transaction.save(name)
  announceTransaction(before, action, state)
  if (before > 0 && session.transactionCount === 0) closeCursors(state)
  session.rowCount = 0
  state.done({ command: action === 'save' ? DONE_COMMANDS.none : DONE_COMMANDS[action] })
  return 'next'
}

/** The rows INSERT … EXEC is gathering are in the transaction. @throws SqlError 3915, 3916 */
function refuseInInsertExec(
  { action }: TransactionStatement,
  name: string,
  { host }: BatchState,
): void {
  if (action === 'rollback' && name === '') {
    throw new SqlError(3915, 'Cannot use the ROLLBACK statement within an INSERT-EXEC statement.', {
      state: 0,
    })
  }
  if (action === 'commit' && host.session.transactionCount <= 1) {
    throw new SqlError(
      3916,
      'Cannot use the COMMIT statement within an INSERT-EXEC statement unless BEGIN TRANSACTION is used first.',
      { state: 0 },
    )
  }
}

/** SET CURSOR_CLOSE_ON_COMMIT ON: cursors end with the transaction. */
function closeCursors(state: BatchState): void {
  if (state.option('CURSOR_CLOSE_ON_COMMIT') !== true) return
  const { global } = sessionCursors(state.host.session)
  for (const cursor of [...global.all, ...state.cursors.all]) {
    if (cursor.isOpen) cursor.close()
  }
}

/** A variable stands for the name it has. */
function nameOf({ name }: TransactionStatement, state: BatchState): string {
  return name.startsWith('@') ? `${state.findVariable(name)?.value ?? ''}` : name
}

/** Tells the client when the outermost transaction has begun or ended; `before` is the count before. */
export function announceTransaction(
  before: number,
  action: TransactionStatement['action'],
  state: BatchState,
): void {
  const after = state.host.session.transactionCount
  const descriptor = descriptorOf(state)
  if (before === 0 && after > 0) {
    state.out.environment({ kind: 'begin-transaction', descriptor })
  }
  if (before === 0 || after > 0) return
  const kind = action === 'commit' ? 'commit-transaction' : 'rollback-transaction'
  state.out.environment({ kind, descriptor })
}

/** One transaction per session at a time, so the session's number tells it apart. */
function descriptorOf({ host }: BatchState): bigint {
  return (BigInt(host.session.spid) << 32n) + 1n
}
