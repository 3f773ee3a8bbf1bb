import type { SqlValue } from '../../../../mdf/index.ts'
import type { BoundFrame, WindowFunction, WindowPartition } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, type RowStream, STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { CompiledSortKey, Evaluate, Operator } from './operator.ts'
import { comparerOf, type KeyedRow, sortRows } from './sorted-rows.ts'

export interface CompiledWindowCall {
  readonly operands: readonly Evaluate[]
  readonly frame: BoundFrame
  readonly compute: WindowFunction
}

export interface WindowOptions {
  readonly input: Operator
  readonly columns: readonly Column[]
  /** PARTITION BY as sort keys, then ORDER BY. */
  readonly partition: readonly CompiledSortKey[]
  readonly order: readonly CompiledSortKey[]
  readonly calls: readonly CompiledWindowCall[]
}

/** Functions with OVER: sorts by partition and order, then computes partition by partition. */
export function window(options: WindowOptions): Operator {
  const keys = [...options.partition, ...options.order]
  return {
    columns: options.columns,
    *open(run) {
      const { rows, bytes } = yield* sortRows(options.input.open(run), keys, run)
      try {
        let start = 0
        while (start < rows.length) {
          const end = partitionEnd(rows, start, options.partition)
          yield* emitPartition(options, rows.slice(start, end), run)
          start = end
        }
      } finally {
        run.memory.remove(bytes)
      }
    },
  }
}

function partitionEnd(
  rows: readonly KeyedRow[],
  start: number,
  keys: readonly CompiledSortKey[],
): number {
  const first = rows[start]
  if (keys.length === 0 || first === undefined) return rows.length
  const compare = comparerOf(keys)
  let end = start + 1
  for (let row = rows[end]; row !== undefined && compare(first, row) === 0; row = rows[end]) {
    end += 1
  }
  return end
}

function* emitPartition(options: WindowOptions, rows: readonly KeyedRow[], run: Run): RowStream {
  const peers = peerGroups(rows, options)
  const functions = options.calls.map((call) => {
    const partition = new Partition(rows, { call, peers, run })
    run.memory.add(partition.bytes)
    return { evaluate: call.compute(partition), partition }
  })
  for (const [index, { row }] of rows.entries()) {
    const values: SqlValue[] = []
    for (const { evaluate, partition } of functions) {
      values.push(evaluate(index))
      if (partition.steps >= STEPS_PER_TICK) {
        partition.steps = 0
        yield TICK
      }
    }
    yield [...row, ...values]
  }
  for (const { partition } of functions) run.memory.remove(partition.bytes)
}

interface Peers {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Rows with equal ORDER BY values are peers; without ORDER BY all rows are. */
function peerGroups(rows: readonly KeyedRow[], { partition, order }: WindowOptions): Peers {
  const compare = comparerOf([...partition, ...order])
  const starts: number[] = []
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1]
    const isPeer = previous !== undefined && compare(previous, row) === 0
    starts.push(isPeer ? (starts[index - 1] ?? 0) : index)
  }
  const ends: number[] = new Array(rows.length)
  for (let index = rows.length - 1; index >= 0; index--) {
    const isPeer = starts[index + 1] === starts[index]
    ends[index] = isPeer ? (ends[index + 1] ?? rows.length) : index + 1
  }
  return { starts, ends }
}

class Partition implements WindowPartition {
  readonly size: number
  readonly bytes: number
  /** Operand values read since the last tick. */
  steps = 0
  readonly #operands: readonly Row[]
  readonly #peers: Peers
  readonly #frame: BoundFrame

  constructor(
    rows: readonly KeyedRow[],
    { call, peers, run }: { call: CompiledWindowCall; peers: Peers; run: Run },
  ) {
    this.size = rows.length
    this.#operands = rows.map(({ row }) => call.operands.map((operand) => operand(row, run)))
    this.#peers = peers
    this.#frame = call.frame
    this.bytes = this.#operands.reduce((sum, values) => sum + estimatedRowBytes(values), 0)
  }

  operands(index: number): readonly SqlValue[] {
    this.steps += 1
    return this.#operands[index] ?? []
  }

  peerStart(index: number): number {
    return this.#peers.starts[index] ?? 0
  }

  peerEnd(index: number): number {
    return this.#peers.ends[index] ?? this.size
  }

  frameStart(index: number): number {
    const { unit, start } = this.#frame
    if (start === 'unbounded') return 0
    return unit === 'range' ? this.peerStart(index) : Math.max(0, index + start)
  }

  frameEnd(index: number): number {
    const { unit, end } = this.#frame
    if (end === 'unbounded') return this.size
    return unit === 'range' ? this.peerEnd(index) : Math.min(this.size, index + end + 1)
  }
}
