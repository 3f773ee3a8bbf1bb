import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type {
  CreateSchemaStatement,
  CreateSynonymStatement,
  CreateTypeStatement,
  ObjectName,
} from '../../tsql/index.ts'
import { systemTypeId } from '../catalog/system-types.ts'
import { addTableObject, defineElements } from './create-table.ts'
import {
  type DefinitionContext,
  findSchema,
  nameTaken,
  type Place,
  placeOf,
  requireFree,
} from './definition-context.ts'
import { findUserType, resolveType, TABLE_TYPE_ID } from './resolve-type.ts'

/** Table types have no size of their own. */
const TABLE_TYPE: SqlType = {
  name: 'varbinary',
  maxLength: -1,
  precision: 0,
  scale: 0,
  collationId: 0,
}

/** @throws SqlError 219 (there is one already), 2715, … */
export function createType(statement: CreateTypeStatement, context: DefinitionContext): void {
  const { definition } = statement
  const place = placeOf(statement.name, context)
  const { database, schema, name } = place
  const { catalog } = database
  if (findUserType({ schema: schema.name, name }, database) !== undefined) throw typeTaken(place)
  const userTypeId = catalog.nextTypeId()
  const common = { userTypeId, name, schemaId: schema.schemaId, ...UNBOUND }
  if (definition.kind === 'alias') {
    const { type } = resolveType(definition.type, database)
    const isNullable = definition.nullable
    const entry = { ...common, systemTypeId: systemTypeId(type.name), type, isNullable }
    catalog.typeEntries.set(userTypeId, entry, context.log)
    return
  }
  const sysSchema = findSchema(database, 'sys') ?? schema
  const hidden = `TT_${name}_${userTypeId.toString(16).toUpperCase().padStart(8, '0')}`
  const table = addTableObject({ database, schema: sysSchema, name: hidden }, 'TT', context)
  defineElements(table, definition.elements, context)
  const entry = { ...common, systemTypeId: TABLE_TYPE_ID, type: TABLE_TYPE, isNullable: false }
  catalog.typeEntries.set(userTypeId, entry, context.log)
  const { objectId } = table
  catalog.tableTypes.set(userTypeId, { userTypeId, objectId }, context.log)
}

const UNBOUND = { defaultObjectId: 0, ruleObjectId: 0 } as const

function typeTaken({ schema, name }: Place): SqlError {
  return new SqlError(
    219,
    `The type '${schema.name}.${name}' already exists, or you do not have permission to create it.`,
  )
}

/** @throws SqlError 2714 */
export function createSchema({ name }: CreateSchemaStatement, context: DefinitionContext): void {
  const database = context.memoryDatabase(context.host.session.database)
  if (findSchema(database, name) !== undefined) throw nameTaken(name)
  const { catalog } = database
  const schemaId = catalog.nextSchemaId()
  catalog.schemaEntries.set(schemaId, { schemaId, name, principalId: 1 }, context.log)
}

/** @throws SqlError 2714 */
export function createSynonym(statement: CreateSynonymStatement, context: DefinitionContext): void {
  const place = placeOf(statement.name, context)
  requireFree(place, context)
  const { catalog } = place.database
  const { objectId } = catalog.addObject(
    { name: place.name, schemaId: place.schema.schemaId, type: 'SN' },
    context.moment,
    context.log,
  )
  catalog.synonymTargets.set(objectId, bracketed(statement.target), context.log)
}

/** `[db].[dbo].[t]`; a part left out between two others stays empty. */
function bracketed({ server, database, schema, name }: ObjectName): string {
  const parts = [server, database, schema, name]
  return parts
    .slice(parts.findIndex((part) => part !== ''))
    .map((part) => (part === '' ? '' : `[${part.replaceAll(']', ']]')}]`))
    .join('.')
}
