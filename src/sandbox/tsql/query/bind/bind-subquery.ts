import { SqlError } from '../../../sql-error.ts'
import type { QueryExpression, ScalarSubquery } from '../../syntax/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { optimise } from '../plan/optimise.ts'
import type { Plan } from '../plan/plan.ts'
import { type BoundQuery, bindQuery } from './bind-query.ts'
import type { Environment } from './environment.ts'

/**
 * Binds a query inside an expression.
 * @throws SqlError 1033 (ORDER BY without TOP), 144 in a GROUP BY list, 130 inside an aggregate
 */
export function bindSubquery(
  query: QueryExpression,
  environment: Environment,
  use: 'value' | 'exists',
): BoundQuery {
  const { clause } = environment
  if (clause === 'group by') {
    throw new SqlError(
      144,
      'Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.',
      { severity: 15, line: query.line },
    )
  }
  if (clause === 'aggregate') {
    throw new SqlError(
      130,
      'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.',
      { severity: 15, line: query.line },
    )
  }
  const bound = bindQuery(query, environment, {
    position: use === 'exists' ? 'exists' : 'subquery',
  })
  return { ...bound, plan: optimise(bound.plan, use === 'exists' ? [] : bound.columns) }
}

/** @throws SqlError 116 when the query has more than one column */
export function bindOneColumnQuery(
  query: QueryExpression,
  environment: Environment,
): { readonly plan: Plan; readonly column: Column } {
  const { plan, columns } = bindSubquery(query, environment, 'value')
  const [column] = columns
  if (column === undefined || columns.length > 1) {
    throw new SqlError(
      116,
      'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
      { line: query.line },
    )
  }
  return { plan, column }
}

export function bindScalarSubquery(node: ScalarSubquery, environment: Environment): Bound {
  const { plan, column } = bindOneColumnQuery(node.query, environment)
  return { kind: 'subquery', plan, column, type: column.type, nullable: true }
}
