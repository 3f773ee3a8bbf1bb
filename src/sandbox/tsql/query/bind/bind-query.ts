import { SqlError } from '../../../sql-error.ts'
import type { OrderItem, QueryBody, QueryExpression } from '../../syntax/index.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { bindCtes } from './bind-cte.ts'
import { bindDocument } from './bind-document.ts'
import { orderOutput } from './bind-output-order.ts'
import { bindSelect } from './bind-select.ts'
import { bindSetOperation } from './bind-set-operation.ts'
import type { Environment } from './environment.ts'
import type { Assignment } from './select-items.ts'

/** A query as a plan. `columns` are the visible ones, in order; the plan may have more. */
export interface BoundQuery {
  readonly plan: Plan
  readonly columns: readonly Column[]
  /** SELECT @a = …: the variables that take each row's values. */
  readonly assignments?: readonly Assignment[]
}

export interface QueryOptions {
  /** Where the query stands: an ordered one makes sense only as a statement. */
  readonly position: 'statement' | 'subquery' | 'exists' | 'table'
}

/** ORDER BY, OFFSET and FETCH, which follow the body they belong to. */
export type QueryTail = Pick<QueryExpression, 'orderBy' | 'offset' | 'fetch'>

/**
 * Binds a query. `environment.scope` is that of the query around it.
 * @throws SqlError with SQL Server's numbers for unknown names and misplaced clauses
 */
export function bindQuery(
  query: QueryExpression,
  environment: Environment,
  options: QueryOptions,
): BoundQuery {
  const { position } = options
  if (position !== 'statement') checkOrderIsUsed(query)
  const ctes = bindCtes(query.with, environment)
  const statement =
    query.maxRecursion === undefined
      ? environment.statement
      : { ...environment.statement, maxRecursion: query.maxRecursion }
  const inner: Environment = { ...environment, ctes, statement }
  const bound = bindBody(query.body, query, inner)
  return query.for === undefined ? bound : bindDocument(query, bound, inner, position)
}

export function bindBody(body: QueryBody, tail: QueryTail, environment: Environment): BoundQuery {
  switch (body.kind) {
    case 'select':
      return bindSelect(body, tail, environment)
    case 'set-operation':
      return orderOutput(bindSetOperation(body, environment), tail, environment)
    case 'nested': {
      const bound = bindQuery(body.query, environment, { position: 'table' })
      return orderOutput(bound, tail, environment)
    }
  }
}

/** @throws SqlError 1033 */
function checkOrderIsUsed(query: QueryExpression): void {
  const hasTop = query.body.kind === 'select' && query.body.top !== undefined
  const [first] = query.orderBy
  if (first === undefined || hasTop || query.offset !== undefined) return
  if (query.for !== undefined && query.for.kind !== 'browse') return
  throw new SqlError(
    1033,
    'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, unless TOP, OFFSET or FOR XML is also specified.',
    { severity: 15, line: lineOf(first) },
  )
}

function lineOf({ expression }: OrderItem): number {
  return expression.line
}
