/**
 * Runs one operation to its end; never rejects. `signal` aborts when the operation is cancelled or the
 * queue closes, with a PlatformError CANCELLED or SHUTTING_DOWN as its reason.
 */
export type OperationProcessor = (operationId: string, signal: AbortSignal) => Promise<void>

/**
 * Decides when an operation runs; what it is and how far it got is in the catalog, and an entry holds
 * only its id. Operations of one **lane** run strictly one at a time, in the order they were enqueued;
 * lanes do not wait for each other.
 */
export interface OperationQueue {
  readonly name: string
  /** Accepts an operation whose row is durable. */
  enqueue(operationId: string, laneKey: string): void
  /** Starts running operations with `processor`; called once. */
  process(processor: OperationProcessor): void
  /** Aborts the operation's signal when it runs, or takes it out of its lane. */
  cancel(operationId: string): 'running' | 'removed' | 'unknown'
  /** Starts nothing more, aborts what runs and waits until it has ended. Idempotent. */
  close(): Promise<void>
}
