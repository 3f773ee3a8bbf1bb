import type { CommonTableExpression } from '../../syntax/index.ts'
import type { Column } from '../plan/column.ts'
import type { WorkTable } from '../plan/plan.ts'
import type { ChangeTarget } from './change-target.ts'
import type { Scope } from './scope.ts'
import { isSameName, type StatementContext } from './statement-context.ts'

/** Where in a query an expression stands: decides which calls it may have. */
export type Clause =
  | 'select'
  | 'where'
  | 'on'
  | 'group by'
  | 'having'
  | 'order by'
  | 'from'
  /** Arguments of an aggregate, of a call with OVER. */
  | 'aggregate'
  | 'window'
  /** SET, IF, PRINT, a computed column: no query at all. */
  | 'none'

/** What expressions and queries are bound in. */
export interface Environment {
  readonly statement: StatementContext
  /** Tables an expression may name; for a query, those of the queries around it. */
  readonly scope: Scope | undefined
  readonly ctes: CteScope | undefined
  readonly clause: Clause
  /** The reference of FROM whose rows the statement changes. */
  readonly changing?: ChangeTarget | undefined
}

/** A name WITH gave to a query, and how references to it are bound. */
export interface Cte {
  readonly definition: CommonTableExpression
  /** The names its own query sees: those defined before it. */
  readonly outer: CteScope | undefined
  /** Inside its own recursive part: the rows of the last round. */
  readonly recursion?: { readonly columns: readonly Column[]; readonly workTable: WorkTable }
}

/** Common table expressions by name, innermost first. */
export interface CteScope {
  readonly cte: Cte
  readonly outer: CteScope | undefined
}

export function findCte(name: string, environment: Environment): Cte | undefined {
  for (let scope = environment.ctes; scope !== undefined; scope = scope.outer) {
    if (isSameName(scope.cte.definition.name, name, environment.statement)) return scope.cte
  }
  return undefined
}
