import type { TableFunctionPlan } from '../plan/plan.ts'
import { NO_VALUES, STEPS_PER_TICK, TICK } from '../run/row.ts'
import { resumable } from '../run/suspension.ts'
import type { Evaluate, Operator } from './operator.ts'

/** A table-valued function; its arguments come from variables and outer rows. */
export function tableFunction(
  { columns, rows }: TableFunctionPlan,
  operands: readonly Evaluate[],
): Operator {
  return {
    columns,
    *open(run) {
      const values = yield* resumable(() => operands.map((operand) => operand(NO_VALUES, run)))
      let steps = 0
      for (const row of rows(values, run)) {
        yield row
        steps += 1
        if (steps % STEPS_PER_TICK === 0) yield TICK
      }
    },
  }
}
