import { estimatedRowBytes } from '../run/memory.ts'
import { type Row, type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { Operator } from './operator.ts'

export interface AdaptiveJoinOptions {
  readonly outer: Operator
  /** From so many outer rows on, reading the inner side as a whole costs less than looking each up. */
  readonly mostLookups: number
  /** Joins the rows of an operator, by an index of the inner side. */
  readonly byIndex: (outer: Operator) => Operator
  /** The same with the inner side read as a whole; its columns may come in another order. */
  readonly inFull: (outer: Operator) => Operator
}

/** Decides how to join when it has seen how many outer rows there are. */
export function adaptiveJoin({
  outer,
  mostLookups,
  byIndex,
  inFull,
}: AdaptiveJoinOptions): Operator {
  let rows: Iterable<Row | Tick> = []
  const given: Operator = {
    columns: outer.columns,
    *open() {
      yield* rows
    },
  }
  const few = byIndex(given)
  // Made when it is needed: most joins that can use an index do.
  let many: Operator | undefined
  let lookups = 0
  return {
    columns: few.columns,
    *open(run) {
      const read = new ReadAhead(outer.open(run), run)
      try {
        const isAll = yield* read.first(mostLookups - lookups)
        rows = isAll ? read.rows : read.all()
        if (isAll) {
          lookups += read.rows.length
          yield* few.open(run)
          return
        }
        many ??= inFull(given)
        yield* inOrderOf(few, many, run)
      } finally {
        read.close()
      }
    },
  }
}

/** Rows read before it is known what to do with them. */
class ReadAhead {
  readonly rows: Row[] = []
  readonly #stream: RowStream
  readonly #run: Run
  #bytes = 0

  constructor(stream: RowStream, run: Run) {
    this.#stream = stream
    this.#run = run
  }

  /** Reads up to so many rows; whether those are all. */
  *first(most: number): Generator<Tick, boolean> {
    for (;;) {
      const step = this.#stream.next()
      if (step.done === true) return true
      if (step.value === TICK) {
        yield TICK
        continue
      }
      const bytes = estimatedRowBytes(step.value)
      this.#run.memory.add(bytes)
      this.#bytes += bytes
      this.rows.push(step.value)
      if (this.rows.length > most) return false
    }
  }

  *all(): RowStream {
    yield* this.rows
    yield* this.#stream
  }

  close(): void {
    this.#run.memory.remove(this.#bytes)
    this.#stream.return()
  }
}

function* inOrderOf({ columns }: Operator, other: Operator, run: Run): RowStream {
  const places = columns.map((column) => other.columns.indexOf(column))
  const isSame = places.every((place, at) => place === at)
  for (const row of other.open(run)) {
    yield row === TICK || isSame ? row : places.map((place) => row[place] ?? null)
  }
}
