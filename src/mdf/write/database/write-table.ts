import { PlatformError } from '../../../base/index.ts'
import type { SqlValue } from '../../sql-type.ts'
import { IndexRowOrder } from '../catalog/index-row-order.ts'
import type { RowToWrite, WrittenRowset } from '../rowset-definition.ts'
import { type RowsetWriter, rowAddressBytes, type StorageWriter } from '../storage/index.ts'
import type { RowDefinition, RowValues } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'
import { RowSorter } from './row-sorter.ts'
import { ServerNumbers } from './server-numbers.ts'
import type { RowToSort } from './sorted-run.ts'

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

export interface TableWriteOptions {
  /** Rows that are sorted wait beside this file. */
  readonly sortPath: string
  /** About as many bytes of rows are in memory at once. */
  readonly sortMemoryBytes?: number
}

const SORT_MEMORY_BYTES = 32 * 1024 * 1024

/**
 * Writes the rows of a table and its indexes as they come; those that have to be sorted wait in memory
 * or in temporary files.
 * @throws PlatformError INVALID_ARGUMENT that names the table, DISK_FULL
 */
export async function writeTable(
  writer: StorageWriter,
  table: PlannedTable,
  options: TableWriteOptions,
): Promise<WrittenTable> {
  const { rows = [] } = table.definition
  const tableWriter = new TableWriter(writer, table, options)
  try {
    if (Symbol.asyncIterator in rows) for await (const row of rows) tableWriter.add(row)
    else for (const row of rows) tableWriter.add(row)
    return tableWriter.finish()
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'INVALID_ARGUMENT') throw error
    const { where } = error.details
    if (typeof where === 'string' && where.startsWith(table.where)) throw error
    throw invalidDefinition(table.where, error.message)
  } finally {
    tableWriter.close()
  }
}

/** A nonclustered index whose rows are gathered while the table's are written. */
interface GatheredIndex {
  readonly index: PlannedIndex
  readonly order: IndexRowOrder
  readonly sorter: RowSorter
}

class TableWriter {
  readonly #writer: StorageWriter
  readonly #table: PlannedTable
  readonly #numbers: ServerNumbers
  readonly #data: RowsetWriter
  /** Of the rows as they are given. */
  readonly #order: IndexRowOrder
  /** For rows of a clustered index that come in any order. */
  readonly #sorter: RowSorter | undefined
  readonly #indexes: readonly GatheredIndex[]
  #previous: RowValues | undefined
  #repeated = 0

  constructor(writer: StorageWriter, table: PlannedTable, options: TableWriteOptions) {
    const { data, nonclustered, definition } = table
    this.#writer = writer
    this.#table = table
    this.#numbers = new ServerNumbers(table.columns)
    this.#order = givenOrder(table)
    const mustSort = data.indexId > 0 && definition.rowsAreSorted !== true
    const { sortPath, sortMemoryBytes = SORT_MEMORY_BYTES } = options
    const sorters = nonclustered.length + Number(mustSort)
    const sorterOf = (indexId: number) => ({
      path: `${sortPath}.sort${indexId}`,
      memoryBytes: sortMemoryBytes / sorters,
    })
    this.#sorter = mustSort
      ? new RowSorter({ ...sorterOf(1), columns: givenColumns(table), order: this.#order })
      : undefined
    this.#indexes = nonclustered.map((index) => {
      const order = storedOrder(index)
      const columns = index.rowset.columns.map(({ stored: { name = '', type } }) => ({
        name,
        type,
      }))
      return { index, order, sorter: new RowSorter({ ...sorterOf(index.indexId), columns, order }) }
    })
    this.#data = writer.openRowset(data.rowset.definition)
  }

