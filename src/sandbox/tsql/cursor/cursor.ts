import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../tds/index.ts'
import type { TableLock, TableSource } from '../host.ts'
import {
  type PreparedCursor,
  prepareCursor,
  type Row,
  type Run,
  type StatementContext,
  TICK,
  type Tick,
} from '../query/index.ts'
import type { QueryExpression } from '../syntax/index.ts'
import type { CursorSettings } from './cursor-settings.ts'
import {
  CopiedRows,
  DynamicRows,
  type FetchResult,
  type FetchStatus,
  KeysetRows,
  locatorsOf,
  type OpenRows,
} from './open-rows.ts'
import type { FetchPlace } from './place.ts'

export type { CursorSettings, FetchResult, FetchStatus }

/** The row that was fetched last, for UPDATE and DELETE … WHERE CURRENT OF. */
export interface CurrentRow {
  readonly table: TableSource
  readonly locator: bigint
  /** As it was when it was fetched. */
  values: readonly SqlValue[] | undefined
}

/** A query kept to be opened, fetched from and closed, any number of times. */
export class Cursor {
  readonly settings: CursorSettings
  readonly #query: QueryExpression
  readonly #contextOf: () => StatementContext
  #prepared: PreparedCursor
  #rows: OpenRows | undefined
  #current: CurrentRow | undefined
  #lastStatus: FetchStatus | undefined

  /**
   * `contextOf` gives what the query is bound in, with variables as they are now: they are not read again.
   * @throws SqlError those of the query
   */
  constructor(query: QueryExpression, settings: CursorSettings, contextOf: () => StatementContext) {
    this.#query = query
    this.settings = settings
    this.#contextOf = contextOf
    this.#prepared = this.#prepare()
  }

  get columns(): readonly ResultColumn[] {
    return this.#prepared.columns
  }

  /** The table whose rows the result's are; undefined when the result is of another kind. */
  get table(): TableSource | undefined {
    return this.#prepared.live?.table
  }

  get isOpen(): boolean {
    return this.#rows !== undefined
  }

  /** Rows of the open cursor: -1 when their number changes, 0 when it is closed. */
  get rowCount(): number {
    if (this.#rows === undefined) return 0
    return this.settings.model === 'dynamic' ? -1 : (this.#rows.size ?? -1)
  }

  /** What is read when the cursor is opened or fetched from. */
  get locks(): readonly TableLock[] {
    return this.#prepared.live?.locks ?? this.#prepared.locks
  }

  /** Binds the query again, for tables that have changed since it was declared. */
  prepareAgain(): void {
    this.#prepared = this.#prepare()
  }

  /** @throws SqlError 16905 when it is open, and those of the query */
  *open(run: Run): Generator<Tick, void> {
    if (this.#rows !== undefined) throw new SqlError(16905, 'The cursor is already open.')
    this.#current = undefined
    this.#lastStatus = undefined
    this.#rows = yield* this.#read(run)
  }

  /** @throws SqlError 16917 when it is not open */
  close(): void {
    this.requireOpen()
    this.#rows = undefined
    this.#current = undefined
  }

  /**
   * Goes to a row and gives it as it is.
   * @throws SqlError 16917 (not open), 16911 (forward only), 16925 (dynamic)
   */
  *fetch(place: FetchPlace, run: Run): Generator<Tick, FetchResult> {
    const rows = this.requireOpen()
    this.#refuseDirection(place)
    const result = yield* rows.fetch(place, run)
    const { live } = this.#prepared
    this.#lastStatus = result.status
    this.#current =
      live === undefined || result.locator === undefined || result.status !== 0
        ? undefined
        : { ...this.#rowAt(live.table, result.locator) }
    return result
  }

  /** Makes a row that was fetched before the current one. @throws SqlError 16917 */
  goTo(fetched: FetchResult | undefined): void {
    this.requireOpen()
    const { live } = this.#prepared
    const locator = fetched?.locator
    const hasRow = live !== undefined && fetched?.status === 0 && locator !== undefined
    this.#current = hasRow ? { ...this.#rowAt(live.table, locator) } : undefined
  }

  requireOpen(): OpenRows {
    if (this.#rows === undefined) throw new SqlError(16917, 'Cursor is not open.')
    return this.#rows
  }

  /**
   * The row that WHERE CURRENT OF means.
   * @throws SqlError 16917, 16929 (read only), 16930, 16931 (no row was fetched)
   */
  requireCurrent(): CurrentRow {
    this.requireOpen()
    const isReadOnly = this.settings.concurrency === 'read-only'
    if (isReadOnly || this.#prepared.live === undefined) {
      throw new SqlError(16929, 'The cursor is READ ONLY.')
    }
    if (this.#current !== undefined) return this.#current
    if (this.#lastStatus === undefined || this.#lastStatus === -1) {
      throw new SqlError(16931, 'There are no rows in the current fetch buffer.')
    }
    throw new SqlError(16930, 'The requested row is not in the fetch buffer.')
  }

  /** The current row was changed through the cursor: what it is now is no surprise. */
  noteChange(): void {
    const current = this.#current
    if (current !== undefined) current.values = current.table.writer?.find(current.locator)
  }

  #rowAt(table: TableSource, locator: bigint): CurrentRow {
    return { table, locator, values: table.writer?.find(locator) }
  }

  #prepare(): PreparedCursor {
    const staysIn = this.settings.model === 'keyset'
    return prepareCursor(this.#query, this.#contextOf, { staysIn })
  }

  *#read(run: Run): Generator<Tick, OpenRows> {
    const { live } = this.#prepared
    const { model } = this.settings
    const limit = this.#rowLimit()
    if (live === undefined || model === 'static') {
      return new CopiedRows(yield* this.#copy(run, limit))
    }
    const locators = yield* locatorsOf(live, run, model === 'keyset' ? limit : undefined)
    return model === 'keyset' ? new KeysetRows(locators, live) : new DynamicRows(locators, live)
  }

  *#copy(run: Run, limit: number): Generator<Tick, Row[]> {
    const rows: Row[] = []
    for (const row of this.#prepared.rows(run)) {
      if (row === TICK) yield TICK
      else rows.push(row)
      if (rows.length === limit) break
    }
    return rows
  }

  /** SET ROWCOUNT limits cursors whose rows are fixed when they are opened, not dynamic ones. */
  #rowLimit(): number {
    const limit = this.#contextOf().host.session.options.get('ROWCOUNT')
    return typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY
  }

  #refuseDirection({ direction }: FetchPlace): void {
    const { isForwardOnly, model } = this.settings
    if (isForwardOnly && direction !== 'next') {
      throw new SqlError(
        16911,
        `fetch: The fetch type ${direction} cannot be used with forward only cursors.`,
      )
    }
    if (model === 'dynamic' && direction === 'absolute') {
      throw new SqlError(16925, `The fetch type ${direction} cannot be used with dynamic cursors.`)
    }
  }
}
