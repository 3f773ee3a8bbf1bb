import { SqlError } from '../../sql-error.ts'
import type { DropObjectStatement, ObjectName } from '../../tsql/index.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import { type DefinitionContext, findObjectAt, writtenName } from './definition-context.ts'
import { dropSchema, dropType } from './drop-schema.ts'

/** sys.objects.type of what each DROP takes away. */
const DROPPED_TYPES: Readonly<Record<DropObjectStatement['type'], readonly string[]>> = {
  table: ['U'],
  view: ['V'],
  procedure: ['P'],
  function: ['FN', 'IF', 'TF'],
  trigger: ['TR'],
  sequence: ['SO'],
  synonym: ['SN'],
  type: [],
  schema: [],
}

/** @throws SqlError 3701 (there is none), 3705 (it is something else), 3726, 15151, … */
export function dropObjects(statement: DropObjectStatement, context: DefinitionContext): void {
  const { type, ifExists, names } = statement
  for (const name of names) {
    if (type === 'schema') dropSchema(name, { ifExists, context })
    else if (type === 'type') dropType(name, { ifExists, context })
    else dropOne(name, statement, context)
  }
}

function dropOne(
  name: ObjectName,
  statement: DropObjectStatement,
  context: DefinitionContext,
): void {
  const { type, ifExists } = statement
  const found = findObjectAt(name, context)
  if (found === undefined) {
    if (ifExists) return
    throw noSuchObject(type, name)
  }
  const { database, object } = found
  if (!DROPPED_TYPES[type].includes(object.type)) throw otherType(type, name, object.type)
  if (type === 'table') refuseReferenced(database, object.objectId, name)
  database.catalog.removeObject(object.objectId, context.log)
}

/** @throws SqlError 3726 when a foreign key of another table refers to it */
function refuseReferenced({ catalog }: MemoryDatabase, objectId: number, name: ObjectName): void {
  const isReferenced = catalog.foreignKeys.some(
    (key) => key.referencedObjectId === objectId && key.parentObjectId !== objectId,
  )
  if (!isReferenced) return
  throw new SqlError(
    3726,
    `Could not drop object '${writtenName(name)}' because it is referenced by a FOREIGN KEY constraint.`,
  )
}

const WORDS: Readonly<Record<DropObjectStatement['type'], string>> = {
  table: 'table',
  view: 'view',
  procedure: 'procedure',
  function: 'function',
  trigger: 'trigger',
  sequence: 'sequence object',
  synonym: 'synonym',
  type: 'type',
  schema: 'schema',
}

function noSuchObject(type: DropObjectStatement['type'], name: ObjectName): SqlError {
  return new SqlError(
    3701,
    `Cannot drop the ${WORDS[type]} '${writtenName(name)}', because it does not exist or you do not have permission.`,
    { severity: 11, state: 5 },
  )
}

const TYPE_WORDS: Readonly<Record<string, readonly [word: string, verb: string]>> = {
  U: ['table', 'DROP TABLE'],
  V: ['view', 'DROP VIEW'],
  P: ['procedure', 'DROP PROCEDURE'],
  FN: ['function', 'DROP FUNCTION'],
  IF: ['function', 'DROP FUNCTION'],
  TF: ['function', 'DROP FUNCTION'],
  TR: ['trigger', 'DROP TRIGGER'],
  SO: ['sequence object', 'DROP SEQUENCE'],
  SN: ['synonym', 'DROP SYNONYM'],
}

function otherType(
  type: DropObjectStatement['type'],
  name: ObjectName,
  objectType: string,
): SqlError {
  const [word, verb] = TYPE_WORDS[objectType] ?? ['constraint', 'ALTER TABLE DROP CONSTRAINT']
  const written = writtenName(name)
  return new SqlError(
    3705,
    `Cannot use DROP ${type.toUpperCase()} with '${written}' because '${written}' is a ${word}. Use ${verb}.`,
  )
}
