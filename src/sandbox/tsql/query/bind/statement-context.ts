import { SqlError } from '../../../sql-error.ts'
import type { CallContext } from '../../functions/index.ts'
import type { ExecutionHost, TableLock, TableSource } from '../../host.ts'
import { hashKeyOf, sysnameType } from '../../values/index.ts'
import type { Bound, Variable } from '../plan/bound.ts'
import type { ColumnFactory } from '../plan/column.ts'

/** Functions that belong to the batch: ERROR_NUMBER(), and variables with two at signs. */
export interface BatchNames {
  findVariable(name: string): Variable | undefined
  /** The value a parameter of an inline function stands for, in the query around the function. */
  findArgument?(name: string): Bound | undefined
  /** DECLARE @name TABLE. */
  findTableVariable(name: string): TableSource | undefined
  /** A function of no arguments such as ERROR_MESSAGE; by upper-case name. */
  findFunction(name: string): Bound | undefined
  /** @@ROWCOUNT and its kind, with `@@`; undefined for an unknown one. */
  findGlobal(name: string): Bound | undefined
}

/** What the binding of a statement may look at; a view has one of its own, in its database. */
export interface StatementContext {
  readonly host: ExecutionHost
  readonly database: string
  readonly collationId: number
  readonly columns: ColumnFactory
  readonly call: CallContext
  readonly names: BatchNames
  /** OPTION (MAXRECURSION n) */
  readonly maxRecursion: number
  /** The tables that were bound, for the locks of the statement; filled while binding. */
  readonly tables: TableLock[]
  /** Views around this one. */
  readonly viewDepth: number
}

/** Names that are the same to the database have the same key. */
export function nameKey(
  name: string,
  { collationId }: Pick<StatementContext, 'collationId'>,
): string {
  return `${hashKeyOf(name, sysnameType(collationId))}`
}

export function isSameName(a: string, b: string, context: StatementContext): boolean {
  return a === b || nameKey(a, context) === nameKey(b, context)
}

/** What this engine doesn't have, refused before it runs. */
export function notSupported(feature: string, line: number): SqlError {
  return new SqlError(
    40517,
    `Keyword or statement option '${feature}' is not supported in this version of SQL Server.`,
    { line },
  )
}
