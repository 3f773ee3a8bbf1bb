/**
 * The catalog: what exists and what is being done, in SQLite. Names and ports are reserved by UNIQUE
 * constraints, in the statement that takes them. Imports only base.
 *
 * Decision: one connection and synchronous statements. Every write is small and durable when the call
 * returns, so no other code runs between a check and the write that depends on it.
 *
 * @module
 */
export { Catalog, openCatalog } from './catalog.ts'
export { CLONE_STATUSES, type CloneRecord, type CloneStatus } from './clones.ts'
export { type ErrorRecord, recordError } from './error-record.ts'
export type { EventRecord, NewEvent } from './events.ts'
export type {
  ImageFileRecord,
  ImageRecord,
  ImageStatus,
  ImageTableRecord,
} from './images.ts'
export type { InstanceRecord } from './instances.ts'
export {
  OPERATION_STATUSES,
  type OperationRecord,
  type OperationStatus,
  type OperationSubject,
  type StepRecord,
} from './operations.ts'
