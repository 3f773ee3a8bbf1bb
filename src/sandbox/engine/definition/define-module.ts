import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type ModuleDefinition, type ModuleStatement, parseModule } from '../../tsql/index.ts'
import { isLocalTemporary, paddedName } from '../tempdb/temporary-objects.ts'
import {
  type DefinitionContext,
  findObjectAt,
  type Place,
  placeOf,
  requireFree,
  writtenName,
} from './definition-context.ts'
import { defineModuleColumns, defineParameters } from './module-columns.ts'
import { triggerPlace } from './trigger-place.ts'

const OBJECT_TYPES = {
  procedure: 'P',
  'scalar-function': 'FN',
  'inline-function': 'IF',
  'table-function': 'TF',
  trigger: 'TR',
  view: 'V',
} as const satisfies Record<ModuleDefinition['body']['kind'], string>

/** Types that ALTER of each statement may find. */
const ALTERED_TYPES: Readonly<Record<ModuleStatement['type'], readonly string[]>> = {
  procedure: ['P'],
  function: ['FN', 'IF', 'TF'],
  trigger: ['TR'],
  view: ['V'],
}

/**
 * CREATE and ALTER of a view, procedure, function or trigger. What procedures and triggers name need not
 * exist yet; what views and inline functions select from has to.
 * @throws SqlError 2714, 208, 2010, 166, 4103, 8197, and those of a view's query
 */
export function defineModule(statement: ModuleStatement, context: DefinitionContext): void {
  refuseNames(statement)
  const quotedIdentifier = context.host.session.options.get('QUOTED_IDENTIFIER') !== false
  const definition = parseModule(statement.text, { quotedIdentifier })
  const { place, parentObjectId } = modulePlace(definition, context)
  const existing = existingModule(statement, context)
  if (existing === undefined) requireFree(place, context)
  const { catalog } = place.database
  const object = setObject(place, { existing, definition, parentObjectId, context })
  catalog.texts.set(object.objectId, statement.text, context.log)
  defineParameters(place, object.objectId, { definition, context })
  defineModuleColumns(place, object, { definition, context })
}

function modulePlace(
  definition: ModuleDefinition,
  context: DefinitionContext,
): { readonly place: Place; readonly parentObjectId: number } {
  const { body, name } = definition
  if (body.kind === 'trigger') return triggerPlace(name, body, context)
  return { place: placeOf(name, context), parentObjectId: 0 }
}

/** What ALTER and CREATE OR ALTER change; undefined when it is to be made. */
function existingModule(
  { action, type, name }: ModuleStatement,
  context: DefinitionContext,
): CatalogObject | undefined {
  if (action === 'create') return undefined
  const object = findObjectAt(name, context)?.object
  if (object === undefined) {
    if (action === 'create-or-alter') return undefined
    throw new SqlError(208, `Invalid object name '${writtenName(name)}'.`, { state: 6 })
  }
  if (ALTERED_TYPES[type].includes(object.type)) return object
  if (action === 'create-or-alter') return undefined
  throw new SqlError(
    2010,
    `Cannot perform alter on '${writtenName(name)}' because it is an incompatible object type.`,
  )
}

function setObject(
  { database, schema, name }: Place,
  parts: {
    readonly existing: CatalogObject | undefined
    readonly definition: ModuleDefinition
    readonly parentObjectId: number
    readonly context: DefinitionContext
  },
): CatalogObject {
  const { existing, definition, parentObjectId, context } = parts
  const { catalog } = database
  const { options } = context.host.session
  const entry = {
    name: isLocalTemporary(name) ? paddedName(name) : name,
    schemaId: schema.schemaId,
    type: OBJECT_TYPES[definition.body.kind],
    parentObjectId,
    usesAnsiNulls: options.get('ANSI_NULLS') !== false,
    usesQuotedIdentifier: options.get('QUOTED_IDENTIFIER') !== false,
    isInsteadOf: definition.body.kind === 'trigger' && definition.body.isInsteadOf,
  }
  if (existing !== undefined) {
    const changed = { ...existing, ...entry, name: existing.name, modifyDate: context.moment }
    catalog.objectEntries.set(existing.objectId, changed, context.log)
    return changed
  }
  const object = catalog.addObject(entry, context.moment, context.log)
  if (name.startsWith('#')) {
    catalog.temporaryNames.set(object.objectId, name, context.log)
    context.temporary.add(name, object.objectId, context.log)
  }
  return object
}

const STATEMENT_WORDS = {
  procedure: 'CREATE/ALTER PROCEDURE',
  function: 'CREATE/ALTER FUNCTION',
  trigger: 'CREATE/ALTER TRIGGER',
  view: 'CREATE/ALTER VIEW',
} as const

function refuseNames({ type, name }: ModuleStatement): void {
  if (name.database !== '') {
    throw new SqlError(
      166,
      `'${STATEMENT_WORDS[type]}' does not allow specifying the database name as a prefix to the object name.`,
      { severity: 15 },
    )
  }
  if (!name.name.startsWith('#') || type === 'procedure') return
  if (type === 'view') {
    throw new SqlError(4103, `"${name.name}": Temporary views are not allowed.`, { severity: 15 })
  }
  throw new SqlError(1074, `Creation of temporary ${type}s is not allowed: '${name.name}'.`, {
    severity: 15,
  })
}
