import type { WorkTablePlan } from '../plan/plan.ts'
import { STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** The rows of the last round, inside the step of a recursive query. */
export function workTableScan({ columns, workTable }: WorkTablePlan): Operator {
  return {
    columns,
    *open() {
      let steps = 0
      for (const row of workTable.rows) {
        yield row
        steps += 1
        if (steps % STEPS_PER_TICK === 0) yield TICK
      }
    },
  }
}
