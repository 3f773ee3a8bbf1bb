import { SqlError } from '../../../sql-error.ts'
import type { RecursivePlan } from '../plan/plan.ts'
import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** A recursive common table expression: the step runs over the rows of the round before. */
export function recursive(
  { columns, workTable, maxRecursion }: RecursivePlan,
  anchor: Operator,
  step: Operator,
): Operator {
  return {
    columns,
    *open(run) {
      let source = anchor
      let previousBytes = 0
      for (let depth = 0; ; depth++) {
        const round: Row[] = []
        let bytes = 0
        for (const row of source.open(run)) {
          yield row
          if (row === TICK) continue
          const rowBytes = estimatedRowBytes(row)
          run.memory.add(rowBytes)
          bytes += rowBytes
          round.push(row)
        }
        run.memory.remove(previousBytes)
        previousBytes = bytes
        if (round.length === 0) return
        if (maxRecursion > 0 && depth > maxRecursion) throw recursionExhausted(maxRecursion)
        workTable.rows = round
        source = step
        // A round may have a single row: without this an endless recursion would never let go.
        yield TICK
      }
    },
  }
}

function recursionExhausted(limit: number): SqlError {
  return new SqlError(
    530,
    `The statement terminated. The maximum recursion ${limit} has been exhausted before statement completion.`,
  )
}
