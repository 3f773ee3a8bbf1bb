import { OBJECT_STATUS } from '../../catalog/objects.ts'
import { SqlVariant } from '../../sql-type.ts'
import { parseType } from '../catalog/parse-type.ts'
import type { DatabaseNames } from './database-names.ts'
import type { ModuleDefinition } from './definition.ts'
import { addModuleText, addObject, type DescribeContext, KIND_STATUS } from './describe-context.ts'
import { invalidDefinition } from './invalid-definition.ts'

export interface PlannedModule {
  readonly objectId: number
  readonly schemaId: number
  readonly schema: string
  readonly where: string
  readonly definition: ModuleDefinition
  /** The table or view of a trigger; 0 for others. */
  readonly parentId: number
}

/** Objects by `schema.name` in lower case. */
export type ObjectIds = Map<string, number>

const TRIGGER_EVENT_CLASS = 70
const TRIGGER_EVENTS = { INSERT: 1, UPDATE: 2, DELETE: 3 } as const
const EVENT_NUMBER = 1
/** Procedures keep their text and parameters under the number of their group. */
const PROCEDURE_NUMBER = 1
const OUTPUT_PARAMETER = 0x200
const NOT_NULL = 0x1
const INT = parseType('int', 0).type

/** @throws PlatformError INVALID_ARGUMENT */
export function planModules(
  names: DatabaseNames,
  modules: readonly ModuleDefinition[],
  objects: ObjectIds,
): PlannedModule[] {
  return modules.map((definition) => {
    const { schema = 'dbo', name, type, triggerTable } = definition
    const where = `module ${schema}.${name}`
    names.claim(schema, name, where)
    const objectId = names.nextObjectId()
    const parent = `${schema}.${triggerTable ?? ''}`.toLowerCase()
    const parentId = type === 'TR' ? objects.get(parent) : 0
    if (parentId === undefined) throw invalidDefinition(where, `there is no table ${parent}`)
    if (definition.text.trim() === '') throw invalidDefinition(where, 'it has no text')
    objects.set(`${schema}.${name}`.toLowerCase(), objectId)
    return { objectId, schemaId: names.schema(schema, where), schema, where, definition, parentId }
  })
}

export function describeModule(
  context: DescribeContext,
  names: DatabaseNames,
  module: PlannedModule,
): void {
  const { objectId, schemaId, definition, parentId } = module
  const { type, name, text, isInsteadOf = false } = definition
  const status = KIND_STATUS.module | (isInsteadOf ? OBJECT_STATUS.insteadOf : 0)
  addObject(context, { id: objectId, name, nsid: schemaId, type, status, pid: parentId })
  addModuleText(context, objectId, text, type === 'P' ? PROCEDURE_NUMBER : 0)
  addResultColumns(context, names, module)
  addParameters(context, names, module)
  for (const event of definition.triggerEvents ?? []) {
    context.rows.add('sysobjvalues', {
      valclass: TRIGGER_EVENT_CLASS,
      objid: objectId,
      subobjid: TRIGGER_EVENTS[event],
      valnum: EVENT_NUMBER,
      value: new SqlVariant(INT, 0),
    })
  }
}

function addResultColumns(
  { rows }: DescribeContext,
  names: DatabaseNames,
  module: PlannedModule,
): void {
  module.definition.columns?.forEach(({ name, type, isNullable = true }, index) => {
    const place = `${module.where}, column ${name}`
    const row = typeColumns(names, type, place)
    const status = isNullable ? 0 : NOT_NULL
    rows.add('syscolpars', { id: module.objectId, colid: index + 1, name, ...row, status })
  })
}

function addParameters(
  { rows }: DescribeContext,
  names: DatabaseNames,
  module: PlannedModule,
): void {
  let position = 0
  for (const { name, type, isOutput = false } of module.definition.parameters ?? []) {
    const colid = name === '' ? 0 : ++position
    const place = `${module.where}, parameter ${name}`
    rows.add('syscolpars', {
      id: module.objectId,
      number: PROCEDURE_NUMBER,
      colid,
      name,
      ...typeColumns(names, type, place),
      status: isOutput || name === '' ? OUTPUT_PARAMETER : 0,
    })
  }
}

function typeColumns(names: DatabaseNames, text: string, place: string) {
  const { type, systemTypeId, userTypeId, length } = names.type(text, undefined, place)
  return {
    xtype: systemTypeId,
    utype: userTypeId,
    length,
    prec: type.precision,
    scale: type.scale,
    collationid: type.collationId,
  }
}
