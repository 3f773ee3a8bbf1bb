import type { CatalogObject, Schema, SqlDateTime } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultSink } from '../../tds/index.ts'
import type { ExecutionHost, ObjectName } from '../../tsql/index.ts'
import { findUserObject } from '../catalog/find-object.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import { isLocalTemporary, type TemporaryObjects } from '../tempdb/temporary-objects.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'

/** What a definition is carried out in. */
export interface DefinitionContext {
  readonly host: ExecutionHost
  /** The session's transaction. */
  readonly log: UndoLog
  readonly out: Pick<ResultSink, 'info'>
  readonly moment: SqlDateTime
  readonly temporary: TemporaryObjects
  /**
   * A database that can be changed, by its name.
   * @throws SqlError 911 (no such database), 3906 (it is served read-only)
   */
  memoryDatabase(name: string): MemoryDatabase
}

/** Where an object is, or will be. */
export interface Place {
  readonly database: MemoryDatabase
  readonly schema: Schema
  readonly name: string
}

const DEFAULT_SCHEMA = 'dbo'

/** The place a name means. @throws SqlError 2760 when there is no such schema */
export function placeOf(name: ObjectName, context: DefinitionContext): Place {
  const database = databaseOf(name, context)
  const isTemporary = name.name.startsWith('#')
  const schemaName = isTemporary ? DEFAULT_SCHEMA : name.schema || DEFAULT_SCHEMA
  const schema = findSchema(database, schemaName)
  if (schema !== undefined) return { database, schema, name: name.name }
  throw new SqlError(
    2760,
    `The specified schema name "${schemaName}" either does not exist or you do not have permission to use it.`,
  )
}

function databaseOf({ name, database }: ObjectName, context: DefinitionContext): MemoryDatabase {
  if (name.startsWith('#')) return context.memoryDatabase('tempdb')
  return context.memoryDatabase(database || context.host.session.database)
}

export function findSchema(
  { catalog, settings }: MemoryDatabase,
  name: string,
): Schema | undefined {
  const key = nameKey(name, settings.collationId)
  return catalog.schemas.find((schema) => nameKey(schema.name, settings.collationId) === key)
}

/** The object a name stands for, whatever it is; undefined when there is none. */
export function findObjectAt(
  name: ObjectName,
  context: DefinitionContext,
): { readonly database: MemoryDatabase; readonly object: CatalogObject } | undefined {
  const database = databaseOf(name, context)
  if (isLocalTemporary(name.name)) {
    const object = context.temporary.find(name.name)
    return object === undefined ? undefined : { database, object }
  }
  const schema = findSchema(database, name.schema || DEFAULT_SCHEMA)
  const object = schema && findNamed({ database, schema, name: name.name })
  return object === undefined ? undefined : { database, object }
}

/** The object of this very name. */
export function findNamed({ database, schema, name }: Place): CatalogObject | undefined {
  return findUserObject({ schema: schema.name, name }, database)
}

/** @throws SqlError 2714 when something has the name */
export function requireFree(place: Place, { temporary }: DefinitionContext): void {
  const taken = isLocalTemporary(place.name) ? temporary.findInScope(place.name) : findNamed(place)
  if (taken !== undefined) throw nameTaken(place.name)
}

export function nameTaken(name: string): SqlError {
  return new SqlError(2714, `There is already an object named '${name}' in the database.`, {
    state: 6,
  })
}

/** A name as it was written. */
export function writtenName({ server, database, schema, name }: ObjectName): string {
  const parts = [server, database, schema, name]
  return parts.slice(parts.findIndex((part) => part !== '')).join('.')
}
