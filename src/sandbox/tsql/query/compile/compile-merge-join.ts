import { compareValues } from '../../values/index.ts'
import { mergeJoin } from '../operators/merge-join.ts'
import type { Operator } from '../operators/operator.ts'
import type { BoundColumn, BoundPredicate } from '../plan/bound.ts'
import { conjunction, conjunctsOf, equalityOf } from '../plan/conjuncts.ts'
import { estimateRows } from '../plan/estimate-rows.ts'
import { orderedBy } from '../plan/index-order.ts'
import { columnsOf, type JoinPlan, type Plan } from '../plan/plan.ts'
import { compileKey, compileSettledTest } from './compile-keys.ts'
import { compile, expressionContext, type PlanContext } from './compile-plan.ts'

/** Two sides that indexes have in the order of the columns they are joined by. */
export interface MergeableSides {
  readonly outer: Plan
  readonly inner: Plan
  readonly outerKey: BoundColumn
  readonly innerKey: BoundColumn
  readonly rest: readonly BoundPredicate[]
}

/** Below so many rows on either side a hash table is small. */
const LARGE_INPUT_ROWS = 10_000

/** How to merge two large sides, if indexes have them in order. */
export function mergeableSides(
  { on }: JoinPlan,
  outer: Plan,
  inner: Plan,
): MergeableSides | undefined {
  if (estimateRows(outer) < LARGE_INPUT_ROWS || estimateRows(inner) < LARGE_INPUT_ROWS)
    return undefined
  const conjuncts = conjunctsOf(on)
  const outerColumns = new Set(columnsOf(outer))
  const innerColumns = new Set(columnsOf(inner))
  for (const conjunct of conjuncts) {
    const equality = equalityOf(
      conjunct,
      (column) => outerColumns.has(column),
      (column) => innerColumns.has(column),
    )
    const { left, right } = equality ?? {}
    if (left?.kind !== 'column' || right?.kind !== 'column') continue
    const ordered = {
      outer: inOrderOf(outer, left),
      inner: inOrderOf(inner, right),
    }
    if (ordered.outer === undefined || ordered.inner === undefined) continue
    const rest = conjuncts.filter((other) => other !== conjunct)
    return { outer: ordered.outer, inner: ordered.inner, outerKey: left, innerKey: right, rest }
  }
  return undefined
}

function inOrderOf(plan: Plan, key: BoundColumn): Plan | undefined {
  return orderedBy(plan, [{ expression: key, descending: false }], { mostRows: undefined })
}

/** `left` gives the rows of the outer side, in their order. */
export function compileMergeJoin(
  { outerKey, innerKey, inner, rest }: MergeableSides,
  left: Operator,
  { type, context }: { readonly type: 'inner' | 'left'; readonly context: PlanContext },
): Operator {
  const right = compile(inner, context)
  const leftContext = expressionContext(left.columns, context)
  const rightContext = expressionContext(right.columns, context)
  const joined = expressionContext([...left.columns, ...right.columns], context)
  return mergeJoin({
    type,
    left,
    right,
    leftKey: compileKey(outerKey, leftContext).evaluate,
    rightKey: compileKey(innerKey, rightContext).evaluate,
    compare: (a, b) => compareValues(a, b, outerKey.type),
    ...(rest.length === 0 ? {} : { residual: compileSettledTest(conjunction(rest), joined) }),
  })
}
