import type { Bound, BoundPredicate } from './bound.ts'
import type { Column } from './column.ts'
import { conjunction, conjunctsOf } from './conjuncts.ts'
import { orderJoins } from './order-joins.ts'
import {
  type AggregatePlan,
  columnsOf,
  type JoinPlan,
  type Plan,
  type ProjectPlan,
  type UnionPlan,
} from './plan.ts'
import { rewritePredicate } from './rewrite.ts'
import { columnsUsed, isDeterministic, maySuspend } from './walk.ts'

type Predicates = readonly BoundPredicate[]

/** Moves the predicates, and every filter on the way, as far down as they keep their meaning. */
export function pushPredicates(plan: Plan, predicates: Predicates): Plan {
  switch (plan.kind) {
    case 'filter':
      return pushPredicates(plan.input, [...predicates, ...conjunctsOf(plan.predicate)])
    case 'join':
      return plan.type === 'inner'
        ? orderJoins(plan, predicates)
        : pushIntoOuterJoin(plan, predicates)
    case 'apply': {
      const { inside, outside } = split(predicates, new Set(columnsOf(plan.left)))
      const left = pushPredicates(plan.left, inside)
      return filtered({ ...plan, left, right: pushPredicates(plan.right, []) }, outside)
    }
    case 'project':
      return pushThroughProject(plan, predicates)
    case 'aggregate':
      return pushThroughAggregate(plan, predicates)
    case 'sort':
    case 'distinct':
      return { ...plan, input: pushPredicates(plan.input, predicates) }
    case 'union':
      return pushIntoUnion(plan, predicates)
    case 'intersect': {
      const left = pushPredicates(plan.left, [])
      return filtered({ ...plan, left, right: pushPredicates(plan.right, []) }, predicates)
    }
    case 'recursive': {
      const anchor = pushPredicates(plan.anchor, [])
      return filtered({ ...plan, anchor, step: pushPredicates(plan.step, []) }, predicates)
    }
    case 'window':
    case 'top':
    case 'offset':
    case 'unpivot':
    case 'document':
      return filtered({ ...plan, input: pushPredicates(plan.input, []) }, predicates)
    case 'scan':
    case 'rows':
    case 'work-table':
    case 'table-function':
      return filtered(plan, predicates)
  }
}

export function filtered(input: Plan, predicates: Predicates): Plan {
  // What has a subquery costs more: let the others decide first.
  const ordered = predicates.toSorted((a, b) => Number(maySuspend(a)) - Number(maySuspend(b)))
  return predicates.length === 0
    ? input
    : { kind: 'filter', input, predicate: conjunction(ordered) }
}

/** Predicates over these columns (and outer ones of the whole query), and the others. */
function split(
  predicates: Predicates,
  columns: ReadonlySet<Column>,
): { inside: BoundPredicate[]; outside: BoundPredicate[] } {
  const inside: BoundPredicate[] = []
  const outside: BoundPredicate[] = []
  for (const predicate of predicates) {
    const used = [...columnsUsed(predicate)]
    const isInside = used.some((column) => columns.has(column)) && isDeterministic(predicate)
    if (isInside && used.every((column) => columns.has(column))) inside.push(predicate)
    else outside.push(predicate)
  }
  return { inside, outside }
}

/** The kept side of an outer join takes conditions from above, the optional side those of ON. */
function pushIntoOuterJoin(plan: JoinPlan, predicates: Predicates): Plan {
  if (plan.type === 'full') {
    const left = pushPredicates(plan.left, [])
    return filtered({ ...plan, left, right: pushPredicates(plan.right, []) }, predicates)
  }
  const { inside, outside } = split(predicates, new Set(columnsOf(plan.left)))
  const on = split(conjunctsOf(plan.on), new Set(columnsOf(plan.right)))
  const join: Plan = {
    ...plan,
    left: pushPredicates(plan.left, inside),
    right: pushPredicates(plan.right, on.inside),
    on: conjunction(on.outside),
  }
  return filtered(join, outside)
}

/** A predicate over computed columns is rewritten to be over what they are computed from. */
function pushThroughProject(plan: ProjectPlan, predicates: Predicates): Plan {
  const sources = new Map(plan.outputs.map(({ column, expression }) => [column, expression]))
  const own = new Set(sources.keys())
  const isPlain = (column: Column): boolean => {
    const source = sources.get(column)
    return source === undefined || (!maySuspend(source) && isDeterministic(source))
  }
  const pushed: BoundPredicate[] = []
  const kept: BoundPredicate[] = []
  for (const predicate of predicates) {
    const used = [...columnsUsed(predicate)]
    const isMovable =
      !maySuspend(predicate) &&
      isDeterministic(predicate) &&
      used.some((column) => own.has(column)) &&
      used.every(isPlain)
    if (isMovable) pushed.push(substituted(predicate, sources))
    else kept.push(predicate)
  }
  return filtered({ ...plan, input: pushPredicates(plan.input, pushed) }, kept)
}

function substituted(
  predicate: BoundPredicate,
  sources: ReadonlyMap<Column, Bound>,
): BoundPredicate {
  return rewritePredicate(predicate, (node) =>
    node.kind === 'column' ? sources.get(node.column) : undefined,
  )
}

/** Conditions on the grouping columns decide about whole groups: they may as well decide about rows. */
function pushThroughAggregate(plan: AggregatePlan, predicates: Predicates): Plan {
  const [set, ...others] = plan.sets
  const isPlain = others.length === 0 && set?.length === plan.keys.length && set.length > 0
  if (!isPlain) return filtered({ ...plan, input: pushPredicates(plan.input, []) }, predicates)
  const sources = new Map(plan.keys.map(({ column, expression }) => [column, expression]))
  const pushed: BoundPredicate[] = []
  const kept: BoundPredicate[] = []
  for (const predicate of predicates) {
    const used = [...columnsUsed(predicate)]
    const isMovable =
      !maySuspend(predicate) &&
      isDeterministic(predicate) &&
      used.length > 0 &&
      used.every((column) => sources.has(column))
    if (isMovable) pushed.push(substituted(predicate, sources))
    else kept.push(predicate)
  }
  return filtered({ ...plan, input: pushPredicates(plan.input, pushed) }, kept)
}

function pushIntoUnion(plan: UnionPlan, predicates: Predicates): Plan {
  const own = new Set(plan.columns)
  const pushed: BoundPredicate[] = []
  const kept: BoundPredicate[] = []
  for (const predicate of predicates) {
    const isMovable =
      !maySuspend(predicate) &&
      isDeterministic(predicate) &&
      [...columnsUsed(predicate)].some((column) => own.has(column))
    if (isMovable) pushed.push(predicate)
    else kept.push(predicate)
  }
  const inputs = plan.inputs.map((input) => {
    const columns = columnsOf(input)
    const sources = new Map<Column, Bound>(
      plan.columns.flatMap((column, index) => {
        const source = columns[index]
        return source === undefined ? [] : [[column, columnReference(source)]]
      }),
    )
    return pushPredicates(
      input,
      pushed.map((predicate) => substituted(predicate, sources)),
    )
  })
  return filtered({ ...plan, inputs }, kept)
}

function columnReference(column: Column): Bound {
  return { kind: 'column', column, line: 0, type: column.type, nullable: column.nullable }
}
