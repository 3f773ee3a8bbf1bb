import { SqlError } from '../../../sql-error.ts'
import type { SelectSpecification } from '../../syntax/index.ts'
import type { Bound, BoundPredicate, SortKey } from '../plan/bound.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import { columnsOf, type Output, type Plan } from '../plan/plan.ts'
import { columnNode } from './bind-expression.ts'
import { bindFrom } from './bind-from.ts'
import { bindGrouping } from './bind-group.ts'
import { type BoundOrder, bindOrder } from './bind-order.ts'
import { bindPredicate } from './bind-predicate.ts'
import type { BoundQuery, QueryTail } from './bind-query.ts'
import { checkDistinct } from './bind-select-distinct.ts'
import { bindOffset, bindTop } from './bind-top.ts'
import type { Environment } from './environment.ts'
import { planWindows } from './plan-windows.ts'
import { Scope } from './scope.ts'
import { type BoundItem, bindItems, outputOf } from './select-items.ts'

/** The select block on its way to a plan: its input so far, its items and its order. */
export interface Block {
  readonly plan: Plan
  readonly items: readonly BoundItem[]
  readonly orders: readonly BoundOrder[]
}

/** Binds SELECT … FROM … WHERE … GROUP BY … HAVING with the ORDER BY and OFFSET that follow it. */
export function bindSelect(
  spec: SelectSpecification,
  tail: QueryTail,
  environment: Environment,
): BoundQuery {
  const { statement } = environment
  const from = bindFrom(spec.from, environment)
  const scope = new Scope(from.sources, environment.scope, statement)
  const inner = (clause: Environment['clause']) => ({ ...environment, scope, clause })
  const filtered =
    spec.where === undefined
      ? from.plan
      : filterOf(from.plan, bindPredicate(spec.where, inner('where')))
  const items = bindItems(spec, inner('select'))
  const orders = bindOrder(tail.orderBy, items, inner('order by'))
  const grouped = bindGrouping(spec, { plan: filtered, items, orders }, inner('group by'))
  const block = planWindows(grouped, statement)
  const bound = spec.distinct
    ? finishDistinct(spec, tail, block, environment)
    : finish(spec, tail, block, environment)
  const assignments = items.flatMap(({ variable }, index) => {
    const column = bound.columns[index]
    return variable === undefined || column === undefined ? [] : [{ variable, column }]
  })
  return assignments.length === 0 ? bound : { ...bound, assignments }
}

function filterOf(input: Plan, predicate: BoundPredicate): Plan {
  return { kind: 'filter', input, predicate }
}

/** Order and limit first, then compute the select list: only for the rows that are left. */
function finish(
  spec: SelectSpecification,
  tail: QueryTail,
  block: Block,
  environment: Environment,
): BoundQuery {
  const { plan: input, keys, items } = precomputeKeys(block, environment)
  const sorted: Plan = keys.length === 0 ? input : { kind: 'sort', input, keys }
  const limited = limit(sorted, { spec, tail, ties: keys }, environment)
  const outputs = items.map((item) => outputOf(item, environment.statement))
  return {
    plan: { kind: 'project', input: limited, outputs },
    columns: outputs.map(({ column }) => column),
  }
}

/** Gives every sort key that is not a column one of its own, so that it is computed once. */
function precomputeKeys(
  { plan, items, orders }: Block,
  { statement }: Environment,
): { plan: Plan; keys: readonly SortKey[]; items: readonly BoundItem[] } {
  const computed = new Map<string, Output>()
  const keys = orders.map(({ item, expression: written, descending }): SortKey => {
    const expression = (item === undefined ? written : items[item]?.expression) ?? written
    if (expression.kind === 'column') return { expression, descending }
    const key = fingerprint(expression)
    const { type, nullable } = expression
    const column =
      computed.get(key)?.column ?? statement.columns.create({ name: '', type, nullable })
    computed.set(key, { column, expression })
    return { expression: columnNode(column), descending }
  })
  if (computed.size === 0) return { plan, keys, items }
  const passed = columnsOf(plan).map((column) => ({ column, expression: columnNode(column) }))
  const reuse = (expression: Bound): Bound => {
    const known = computed.get(fingerprint(expression))
    return known === undefined ? expression : columnNode(known.column)
  }
  return {
    plan: { kind: 'project', input: plan, outputs: [...passed, ...computed.values()] },
    keys,
    items: items.map((item) => ({ ...item, expression: reuse(item.expression) })),
  }
}

/** DISTINCT works on the finished select list, so the order can only name its items. */
function finishDistinct(
  spec: SelectSpecification,
  tail: QueryTail,
  { plan, items, orders }: Block,
  environment: Environment,
): BoundQuery {
  const outputs = items.map((item) => outputOf(item, environment.statement))
  const columns = outputs.map(({ column }) => column)
  checkDistinct(columns, spec.line)
  const keys = orders.map(({ item, descending }): SortKey => {
    const column = item === undefined ? undefined : columns[item]
    if (column !== undefined) return { expression: columnNode(column), descending }
    throw new SqlError(
      145,
      'ORDER BY items must appear in the select list if SELECT DISTINCT is specified.',
      { severity: 15, line: spec.line },
    )
  })
  const input: Plan = { kind: 'distinct', input: { kind: 'project', input: plan, outputs } }
  const sorted: Plan = keys.length === 0 ? input : { kind: 'sort', input, keys }
  return { plan: limit(sorted, { spec, tail, ties: keys }, environment), columns }
}

/** @throws SqlError 10741 when both TOP and OFFSET are there */
function limit(
  input: Plan,
  { spec, tail, ties }: { spec: SelectSpecification; tail: QueryTail; ties: readonly SortKey[] },
  environment: Environment,
): Plan {
  const { top, line } = spec
  if (top === undefined) return bindOffset(input, tail, environment)
  if (tail.offset !== undefined) {
    throw new SqlError(10741, 'A TOP can not be used in the same query or sub-query as a OFFSET.', {
      severity: 15,
      line,
    })
  }
  return bindTop(input, { top, ties, line }, environment)
}
