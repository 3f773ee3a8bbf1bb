import type { ErrorRecord, OperationRecord } from '../catalog/index.ts'

/** What a running operation is given. */
export interface OperationContext {
  /** Aborts when the operation is cancelled or the daemon shuts down; the reason says which. */
  readonly signal: AbortSignal
  /** An earlier attempt was interrupted: whatever it had made may still be there. */
  readonly resumed: boolean
  /**
   * Runs one of the handler's steps; that it began is durable before `work` starts. `report` takes the
   * part of it that is done, 0 to 1.
   */
  step<T>(name: string, work: (report: (fraction: number) => void) => Promise<T>): Promise<T>
}

/**
 * How operations of one type are done. `run` is called again after a crash, from the start, so it
 * clears or completes what an earlier attempt left; when it throws it has taken its effects back.
 */
export interface OperationHandler {
  /** Names of the steps, in their order. */
  readonly steps: readonly string[]
  run(operation: OperationRecord, context: OperationContext): Promise<void>
  /** Records the outcome, in the transaction that ends the operation. */
  succeeded(operation: OperationRecord): void
  /** The same for one that failed or was cancelled. */
  failed(operation: OperationRecord, error: ErrorRecord): void
}
