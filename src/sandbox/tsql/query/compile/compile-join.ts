import { adaptiveJoin } from '../operators/adaptive-join.ts'
import { hashJoin, type JoinType } from '../operators/hash-join.ts'
import { nestedLoopJoin } from '../operators/nested-loop-join.ts'
import type { Operator } from '../operators/operator.ts'
import type { BoundPredicate } from '../plan/bound.ts'
import { conjunction, conjunctsOf, type Equality, equalityOf } from '../plan/conjuncts.ts'
import { estimateRows } from '../plan/estimate-rows.ts'
import { columnsOf, type JoinPlan, type Plan } from '../plan/plan.ts'
import { isStable, maySuspend } from '../plan/walk.ts'
import { compileKey, compileSettledTest } from './compile-keys.ts'
import { compileMergeJoin, mergeableSides } from './compile-merge-join.ts'
import { applied, compile, expressionContext, type PlanContext } from './compile-plan.ts'

/** A join with its sides chosen: the right one is read into memory. */
interface Sides {
  readonly type: JoinType
  readonly left: Plan
  readonly right: Plan
}

/**
 * A hash join on the equalities between the two sides, a nested loop when there are none. Where an index
 * leads to the rows of one side, that is tried first; where indexes have both in order, they are merged.
 */
export function compileJoin(plan: JoinPlan, context: PlanContext): Operator {
  const { lookup, left, right, type } = plan
  if (lookup === undefined) return compileWholeJoin(plan, chooseSides(plan, context), context)
  const [outer, inner] = lookup.side === 'right' ? [left, right] : [right, left]
  const merge = mergeableSides(plan, outer, inner)
  return adaptiveJoin({
    outer: compile(merge?.outer ?? outer, context),
    mostLookups: Math.max(FEWEST_LOOKUPS, estimateRows(inner) / ROWS_PER_LOOKUP),
    byIndex: (rows) =>
      applied({ isOuter: type === 'left', left: rows, right: lookup.plan }, context),
    inFull: (rows) => {
      if (merge !== undefined && type !== 'full') {
        return compileMergeJoin(merge, rows, { type, context })
      }
      const given = { plan: outer, operator: rows }
      return compileWholeJoin(plan, chooseSides(plan, context), context, given)
    },
  })
}

/** For fewer rows an index is used without further ado. */
export const FEWEST_LOOKUPS = 20
/** Finding a row by an index costs about as much as reading so many in turn. */
export const ROWS_PER_LOOKUP = 20

function compileWholeJoin(
  plan: JoinPlan,
  sides: Sides,
  context: PlanContext,
  given?: { readonly plan: Plan; readonly operator: Operator },
): Operator {
  const side = (input: Plan): Operator => {
    return input === given?.plan ? given.operator : compile(input, context)
  }
  const left = side(sides.left)
  const right = side(sides.right)
  const keepsRight = context.isRepeated && isStable(sides.right)
  const { equalities, rest } = splitCondition(plan.on, sides)
  const joined = expressionContext([...left.columns, ...right.columns], context)
  const ticks = maySuspend(plan.on) ? { stepsPerTick: 1 } : {}
  if (equalities.length === 0) {
    const on = compileSettledTest(plan.on, joined)
    return nestedLoopJoin({ type: sides.type, left, right, on, keepRows: keepsRight, ...ticks })
  }
  const leftContext = expressionContext(left.columns, context)
  const rightContext = expressionContext(right.columns, context)
  return hashJoin({
    type: sides.type,
    left,
    right,
    leftKeys: equalities.map((equality) => compileKey(equality.left, leftContext)),
    rightKeys: equalities.map((equality) => compileKey(equality.right, rightContext)),
    ...(rest.length === 0 ? {} : { residual: compileSettledTest(conjunction(rest), joined) }),
    keepTable: keepsRight,
    ...ticks,
  })
}

/** From this many rows on it pays to change the order in which rows come out. */
const LARGE_INPUT_ROWS = 10_000
const SWAPPED: Readonly<Record<JoinPlan['type'], JoinType>> = {
  inner: 'inner',
  left: 'right',
  full: 'full',
}

/** Reads the side into memory that stays the same, or that is much smaller than the other. */
function chooseSides({ type, left, right }: JoinPlan, context: PlanContext): Sides {
  const swapped: Sides = { type: SWAPPED[type], left: right, right: left }
  if (context.isRepeated && isStable(left) !== isStable(right)) {
    return isStable(left) ? swapped : { type, left, right }
  }
  const rightRows = estimateRows(right)
  const isSwapped = rightRows > LARGE_INPUT_ROWS && estimateRows(left) * 2 < rightRows
  return isSwapped ? swapped : { type, left, right }
}

function splitCondition(
  on: BoundPredicate,
  { left, right }: Sides,
): {
  readonly equalities: readonly Equality[]
  readonly rest: readonly BoundPredicate[]
} {
  const leftColumns = new Set(columnsOf(left))
  const rightColumns = new Set(columnsOf(right))
  const equalities: Equality[] = []
  const rest: BoundPredicate[] = []
  for (const conjunct of conjunctsOf(on)) {
    const equality = equalityOf(
      conjunct,
      (column) => leftColumns.has(column),
      (column) => rightColumns.has(column),
    )
    if (equality === undefined) rest.push(conjunct)
    else equalities.push(equality)
  }
  return { equalities, rest }
}
