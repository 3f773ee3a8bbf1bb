import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { findUserObject } from '../catalog/find-object.ts'
import { nameKey } from '../catalog/name-key.ts'
import { parseProcedureName } from '../session/procedure-name.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'

import { textDependentsOf } from './dependents.ts'

/** What sp_rename is asked for. */
export interface Renaming {
  readonly database: MemoryDatabase
  readonly name: string
  readonly newName: string
  /** As written; '' for an object of any type. */
  readonly itemType: string
  readonly log: UndoLog
}

/**
 * sp_rename: another name for an object, a column, an index or an alias type.
 * @throws SqlError 15225, 15248 (there is none), 15335 (the name is taken), 15249 (unknown item type)
 */
export function rename(renaming: Renaming): void {
  switch (renaming.itemType.toUpperCase()) {
    case '':
    case 'OBJECT':
      renameObject(renaming)
      break
    case 'COLUMN':
      renameColumn(renaming)
      break
    case 'INDEX':
      renameIndex(renaming)
      break
    case 'USERDATATYPE':
      renameType(renaming)
      break
    default:
      throw new SqlError(
        15249,
        `Error: Explicit @objtype '${renaming.itemType}' is unrecognized.`,
        { severity: 11, procedure: 'sp_rename' },
      )
  }
}

function renameObject(renaming: Renaming): void {
  const { database, name, newName, log } = renaming
  const { catalog } = database
  const object = findUserObject(parseProcedureName(name), database)
  if (object === undefined) throw noSuchItem(renaming)
  const schema = catalog.schemaName(object)
  const taken = findUserObject({ schema, name: newName }, database)
  if (taken !== undefined && taken !== object) throw nameInUse(newName, 'object')
  const { objectId } = object
  catalog.objectEntries.set(objectId, { ...object, name: newName }, log)
  for (const entries of [catalog.checkEntries, catalog.defaultEntries]) {
    const entry = entries.get(objectId)
    if (entry !== undefined) entries.set(objectId, { ...entry, name: newName }, log)
  }
  const key = catalog.foreignKeyEntries.get(objectId)
  if (key !== undefined) catalog.foreignKeyEntries.set(objectId, { ...key, name: newName }, log)
  if (object.type === 'PK' || object.type === 'UQ') {
    setIndexName(renaming, { objectId: object.parentObjectId, indexName: object.name })
  }
}

function renameColumn(renaming: Renaming): void {
  const { database, newName, log } = renaming
  const { object, part } = parentAndPart(renaming)
  const { catalog, settings } = database
  const same = (a: string, b: string) =>
    nameKey(a, settings.collationId) === nameKey(b, settings.collationId)
  const columns = catalog.columnEntries.get(object.objectId) ?? []
  const column = columns.find((candidate) => same(candidate.name, part))
  if (column === undefined) throw ambiguous(renaming)
  if (columns.some((other) => other !== column && same(other.name, newName))) {
    throw nameInUse(newName, 'COLUMN')
  }
  const { objectId, schemaId } = object
  const table = { database, objectId, schemaId, name: object.name }
  if (textDependentsOf(table, column).length > 0) throw enforced(renaming)
  const renamed = columns.map((other) => (other === column ? { ...column, name: newName } : other))
  catalog.columnEntries.set(object.objectId, renamed, log)
}

function renameIndex(renaming: Renaming): void {
  const { object, part } = parentAndPart(renaming)
  if (!setIndexName(renaming, { objectId: object.objectId, indexName: part })) {
    throw ambiguous(renaming)
  }
}

/** @returns whether there was such an index */
function setIndexName(
  { database, newName, log }: Renaming,
  { objectId, indexName }: { readonly objectId: number; readonly indexName: string },
): boolean {
  const { catalog, settings } = database
  const key = nameKey(indexName, settings.collationId)
  const indexes = catalog.indexes(objectId)
  const index = indexes.find(
    (one) => one.indexId > 0 && nameKey(one.name, settings.collationId) === key,
  )
  if (index === undefined) return false
  const renamed = indexes.map((one) => (one === index ? { ...index, name: newName } : one))
  catalog.indexEntries.set(objectId, renamed, log)
  return true
}

function renameType(renaming: Renaming): void {
  const { database, name, newName, log } = renaming
  const { catalog, settings } = database
  const key = nameKey(parseProcedureName(name).name, settings.collationId)
  const type = catalog.userTypes.find((one) => nameKey(one.name, settings.collationId) === key)
  if (type === undefined) throw noSuchItem(renaming)
  catalog.typeEntries.set(type.userTypeId, { ...type, name: newName }, log)
}

/** `schema.table.part`, `table.part` */
function parentAndPart(renaming: Renaming): {
  readonly object: CatalogObject
  readonly part: string
} {
  const { database, name } = renaming
  const parts = parseProcedureName(name)
  const object = findUserObject({ schema: parts.database, name: parts.schema }, database)
  if (object === undefined) throw ambiguous(renaming)
  return { object, part: parts.name }
}

function noSuchItem({ name, database, itemType }: Renaming): SqlError {
  return new SqlError(
    15225,
    `No item by the name of '${name}' could be found in the current database '${database.name}', given that @itemtype was input as '${itemType === '' ? '(null)' : itemType}'.`,
    { severity: 11, procedure: 'sp_rename' },
  )
}

function ambiguous({ itemType }: Renaming): SqlError {
  return new SqlError(
    15248,
    `Either the parameter @objname is ambiguous or the claimed @objtype (${itemType}) is wrong.`,
    { severity: 11, procedure: 'sp_rename' },
  )
}

function enforced({ name }: Renaming): SqlError {
  return new SqlError(
    15336,
    `Object '${name}' cannot be renamed because the object participates in enforced dependencies.`,
    { severity: 11, procedure: 'sp_rename' },
  )
}

function nameInUse(name: string, what: string): SqlError {
  return new SqlError(
    15335,
    `Error: The new name '${name}' is already in use as a ${what} name and would cause a duplicate that is not permitted.`,
    { severity: 11, procedure: 'sp_rename' },
  )
}
