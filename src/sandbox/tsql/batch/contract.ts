import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { TableParameter } from '../../tds/index.ts'
import type { TypeName } from '../syntax/index.ts'

/** A variable declared before the batch starts: sp_executesql's and sp_prepare's parameters. */
export interface BatchParameter {
  /** With its `@`. */
  readonly name: string
  readonly type: SqlType
  readonly value: SqlValue
}

/** A table-valued parameter; without rows it is empty. */
export interface BatchTableParameter {
  readonly name: string
  readonly type: TypeName
  /** It was declared READONLY, as it must be. */
  readonly isReadOnly: boolean
  readonly sent: TableParameter | undefined
}

export interface BatchOptions {
  readonly parameters?: readonly BatchParameter[]
  readonly tables?: readonly BatchTableParameter[]
  /** End statements with DONEINPROC instead of DONE: an RPC runs the batch. */
  readonly inProcedure?: boolean
  /** Send columns, no rows (SET FMTONLY ON). */
  readonly describeOnly?: boolean
  readonly signal: AbortSignal
}

export interface BatchResult {
  /** Final values of the parameters, by name with `@`. */
  readonly variables: ReadonlyMap<string, SqlValue>
  /** An error of severity 11 or higher was sent. */
  readonly failed: boolean
  /** An error ended it with all that called it: what a client sent behind it does not run either. */
  readonly isEnded: boolean
}
