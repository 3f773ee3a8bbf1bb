import { NO_VALUES, TICK } from '../run/row.ts'
import { resumable } from '../run/suspension.ts'
import type { Operator, Test } from './operator.ts'

/** Passes the rows for which the condition is true. */
export function filter(input: Operator, test: Test): Operator {
  return {
    columns: input.columns,
    *open(run) {
      for (const row of input.open(run)) {
        if (row === TICK || test(row, run) === true) yield row
      }
    },
  }
}

/** A filter whose condition has subqueries, which may suspend. */
export function suspendableFilter(input: Operator, test: Test): Operator {
  return {
    columns: input.columns,
    *open(run) {
      for (const row of input.open(run)) {
        if (row === TICK) yield TICK
        else if ((yield* resumable(() => test(row, run))) === true) yield row
        else yield TICK
      }
    },
  }
}

/** Opens its input only where a condition that no row has a part in is true. */
export function gate(input: Operator, test: Test): Operator {
  return {
    columns: input.columns,
    *open(run) {
      if (test(NO_VALUES, run) === true) yield* input.open(run)
    },
  }
}
