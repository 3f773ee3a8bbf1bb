import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ModuleDefinition, ObjectName } from '../../tsql/index.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import {
  type DefinitionContext,
  findObjectAt,
  type Place,
  writtenName,
} from './definition-context.ts'

type Trigger = Extract<ModuleDefinition['body'], { kind: 'trigger' }>

/**
 * A trigger is in the schema of its table or view.
 * @throws SqlError 8197 (there is none), 2113 (FOR and AFTER on a view)
 */
export function triggerPlace(
  name: ObjectName,
  trigger: Trigger,
  context: DefinitionContext,
): { readonly place: Place; readonly parentObjectId: number } {
  const parent = parentOf(name, trigger, context)
  const { database, object } = parent
  const schema = database.catalog.schemas.find(({ schemaId }) => schemaId === object.schemaId)
  if (schema === undefined) throw noTable(trigger.table)
  return { place: { database, schema, name: name.name }, parentObjectId: object.objectId }
}

function parentOf(
  { schema }: ObjectName,
  { table, isInsteadOf }: Trigger,
  context: DefinitionContext,
): { readonly database: MemoryDatabase; readonly object: CatalogObject } {
  const found = findObjectAt({ ...table, schema: table.schema || schema }, context)
  const isTable = found?.object.type === 'U' && !table.name.startsWith('#')
  if (found === undefined || !(isTable || found.object.type === 'V')) throw noTable(table)
  if (found.object.type === 'V' && !isInsteadOf) {
    throw new SqlError(
      2113,
      `Cannot create trigger on view '${writtenName(table)}' because it is not an INSTEAD OF trigger.`,
    )
  }
  return found
}

function noTable(table: ObjectName): SqlError {
  return new SqlError(
    8197,
    `The object '${writtenName(table)}' does not exist or is invalid for this operation.`,
    { state: 4 },
  )
}
