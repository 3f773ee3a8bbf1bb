import { hashJoin } from '../operators/hash-join.ts'
import { nestedLoopJoin } from '../operators/nested-loop-join.ts'
import type { Operator } from '../operators/operator.ts'
import { conjunction, conjunctsOf, type Equality, equalityOf } from '../plan/conjuncts.ts'
import { columnsOf, type JoinPlan } from '../plan/plan.ts'
import { isStable } from '../plan/walk.ts'
import { compileKey, compileSettledTest } from './compile-keys.ts'
import { compile, expressionContext, type PlanContext } from './compile-plan.ts'

/** A hash join on the equalities between the two sides, a nested loop when there are none. */
export function compileJoin(plan: JoinPlan, context: PlanContext): Operator {
  const left = compile(plan.left, context)
  const right = compile(plan.right, context)
  const columns = columnsOf(plan)
  const keepsRight = context.isRepeated && isStable(plan.right)
  const { equalities, rest } = splitCondition(plan)
  const joined = expressionContext(columns, context)
  if (equalities.length === 0) {
    const on = compileSettledTest(plan.on, joined)
    return nestedLoopJoin({ type: plan.type, left, right, on, keepRows: keepsRight })
  }
  const leftContext = expressionContext(left.columns, context)
  const rightContext = expressionContext(right.columns, context)
  return hashJoin({
    type: plan.type,
    left,
    right,
    leftKeys: equalities.map((equality) => compileKey(equality.left, leftContext)),
    rightKeys: equalities.map((equality) => compileKey(equality.right, rightContext)),
    ...(rest.length === 0 ? {} : { residual: compileSettledTest(conjunction(rest), joined) }),
    keepTable: keepsRight,
  })
}

function splitCondition(plan: JoinPlan): {
  equalities: readonly Equality[]
  rest: ReturnType<typeof conjunctsOf>
} {
  const leftColumns = new Set(columnsOf(plan.left))
  const rightColumns = new Set(columnsOf(plan.right))
  const equalities: Equality[] = []
  const rest: ReturnType<typeof conjunctsOf>[number][] = []
  for (const conjunct of conjunctsOf(plan.on)) {
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
