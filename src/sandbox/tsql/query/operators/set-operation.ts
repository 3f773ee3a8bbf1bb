import type { Column } from '../plan/column.ts'
import { estimatedValueBytes } from '../run/memory.ts'
import { type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { type CompiledKey, groupKeyOf, type HashKey, type Operator } from './operator.ts'

/** UNION ALL: one input after the other, columns by position. */
export function unionAll(columns: readonly Column[], inputs: readonly Operator[]): Operator {
  return {
    columns,
    *open(run) {
      for (const input of inputs) yield* input.open(run)
    },
  }
}

export interface IntersectOptions {
  readonly columns: readonly Column[]
  readonly left: Operator
  readonly right: Operator
  /** Over the columns by position, so they serve both sides. */
  readonly keys: readonly CompiledKey[]
  readonly isExcept: boolean
}

/** INTERSECT and EXCEPT: distinct left rows that are, or are not, among the right ones. */
export function intersect({ columns, left, right, keys, isExcept }: IntersectOptions): Operator {
  return {
    columns,
    *open(run) {
      const present = yield* keySetOf(right.open(run), keys, run)
      const sent = new Set<HashKey>()
      for (const row of left.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        const key = groupKeyOf(keys, row, run)
        if (present.has(key) === isExcept || sent.has(key)) continue
        run.memory.add(estimatedValueBytes(key) + 16)
        sent.add(key)
        yield row
      }
    },
  }
}

function* keySetOf(
  rows: RowStream,
  keys: readonly CompiledKey[],
  run: Run,
): Generator<Tick, ReadonlySet<HashKey>> {
  const set = new Set<HashKey>()
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const key = groupKeyOf(keys, row, run)
    if (set.has(key)) continue
    run.memory.add(estimatedValueBytes(key) + 16)
    set.add(key)
  }
  return set
}
