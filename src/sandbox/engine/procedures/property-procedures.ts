import { type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ProcedureArgument } from '../../tsql/index.ts'
import { type PropertyOwner, propertiesOf, propertyOwners } from '../catalog/extended-property.ts'
import {
  argument,
  type EngineProcedure,
  type ProcedureContext,
  requiredText,
  textArgument,
} from './engine-procedure.ts'

/** `@level0type` follows `@name`, and `@value` where the procedure has one. */
function levelsOf(args: readonly ProcedureArgument[], first: number) {
  const level = (depth: number) => ({
    type: textArgument(args, `level${depth}type`, first + depth * 2),
    name: textArgument(args, `level${depth}name`, first + depth * 2 + 1),
  })
  return { level0: level(0), level1: level(1), level2: level(2) }
}

/** What the levels name: exactly one thing. @throws SqlError 15135 */
function ownerOf(
  args: readonly ProcedureArgument[],
  first: number,
  { context, procedure }: { readonly context: ProcedureContext; readonly procedure: string },
): PropertyOwner {
  const levels = levelsOf(args, first)
  const [owner, ...others] = propertyOwners(levels, context.database.content)
  if (owner !== undefined && others.length === 0) return owner
  const { level0, level1, level2 } = levels
  const written = [level0, level1, level2].flatMap(({ name }) => name ?? [])
  throw new SqlError(
    15_135,
    `Object is invalid. Extended properties are not permitted on '${written.join('.') || 'object specified'}', or the object does not exist.`,
    { procedure, state: 8 },
  )
}

function keyOf({ class: kind, majorId, minorId }: PropertyOwner, name: string): string {
  return [kind, majorId, minorId, name.toLowerCase()].join(':')
}

function noSuchProperty(name: string, owner: PropertyOwner, procedure: string): SqlError {
  const on = owner.name ?? 'object specified'
  return new SqlError(
    15_217,
    `Property cannot be updated or deleted. Property '${name}' does not exist for '${on}'.`,
    { procedure, state: 2 },
  )
}

/** The value as the sql_variant that the catalog keeps. */
function variantArgument(args: readonly ProcedureArgument[]): SqlValue {
  const value = argument(args, 'value', 1) ?? null
  if (value === null || value instanceof SqlVariant) return value
  const given = args.find(({ name }) => name.toLowerCase() === '@value') ?? args[1]
  return given === undefined ? null : new SqlVariant(given.type, value)
}

/** sp_addextendedproperty and sp_updateextendedproperty: what differs is whether there may be one. */
function writeProperty(procedure: string, mustExist: boolean): EngineProcedure {
  return async (args, context) => {
    const name = requiredText(args, { name: 'name', position: 0, procedure })
    const owner = ownerOf(args, 2, { context, procedure })
    const { content } = context.database
    const [existing] = propertiesOf(owner, name, content)
    if (mustExist && existing === undefined) throw noSuchProperty(name, owner, procedure)
    if (!mustExist && existing !== undefined) {
      throw new SqlError(
        15_233,
        `Property cannot be added. Property '${name}' already exists for '${owner.name ?? 'object specified'}'.`,
        { procedure },
      )
    }
    const { catalog } = context.instance.memoryDatabase(context.database.name)
    const { class: kind, majorId, minorId } = owner
    const entry = {
      class: kind,
      majorId,
      minorId,
      name: existing?.name ?? name,
      value: variantArgument(args),
    }
    catalog.properties.set(keyOf(owner, name), entry, context.session.transaction)
    return 0
  }
}

const dropProperty: EngineProcedure = async (args, context) => {
  const procedure = 'sp_dropextendedproperty'
  const name = requiredText(args, { name: 'name', position: 0, procedure })
  const owner = ownerOf(args, 1, { context, procedure })
  const [existing] = propertiesOf(owner, name, context.database.content)
  if (existing === undefined) throw noSuchProperty(name, owner, procedure)
  const { catalog } = context.instance.memoryDatabase(context.database.name)
  catalog.properties.delete(keyOf(owner, name), context.session.transaction)
  return 0
}

/** Procedures that change extended properties. */
export const PROPERTY_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_addextendedproperty: writeProperty('sp_addextendedproperty', false),
  sp_dropextendedproperty: dropProperty,
  sp_updateextendedproperty: writeProperty('sp_updateextendedproperty', true),
}
