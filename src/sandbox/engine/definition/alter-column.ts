import { type CatalogColumn, MAX_LENGTH, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type AlterTableStatement, type ColumnDefinition, convert } from '../../tsql/index.ts'
import { systemTypeId } from '../catalog/system-types.ts'
import type { StoredRow } from '../tempdb/ordered-rows.ts'
import { declaredType } from './add-column.ts'
import { buildRows } from './build-rows.ts'
import type { DefinitionContext } from './definition-context.ts'
import { columnIsNeeded, dependentsOf } from './dependents.ts'
import {
  columnsOf,
  type DefinedTable,
  findColumn,
  qualifiedName,
} from './table-under-construction.ts'

/**
 * ALTER COLUMN: another type or nullability, with the values that are there converted.
 * @throws SqlError 4924, 4928, 4922, 515, 2628, and the errors of conversions
 */
export function alterColumn(
  table: DefinedTable,
  definition: ColumnDefinition,
  context: DefinitionContext,
): void {
  const before = columnsOf(table)
  const column = requireAlterable(table, definition.name)
  const { type: declared, alias } = declaredType(table, definition, column.columnId)
  const keepsCollation = definition.collation === undefined && column.type.collationId !== 0
  const type =
    keepsCollation && declared.collationId !== 0
      ? { ...declared, collationId: column.type.collationId }
      : declared
  const isNullable = definition.nullable ?? column.identity === undefined
  refuseDependents(table, column, { type, isNullable })
  const typeId = systemTypeId(type.name)
  const changed: CatalogColumn = {
    ...column,
    type,
    isNullable,
    systemTypeId: typeId,
    userTypeId: alias?.userTypeId ?? typeId,
  }
  replaceColumn(table, { column, changed }, context)
  const ordinal = before.indexOf(column)
  const value = (row: StoredRow): SqlValue =>
    convertedValue(row.values[ordinal] ?? null, { table, column, changed })
  buildRows(table, context, { before, values: new Map([[column.columnId, value]]) })
}

/** ADD or DROP of ROWGUIDCOL and PERSISTED. @throws SqlError 4924 */
export function setColumnProperty(
  table: DefinedTable,
  change: Extract<AlterTableStatement['change'], { kind: 'column-property' }>,
  context: DefinitionContext,
): void {
  const before = columnsOf(table)
  const column = requireColumn(table, change.column)
  const property =
    change.property === 'rowguidcol'
      ? { isRowGuid: change.isAdded }
      : { isPersisted: change.isAdded && column.isComputed }
  replaceColumn(table, { column, changed: { ...column, ...property } }, context)
  buildRows(table, context, { before })
}

function replaceColumn(
  table: DefinedTable,
  { column, changed }: { readonly column: CatalogColumn; readonly changed: CatalogColumn },
  { log }: DefinitionContext,
): void {
  const columns = columnsOf(table).map((other) => (other === column ? changed : other))
  table.database.catalog.columnEntries.set(table.objectId, columns, log)
}

function requireColumn(table: DefinedTable, name: string): CatalogColumn {
  const column = findColumn(table, name)
  if (column !== undefined) return column
  throw new SqlError(
    4924,
    `ALTER TABLE ALTER COLUMN failed because column '${name}' does not exist in table '${table.name}'.`,
  )
}

function requireAlterable(table: DefinedTable, name: string): CatalogColumn {
  const column = requireColumn(table, name)
  const hindrance = column.isComputed
    ? 'COMPUTED'
    : column.type.name === 'timestamp'
      ? 'timestamp'
      : undefined
  if (hindrance === undefined) return column
  throw new SqlError(4928, `Cannot alter column '${name}' because it is '${hindrance}'.`)
}

/** What only makes a variable-length column longer, with the same nullability, disturbs nothing. */
function refuseDependents(
  table: DefinedTable,
  column: CatalogColumn,
  { type, isNullable }: Pick<CatalogColumn, 'type' | 'isNullable'>,
): void {
  const isLonger = type.name === column.type.name && lengthOf(type) >= lengthOf(column.type)
  const isVariable = /^(?:n?varchar|varbinary)$/.test(type.name)
  const isSame = isLonger && (isVariable || type.maxLength === column.type.maxLength)
  const dependents = dependentsOf(table, column).filter(
    ({ name }) => !isOwnDefault(table, column, name),
  )
  if (dependents.length === 0 || (isSame && isNullable === column.isNullable)) return
  throw columnIsNeeded('ALTER COLUMN', column.name, dependents)
}

/** A default hinders a change of type only, and then only in its own conversion. */
function isOwnDefault({ database }: DefinedTable, column: CatalogColumn, name: string): boolean {
  return database.catalog.defaultEntries.get(column.defaultObjectId)?.name === name
}

function lengthOf({ maxLength }: SqlType): number {
  return maxLength === MAX_LENGTH ? Number.POSITIVE_INFINITY : maxLength
}

function convertedValue(
  value: SqlValue,
  parts: {
    readonly table: DefinedTable
    readonly column: CatalogColumn
    readonly changed: CatalogColumn
  },
): SqlValue {
  const { table, column, changed } = parts
  if (value === null) {
    if (changed.isNullable) return null
    throw new SqlError(
      515,
      `Cannot insert the value NULL into column '${column.name}', table '${table.database.name}.${qualifiedName(table)}'; column does not allow nulls. UPDATE fails.`,
      { state: 2 },
    )
  }
  const { type } = changed
  const isText = typeof value === 'string' && /char$/.test(type.name)
  const limit = type.name.startsWith('n') ? type.maxLength / 2 : type.maxLength
  if (isText && type.maxLength !== MAX_LENGTH && value.trimEnd().length > limit) {
    throw new SqlError(
      2628,
      `String or binary data would be truncated in table '${table.database.name}.${qualifiedName(table)}', column '${column.name}'. Truncated value: '${value.slice(0, limit)}'.`,
    )
  }
  return convert(value, column.type, type)
}
