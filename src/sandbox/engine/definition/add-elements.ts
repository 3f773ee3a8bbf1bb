import type { CatalogColumn, CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type ColumnDefinition, rowValue, type TableElement } from '../../tsql/index.ts'
import { duplicateInIndex } from '../tempdb/duplicate-key.ts'
import { wholeNumber } from '../tempdb/find-sequence.ts'
import { addColumn } from './add-column.ts'
import { addConstraint, constraintFailed } from './add-constraint.ts'
import { addIndex } from './add-index.ts'
import { buildRows, type ColumnValue } from './build-rows.ts'
import { checkRows } from './check-rows.ts'
import type { DefinitionContext } from './definition-context.ts'
import { columnsOf, type DefinedTable, rowTable } from './table-under-construction.ts'

/**
 * ALTER TABLE … ADD: columns for the rows that are there too, constraints that they have to meet.
 * @throws SqlError 4901, 547, 1505, …
 */
export function addElements(
  table: DefinedTable,
  {
    elements,
    withCheck,
  }: { readonly elements: readonly TableElement[]; readonly withCheck: boolean },
  context: DefinitionContext,
): void {
  const before = columnsOf(table)
  const added = elements.filter((element) => element.kind === 'column')
  for (const column of added) {
    const inPrimaryKey = column.constraints.some(
      ({ constraint }) => constraint.kind === 'primary-key',
    )
    addColumn(table, column, { context, inPrimaryKey })
  }
  const constraints = addConstraints(table, elements, { context, isNotTrusted: !withCheck })
  const values = newValues(table, added, context)
  buildRows(table, context, {
    before,
    values,
    onDuplicate: (...key) => constraintFailed(duplicateInIndex(...key)),
  })
  continueIdentity(table, before)
  if (!withCheck) return
  for (const constraint of constraints) checkRows(table, constraint, context)
}

function addConstraints(
  table: DefinedTable,
  elements: readonly TableElement[],
  options: { readonly context: DefinitionContext; readonly isNotTrusted: boolean },
): readonly CatalogObject[] {
  const added: (CatalogObject | undefined)[] = []
  for (const element of elements) {
    if (element.kind === 'constraint') added.push(addConstraint(table, element, options))
    if (element.kind === 'column') {
      for (const constraint of element.constraints) {
        added.push(addConstraint(table, constraint, { ...options, column: element.name }))
      }
    }
    if (element.kind !== 'index') continue
    const { unique: isUnique, clustered, ignoreDuplicateKeys: ignoresDuplicates } = element
    const rest = { kind: 'index', isUnique, isClustered: clustered, ignoresDuplicates } as const
    addIndex(table, { ...element, ...rest }, options.context)
  }
  return added.filter((constraint) => constraint !== undefined)
}

/** What the rows that are there get in new columns; NULL where nothing is listed. */
function newValues(
  table: DefinedTable,
  definitions: readonly ColumnDefinition[],
  context: DefinitionContext,
): ReadonlyMap<number, ColumnValue> {
  const values = new Map<number, ColumnValue>()
  const isEmpty = table.database.catalog.rowCount(table.objectId) === 0
  const columns = columnsOf(table)
  for (const definition of definitions) {
    const column = columns.findLast(({ name }) => name === definition.name)
    if (column === undefined || column.isComputed) continue
    const value = newValue(table, column, { definition, context })
    if (value !== undefined) values.set(column.columnId, value)
    else if (!column.isNullable && !isEmpty) throw needsDefault(table, column)
  }
  return values
}

function newValue(
  table: DefinedTable,
  column: CatalogColumn,
  parts: { readonly definition: ColumnDefinition; readonly context: DefinitionContext },
): ColumnValue | undefined {
  const { database } = table
  const { identity, type, isNullable } = column
  if (type.name === 'timestamp') return () => database.nextRowVersion()
  if (identity !== undefined) return numbersOf(column)
  const constraint = database.catalog.defaultEntries.get(column.defaultObjectId)
  if (constraint === undefined) return undefined
  const withValues = parts.definition.constraints.some(
    (one) => one.constraint.kind === 'default' && one.constraint.withValues,
  )
  if (isNullable && !withValues) return undefined
  const { evaluate } = rowValue(constraint.text, rowTable(table, []), {
    host: parts.context.host,
    type,
  })
  return () => evaluate([])
}

/** Numbers for the rows that are there, in their order. */
function numbersOf({ identity, type }: CatalogColumn): ColumnValue {
  const { seed = 1n, increment = 1n } = identity ?? {}
  let next = seed
  return () => {
    const value = next
    next += increment
    return wholeNumber(value, type)
  }
}

/** The next row goes on behind the numbers that the rows have got. */
function continueIdentity(table: DefinedTable, before: readonly CatalogColumn[]): void {
  const built = table.database.catalog.tables.get(table.objectId)
  const isNew = !before.some(({ identity }) => identity !== undefined)
  if (built?.identity === undefined || !isNew || built.rowCount === 0) return
  const { seed, increment } = built.identity.numbers
  built.identity.lastValue = seed + BigInt(built.rowCount - 1) * increment
}

function needsDefault(table: DefinedTable, { name }: CatalogColumn): SqlError {
  return new SqlError(
    4901,
    `ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition specified, or the column being added is an identity or timestamp column, or alternatively if none of the previous conditions are satisfied the table must be empty to allow addition of this column. Column '${name}' cannot be added to non-empty table '${table.name}' because it does not satisfy these conditions.`,
  )
}
