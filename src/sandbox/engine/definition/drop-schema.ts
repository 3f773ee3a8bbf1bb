import { SqlError } from '../../sql-error.ts'
import type { ObjectName } from '../../tsql/index.ts'
import { type DefinitionContext, findSchema, writtenName } from './definition-context.ts'
import { findUserType } from './resolve-type.ts'

interface DropOptions {
  readonly ifExists: boolean
  readonly context: DefinitionContext
}

/** dbo, guest, INFORMATION_SCHEMA and sys. */
const LAST_SYSTEM_SCHEMA_ID = 4

/** @throws SqlError 15151 (there is none), 15150 (a system schema), 3729 (something is in it) */
export function dropSchema({ name }: ObjectName, { ifExists, context }: DropOptions): void {
  const database = context.memoryDatabase(context.host.session.database)
  const { catalog } = database
  const schema = findSchema(database, name)
  if (schema === undefined) {
    if (ifExists) return
    throw new SqlError(
      15151,
      `Cannot drop the schema '${name}', because it does not exist or you do not have permission.`,
    )
  }
  const { schemaId } = schema
  if (schemaId <= LAST_SYSTEM_SCHEMA_ID) {
    throw new SqlError(15150, `Cannot drop the schema '${name}'.`)
  }
  const user = [...catalog.objects, ...catalog.userTypes].find((one) => one.schemaId === schemaId)
  if (user !== undefined) {
    throw new SqlError(
      3729,
      `Cannot drop schema '${name}' because it is being referenced by object '${user.name}'.`,
    )
  }
  catalog.schemaEntries.delete(schemaId, context.log)
}

/** @throws SqlError 218 (there is none), 3732 (a column has it) */
export function dropType(name: ObjectName, { ifExists, context }: DropOptions): void {
  const database = context.memoryDatabase(name.database || context.host.session.database)
  const { catalog } = database
  const type = findUserType(name, database)
  if (type === undefined) {
    if (ifExists) return
    throw new SqlError(
      218,
      `Could not find the type '${writtenName(name)}'. Either it does not exist or you do not have the necessary permission.`,
    )
  }
  const user = [...catalog.columnEntries.values, ...catalog.parameterEntries.values]
    .flat()
    .find((column) => column.userTypeId === type.userTypeId)
  if (user !== undefined) {
    throw new SqlError(
      3732,
      `Cannot drop type '${writtenName(name)}' because it is being referenced by object '${catalog.displayName(user.objectId)}'. There may be other objects that reference this type.`,
    )
  }
  const table = catalog.tableTypes.get(type.userTypeId)
  if (table !== undefined) catalog.removeObject(table.objectId, context.log)
  catalog.tableTypes.delete(type.userTypeId, context.log)
  catalog.typeEntries.delete(type.userTypeId, context.log)
}
