/**
 * Operations: user-visible long work with steps, progress and an end, run in lanes by a queue.
 *
 * Decision: an operation's row in the catalog is the truth, and a queue entry is only its id. The
 * outcome and what it means (a clone is ready, a port is released) are one transaction. So a crash at
 * any point leaves a row that is queued or running, which the next start takes up again.
 *
 * @module
 */
export { describeOperation } from './describe-operation.ts'
export { EmbeddedQueue } from './embedded/embedded-queue.ts'
export type { OperationContext, OperationHandler } from './operation-handler.ts'
export type { OperationProcessor, OperationQueue } from './operation-queue.ts'
export { isUnfinished, operationStates } from './operation-states.ts'
export { Operations } from './operations.ts'
