import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { estimatedRowBytes, type IndexRead, isHeapFull, type RowChange } from '../../tsql/index.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'
import { duplicateKey } from './duplicate-key.ts'
import { IdentityCounter, type IdentityNumbers } from './identity-counter.ts'
import { OrderedRows, type StoredRow } from './ordered-rows.ts'
import { type KeyColumn, keyOrder, locatorOrder, thenByLocator } from './row-order.ts'
import { seekRows } from './seek-rows.ts'

/** An index as its rows need it. */
export interface TableIndex {
  readonly indexId: number
  readonly name: string
  readonly kind: 'primary-key' | 'unique' | 'index'
  readonly isUnique: boolean
  readonly isClustered: boolean
  readonly ignoresDuplicates: boolean
  readonly keys: readonly KeyColumn[]
  /** Whether a filtered index has the row. */
  readonly accepts?: (values: readonly SqlValue[]) => boolean
}

/** What a table is made of; ALTER TABLE makes another table of the same rows. */
export interface TableShape {
  /** As messages name it: `dbo.Orders`. */
  readonly name: string
  readonly columnTypes: readonly SqlType[]
  readonly indexes: readonly TableIndex[]
  readonly identity?: IdentityNumbers
}

interface Replacement {
  readonly before: StoredRow | undefined
  readonly after: StoredRow | undefined
}

/** The rows of one table, in the order of its clustered index or of their arrival, and its indexes. */
export class MemoryTable {
  readonly shape: TableShape
  readonly identity: IdentityCounter | undefined
  readonly #byLocator = new Map<bigint, StoredRow>()
  readonly #rows: OrderedRows
  readonly #indexes: readonly { readonly index: TableIndex; readonly rows: OrderedRows }[]
  #lastLocator = 0n

  constructor(shape: TableShape) {
    this.shape = shape
    this.identity = shape.identity && new IdentityCounter(shape.identity)
    this.#indexes = shape.indexes.map((index) => ({ index, rows: emptyIndex(index) }))
    const clustered = this.#indexes.find(({ index }) => index.isClustered)
    this.#rows = clustered?.rows ?? new OrderedRows(locatorOrder)
  }

  get rowCount(): number {
    return this.#byLocator.size
  }

  /** The row at a place; undefined when it is gone. */
  row(locator: bigint): StoredRow | undefined {
    return this.#byLocator.get(locator)
  }

  /** In storage order, as they are when the first one is read. */
  scan(): Iterable<StoredRow> {
    return this.#rows.scan()
  }

  /** The rows of a range of an index, in its order or backward. */
  seek(read: IndexRead): Iterable<StoredRow> {
    const found = this.#indexes.find(({ index }) => index.indexId === read.index.indexId)
    return found === undefined ? [] : seekRows(found.rows, found.index.keys, read)
  }

  /** Whether a row has the key that `values` has in the columns of a unique index. */
  hasKey(indexId: number, values: readonly SqlValue[]): boolean {
    return this.#indexRows(indexId)?.find({ locator: 0n, values }) !== undefined
  }

