import type { LiveQuery, Row, Run, Tick } from '../query/index.ts'
import { TICK } from '../query/index.ts'
import { type FetchPlace, placeOf } from './place.ts'

/** 0: a row. -1: beyond the result. -2: the row is gone. */
export type FetchStatus = 0 | -1 | -2

export interface FetchResult {
  readonly status: FetchStatus
  readonly row: Row | undefined
  /** The place of the table's row; undefined in a copy. */
  readonly locator: bigint | undefined
}

/** The rows of an open cursor, and a place among them. */
export interface OpenRows {
  /** How many there are; undefined while that may change. */
  readonly size: number | undefined
  fetch(place: FetchPlace, run: Run): Generator<Tick, FetchResult>
}

const BEYOND: FetchResult = { status: -1, row: undefined, locator: undefined }

/** STATIC: a copy. */
export class CopiedRows implements OpenRows {
  readonly size: number
  readonly #rows: readonly Row[]
  #position = 0

  constructor(rows: readonly Row[]) {
    this.#rows = rows
    this.size = rows.length
  }

  // biome-ignore lint/correctness/useYield: the rows are there.
  *fetch(place: FetchPlace): Generator<Tick, FetchResult> {
    this.#position = placeOf(place, this.#position, this.size)
    const row = this.#rows[this.#position - 1]
    return row === undefined ? BEYOND : { status: 0, row, locator: undefined }
  }
}

/** KEYSET: the rows are those there were, and have the values they have now. */
export class KeysetRows implements OpenRows {
  readonly size: number
  readonly #locators: readonly bigint[]
  readonly #query: LiveQuery
  #position = 0

  constructor(locators: readonly bigint[], query: LiveQuery) {
    this.#locators = locators
    this.#query = query
    this.size = locators.length
  }

  *fetch(place: FetchPlace, run: Run): Generator<Tick, FetchResult> {
    this.#position = placeOf(place, this.#position, this.size)
    const locator = this.#locators[this.#position - 1]
    if (locator === undefined) return BEYOND
    const row = yield* this.#query.rowAt(locator, run)
    return { status: row === undefined ? -2 : 0, row, locator }
  }
}

/**
 * DYNAMIC: rows that come and go. The places of the rows are read ahead; each is looked at again when it is
 * fetched, and at the end of what was read the query is asked for more.
 */
export class DynamicRows implements OpenRows {
  readonly size = undefined
  readonly #query: LiveQuery
  #locators: readonly bigint[]
  /** Of the current row among `#locators`; -1 before the first. */
  #index = -1

  constructor(locators: readonly bigint[], query: LiveQuery) {
    this.#locators = locators
    this.#query = query
  }

  *fetch({ direction, offset }: FetchPlace, run: Run): Generator<Tick, FetchResult> {
    switch (direction) {
      case 'first':
        yield* this.#readAgain(run)
        this.#index = -1
        return yield* this.#step(1, run)
      case 'last':
        yield* this.#readAgain(run)
        this.#index = this.#locators.length
        return yield* this.#step(-1, run)
      case 'relative':
        return yield* this.#relative(offset, run)
      default:
        return yield* this.#step(direction === 'prior' ? -1 : 1, run)
    }
  }

  *#relative(offset: number, run: Run): Generator<Tick, FetchResult> {
    if (offset === 0) return yield* this.#current(run)
    let result: FetchResult = BEYOND
    for (let count = Math.abs(offset); count > 0; count--) {
      result = yield* this.#step(offset < 0 ? -1 : 1, run)
      if (result.status === -1) break
    }
    return result
  }

  *#current(run: Run): Generator<Tick, FetchResult> {
    const locator = this.#locators[this.#index]
    if (locator === undefined) return BEYOND
    const row = yield* this.#query.rowAt(locator, run)
    return { status: row === undefined ? -2 : 0, row, locator }
  }

  /** To the next row that is still there, or the one before. */
  *#step(by: 1 | -1, run: Run): Generator<Tick, FetchResult> {
    let isReadAgain = false
    for (;;) {
      const locator = this.#locators[this.#index + by]
      if (locator !== undefined) {
        this.#index += by
        const row = yield* this.#query.rowAt(locator, run)
        if (row !== undefined) return { status: 0, row, locator }
      } else if (isReadAgain) {
        this.#index = by < 0 ? -1 : this.#locators.length
        return BEYOND
      } else {
        yield* this.#readAgain(run)
        isReadAgain = true
      }
    }
  }

  /** Reads the places of all rows as they are now; the current one is that of the last row still there. */
  *#readAgain(run: Run): Generator<Tick, void> {
    const locators = yield* locatorsOf(this.#query, run)
    const places = new Map(locators.map((locator, index) => [locator, index]))
    const isBehind = this.#index >= this.#locators.length
    let index = Math.min(this.#index, this.#locators.length - 1)
    while (index >= 0 && !places.has(this.#locators[index] ?? 0n)) index -= 1
    const kept = index < 0 ? -1 : (places.get(this.#locators[index] ?? 0n) ?? -1)
    this.#locators = locators
    this.#index = isBehind ? kept + 1 : kept
    if (isBehind && kept + 1 < locators.length) this.#index = kept
  }
}

/** The places of the rows, of the first `limit` of them. */
export function* locatorsOf(
  query: LiveQuery,
  run: Run,
  limit = Number.POSITIVE_INFINITY,
): Generator<Tick, bigint[]> {
  const locators: bigint[] = []
  for (const row of query.rows(run)) {
    if (row === TICK) yield TICK
    else locators.push(row.locator)
    if (locators.length === limit) break
  }
  return locators
}
