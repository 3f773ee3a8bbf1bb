import { type AggregateOptions, aggregate, type CompiledAggregate } from '../operators/aggregate.ts'
import type { Operator } from '../operators/operator.ts'
import type { BoundAggregate } from '../plan/bound.ts'
import { type AggregatePlan, columnsOf } from '../plan/plan.ts'
import type { CompileContext } from './compile-expression.ts'
import { compileKey, compileSettled, compileSortKeys } from './compile-keys.ts'
import { compile, expressionContext, type PlanContext } from './compile-plan.ts'

export function compileAggregate(plan: AggregatePlan, context: PlanContext): Operator {
  const input = compile(plan.input, context)
  const inner = expressionContext(input.columns, context)
  const options: AggregateOptions = {
    input,
    columns: columnsOf(plan),
    keys: plan.keys.map(({ expression }) => compileKey(expression, inner)),
    sets: plan.sets,
    aggregates: plan.aggregates.map(({ call }) => compileCall(call, inner)),
    groupings: plan.groupings.map(({ key }) => key),
  }
  return aggregate(options)
}

function compileCall(call: BoundAggregate, context: CompileContext): CompiledAggregate {
  return {
    operands: call.operands.map((operand) => compileSettled(operand, context)),
    order: compileSortKeys(call.order, context),
    create: call.create,
    ...(call.distinct
      ? { distinctKeys: call.operands.map((operand) => compileKey(operand, context)) }
      : {}),
  }
}
