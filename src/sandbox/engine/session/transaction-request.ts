import { SqlError } from '../../sql-error.ts'
import type { ResultSink, TransactionRequest } from '../../tds/index.ts'
import type { SessionState } from '../../tsql/index.ts'

/**
 * BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION as client libraries request them. The databases are
 * read-only, so a transaction is its count and what the client is told of it.
 *
 * @throws SqlError 3902, 3903
 */
export function changeTransaction(
  state: SessionState,
  request: TransactionRequest,
  out: ResultSink,
): void {
  if (request.kind === 'save') return
  CHANGES[request.kind](state, out)
  if (request.beginAgain) begin(state, out)
}

function begin(state: SessionState, out: ResultSink): void {
  state.transactionCount += 1
  if (state.transactionCount > 1) return
  out.environment({ kind: 'begin-transaction', descriptor: descriptorOf(state) })
}

function commit(state: SessionState, out: ResultSink): void {
  if (state.transactionCount === 0) {
    throw new SqlError(
      3902,
      'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.',
    )
  }
  state.transactionCount -= 1
  if (state.transactionCount > 0) return
  out.environment({ kind: 'commit-transaction', descriptor: descriptorOf(state) })
}

function rollback(state: SessionState, out: ResultSink): void {
  if (state.transactionCount === 0) {
    throw new SqlError(
      3903,
      'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.',
    )
  }
  state.transactionCount = 0
  out.environment({ kind: 'rollback-transaction', descriptor: descriptorOf(state) })
}

const CHANGES = { begin, commit, rollback } as const

/** A session has one transaction at a time, so its own number tells it from all others. */
function descriptorOf(state: SessionState): bigint {
  return (BigInt(state.spid) << 32n) + 1n
}
