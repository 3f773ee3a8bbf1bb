import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { type CompiledKey, type HashKey, joinKeyOf } from './operator.ts'

/** What an entry of a hash table costs besides its row. */
const ENTRY_BYTES = 64

/** The build side of a join, by key. Rows with a NULL in the key are only in `unmatchable`. */
export interface HashTable {
  readonly buckets: ReadonlyMap<HashKey, readonly Row[]>
  readonly unmatchable: readonly Row[]
  readonly bytes: number
}

/** Reads all rows into a hash table; counts them against the statement's memory. */
export function* buildHashTable(
  rows: RowStream,
  keys: readonly CompiledKey[],
  run: Run,
): Generator<Tick, HashTable> {
  const buckets = new Map<HashKey, Row[]>()
  const unmatchable: Row[] = []
  let bytes = 0
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const rowBytes = estimatedRowBytes(row) + ENTRY_BYTES
    run.memory.add(rowBytes)
    bytes += rowBytes
    const key = joinKeyOf(keys, row, run)
    if (key === undefined) {
      unmatchable.push(row)
      continue
    }
    const bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, [row])
    else bucket.push(row)
  }
  return { buckets, unmatchable, bytes }
}

/** Reads all rows into memory. */
export function* materialise(
  rows: RowStream,
  run: Run,
): Generator<Tick, { rows: Row[]; bytes: number }> {
  const all: Row[] = []
  let bytes = 0
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const rowBytes = estimatedRowBytes(row)
    run.memory.add(rowBytes)
    bytes += rowBytes
    all.push(row)
  }
  return { rows: all, bytes }
}
