import type { SqlValue } from '../../../../mdf/index.ts'
import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, type RowStream, STEPS_PER_TICK, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { CompiledSortKey } from './operator.ts'

/** A row with its sort keys computed. */
export interface KeyedRow {
  readonly row: Row
  readonly keys: readonly SqlValue[]
}

export interface SortedRows {
  readonly rows: readonly KeyedRow[]
  readonly bytes: number
}

/** Short enough to sort without a tick; longer inputs are merged from runs of this length. */
const RUN_LENGTH = 1024

/** Reads all rows and sorts them, stably. */
export function* sortRows(
  input: RowStream,
  keys: readonly CompiledSortKey[],
  run: Run,
): Generator<Tick, SortedRows> {
  const compare = comparerOf(keys)
  const runs: KeyedRow[][] = []
  let current: KeyedRow[] = []
  let bytes = 0
  for (const row of input) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const keyed = { row, keys: keys.map((key) => key.evaluate(row, run)) }
    const rowBytes = estimatedRowBytes(row) + estimatedRowBytes(keyed.keys)
    run.memory.add(rowBytes)
    bytes += rowBytes
    current.push(keyed)
    if (current.length < RUN_LENGTH) continue
    runs.push(current.sort(compare))
    current = []
    yield TICK
  }
  runs.push(current.sort(compare))
  return { rows: yield* mergeRuns(runs, compare), bytes }
}

type Compare = (left: KeyedRow, right: KeyedRow) => number

/** NULL sorts before everything. */
export function comparerOf(
  keys: readonly Pick<CompiledSortKey, 'compare' | 'descending'>[],
): Compare {
  return (left, right) => {
    for (const [index, key] of keys.entries()) {
      const order = compareNullable(left.keys[index] ?? null, right.keys[index] ?? null, key)
      if (order !== 0) return key.descending ? -order : order
    }
    return 0
  }
}

function compareNullable(
  left: SqlValue,
  right: SqlValue,
  key: Pick<CompiledSortKey, 'compare'>,
): number {
  if (left === null) return right === null ? 0 : -1
  return right === null ? 1 : key.compare(left, right)
}

/** Merges neighbouring runs until one is left; neighbours, so that equal rows keep their order. */
function* mergeRuns(runs: KeyedRow[][], compare: Compare): Generator<Tick, KeyedRow[]> {
  let round = runs
  while (round.length > 1) {
    const next: KeyedRow[][] = []
    for (let index = 0; index < round.length; index += 2) {
      const left = round[index] ?? []
      const right = round[index + 1]
      next.push(right === undefined ? left : yield* mergeTwo(left, right, compare))
    }
    round = next
  }
  return round[0] ?? []
}

function* mergeTwo(
  left: readonly KeyedRow[],
  right: readonly KeyedRow[],
  compare: Compare,
): Generator<Tick, KeyedRow[]> {
  const merged: KeyedRow[] = []
  let leftIndex = 0
  let rightIndex = 0
  while (leftIndex < left.length || rightIndex < right.length) {
    const a = left[leftIndex]
    const b = right[rightIndex]
    if (a !== undefined && (b === undefined || compare(a, b) <= 0)) {
      merged.push(a)
      leftIndex += 1
    } else if (b !== undefined) {
      merged.push(b)
      rightIndex += 1
    }
    if (merged.length % STEPS_PER_TICK === 0) yield TICK
  }
  return merged
}
