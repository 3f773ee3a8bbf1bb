import { PlatformError } from '../../../base/index.ts'
import { Decimal, type SqlValue } from '../../sql-type.ts'
import { IndexRowOrder } from '../catalog/index-row-order.ts'
import type { RowAddress, RowToWrite, WrittenRowset } from '../rowset-definition.ts'
import { rowAddressBytes, type StorageWriter } from '../storage/index.ts'
import type { RowDefinition, RowValues } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'
import type { PlannedColumn } from './plan-columns.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'

/** A table's rowsets as written. */
export interface WrittenTable {
  /** By index id. */
  readonly rowsets: ReadonlyMap<number, WrittenRowset>
  readonly rowCount: number
  /** By column id: the identity's number given last, null before the first. */
  readonly lastIdentities: ReadonlyMap<number, bigint | null>
  /** The highest rowversion among the rows. */
  readonly maxTimestamp: bigint
}

/** What a nonclustered index needs of a row. */
interface KeptRow {
  readonly stored: readonly SqlValue[]
  readonly address: Uint8Array | undefined
}

/**
 * Writes the rows of a table and its indexes. Rows of a clustered index that are not sorted, and all
 * rows' keys when there are other indexes, are kept in memory.
 * @throws PlatformError INVALID_ARGUMENT that names the table, DISK_FULL
 */
export function writeTable(writer: StorageWriter, table: PlannedTable): WrittenTable {
  try {
    return writeRowsets(writer, table)
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'INVALID_ARGUMENT') throw error
    if (error.details['where'] !== undefined) throw error
    throw invalidDefinition(table.where, error.message)
  }
}

function writeRowsets(writer: StorageWriter, table: PlannedTable): WrittenTable {
  const { data, nonclustered } = table
  const identities = new Identities(table.columns)
  const kept: KeptRow[] = []
  const rowsets = new Map<number, WrittenRowset>()
  const keep = (stored: readonly SqlValue[], address: RowAddress) => {
    kept.push({ stored, address: data.indexId === 0 ? rowAddressBytes(address) : undefined })
  }
  const onRow = nonclustered.length === 0 ? undefined : keep
  const rows = data.indexId === 0 ? heapRows(table, identities) : clusteredRows(table, identities)
  const written = writer.writeRowset(data.rowset.definition, rows, onRow)
  rowsets.set(data.indexId, written)
  for (const index of nonclustered) {
    const indexRows = sortedIndexRows(table, index, kept)
    rowsets.set(index.indexId, writer.writeRowset(index.rowset.definition, indexRows))
  }
  return {
    rowsets,
    rowCount: written.rowCount,
    lastIdentities: identities.last,
    maxTimestamp: identities.maxTimestamp,
  }
}

function* givenRows(table: PlannedTable, identities: Identities): Generator<RowDefinition> {
  for (const row of table.definition.rows ?? []) {
    const given = isRowDefinition(row) ? row : { values: row }
    if (given.values.length !== table.rowWidth) {
      const count = `${given.values.length} values`
      throw invalidDefinition(
        table.where,
        `a row has ${count}, and ${table.rowWidth} columns have some`,
      )
    }
    identities.see(given.values)
    yield given
  }
}

function isRowDefinition(row: RowValues | RowDefinition): row is RowDefinition {
  return !Array.isArray(row)
}

function* heapRows(table: PlannedTable, identities: Identities): Generator<RowToWrite> {
  for (const { values, ...special } of givenRows(table, identities)) {
    yield { values: storedValues(table.data, values, 0), ...special }
  }
}

