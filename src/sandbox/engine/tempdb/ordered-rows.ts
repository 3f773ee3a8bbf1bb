import type { SqlValue } from '../../../mdf/index.ts'

/** A row of a table in memory. Never changed: an UPDATE puts another one in its place. */
export interface StoredRow {
  readonly locator: bigint
  /** By ordinal, as the table's columns are listed. */
  readonly values: readonly SqlValue[]
}

export type RowOrder = (a: StoredRow, b: StoredRow) => number

/** Rows in a chunk before it is split in two. */
const CHUNK_ROWS = 512

interface Chunk {
  readonly rows: StoredRow[]
  /** Of the list when the chunk was made: a chunk of an earlier one may be part of a snapshot. */
  readonly generation: number
}

/**
 * Rows in order, in chunks that are searched by halves. What a scan has begun to read stays as it was:
 * chunks that a snapshot may hold are copied before they are changed.
 */
export class OrderedRows {
  readonly #compare: RowOrder
  #chunks: Chunk[] = []
  #generation = 0
  /** The generation in which `#chunks` itself was copied last. */
  #listGeneration = 0
  #size = 0

  constructor(compare: RowOrder) {
    this.#compare = compare
  }

  get size(): number {
    return this.#size
  }

  /** Adds a row behind all that are not above it, unless one is equal: that one is returned. */
  insert(row: StoredRow): StoredRow | undefined {
    const at = this.#position(row)
    const found = this.#chunks[at.chunk]?.rows[at.index]
    if (found !== undefined && this.#compare(found, row) === 0) return found
    this.#insertAt(at.chunk, at.index, row)
    return undefined
  }

  /** The row equal to `row`. */
  find(row: StoredRow): StoredRow | undefined {
    const { chunk, index } = this.#position(row)
    const found = this.#chunks[chunk]?.rows[index]
    return found !== undefined && this.#compare(found, row) === 0 ? found : undefined
  }

  delete(row: StoredRow): void {
    const { chunk, index } = this.#position(row)
    const found = this.#chunks[chunk]?.rows[index]
    if (found === undefined || this.#compare(found, row) !== 0) return
    const rows = this.#writable(chunk)
    rows.splice(index, 1)
    if (rows.length === 0) this.#writableList().splice(chunk, 1)
    this.#size -= 1
  }

  /** Rows in order, as they are now; with `isBelow`, from the first that it does not say true of. */
  *scan(isBelow?: (row: StoredRow) => boolean): Generator<StoredRow> {
    this.#generation += 1
    const chunks = this.#chunks
    let chunk = 0
    let index = 0
    if (isBelow !== undefined) {
      chunk = lowerBound(chunks.length, (at) => isBelow(lastOf(chunks[at])))
      const rows = chunks[chunk]?.rows ?? []
      index = lowerBound(rows.length, (at) => isBelow(rows[at] ?? NO_ROW))
    }
    for (; chunk < chunks.length; chunk++, index = 0) {
      const rows = chunks[chunk]?.rows ?? []
      for (; index < rows.length; index++) yield rows[index] ?? NO_ROW
    }
  }

  /** Rows in the opposite order, as they are now; with `isAbove`, from the last that it is not true of. */
  *scanBackward(isAbove?: (row: StoredRow) => boolean): Generator<StoredRow> {
    this.#generation += 1
    const chunks = this.#chunks
    let chunk = chunks.length - 1
    let index = Number.POSITIVE_INFINITY
    if (isAbove !== undefined) {
      const isWanted = (row: StoredRow) => !isAbove(row)
      chunk = lowerBound(chunks.length, (at) => isWanted(chunks[at]?.rows[0] ?? NO_ROW)) - 1
      const rows = chunks[chunk]?.rows ?? []
      index = lowerBound(rows.length, (at) => isWanted(rows[at] ?? NO_ROW)) - 1
    }
    for (; chunk >= 0; chunk--, index = Number.POSITIVE_INFINITY) {
      const rows = chunks[chunk]?.rows ?? []
      for (let at = Math.min(index, rows.length - 1); at >= 0; at--) yield rows[at] ?? NO_ROW
    }
  }

  /** The same rows; changes of the one are not seen by the other. */
  clone(): OrderedRows {
    this.#generation += 1
    const copy = new OrderedRows(this.#compare)
    copy.#chunks = [...this.#chunks]
    copy.#generation = this.#generation
    copy.#listGeneration = this.#generation
    copy.#size = this.#size
    return copy
  }

  /** Where the first row that is not below `row` is, or would be. */
  #position(row: StoredRow): { readonly chunk: number; readonly index: number } {
    const chunks = this.#chunks
    const last = chunks.length - 1
    // Most rows come in order.
    if (last < 0 || this.#compare(lastOf(chunks[last]), row) < 0) {
      return { chunk: Math.max(last, 0), index: chunks[last]?.rows.length ?? 0 }
    }
    const chunk = lowerBound(last, (at) => this.#compare(lastOf(chunks[at]), row) < 0)
    const rows = chunks[chunk]?.rows ?? []
    const index = lowerBound(rows.length, (at) => this.#compare(rows[at] ?? NO_ROW, row) < 0)
    return { chunk, index }
  }

  #insertAt(chunk: number, index: number, row: StoredRow): void {
    this.#size += 1
    const length = this.#chunks[chunk]?.rows.length
    if (length === undefined) {
      this.#writableList().push(this.#newChunk([row]))
      return
    }
    if (length < CHUNK_ROWS) {
      this.#writable(chunk).splice(index, 0, row)
      return
    }
    const isAtEnd = index === length && chunk === this.#chunks.length - 1
    const rows = [...(this.#chunks[chunk]?.rows ?? [])]
    rows.splice(index, 0, row)
    const middle = isAtEnd ? length : rows.length >>> 1
    const halves = [rows.slice(0, middle), rows.slice(middle)].map((half) => this.#newChunk(half))
    this.#writableList().splice(chunk, 1, ...halves)
  }

  #newChunk(rows: StoredRow[]): Chunk {
    return { rows, generation: this.#generation }
  }

  #writable(chunk: number): StoredRow[] {
    const current = this.#chunks[chunk]
    if (current?.generation === this.#generation) return current.rows
    const copy = this.#newChunk([...(current?.rows ?? [])])
    this.#writableList()[chunk] = copy
    return copy.rows
  }

  #writableList(): Chunk[] {
    if (this.#listGeneration !== this.#generation) {
      this.#chunks = [...this.#chunks]
      this.#listGeneration = this.#generation
    }
    return this.#chunks
  }
}

/** Stands where an index is known to be in range. */
const NO_ROW: StoredRow = { locator: 0n, values: [] }

function lastOf(chunk: Chunk | undefined): StoredRow {
  return chunk?.rows.at(-1) ?? NO_ROW
}

/** The first of `length` places of which `isBelow` is not true; it is true of all before. */
function lowerBound(length: number, isBelow: (at: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}
