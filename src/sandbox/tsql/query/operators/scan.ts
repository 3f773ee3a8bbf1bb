import type { ScanPlan } from '../plan/plan.ts'
import { STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** Reads a table from its first row to its last. */
export function scan({ source, columns, ordinals }: ScanPlan): Operator {
  return {
    columns,
    *open() {
      let steps = 0
      for (const row of source.scan(ordinals)) {
        yield row
        steps += 1
        if (steps % STEPS_PER_TICK === 0) yield TICK
      }
    },
  }
}
