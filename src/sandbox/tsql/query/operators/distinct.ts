import { estimatedValueBytes } from '../run/memory.ts'
import { TICK } from '../run/row.ts'
import { type CompiledKey, groupKeyOf, type HashKey, type Operator } from './operator.ts'

/** Passes the first of rows that are equal in all columns; NULLs equal each other. */
export function distinct(input: Operator, keys: readonly CompiledKey[]): Operator {
  return {
    columns: input.columns,
    *open(run) {
      const seen = new Set<HashKey>()
      let bytes = 0
      try {
        for (const row of input.open(run)) {
          if (row === TICK) {
            yield TICK
            continue
          }
          const key = groupKeyOf(keys, row, run)
          if (seen.has(key)) continue
          const keyBytes = estimatedValueBytes(key) + 16
          run.memory.add(keyBytes)
          bytes += keyBytes
          seen.add(key)
          yield row
        }
      } finally {
        run.memory.remove(bytes)
      }
    },
  }
}
