import type { SqlValue } from '../../../../mdf/index.ts'
import type { Column } from '../plan/column.ts'
import { type Row, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { resumable } from '../run/suspension.ts'
import type { Evaluate, Operator } from './operator.ts'

/** Computes a new row from each row. */
export function project(
  input: Operator,
  columns: readonly Column[],
  outputs: readonly Evaluate[],
): Operator {
  const compute = rowMaker(outputs)
  return {
    columns,
    *open(run) {
      for (const row of input.open(run)) yield row === TICK ? TICK : compute(row, run)
    },
  }
}

/** A projection with subqueries, which may suspend. */
export function suspendableProject(
  input: Operator,
  columns: readonly Column[],
  outputs: readonly Evaluate[],
): Operator {
  const compute = rowMaker(outputs)
  return {
    columns,
    *open(run) {
      for (const row of input.open(run)) {
        yield row === TICK ? TICK : yield* resumable(() => compute(row, run))
      }
    },
  }
}

function rowMaker(outputs: readonly Evaluate[]): (row: Row, run: Run) => SqlValue[] {
  const width = outputs.length
  return (row, run) => {
    const values: SqlValue[] = new Array(width)
    for (let index = 0; index < width; index++) values[index] = outputs[index]?.(row, run) ?? null
    return values
  }
}
