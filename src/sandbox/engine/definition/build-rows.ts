import type { CatalogColumn, SqlValue } from '../../../mdf/index.ts'
import { rowValue } from '../../tsql/index.ts'
import { duplicateKey } from '../tempdb/duplicate-key.ts'
import { MemoryTable } from '../tempdb/memory-table.ts'
import type { StoredRow } from '../tempdb/ordered-rows.ts'
import { tableShape } from '../tempdb/table-shape.ts'
import type { DefinitionContext } from './definition-context.ts'
import { columnsOf, type DefinedTable, rowTable } from './table-under-construction.ts'

/** The value of a column in a row of the table as it was; undefined takes the value the row has. */
export type ColumnValue = (row: StoredRow) => SqlValue

/** An empty table as its entries say, or its rows once more in the shape they have now. */
export function buildRows(
  table: DefinedTable,
  context: DefinitionContext,
  options: {
    /** The columns before the change; the rows that are there have their values. */
    readonly before?: readonly CatalogColumn[]
    /** Values of columns that are new or changed, by column id. */
    readonly values?: ReadonlyMap<number, ColumnValue>
    readonly onDuplicate?: typeof duplicateKey
  } = {},
): void {
  const { catalog } = table.database
  const { before = [], values = new Map(), onDuplicate = duplicateKey } = options
  const old = catalog.tables.get(table.objectId)
  const built = new MemoryTable(tableShape(table.database, table.objectId, context.host))
  if (old !== undefined) {
    if (built.identity !== undefined) built.identity.lastValue = old.identity?.lastValue ?? null
    const readers = columnsOf(table).map((column) => {
      const ordinal = before.findIndex(({ columnId }) => columnId === column.columnId)
      return values.get(column.columnId) ?? ((row: StoredRow) => row.values[ordinal] ?? null)
    })
    const finish = computedValues(table, context)
    built.load(reshaped(old.scan(), readers, finish), onDuplicate)
  }
  catalog.tables.set(table.objectId, built, context.log)
}

function* reshaped(
  rows: Iterable<StoredRow>,
  readers: readonly ColumnValue[],
  finish: (values: SqlValue[]) => void,
): Generator<StoredRow> {
  for (const row of rows) {
    const values = readers.map((read) => read(row))
    finish(values)
    yield { locator: row.locator, values }
  }
}

/** Fills in the computed columns that rows keep. */
function computedValues(
  table: DefinedTable,
  { host }: DefinitionContext,
): (values: SqlValue[]) => void {
  const { catalog } = table.database
  const kept = columnsOf(table).flatMap((column, ordinal) => {
    const text = catalog.computedText(table.objectId, column.columnId)
    if (text === undefined || !catalog.isStored(column)) return []
    const { evaluate } = rowValue(text, rowTable(table), { host, type: column.type })
    return [{ ordinal, evaluate }]
  })
  return (values) => {
    for (const { ordinal, evaluate } of kept) values[ordinal] = evaluate(values)
  }
}
