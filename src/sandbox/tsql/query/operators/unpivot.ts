import type { UnpivotPlan } from '../plan/plan.ts'
import { TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** A row for each named column of the input row that is not NULL. */
export function unpivot(plan: UnpivotPlan, input: Operator): Operator {
  const kept = plan.kept.map((column) => input.columns.indexOf(column))
  const sources = plan.sources.map(({ name, column }) => ({
    name,
    position: input.columns.indexOf(column),
  }))
  return {
    columns: [...plan.kept, plan.valueColumn, plan.nameColumn],
    *open(run) {
      for (const row of input.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        for (const { name, position } of sources) {
          const value = row[position] ?? null
          if (value !== null) yield [...kept.map((index) => row[index] ?? null), value, name]
        }
      }
    },
  }
}
