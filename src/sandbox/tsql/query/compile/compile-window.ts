import type { Operator } from '../operators/operator.ts'
import { window } from '../operators/window.ts'
import type { WindowPlan } from '../plan/plan.ts'
import { compileSettled, compileSortKeys } from './compile-keys.ts'
import { compile, expressionContext, type PlanContext } from './compile-plan.ts'

export function compileWindow(plan: WindowPlan, context: PlanContext): Operator {
  const input = compile(plan.input, context)
  const inner = expressionContext(input.columns, context)
  return window({
    input,
    // Not the plan's: a join may have changed its sides.
    columns: [...input.columns, ...plan.calls.map(({ column }) => column)],
    partition: compileSortKeys(
      plan.partition.map((expression) => ({ expression, descending: false })),
      inner,
    ),
    order: compileSortKeys(plan.order, inner),
    calls: plan.calls.map(({ call }) => ({
      operands: call.operands.map((operand) => compileSettled(operand, inner)),
      frame: call.frame,
      compute: call.compute,
    })),
  })
}