  /**
   * Carries out all of the changes or none of them; keys are checked behind the last.
   * @returns the inserts that IGNORE_DUP_KEY left out
   * @throws SqlError 2627, 2601
   */
  apply(changes: readonly RowChange[], log: UndoLog): readonly RowChange[] {
    const ignored: RowChange[] = []
    const done: Replacement[] = []
    const replacements = changes.map((change) => this.#replacement(change))
    for (const { after } of replacements) if (after !== undefined) this.#assertSpace(after)
    try {
      for (const replacement of replacements) this.#takeOut(replacement, done)
      for (const [position, { after }] of replacements.entries()) {
        const change = changes[position]
        if (after === undefined || change === undefined) continue
        if (!this.#putIn(after, done) && change.kind === 'insert') ignored.push(change)
      }
    } catch (error) {
      this.#takeBack(done)
      throw error
    }
    if (done.length > 0) log.record(() => this.#takeBack(done))
    return ignored
  }

  /** Takes every row away, and the identity column starts again. */
  truncate(log: UndoLog): void {
    const changes = Array.from(this.#byLocator.keys(), (locator): RowChange => {
      return { kind: 'delete', locator }
    })
    this.apply(changes, log)
    const { identity } = this
    if (identity === undefined) return
    const last = identity.lastValue
    identity.lastValue = null
    log.record(() => {
      identity.lastValue = last
    })
  }

  /** Fills an empty table with rows that keep their locators. @throws SqlError 2627, 2601, 1505 */
  load(rows: Iterable<StoredRow>, onDuplicate = duplicateKey): void {
    for (const row of rows) {
      for (const { index, rows: ordered } of this.#indexesOf(row)) {
        if (ordered.insert(row) !== undefined) throw onDuplicate(this.shape, index, row)
      }
      this.#keep(row)
      if (row.locator > this.#lastLocator) this.#lastLocator = row.locator
    }
  }

  #indexRows(indexId: number): OrderedRows | undefined {
    if (indexId === 0) return this.#rows
    return this.#indexes.find(({ index }) => index.indexId === indexId)?.rows
  }

  /** @throws SqlError 1105 when the process has no memory for more rows */
  #assertSpace({ values }: StoredRow): void {
    if (!isHeapFull(estimatedRowBytes(values), 'rows')) return
    throw new SqlError(
      1105,
      `Could not allocate space for object '${this.shape.name}' in database 'tempdb' because the 'PRIMARY' filegroup is full. Create disk space by deleting unneeded files, dropping objects in the filegroup, adding additional files to the filegroup, or setting autogrowth on for existing files in the filegroup.`,
      { severity: 17, state: 2 },
    )
  }

  #replacement(change: RowChange): Replacement {
    if (change.kind === 'insert') {
      this.#lastLocator += 1n
      return { before: undefined, after: { locator: this.#lastLocator, values: change.values } }
    }
    const before = this.#byLocator.get(change.locator)
    if (before === undefined || change.kind === 'delete') return { before, after: undefined }
    return { before, after: { locator: change.locator, values: change.values } }
  }

  #takeOut({ before }: Replacement, done: Replacement[]): void {
    if (before === undefined || this.#byLocator.get(before.locator) !== before) return
    this.#remove(before)
    done.push({ before, after: undefined })
  }

  /** @returns whether the row is in: IGNORE_DUP_KEY leaves it out without an error */
  #putIn(row: StoredRow, done: Replacement[]): boolean {
    const duplicate = this.#indexesOf(row).find(({ rows }) => rows.find(row) !== undefined)
    if (duplicate !== undefined) {
      if (duplicate.index.ignoresDuplicates) return false
      throw duplicateKey(this.shape, duplicate.index, row)
    }
    this.#add(row)
    done.push({ before: undefined, after: row })
    return true
  }

  #takeBack(done: Replacement[]): void {
    for (const { before, after } of done.toReversed()) {
      if (after !== undefined) this.#remove(after)
      if (before !== undefined) this.#add(before)
    }
  }

  #add(row: StoredRow): void {
    for (const { rows } of this.#indexesOf(row)) rows.insert(row)
    this.#keep(row)
  }

  #keep(row: StoredRow): void {
    this.#byLocator.set(row.locator, row)
    if (!this.#isIndexed) this.#rows.insert(row)
  }

  #remove(row: StoredRow): void {
    for (const { rows } of this.#indexesOf(row)) rows.delete(row)
    this.#byLocator.delete(row.locator)
    if (!this.#isIndexed) this.#rows.delete(row)
  }

  get #isIndexed(): boolean {
    return this.#indexes.some(({ rows }) => rows === this.#rows)
  }

  #indexesOf({ values }: StoredRow) {
    return this.#indexes.filter(({ index }) => index.accepts?.(values) ?? true)
  }
}

function emptyIndex({ keys, isUnique }: TableIndex): OrderedRows {
  const order = keyOrder(keys)
  return new OrderedRows(isUnique ? order : thenByLocator(order))
}
