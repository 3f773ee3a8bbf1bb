/**
 * Batches: statements run in turn, with variables, control flow, errors and messages.
 *
 * @module
 */
export type {
  BatchOptions,
  BatchParameter,
  BatchResult,
  BatchTableParameter,
} from './contract.ts'
export { describeBatch } from './describe-batch.ts'
export { runBatch, runBulkLoad } from './run-batch.ts'
export { type CallArgument, type ProcedureResult, runProcedure } from './run-procedure.ts'
export { type FetchedRow, ServerCursor, type ServerCursorOptions } from './server-cursor.ts'
