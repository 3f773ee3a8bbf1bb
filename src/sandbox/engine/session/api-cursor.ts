import type { SqlValue } from '../../../mdf/index.ts'
import type { ResultColumn, ResultSink } from '../../tds/index.ts'
import type { FetchPlace, ServerCursor } from '../../tsql/index.ts'

/** Fetch types of sp_cursorfetch. */
export const FETCH_TYPES = {
  first: 0x01,
  next: 0x02,
  previous: 0x04,
  last: 0x08,
  absolute: 0x10,
  relative: 0x20,
  refresh: 0x80,
  info: 0x100,
} as const

/** Values of the ROWSTAT column. */
const ROW_STATUS = { succeeded: 1, missing: 2 } as const

const ROW_STATUS_COLUMN: ResultColumn = {
  name: 'ROWSTAT',
  type: { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 },
  nullable: false,
  identity: false,
  computed: true,
  hidden: true,
}

/** A fetch as it was asked for: rows from a place on. */
export interface FetchWish {
  readonly type: number
  readonly rowNumber: number
  readonly rowCount: number
}

export interface FetchOutcome {
  readonly count: number
  readonly isAtEnd: boolean
  /** The block would have begun before the result: it is the first one. */
  readonly isAdjusted: boolean
}

/** The rows between a start and an end: what a client calls the buffer of its cursor. */
interface Window {
  /** Number of its first row; 0 before the result, one beyond the last behind it. */
  readonly first: number
  readonly length: number
}

/** A server cursor as clients see it: they fetch several rows at once, and move by such blocks. */
export class ApiCursor {
  readonly cursor: ServerCursor
  #window: Window = { first: 0, length: 0 }
  /** The last fetch went beyond the result's end. */
  #isBehind = false
  #isAdjusted = false

  constructor(cursor: ServerCursor) {
    this.cursor = cursor
  }

  get rowsInBuffer(): number {
    return this.#window.length
  }

  /** Number of the first row in the buffer; 0 before the first, -1 behind the last. */
  get rowNumber(): number {
    const { first, length } = this.#window
    return length === 0 && first > 0 ? -1 : first
  }

  /** The columns with the status behind them, and the table they are of. */
  describe(out: ResultSink): void {
    const { columns, table } = this.cursor
    const names = new Set(table?.columns.map(({ name }) => name))
    out.columns([...columns, ROW_STATUS_COLUMN], {
      table: table && [table.database, table.schema, table.name],
      isColumn: columns.map(({ name }) => names.has(name)),
    })
  }

  /** Sends the rows of a fetch. @returns how many, and where they are not those that were meant */
  async fetch(wish: FetchWish, out: ResultSink, signal: AbortSignal): Promise<FetchOutcome> {
    this.#isAdjusted = false
    const rows = await this.#read(wish, signal)
    this.describe(out)
    for (const { status, values } of rows) {
      const isDrained = out.row(this.#rowOf(status, values))
      if (!isDrained) await out.drained()
    }
    const isAtEnd = rows.length < wish.rowCount
    return { count: rows.length, isAtEnd, isAdjusted: this.#isAdjusted }
  }

  #rowOf(status: 0 | -2, values: readonly SqlValue[] | undefined): SqlValue[] {
    const { columns } = this.cursor
    const cells = values ?? columns.map(() => null)
    return [...cells, status === 0 ? ROW_STATUS.succeeded : ROW_STATUS.missing]
  }

  get #isNumbered(): boolean {
    return this.cursor.rowCount >= 0 && !this.cursor.settings.isForwardOnly
  }

  async #read(wish: FetchWish, signal: AbortSignal): ReturnType<ServerCursor['fetch']> {
    const { cursor } = this
    if (this.#isNumbered && wish.type !== FETCH_TYPES.next) {
      const first = this.#startOf(wish, cursor.rowCount)
      const count = wish.type === FETCH_TYPES.refresh ? this.#window.length : wish.rowCount
      return this.#readFrom({ direction: 'absolute', offset: first }, first, count, signal)
    }
    const place = this.#placeOf(wish)
    return this.#readFrom(place, this.#next, wish.rowCount, signal)
  }

  async #readFrom(
    place: FetchPlace,
    first: number,
    count: number,
    signal: AbortSignal,
  ): ReturnType<ServerCursor['fetch']> {
    const isOutside = place.direction === 'absolute' && place.offset <= 0
    const rows = await this.cursor.fetch(place, isOutside ? 1 : count, signal)
    this.#window = { first: isOutside ? 0 : first, length: rows.length }
    this.#isBehind = !isOutside && rows.length < count
    return rows
  }

  /** Number of the row behind the buffer. */
  get #next(): number {
    const { first, length } = this.#window
    return first === 0 ? 1 : first + length
  }

  /** Number of the row a fetch begins with; 0 for a place before the first. */
  #startOf({ type, rowNumber, rowCount }: FetchWish, size: number): number {
    const { first } = this.#window
    switch (type) {
      case FETCH_TYPES.first:
        return 1
      case FETCH_TYPES.last:
        return Math.max(size - rowCount + 1, Math.min(size, 1))
      case FETCH_TYPES.previous:
        return this.#backTo(first - rowCount, first > 1 && first <= rowCount)
      case FETCH_TYPES.refresh:
        return first
      case FETCH_TYPES.relative:
        return Math.min(
          this.#backTo(first + rowNumber, first > 1 && -rowNumber <= rowCount),
          size + 1,
        )
      default:
        return rowNumber < 0
          ? this.#backTo(size + 1 + rowNumber, -rowNumber <= rowCount)
          : Math.min(rowNumber, size + 1)
    }
  }

  /** A block that would begin before the result, but reach into it, is the first one instead. */
  #backTo(start: number, reachesIn: boolean): number {
    if (start >= 1) return start
    this.#isAdjusted = reachesIn
    return reachesIn ? 1 : 0
  }

  /** For cursors whose rows have no numbers. */
  #placeOf({ type, rowNumber, rowCount }: FetchWish): FetchPlace {
    const { length } = this.#window
    const toFirst = this.#isBehind ? length : Math.max(length - 1, 0)
    switch (type) {
      case FETCH_TYPES.first:
        return { direction: 'first', offset: 0 }
      case FETCH_TYPES.previous:
        return toFirst + rowCount === 1
          ? { direction: 'prior', offset: 0 }
          : { direction: 'relative', offset: -(toFirst + rowCount) }
      case FETCH_TYPES.last:
        return { direction: 'last', offset: 0 }
      case FETCH_TYPES.absolute:
        return { direction: 'absolute', offset: rowNumber }
      case FETCH_TYPES.relative:
        return { direction: 'relative', offset: rowNumber - toFirst }
      case FETCH_TYPES.refresh:
        return { direction: 'relative', offset: -toFirst }
      default:
        return { direction: 'next', offset: 0 }
    }
  }
}
