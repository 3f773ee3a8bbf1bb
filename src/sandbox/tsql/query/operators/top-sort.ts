import { estimatedRowBytes } from '../run/memory.ts'
import { NO_VALUES, type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { resumable } from '../run/suspension.ts'
import type { CompiledSortKey, Evaluate, Operator } from './operator.ts'
import { sort } from './sort.ts'
import { comparerOf, type KeyedRow } from './sorted-rows.ts'

/** Up to this many rows are kept at hand; a longer TOP sorts everything. */
const MAX_KEPT_ROWS = 10_000
/** Rows beyond the limit that are let in before the lot is sorted and cut again. */
const SLACK_ROWS = 1024

/**
 * The first rows of an order, for a TOP or FETCH above that takes no more than the sum of `counts`:
 * keeps those few instead of sorting a whole table.
 */
export function topSort(
  input: Operator,
  keys: readonly CompiledSortKey[],
  counts: readonly Evaluate[],
): Operator {
  const everything = sort(input, keys)
  return {
    columns: input.columns,
    *open(run) {
      let limit = 0
      for (const count of counts) limit += Number(yield* resumable(() => count(NO_VALUES, run)))
      // What is not a number of rows is for the operator above to complain about.
      const isShort = limit > 0 && limit <= MAX_KEPT_ROWS
      yield* isShort ? firstRows(input, { keys, limit }, run) : everything.open(run)
    },
  }
}

function* firstRows(
  input: Operator,
  { keys, limit }: { keys: readonly CompiledSortKey[]; limit: number },
  run: Run,
): RowStream {
  const { rows, bytes } = yield* collectFirst(input, { keys, limit }, run)
  try {
    for (const { row } of rows) yield row
  } finally {
    run.memory.remove(bytes)
  }
}

function* collectFirst(
  input: Operator,
  { keys, limit }: { keys: readonly CompiledSortKey[]; limit: number },
  run: Run,
): Generator<Tick, { rows: readonly KeyedRow[]; bytes: number }> {
  const compare = comparerOf(keys)
  let kept: KeyedRow[] = []
  let bytes = 0
  /** The last row of the best `limit` as of the last cut: what sorts behind it is out. */
  let worst: KeyedRow | undefined
  for (const row of input.open(run)) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const keyed = { row, keys: keys.map((key) => key.evaluate(row, run)) }
    if (worst !== undefined && compare(keyed, worst) >= 0) continue
    const rowBytes = bytesOf(keyed)
    run.memory.add(rowBytes)
    bytes += rowBytes
    kept.push(keyed)
    if (kept.length < limit + SLACK_ROWS) continue
    kept = kept.sort(compare).slice(0, limit)
    worst = kept.at(-1)
    run.memory.remove(bytes)
    bytes = kept.reduce((sum, one) => sum + bytesOf(one), 0)
    run.memory.add(bytes)
    yield TICK
  }
  return { rows: kept.sort(compare).slice(0, limit), bytes }
}

function bytesOf({ row, keys }: KeyedRow): number {
  return estimatedRowBytes(row) + estimatedRowBytes(keys)
}
