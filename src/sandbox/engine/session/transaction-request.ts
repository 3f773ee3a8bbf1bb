import type { ResultSink, TransactionRequest } from '../../tds/index.ts'
import type { SessionState, TransactionControl } from '../../tsql/index.ts'

/** The session a request of the transaction manager is for. */
export interface RequestingSession {
  readonly state: Pick<SessionState, 'options' | 'spid' | 'transactionCount'>
  readonly transaction: TransactionControl
}

/**
 * BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION as client libraries request them.
 * @throws SqlError 3902, 3903, 6401, 628, …
 */
export function changeTransaction(
  session: RequestingSession,
  request: TransactionRequest,
  out: ResultSink,
): void {
  const { transaction } = session
  const { kind, name, beginAgain } = request
  if (kind === 'save') {
    transaction.save(name)
    return
  }
  const before = session.state.transactionCount
  setIsolationLevel(session, request)
  if (kind === 'begin') transaction.begin(name)
  else if (kind === 'commit') transaction.commit()
  else transaction.rollback(name)
  announce(session, { before, kind }, out)
  if (!beginAgain || kind === 'begin' || session.state.transactionCount > 0) return
  transaction.begin()
  announce(session, { before: 0, kind: 'begin' }, out)
}

/** Levels as SET TRANSACTION ISOLATION LEVEL names them, by their numbers on the wire. */
export const ISOLATION_LEVELS: Readonly<Record<number, string>> = {
  1: 'READ UNCOMMITTED',
  2: 'READ COMMITTED',
  3: 'REPEATABLE READ',
  4: 'SERIALIZABLE',
  5: 'SNAPSHOT',
}

/** It stays the session's level when the transaction has ended. */
function setIsolationLevel(
  { state }: RequestingSession,
  { isolationLevel }: TransactionRequest,
): void {
  const level = ISOLATION_LEVELS[isolationLevel]
  if (level !== undefined) state.options.set('TRANSACTION ISOLATION LEVEL', level)
}

/** Tells the client when the outermost transaction begins and ends. */
function announce(
  { state }: RequestingSession,
  { before, kind }: { readonly before: number; readonly kind: 'begin' | 'commit' | 'rollback' },
  out: ResultSink,
): void {
  const descriptor = descriptorOf(state)
  const isOuter = kind === 'begin' ? before === 0 : before > 0 && state.transactionCount === 0
  if (isOuter) out.environment({ kind: `${kind}-transaction`, descriptor })
}

/** A session has one transaction at a time, so its own number tells it from all others. */
function descriptorOf(state: RequestingSession['state']): bigint {
  return (BigInt(state.spid) << 32n) + 1n
}
