import { filter } from '../operators/filter.ts'
import { adaptiveSpool, indexSpool } from '../operators/index-spool.ts'
import type { Operator } from '../operators/operator.ts'
import type { BoundPredicate } from '../plan/bound.ts'
import { conjunction, conjunctsOf, type Equality, equalityOf } from '../plan/conjuncts.ts'
import { estimateRows } from '../plan/estimate-rows.ts'
import { columnsOf, type FilterPlan, type Plan } from '../plan/plan.ts'
import { isStable } from '../plan/walk.ts'
import { FEWEST_LOOKUPS, ROWS_PER_LOOKUP } from './compile-join.ts'
import { compileKey, compileSettledTest } from './compile-keys.ts'
import { compile, compileFilter, expressionContext, type PlanContext } from './compile-plan.ts'

/**
 * A filter on equalities with outer columns, opened once per outer row over an input that stays the
 * same, becomes a lookup. Undefined when the filter is not of that kind.
 */
export function compileIndexSpool(plan: FilterPlan, context: PlanContext): Operator | undefined {
  const whole = withoutSeek(plan.input)
  if (!context.isRepeated || !isStable(whole)) return undefined
  const { equalities, rest } = splitFilter(plan)
  if (equalities.length === 0) return undefined
  const input = compile(whole, context)
  const inner = expressionContext(input.columns, context)
  const outer = expressionContext([], context)
  const spool = indexSpool(
    input,
    equalities.map((equality) => compileKey(equality.left, inner)),
    equalities.map((equality) => compileKey(equality.right, outer)),
  )
  const hashed =
    rest.length === 0 ? spool : filter(spool, compileSettledTest(conjunction(rest), inner))
  if (whole === plan.input) return hashed
  const mostSeeks = Math.max(FEWEST_LOOKUPS, estimateRows(whole) / ROWS_PER_LOOKUP)
  return adaptiveSpool(compileFilter(plan, context), hashed, mostSeeks)
}

/** The table in full, where an index would be asked for the rows of one outer row. */
function withoutSeek(plan: Plan): Plan {
  if (plan.kind !== 'scan' || plan.access === undefined || isStable(plan)) return plan
  const { access, ...whole } = plan
  return whole
}

function splitFilter(plan: FilterPlan): {
  equalities: readonly Equality[]
  rest: readonly BoundPredicate[]
} {
  const own = new Set(columnsOf(plan.input))
  const equalities: Equality[] = []
  const rest: BoundPredicate[] = []
  for (const conjunct of conjunctsOf(plan.predicate)) {
    const equality = equalityOf(
      conjunct,
      (column) => own.has(column),
      (column) => !own.has(column),
    )
    if (equality === undefined) rest.push(conjunct)
    else equalities.push(equality)
  }
  return { equalities, rest }
}
