import type { CatalogColumn } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ObjectName, RowTable } from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import { sourceColumn } from '../tempdb/table-source.ts'
import { type DefinitionContext, findObjectAt } from './definition-context.ts'
import type { TypeSource } from './resolve-type.ts'

/** A table whose definition is being made or changed. */
export interface DefinedTable {
  readonly database: MemoryDatabase
  readonly objectId: number
  readonly schemaId: number
  /** As written. */
  readonly name: string
  /** Whose types and collation its columns may have when it is not its own database's: a variable's. */
  readonly types?: TypeSource
}

/** The table a name stands for, or what else of `types` it may; undefined when there is none. */
export function findTableAt(
  name: ObjectName,
  context: DefinitionContext,
  types: readonly string[] = ['U'],
): DefinedTable | undefined {
  const found = findObjectAt(name, context)
  if (found === undefined || !types.includes(found.object.type)) return undefined
  const { objectId, schemaId } = found.object
  const { database } = found
  return { database, objectId, schemaId, name: database.catalog.displayName(objectId) }
}

/** The table with its schema, as many messages have it. */
export function qualifiedName({ database, name, schemaId }: DefinedTable): string {
  return `${database.catalog.schemaName({ schemaId })}.${name}`
}

export function columnsOf({ database, objectId }: DefinedTable): readonly CatalogColumn[] {
  return database.catalog.columnEntries.get(objectId) ?? []
}

export function findColumn(table: DefinedTable, name: string): CatalogColumn | undefined {
  const { collationId } = table.database.settings
  const key = nameKey(name, collationId)
  return columnsOf(table).find((column) => nameKey(column.name, collationId) === key)
}

/** The table as expressions over its rows see it; without columns for DEFAULT. */
export function rowTable(table: DefinedTable, columns = columnsOf(table)): RowTable {
  const { database, schemaId, name } = table
  return {
    database: database.name,
    schema: database.catalog.schemaName({ schemaId }),
    name,
    columns: columns.map((column) => sourceColumn(column, database)),
  }
}

/** @throws SqlError 1911 when the table has no such column */
export function requireColumn(table: DefinedTable, name: string): CatalogColumn {
  const column = findColumn(table, name)
  if (column !== undefined) return column
  throw new SqlError(1911, `Column name '${name}' does not exist in the target table or view.`)
}
