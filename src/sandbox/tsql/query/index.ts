/**
 * Queries from syntax tree to rows: `bind` resolves names and types into a plan, `plan` improves it,
 * `compile` makes operators of it, and those stream rows with ticks between them.
 *
 * @module
 */

export { invalidObject } from './bind/bind-table.ts'
export type { ChangeAction } from './bind/change-target.ts'
export { declaredType, declaredTypeOrTable } from './bind/declared-type.ts'
export { parsedModule } from './bind/parsed-module.ts'
export { assignedValue } from './bind/select-items.ts'
export {
  type BatchNames,
  notSupported,
  type StatementContext,
} from './bind/statement-context.ts'
export type { ChangedRow, PreparedOutput } from './change/output.ts'
export { type PreparedInsert, prepareInsert, prepareRowConverter } from './change/prepare-insert.ts'
export { type MergeAction, type PreparedMerge, prepareMerge } from './change/prepare-merge.ts'
export { type PreparedRowChange, prepareRowChange } from './change/prepare-rows.ts'
export type { ViewCheck } from './change/view-check.ts'
export { type LiveQuery, type PreparedCursor, prepareCursor } from './cursor/prepare-cursor.ts'
export type { Bound, Variable } from './plan/bound.ts'
export { ColumnFactory } from './plan/column.ts'
export {
  describeQuery,
  type PreparedCondition,
  type PreparedQuery,
  type PreparedValue,
  prepareCondition,
  prepareQuery,
  prepareValue,
} from './prepare-query.ts'
export {
  type PreparedRowValue,
  prepareRowCondition,
  prepareRowValue,
  type RowTable,
} from './prepare-row.ts'
export { complete, pause, StatementCancelled, throwIfCancelled } from './run/complete.ts'
export { isHeapFull } from './run/heap.ts'
export { estimatedRowBytes, MemoryGrant, processMemoryPool } from './run/memory.ts'
export { type Row, TICK, type Tick } from './run/row.ts'
export type { Run } from './run/run.ts'
export { TimeSlice } from './run/time-slice.ts'
export { contextOf, startRun } from './start-run.ts'
export type { FunctionCursor, FunctionServices } from './user-function/function-services.ts'
