import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { TableElement, TableSource, TypeName } from '../../tsql/index.ts'
import { NOT_UNDONE, partKey } from '../tempdb/memory-catalog.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'
import { memoryTableSource } from '../tempdb/table-source.ts'
import { buildRows } from './build-rows.ts'
import { addTableObject, defineElements } from './create-table.ts'
import type { DefinitionContext } from './definition-context.ts'
import { findUserType, type TypeSource } from './resolve-type.ts'
import type { DefinedTable } from './table-under-construction.ts'

const DBO = { schemaId: 1, name: 'dbo', principalId: 1 } as const

/**
 * A table that only its variable names. No ROLLBACK reaches it; its columns have the types and the
 * collation of the current database.
 * @throws SqlError 2715 when the definition names no table type; the errors of CREATE TABLE
 */
export function tableVariable(
  name: string,
  definition: readonly TableElement[] | TypeName,
  { types, context }: { readonly types: TypeSource; readonly context: DefinitionContext },
): TableSource {
  const { settings } = types
  const database = new MemoryDatabase({ name: 'tempdb', settings, schemas: [DBO], principals: [] })
  const own: DefinitionContext = { ...context, log: NOT_UNDONE }
  const table = { ...addTableObject({ database, schema: DBO, name }, 'U', own), types }
  if (isElements(definition)) defineElements(table, definition, own)
  else copyTableType(table, definition, types)
  buildRows(table, own)
  const object = database.catalog.objectById(table.objectId)
  if (object === undefined) throw new TypeError(`${name} was not made`)
  return memoryTableSource(database, object, NOT_UNDONE)
}

function isElements(
  definition: readonly TableElement[] | TypeName,
): definition is readonly TableElement[] {
  return Array.isArray(definition)
}

/** The columns, keys, defaults and checks of a table type, in the place of the variable's. */
function copyTableType(table: DefinedTable, name: TypeName, types: TypeSource): void {
  const source = requireTableType(name, types)
  const { catalog } = types
  const target = table.database.catalog
  const { objectId } = table
  const columns = catalog.columns(source.objectId).map((column) => ({ ...column, objectId }))
  target.columnEntries.set(objectId, columns, NOT_UNDONE)
  for (const { columnId } of columns) {
    const text = catalog.computedText(source.objectId, columnId)
    if (text !== undefined) target.computedTexts.set(partKey(objectId, columnId), text, NOT_UNDONE)
  }
  const indexes = catalog.indexes(source.objectId).map((index) => ({ ...index, objectId }))
  target.indexEntries.set(objectId, indexes, NOT_UNDONE)
  for (const check of catalog.checkConstraints) {
    if (check.parentObjectId !== source.objectId) continue
    const copy = { ...check, parentObjectId: objectId }
    target.checkEntries.set(check.objectId, copy, NOT_UNDONE)
  }
  for (const one of catalog.defaultConstraints) {
    if (one.parentObjectId !== source.objectId) continue
    target.defaultEntries.set(one.objectId, { ...one, parentObjectId: objectId }, NOT_UNDONE)
  }
}

function requireTableType(name: TypeName, types: TypeSource): CatalogObject {
  const id = findUserType(name, types)?.userTypeId
  const tableType = types.tableTypes.find(({ userTypeId }) => userTypeId === id)
  const object = tableType && types.catalog.objectById(tableType.objectId)
  if (object !== undefined) return object
  const written = name.schema === '' ? name.name : `${name.schema}.${name.name}`
  throw new SqlError(2715, `Column, parameter, or variable #1: Cannot find data type ${written}.`)
}
