import type { BatchState } from './batch-state.ts'

/**
 * The transaction that a statement is when none is open: what its triggers execute is in it, and may end it.
 * Dispose of it when the statement ends; without `complete` it is rolled back.
 */
export class StatementTransaction {
  readonly #host: BatchState['host']
  #isOwn: boolean

  constructor({ host }: BatchState) {
    this.#host = host
    this.#isOwn = host.session.transactionCount === 0
    if (this.#isOwn) host.transaction.begin()
  }

  complete(): void {
    if (this.#isOpen) this.#host.transaction.commit()
    this.#isOwn = false
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) this.#host.transaction.rollback()
  }

  /** A trigger may have ended it; what it began then is its own. */
  get #isOpen(): boolean {
    return this.#isOwn && this.#host.session.transactionCount > 0
  }
}
