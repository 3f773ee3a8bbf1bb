import type { BoundPredicate } from './bound.ts'
import type { Column } from './column.ts'
import { conjunction, conjunctsOf, equalityOf } from './conjuncts.ts'
import { columnsOf, type JoinPlan, type Plan } from './plan.ts'
import { filtered, pushPredicates } from './push-predicates.ts'
import { columnsUsed, isDeterministic, maySuspend } from './walk.ts'

interface Relation {
  readonly plan: Plan
  readonly columns: ReadonlySet<Column>
}

/**
 * Inner joins and the conditions above them: each condition goes to the one table it is about or to
 * the join at which its tables first meet. Tables are joined in the order they were written, except
 * that one without a link to those before it waits for the table that links them.
 */
export function orderJoins(join: JoinPlan, above: readonly BoundPredicate[]): Plan {
  const plans: Plan[] = []
  const predicates: BoundPredicate[] = [...above]
  flatten(join, plans, predicates)
  const relations = plans.map((plan): Relation => ({ plan, columns: new Set(columnsOf(plan)) }))
  const own = new Set(relations.flatMap(({ columns }) => [...columns]))
  const local = new Map<Relation, BoundPredicate[]>()
  const pending: BoundPredicate[] = []
  const last: BoundPredicate[] = []
  for (const predicate of predicates) {
    const used = [...columnsUsed(predicate)].filter((column) => own.has(column))
    const home = relations.find(({ columns }) => used.every((column) => columns.has(column)))
    // A filter can suspend while a subquery runs, a join can't.
    const waits = home === undefined && maySuspend(predicate)
    if (used.length === 0 || waits || !isDeterministic(predicate)) last.push(predicate)
    else if (home === undefined) pending.push(predicate)
    else local.set(home, [...(local.get(home) ?? []), predicate])
  }
  const filteredRelations = relations.map((relation) => ({
    ...relation,
    plan: pushPredicates(relation.plan, local.get(relation) ?? []),
  }))
  return filtered(joinInOrder(filteredRelations, pending, own), last)
}

function flatten(plan: Plan, plans: Plan[], predicates: BoundPredicate[]): void {
  if (plan.kind === 'filter') {
    predicates.push(...conjunctsOf(plan.predicate))
    flatten(plan.input, plans, predicates)
    return
  }
  if (plan.kind !== 'join' || plan.type !== 'inner') {
    plans.push(plan)
    return
  }
  predicates.push(...conjunctsOf(plan.on))
  flatten(plan.left, plans, predicates)
  flatten(plan.right, plans, predicates)
}

function joinInOrder(
  relations: readonly Relation[],
  predicates: readonly BoundPredicate[],
  own: ReadonlySet<Column>,
): Plan {
  const waiting = [...relations]
  const pending = new Set(predicates)
  let joined = waiting.shift()
  if (joined === undefined) throw new RangeError('a join has tables')
  while (waiting.length > 0) {
    const next = takeLinked(waiting, joined, pending)
    const columns: ReadonlySet<Column> = new Set([...joined.columns, ...next.columns])
    const on = [...pending].filter((predicate) =>
      [...columnsUsed(predicate)].every((column) => columns.has(column) || !own.has(column)),
    )
    for (const predicate of on) pending.delete(predicate)
    const plan: Plan = {
      kind: 'join',
      type: 'inner',
      left: joined.plan,
      right: next.plan,
      on: conjunction(on),
    }
    joined = { plan, columns }
  }
  return joined.plan
}

/** The first waiting table that an equality links to the joined ones, else the first. */
function takeLinked(
  waiting: Relation[],
  joined: Relation,
  pending: ReadonlySet<BoundPredicate>,
): Relation {
  const linked = waiting.findIndex(({ columns }) =>
    [...pending].some(
      (predicate) =>
        equalityOf(
          predicate,
          (column) => joined.columns.has(column),
          (column) => columns.has(column),
        ) !== undefined,
    ),
  )
  const [next] = waiting.splice(Math.max(linked, 0), 1)
  if (next === undefined) throw new RangeError('a table is waiting')
  return next
}
