import { SqlError } from '../../sql-error.ts'
import { endsAll } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { announceTransaction } from './execute-transaction.ts'

/** What an error does to the session's transaction. */
export interface ErrorFate {
  /** A TRY catches it. */
  readonly isCaught: boolean
  /** RAISERROR: SET XACT_ABORT has no say. */
  readonly isRaised: boolean
}

/**
 * An error that ends the batch, or any with XACT_ABORT on, takes the transaction with it; in a TRY the
 * transaction stays, and can only be rolled back.
 */
export function settleTransaction(
  error: SqlError,
  { isCaught, isRaised }: ErrorFate,
  state: BatchState,
): void {
  const { transaction, session } = state.host
  if (transaction.state === 0) return
  const isXactAbort = state.option('XACT_ABORT') === true && !isRaised
  if (!endsAll(error, isXactAbort)) return
  if (isCaught) {
    transaction.doom()
    return
  }
  const before = session.transactionCount
  transaction.rollback()
  announceTransaction(before, 'rollback', state)
}

/** A transaction that can only be rolled back does not outlive the client's batch. */
export function endDoomedTransaction(state: BatchState): SqlError | undefined {
  const { transaction, session } = state.host
  if (transaction.state !== -1) return undefined
  const before = session.transactionCount
  transaction.rollback()
  announceTransaction(before, 'rollback', state)
  return new SqlError(
    3998,
    'Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.',
  )
}

/** SET IMPLICIT_TRANSACTIONS ON: the first statement that uses a table begins a transaction. */
export function beginImplicitly(state: BatchState): void {
  const { session, transaction } = state.host
  if (state.option('IMPLICIT_TRANSACTIONS') !== true || session.transactionCount > 0) return
  transaction.begin()
  announceTransaction(0, 'begin', state)
}
