import type { CatalogIndex } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type {
  AlterIndexStatement,
  CreateIndexStatement,
  DropIndexStatement,
  ObjectName,
} from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { duplicateInIndex } from '../tempdb/duplicate-key.ts'
import { partKey } from '../tempdb/memory-catalog.ts'
import { addIndex, heapOf } from './add-index.ts'
import { buildRows } from './build-rows.ts'
import { type DefinitionContext, writtenName } from './definition-context.ts'
import { columnsOf, type DefinedTable, findTableAt } from './table-under-construction.ts'

/** @throws SqlError 1088 (no such table), 1505 (rows that are there have the same key), … */
export function createIndex(statement: CreateIndexStatement, context: DefinitionContext): void {
  const { index, dropExisting } = statement
  const table = requireTable(statement.table, context)
  const existing = findIndex(table, index.name)
  if (dropExisting) {
    if (existing === undefined) throw noSuchIndexToReplace(index.name, table)
    removeIndex(table, existing, context)
  }
  addIndex(
    table,
    {
      ...index,
      kind: 'index',
      isUnique: index.unique,
      isClustered: index.clustered,
      ignoresDuplicates: index.ignoreDuplicateKeys,
    },
    context,
  )
  buildRows(table, context, { before: columnsOf(table), onDuplicate: duplicateInIndex })
}

/** @throws SqlError 3701 (no such index), 3723 (it is a constraint's) */
export function dropIndexes(statement: DropIndexStatement, context: DefinitionContext): void {
  for (const { name, table: tableName } of statement.indexes) {
    const table = findTableAt(tableName, context)
    const index = table && findIndex(table, name)
    if (table === undefined || index === undefined) {
      if (statement.ifExists) continue
      throw noSuchIndex(name, tableName)
    }
    refuseConstraint(table, index)
    removeIndex(table, index, context)
    buildRows(table, context, { before: columnsOf(table) })
  }
}

/** REBUILD and REORGANIZE find everything in order; DISABLE is refused. */
export function alterIndex(statement: AlterIndexStatement, context: DefinitionContext): void {
  const { name, action, ignoreDuplicateKeys } = statement
  const table = requireTable(statement.table, context)
  const { catalog } = table.database
  const indexes = catalog.indexes(table.objectId)
  const chosen = name === undefined ? indexes : [findIndex(table, name)]
  if (chosen.some((index) => index === undefined)) {
    throw new SqlError(
      7999,
      `Could not find any index named '${name}' for table '${writtenName(statement.table)}'.`,
      { severity: 11 },
    )
  }
  if (action === 'disable') throw notSupported('ALTER INDEX DISABLE')
  if (ignoreDuplicateKeys === undefined) return
  const changed = indexes.map((index) =>
    chosen.includes(index) && index.isUnique
      ? { ...index, ignoresDuplicateKeys: ignoreDuplicateKeys }
      : index,
  )
  catalog.indexEntries.set(table.objectId, changed, context.log)
  buildRows(table, context, { before: columnsOf(table) })
}

export function findIndex(table: DefinedTable, name: string): CatalogIndex | undefined {
  const { catalog, settings } = table.database
  const key = nameKey(name, settings.collationId)
  return catalog
    .indexes(table.objectId)
    .find((index) => index.indexId > 0 && nameKey(index.name, settings.collationId) === key)
}

/** Takes an index's entry away; without its clustered index a table is a heap again. */
export function removeIndex(
  { database, objectId }: DefinedTable,
  { indexId }: CatalogIndex,
  { log }: DefinitionContext,
): void {
  const { catalog } = database
  const others = catalog.indexes(objectId).filter((index) => index.indexId !== indexId)
  const all = indexId === 1 ? [heapOf(objectId), ...others] : others
  catalog.indexEntries.set(objectId, all, log)
  catalog.filterTexts.delete(partKey(objectId, indexId), log)
}

/** @throws SqlError 1088 */
function requireTable(name: ObjectName, context: DefinitionContext): DefinedTable {
  const table = findTableAt(name, context)
  if (table !== undefined) return table
  throw new SqlError(
    1088,
    `Cannot find the object "${writtenName(name)}" because it does not exist or you do not have permissions.`,
    { state: 12 },
  )
}

function refuseConstraint(table: DefinedTable, index: CatalogIndex): void {
  if (!index.isPrimaryKey && !index.isUniqueConstraint) return
  const kind = index.isPrimaryKey ? 'PRIMARY KEY' : 'UNIQUE KEY'
  throw new SqlError(
    3723,
    `An explicit DROP INDEX is not allowed on index '${table.name}.${index.name}'. It is being used for ${kind} constraint enforcement.`,
    { state: 4 },
  )
}

function noSuchIndex(name: string, table: ObjectName): SqlError {
  return new SqlError(
    3701,
    `Cannot drop the index '${writtenName(table)}.${name}', because it does not exist or you do not have permission.`,
    { severity: 11, state: 7 },
  )
}

function noSuchIndexToReplace(name: string, table: DefinedTable): SqlError {
  return new SqlError(7999, `Could not find any index named '${name}' for table '${table.name}'.`, {
    state: 9,
  })
}

function notSupported(option: string): SqlError {
  return new SqlError(
    40517,
    `Keyword or statement option '${option}' is not supported in this version of SQL Server.`,
    { severity: 15 },
  )
}