  add(row: RowValues | RowDefinition): void {
    const {
      values,
      isGhost = false,
      isForwarded = false,
    } = isRowDefinition(row) ? row : { values: row }
    const { where, rowWidth, data } = this.#table
    if (values.length !== rowWidth) {
      const count = `${values.length} values`
      throw invalidDefinition(where, `a row has ${count}, and ${rowWidth} columns have some`)
    }
    if (isForwarded && data.indexId > 0)
      throw invalidDefinition(where, 'only rows of a heap are forwarded')
    this.#numbers.see(values)
    if (this.#sorter !== undefined) this.#sorter.add({ values, isGhost })
    else this.#write({ values, isGhost, isForwarded })
  }

  finish(): WrittenTable {
    for (const row of this.#sorter?.sorted() ?? []) this.#write(row)
    const data = this.#data.finish()
    const rowsets = new Map([[this.#table.data.indexId, data]])
    for (const gathered of this.#indexes) {
      const { definition } = gathered.index.rowset
      const rows = sortedIndexRows(this.#table, gathered)
      rowsets.set(gathered.index.indexId, this.#writer.writeRowset(definition, rows))
    }
    return {
      rowsets,
      rowCount: data.rowCount,
      lastIdentities: this.#numbers.last,
      maxTimestamp: this.#numbers.maxTimestamp,
    }
  }

  /** Removes temporary files. */
  close(): void {
    this.#sorter?.close()
    for (const { sorter } of this.#indexes) sorter.close()
  }

  #write({ values, isGhost = false, isForwarded = false }: RowDefinition): void {
    const { data } = this.#table
    if (data.indexId > 0) this.#follow(values)
    const stored = storedValues(data, values, this.#repeated)
    const address = this.#data.add({ values: stored, isGhost, isForwarded })
    if (isGhost || this.#indexes.length === 0) return
    const addressBytes = data.indexId === 0 ? rowAddressBytes(address) : null
    for (const { index, sorter } of this.#indexes) {
      if (index.filter?.includes(values) === false) continue
      const own = index.sources.map((source) =>
        typeof source === 'number' ? (stored[source] ?? null) : addressBytes,
      )
      sorter.add({ values: own, isGhost: false })
    }
  }

  /** Counts rows of equal keys. */
  #follow(values: RowValues): void {
    const table = this.#table
    const previous = this.#previous
    const relation = previous === undefined ? -1 : this.#order.compare(previous, values)
    if (relation > 0)
      throw invalidDefinition(table.where, 'its rows are not in the order of its key')
    this.#repeated = relation === 0 ? this.#repeated + 1 : 0
    if (this.#repeated > 0 && table.data.isUnique) throw duplicate(table, table.data)
    this.#previous = values
  }
}

function isRowDefinition(row: RowValues | RowDefinition): row is RowDefinition {
  return !Array.isArray(row)
}

/** The order of the clustered index, of rows as they are given. */
function givenOrder({ data }: PlannedTable): IndexRowOrder {
  return new IndexRowOrder(
    data.key.map(({ column, isDescending }) => ({
      place: column.rowIndex ?? 0,
      type: column.declared.type,
      isDescending,
    })),
  )
}

function givenColumns({ columns }: PlannedTable) {
  return columns
    .filter(({ rowIndex }) => rowIndex !== undefined)
    .map(({ definition: { name }, declared: { type } }) => ({ name, type }))
}

/** The order of an index, of rows as it stores them. */
function storedOrder({ rowset }: PlannedIndex): IndexRowOrder {
  return new IndexRowOrder(
    rowset.definition.key.map(({ column, isDescending }) => ({
      place: column,
      type: rowset.columns[column]?.declared.type,
      isDescending,
    })),
  )
}

function storedValues(data: PlannedIndex, values: RowValues, repeated: number): SqlValue[] {
  return data.sources.map((source) => {
    // The first of several equal rows needs no number.
    if (source === 'uniquifier') return repeated === 0 ? null : repeated
    return source === 'address' ? null : (values[source] ?? null)
  })
}

function* sortedIndexRows(
  table: PlannedTable,
  { index, order, sorter }: GatheredIndex,
): Generator<RowToWrite> {
  let previous: RowToSort | undefined
  for (const row of sorter.sorted()) {
    const isRepeated = previous !== undefined && order.compare(previous.values, row.values) === 0
    if (index.isUnique && isRepeated) throw duplicate(table, index)
    previous = row
    yield row
  }
}

function duplicate({ where }: PlannedTable, { name = '', key }: PlannedIndex): PlatformError {
  const columns = key.map(({ column }) => column.definition.name).join(', ')
  return invalidDefinition(`${where}, index ${name}`, `two rows have the same ${columns}`)
}
