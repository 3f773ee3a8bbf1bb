import type { CompiledSortKey, Operator } from './operator.ts'
import { sortRows } from './sorted-rows.ts'

/** ORDER BY: reads everything, then gives it in order. */
export function sort(input: Operator, keys: readonly CompiledSortKey[]): Operator {
  return {
    columns: input.columns,
    *open(run) {
      const { rows, bytes } = yield* sortRows(input.open(run), keys, run)
      try {
        for (const { row } of rows) yield row
      } finally {
        run.memory.remove(bytes)
      }
    },
  }
}
