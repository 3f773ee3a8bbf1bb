import { SqlError } from '../../../sql-error.ts'
import type { CallContext } from '../../functions/index.ts'
import type { ExecutionHost, TableLock, TableSource, ViewSource } from '../../host.ts'
import { hashKeyOf, sysnameType } from '../../values/index.ts'
import type { Bound, Variable } from '../plan/bound.ts'
import type { ColumnFactory } from '../plan/column.ts'
import type { FunctionServices } from '../user-function/function-services.ts'
import type { ChangeAction } from './change-target.ts'

/** Functions that belong to the batch: ERROR_NUMBER(), and variables with two at signs. */
export interface BatchNames {
  findVariable(name: string): Variable | undefined
  /** The value a parameter of an inline function stands for, in the query around the function. */
  findArgument?(name: string): Bound | undefined
  /** DECLARE @name TABLE. */
  findTableVariable(name: string): TableSource | undefined
  /** `inserted` and `deleted` of the trigger whose statement this is. */
  findTransitionTable?(name: string): TableSource | undefined
  /** Whether an INSTEAD OF trigger of the view takes what a statement does to its rows. */
  isInsteadOf?(view: ViewSource, actions: readonly ChangeAction[]): boolean
  /** For the statements of functions; undefined where only expressions are evaluated. */
  readonly services?: FunctionServices
  /** A function of the batch such as ERROR_MESSAGE, by upper-case name; `operands` binds its arguments. */
  findFunction(name: string, operands: () => readonly Bound[]): Bound | undefined
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
