import type { SqlValue } from '../../../../mdf/index.ts'
import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { joinRows } from './hash-join.ts'
import type { Evaluate, Operator, Test } from './operator.ts'

export interface MergeJoinOptions {
  readonly type: 'inner' | 'left'
  /** Both in ascending order of their keys, NULL first. */
  readonly left: Operator
  readonly right: Operator
  readonly leftKey: Evaluate
  readonly rightKey: Evaluate
  readonly compare: (left: SqlValue, right: SqlValue) => number
  /** The rest of the condition, over the joined row. */
  readonly residual?: Test
}

/** Reads both sides once, side by side; holds no more than the right rows of one key. */
export function mergeJoin(options: MergeJoinOptions): Operator {
  const { type, left, right, leftKey, compare, residual } = options
  const nullRight: Row = right.columns.map(() => null)
  return {
    columns: [...left.columns, ...right.columns],
    *open(run) {
      const groups = new KeyGroups(options, run)
      try {
        for (const row of left.open(run)) {
          if (row === TICK) {
            yield TICK
            continue
          }
          const key = leftKey(row, run)
          if (key !== null) yield* groups.advanceTo(key)
          let hasMatch = false
          const isMatch = key !== null && groups.key !== null && compare(key, groups.key) === 0
          for (const candidate of isMatch ? groups.rows : []) {
            const joined = joinRows(row, candidate)
            if (residual !== undefined && residual(joined, run) !== true) continue
            hasMatch = true
            yield joined
          }
          if (!hasMatch && type === 'left') yield joinRows(row, nullRight)
        }
      } finally {
        groups.close()
      }
    },
  }
}

/** The right rows, key by key. */
class KeyGroups {
  /** NULL before the first group and behind the last one. */
  key: SqlValue = null
  rows: Row[] = []
  readonly #options: MergeJoinOptions
  readonly #run: Run
  readonly #stream: RowStream
  #next: Row | undefined
  #isStarted = false
  #bytes = 0

  constructor(options: MergeJoinOptions, run: Run) {
    this.#options = options
    this.#run = run
    this.#stream = options.right.open(run)
  }

  /** Goes on to the first group whose key is not below `key`. */
  *advanceTo(key: SqlValue): Generator<Tick> {
    const { compare } = this.#options
    if (!this.#isStarted) {
      this.#isStarted = true
      this.#next = yield* this.#read()
      yield* this.#readGroup()
    }
    while (this.key !== null && compare(this.key, key) < 0) yield* this.#readGroup()
  }

  close(): void {
    this.#clear()
    this.#stream.return()
  }

  *#readGroup(): Generator<Tick> {
    const { rightKey, compare } = this.#options
    this.#clear()
    while (this.#next !== undefined && rightKey(this.#next, this.#run) === null) {
      this.#next = yield* this.#read()
    }
    if (this.#next === undefined) return
    this.key = rightKey(this.#next, this.#run)
    while (this.#next !== undefined && compare(rightKey(this.#next, this.#run), this.key) === 0) {
      const bytes = estimatedRowBytes(this.#next)
      this.#run.memory.add(bytes)
      this.#bytes += bytes
      this.rows.push(this.#next)
      this.#next = yield* this.#read()
    }
  }

  *#read(): Generator<Tick, Row | undefined> {
    for (;;) {
      const step = this.#stream.next()
      if (step.done === true) return undefined
      if (step.value !== TICK) return step.value
      yield TICK
    }
  }

  #clear(): void {
    this.#run.memory.remove(this.#bytes)
    this.#bytes = 0
    this.key = null
    this.rows = []
  }
}