function* clusteredRows(table: PlannedTable, identities: Identities): Generator<RowToWrite> {
  const { data, definition } = table
  const order = new IndexRowOrder(
    data.key.map(({ column, isDescending }) => ({
      place: column.rowIndex ?? 0,
      type: column.declared.type,
      isDescending,
    })),
  )
  let rows: Iterable<RowDefinition> = givenRows(table, identities)
  if (definition.rowsAreSorted !== true) {
    rows = Array.from(rows).sort((left, right) => order.compare(left.values, right.values))
  }
  let previous: RowValues | undefined
  let repeated = 0
  for (const { values, isGhost = false, isForwarded = false } of rows) {
    if (isForwarded) throw invalidDefinition(table.where, 'only rows of a heap are forwarded')
    const relation = previous === undefined ? -1 : order.compare(previous, values)
    if (relation > 0)
      throw invalidDefinition(table.where, 'its rows are not in the order of its key')
    repeated = relation === 0 ? repeated + 1 : 0
    if (repeated > 0 && data.isUnique) throw duplicate(table, data)
    previous = values
    yield { values: storedValues(data, values, repeated), isGhost }
  }
}

function storedValues(data: PlannedIndex, values: RowValues, repeated: number): SqlValue[] {
  return data.sources.map((source) => {
    // The first of several equal rows needs no number.
    if (source === 'uniquifier') return repeated === 0 ? null : repeated
    return source === 'address' ? null : (values[source] ?? null)
  })
}

function sortedIndexRows(
  table: PlannedTable,
  index: PlannedIndex,
  kept: readonly KeptRow[],
): Iterable<RowToWrite> {
  const { sources, rowset, filter, isUnique } = index
  const rows = kept
    .filter(
      ({ stored }) => filter === undefined || filter.includes(givenValues(table.data, stored)),
    )
    .map(({ stored, address }) =>
      sources.map((source) =>
        typeof source === 'number' ? (stored[source] ?? null) : (address ?? null),
      ),
    )
  const order = new IndexRowOrder(
    rowset.definition.key.map(({ column, isDescending }) => ({
      place: column,
      type: rowset.columns[column]?.declared.type,
      isDescending,
    })),
  )
  rows.sort((left, right) => order.compare(left, right))
  if (isUnique) {
    const isRepeated = rows.some(
      (row, at) => at > 0 && order.compare(rows[at - 1] ?? [], row) === 0,
    )
    if (isRepeated) throw duplicate(table, index)
  }
  return rows.map((values) => ({ values }))
}

/** Back from a record's columns to the values of the row as it was given. */
function givenValues(data: PlannedIndex, stored: readonly SqlValue[]): SqlValue[] {
  const values: SqlValue[] = []
  data.sources.forEach((source, place) => {
    if (typeof source === 'number') values[source] = stored[place] ?? null
  })
  return values
}

function duplicate({ where }: PlannedTable, { name = '', key }: PlannedIndex): PlatformError {
  const columns = key.map(({ column }) => column.definition.name).join(', ')
  return invalidDefinition(`${where}, index ${name}`, `two rows have the same ${columns}`)
}

/** Follows the numbers that the server gives: those of identity and rowversion columns. */
class Identities {
  maxTimestamp = 0n
  readonly #timestamp: number | undefined
  readonly last = new Map<number, bigint | null>()
  readonly #columns: readonly PlannedColumn[]

  constructor(columns: readonly PlannedColumn[]) {
    this.#timestamp = columns.find(({ declared }) => declared.type.name === 'timestamp')?.rowIndex
    this.#columns = columns.filter(({ definition }) => definition.identity !== undefined)
    for (const { columnId, definition } of this.#columns) {
      this.last.set(columnId, definition.identity?.lastValue ?? null)
    }
  }

  see(values: RowValues): void {
    const version = this.#timestamp === undefined ? undefined : values[this.#timestamp]
    if (version instanceof Uint8Array && version.length === 8) {
      const number = Buffer.from(version).readBigUInt64BE()
      if (number > this.maxTimestamp) this.maxTimestamp = number
    }
    for (const { columnId, definition, rowIndex } of this.#columns) {
      const { lastValue, increment = 1n } = definition.identity ?? {}
      if (lastValue !== undefined || rowIndex === undefined) continue
      const number = integerOf(values[rowIndex])
      const last = this.last.get(columnId) ?? null
      if (number === undefined) continue
      const isFarther = last === null || (increment < 0n ? number < last : number > last)
      if (isFarther) this.last.set(columnId, number)
    }
  }
}

function integerOf(value: SqlValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  return value instanceof Decimal ? value.unscaled / 10n ** BigInt(value.scale) : undefined
}
