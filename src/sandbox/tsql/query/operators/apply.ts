import { type Row, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { joinRows } from './hash-join.ts'
import type { Operator } from './operator.ts'

/** CROSS APPLY and OUTER APPLY: `bind` hands the left row to `right` before it is opened. */
export function apply(options: {
  readonly isOuter: boolean
  readonly left: Operator
  readonly right: Operator
  readonly bind: (row: Row, run: Run) => void
}): Operator {
  const { left, right, bind, isOuter } = options
  const nullRight: Row = right.columns.map(() => null)
  return {
    columns: [...left.columns, ...right.columns],
    *open(run) {
      for (const row of left.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        bind(row, run)
        let hasMatch = false
        for (const inner of right.open(run)) {
          if (inner === TICK) {
            yield TICK
            continue
          }
          hasMatch = true
          yield joinRows(row, inner)
        }
        if (!hasMatch && isOuter) yield joinRows(row, nullRight)
        else yield TICK
      }
    },
  }
}
