import type { CatalogColumn, Identity, SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type ColumnDefinition, rowValue } from '../../tsql/index.ts'
import { columnEntry } from '../tempdb/column-entry.ts'
import { partKey } from '../tempdb/memory-catalog.ts'
import { catalogText } from './catalog-text.ts'
import type { DefinitionContext } from './definition-context.ts'
import { collationOf, resolveType } from './resolve-type.ts'
import { columnsOf, type DefinedTable, findColumn, rowTable } from './table-under-construction.ts'

const MAX_COLUMNS = 1024

/**
 * Adds a column's entry; its constraints come later. `inPrimaryKey` makes a column NOT NULL that does
 * not say.
 * @throws SqlError 2705, 2715, 2744, 2749, 8147, …
 */
export function addColumn(
  table: DefinedTable,
  definition: ColumnDefinition,
  options: { readonly context: DefinitionContext; readonly inPrimaryKey: boolean },
): CatalogColumn {
  const { context } = options
  const { database, objectId } = table
  const columns = columnsOf(table)
  if (findColumn(table, definition.name) !== undefined) throw columnTwice(table, definition.name)
  if (columns.length >= MAX_COLUMNS) throw tooManyColumns(table, definition.name)
  const columnId = Math.max(0, ...columns.map((column) => column.columnId)) + 1
  const entry =
    definition.computed === undefined
      ? plainColumn(table, definition, { columnId, ...options })
      : computedColumn(table, definition, { columnId, ...options })
  database.catalog.columnEntries.set(objectId, [...columns, entry], context.log)
  return entry
}

interface ColumnOptions {
  readonly context: DefinitionContext
  readonly columnId: number
  readonly inPrimaryKey: boolean
}

function plainColumn(
  table: DefinedTable,
  definition: ColumnDefinition,
  { context, columnId, inPrimaryKey }: ColumnOptions,
): CatalogColumn {
  const { name } = definition
  const { type, alias } = declaredType(table, definition, columnId)
  const identity = identityOf(table, definition, type)
  const isNullable = nullability(definition, { type, alias, inPrimaryKey, context })
  return columnEntry({
    objectId: table.objectId,
    columnId,
    name,
    type,
    ...(alias === undefined ? {} : { userTypeId: alias.userTypeId }),
    isNullable: isNullable && identity === undefined,
    isAnsiPadded: /char|binary|variant/.test(type.name),
    isRowGuid: definition.isRowGuid,
    isSparse: definition.isSparse,
    identity,
  })
}

/** The type of a definition, with its collation. */
export function declaredType(table: DefinedTable, definition: ColumnDefinition, columnId: number) {
  const database = table.types ?? table.database
  const written = definition.type ?? { schema: '', name: '', arguments: [] }
  const resolved = resolveType(written, database, columnId)
  const { collation } = definition
  if (collation === undefined || resolved.type.collationId === 0) return resolved
  return { ...resolved, type: { ...resolved.type, collationId: collationOf(collation, database) } }
}

interface NullabilityParts {
  readonly type: SqlType
  readonly alias: { readonly isNullable: boolean } | undefined
  readonly inPrimaryKey: boolean
  readonly context: DefinitionContext
}

function nullability({ nullable }: ColumnDefinition, parts: NullabilityParts): boolean {
  if (nullable !== undefined) return nullable
  const { type, alias, inPrimaryKey, context } = parts
  if (inPrimaryKey || type.name === 'timestamp') return false
  if (alias !== undefined) return alias.isNullable
  return context.host.session.options.get('ANSI_NULL_DFLT_ON') !== false
}

function identityOf(
  table: DefinedTable,
  { name, identity, nullable }: ColumnDefinition,
  type: SqlType,
): Identity | undefined {
  if (identity === undefined) return undefined
  if (columnsOf(table).some((column) => column.identity !== undefined)) {
    throw new SqlError(
      2744,
      `Multiple identity columns specified for table '${table.name}'. Only one identity column per table is allowed.`,
      { state: 2 },
    )
  }
  const isWhole = /^(?:tinyint|smallint|int|bigint)$/.test(type.name)
  const isExact = /^(?:decimal|numeric)$/.test(type.name) && type.scale === 0
  if (!isWhole && !isExact) {
    throw new SqlError(
      2749,
      `Identity column '${name}' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, unencrypted, and constrained to be nonnullable.`,
      { state: 2 },
    )
  }
  if (nullable === true) {
    throw new SqlError(
      8147,
      `Could not create IDENTITY attribute on nullable column '${name}', table '${table.name}'.`,
    )
  }
  return { seed: BigInt(identity.seed), increment: BigInt(identity.increment), lastValue: null }
}

function computedColumn(
  table: DefinedTable,
  definition: ColumnDefinition,
  { context, columnId, inPrimaryKey }: ColumnOptions,
): CatalogColumn {
  const { database, objectId } = table
  const { name, computed } = definition
  const text = computed?.text ?? 'NULL'
  const others = columnsOf(table).filter((column) => !column.isComputed)
  const value = rowValue(text, rowTable(table, others), { host: context.host })
  const isPersisted = computed?.isPersisted === true
  database.catalog.computedTexts.set(partKey(objectId, columnId), catalogText(text), context.log)
  return columnEntry({
    objectId,
    columnId,
    name,
    type: value.type,
    isNullable: definition.nullable ?? (value.nullable && !(isPersisted && inPrimaryKey)),
    isComputed: true,
    isPersisted,
  })
}

function columnTwice({ name }: DefinedTable, column: string): SqlError {
  return new SqlError(
    2705,
    `Column names in each table must be unique. Column name '${column}' in table '${name}' is specified more than once.`,
    { state: 3 },
  )
}

function tooManyColumns({ name }: DefinedTable, column: string): SqlError {
  return new SqlError(
    1702,
    `CREATE TABLE failed because column '${column}' in table '${name}' exceeds the maximum of ${MAX_COLUMNS} columns.`,
  )
}
