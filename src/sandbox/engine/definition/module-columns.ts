import type { CatalogColumn, CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { describeBatch, type ModuleDefinition, type ModuleParameter } from '../../tsql/index.ts'
import { columnEntry } from '../tempdb/column-entry.ts'
import { addColumn } from './add-column.ts'
import type { DefinitionContext, Place } from './definition-context.ts'
import { findUserType, resolveType } from './resolve-type.ts'

interface ModuleParts {
  readonly definition: ModuleDefinition
  readonly context: DefinitionContext
}

/** What a parameter without a type of its own is listed as. */
const CURSOR_TYPE = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 } as const

/** sys.parameters: by position, a scalar function's value at 0. @throws SqlError 2715 */
export function defineParameters(
  { database }: Place,
  objectId: number,
  { definition, context }: ModuleParts,
): void {
  const { body, parameters } = definition
  const entries = parameters.map((parameter, index) =>
    parameterEntry(parameter, { database, objectId, position: index + 1 }),
  )
  if (body.kind === 'scalar-function') {
    const { type, alias } = resolveType(body.returns, database)
    const userType = alias === undefined ? {} : { userTypeId: alias.userTypeId }
    entries.unshift(
      columnEntry({ objectId, columnId: 0, name: '', type, ...userType, isOutput: true }),
    )
  }
  database.catalog.parameterEntries.set(objectId, entries, context.log)
}

function parameterEntry(
  parameter: ModuleParameter,
  place: Pick<Place, 'database'> & { readonly objectId: number; readonly position: number },
): CatalogColumn {
  const { database, objectId, position } = place
  const { name, isOutput, isReadOnly, isCursor, type: written } = parameter
  const column = { objectId, columnId: position, name, isOutput }
  if (isCursor) return columnEntry({ ...column, type: CURSOR_TYPE })
  const tableType = isReadOnly ? findUserType(written, database) : undefined
  if (tableType !== undefined) {
    const { type, systemTypeId, userTypeId } = tableType
    return columnEntry({ ...column, type, systemTypeId, userTypeId })
  }
  const { type, alias } = resolveType(written, database, position)
  return columnEntry({ ...column, type, ...(alias && { userTypeId: alias.userTypeId }) })
}

/** sys.columns of a view or a table function. @throws SqlError of a view's query */
export function defineModuleColumns(
  place: Place,
  { objectId }: CatalogObject,
  { definition, context }: ModuleParts,
): void {
  const { body } = definition
  const { database, schema, name } = place
  database.catalog.columnEntries.delete(objectId, context.log)
  if (body.kind === 'view') {
    const columns = describe(`SELECT * FROM ${quoted(place)}`, { objectId, context })
    database.catalog.columnEntries.set(objectId, columns, context.log)
  }
  if (body.kind === 'inline-function') {
    const values = definition.parameters.map(() => 'NULL').join(', ')
    const columns = describe(`SELECT * FROM ${quoted(place)}(${values})`, { objectId, context })
    database.catalog.columnEntries.set(objectId, columns, context.log)
  }
  if (body.kind !== 'table-function') return
  const table = { database, objectId, schemaId: schema.schemaId, name }
  for (const element of body.elements) {
    if (element.kind === 'column') addColumn(table, element, { context, inPrimaryKey: false })
  }
}

function quoted({ database, schema, name }: Place): string {
  return [database.name, schema.name, name]
    .map((part) => `[${part.replaceAll(']', ']]')}]`)
    .join('.')
}

function describe(
  query: string,
  { objectId, context }: { readonly objectId: number; readonly context: DefinitionContext },
): readonly CatalogColumn[] {
  return columnsOfQuery(query, context).map(({ name, type, nullable }, index) =>
    columnEntry({ objectId, columnId: index + 1, name, type, isNullable: nullable }),
  )
}

const NO_COLUMN_NAME = 8155

function columnsOfQuery(query: string, { host }: DefinitionContext) {
  try {
    return describeBatch(query, host, []) ?? []
  } catch (error) {
    if (!(error instanceof SqlError) || error.number !== NO_COLUMN_NAME) throw error
    const [, position = '1'] = /column (\d+)/.exec(error.message) ?? []
    throw new SqlError(
      4511,
      `Create View or Function failed because no column name was specified for column ${position}.`,
    )
  }
}
