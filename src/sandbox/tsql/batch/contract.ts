import type { SqlType, SqlValue } from '../../../mdf/index.ts'

/** A variable declared before the batch starts: sp_executesql's and sp_prepare's parameters. */
export interface BatchParameter {
  /** With its `@`. */
  readonly name: string
  readonly type: SqlType
  readonly value: SqlValue
}

export interface BatchOptions {
  readonly parameters?: readonly BatchParameter[]
  /** End statements with DONEINPROC instead of DONE: an RPC runs the batch. */
  readonly inProcedure?: boolean
  /** Send columns, no rows (SET FMTONLY ON). */
  readonly describeOnly?: boolean
  readonly signal: AbortSignal
}

export interface BatchResult {
  /** Final values of the parameters, by name with `@`. */
  readonly variables: ReadonlyMap<string, SqlValue>
  /** Of RETURN n; 0 without one. */
  readonly returnStatus: number
  /** An error of severity 11 or higher was sent. */
  readonly failed: boolean
}
