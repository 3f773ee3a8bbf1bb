import { SqlError } from '../../../sql-error.ts'
import type { TopClause } from '../../syntax/index.ts'
import { BIGINT, FLOAT, isIntegerType } from '../../values/index.ts'
import type { SortKey } from '../plan/bound.ts'
import type { Plan } from '../plan/plan.ts'
import { bindExpression } from './bind-expression.ts'
import type { QueryTail } from './bind-query.ts'
import { convertTo } from './conversion.ts'
import type { Environment } from './environment.ts'

/** @throws SqlError 1060 (not an integer), 1062 (WITH TIES without ORDER BY) */
export function bindTop(
  input: Plan,
  { top, ties, line }: { top: TopClause; ties: readonly SortKey[]; line: number },
  environment: Environment,
): Plan {
  if (top.withTies && ties.length === 0) {
    throw new SqlError(
      1062,
      'The TOP N WITH TIES clause is not allowed without a corresponding ORDER BY clause.',
      { line },
    )
  }
  const count = bindExpression(top.count, { ...environment, clause: 'none' })
  if (!top.percent && !isIntegerType(count.type)) {
    throw new SqlError(
      1060,
      'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
      { severity: 15, line },
    )
  }
  return {
    kind: 'top',
    input,
    count: convertTo(count, top.percent ? FLOAT : BIGINT, environment.statement),
    percent: top.percent,
    ...(top.withTies ? { ties } : {}),
  }
}

/** OFFSET … FETCH over an ordered plan; the plan itself when there is none. */
export function bindOffset(input: Plan, tail: QueryTail, environment: Environment): Plan {
  if (tail.offset === undefined) return input
  const count = (expression: NonNullable<QueryTail['offset']>) =>
    convertTo(
      bindExpression(expression, { ...environment, clause: 'none' }),
      BIGINT,
      environment.statement,
    )
  return {
    kind: 'offset',
    input,
    offset: count(tail.offset),
    ...(tail.fetch === undefined ? {} : { fetch: count(tail.fetch) }),
  }
}
