import type { CatalogObject, ExtendedProperty } from '../catalog/catalog-entries.ts'
import { SqlVariant } from '../sql-type.ts'
import { isConstant, typedLiteral } from './literal.ts'
import { quoteName, quoteString } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

type Level = readonly [type: string, name: string]

/** sp_addextendedproperty's word for a type of object. */
const LEVEL_TYPES: Readonly<Record<string, string>> = {
  D: 'DEFAULT',
  FN: 'FUNCTION',
  IF: 'FUNCTION',
  P: 'PROCEDURE',
  R: 'RULE',
  SN: 'SYNONYM',
  SO: 'SEQUENCE',
  TF: 'FUNCTION',
  U: 'TABLE',
  V: 'VIEW',
}
const CONSTRAINT_TYPES: ReadonlySet<string> = new Set(['PK', 'UQ', 'F', 'C', 'D'])
const PRIMARY_FILEGROUP = 1
// Classes of extended properties that nothing in a script can bear.
const XML_COLLECTION = 10
const DATABASE_FILE = 22

/** sp_addextendedproperty for every property whose bearer the script makes. */
export function* extendedProperties(context: ScriptContext): Generator<string> {
  for (const property of context.catalog.extendedProperties) {
    const levels = levelsOf(context, property)
    if (levels !== undefined) yield addProperty(property, levels)
    else {
      context.note(
        `the extended property ${quoteName(property.name)} of ${bearerOf(context, property)}`,
      )
    }
  }
}

function bearerOf(context: ScriptContext, property: ExtendedProperty): string {
  const { majorId, minorId } = property
  if (property.class === XML_COLLECTION) return 'an XML schema collection'
  if (property.class === DATABASE_FILE) return `file ${majorId}`
  if (property.class === 1) return context.objectName(majorId)
  return `${property.class}:${majorId}:${minorId}`
}

/** An argument of EXEC must be a constant; a value of another type goes through a variable. */
function addProperty(property: ExtendedProperty, levels: readonly Level[]): string {
  const { name, value } = property
  const levelArguments = levels.map(
    ([type, levelName], level) =>
      `, @level${level}type = N'${type}', @level${level}name = ${quoteString(levelName)}`,
  )
  const add = (argument: string) =>
    `EXEC sys.sp_addextendedproperty @name = ${quoteString(name)}, @value = ${argument}${levelArguments.join('')}`
  if (!(value instanceof SqlVariant)) return add('NULL')
  if (isConstant(value)) return add(typedLiteral(value))
  return `DECLARE @value sql_variant\nSET @value = ${typedLiteral(value)}\n${add('@value')}`
}

/** What a property hangs on, from the outside in; undefined when the script does not make it. */
function levelsOf(context: ScriptContext, property: ExtendedProperty): Level[] | undefined {
  const { majorId, minorId } = property
  const { catalog, details } = context
  switch (property.class) {
    case 0:
      return []
    case 1:
      return objectLevels(context, majorId, minorId)
    case 2:
      return parameterLevels(context, majorId, minorId)
    case 3:
      return namedLevel(
        'SCHEMA',
        catalog.schemas.find(({ schemaId }) => schemaId === majorId),
      )
    case 4: {
      const found = catalog.principals.find(({ principalId }) => principalId === majorId)
      return found?.type === 'S' || found?.type === 'R' ? [['USER', found.name]] : undefined
    }
    case 6:
      return typeLevels(context, majorId)
    case 7:
      return indexLevels(context, majorId, minorId)
    case 8:
      return tableTypeColumnLevels(context, majorId, minorId)
    case 20:
      return dataSpaceLevels(context, majorId)
    case 21: {
      const found = details.partitionFunctions.find(({ functionId }) => functionId === majorId)
      return namedLevel('PARTITION FUNCTION', found)
    }
    default:
      return undefined
  }
}

function namedLevel(type: string, found: { readonly name: string } | undefined) {
  return found === undefined ? undefined : [[type, found.name] as const]
}

function objectLevels(
  context: ScriptContext,
  objectId: number,
  columnId: number,
): Level[] | undefined {
  const object = context.catalog.objectById(objectId)
  if (object === undefined) return undefined
  if (object.parentObjectId !== 0) return childLevels(context, object)
  if (object.type === 'TR') return [['TRIGGER', object.name]]
  const levels = topLevels(context, object)
  if (levels === undefined || columnId === 0) return levels
  const column = context.column(objectId, columnId)
  return column && [...levels, ['COLUMN', column.name]]
}

/** A constraint whose name SQL Server makes up has another one in the new database. */
function childLevels(context: ScriptContext, object: CatalogObject): Level[] | undefined {
  const parent = context.catalog.objectById(object.parentObjectId)
  const levels = parent && topLevels(context, parent)
  if (levels === undefined) return undefined
  if (object.type === 'TR') return [...levels, ['TRIGGER', object.name]]
  if (!CONSTRAINT_TYPES.has(object.type) || object.isSystemNamed) return undefined
  return [...levels, ['CONSTRAINT', object.name]]
}

function topLevels(context: ScriptContext, object: CatalogObject): Level[] | undefined {
  const type = LEVEL_TYPES[object.type]
  if (type === undefined) return undefined
  return [
    ['SCHEMA', context.schemaName(object.schemaId)],
    [type, object.name],
  ]
}

function parameterLevels(
  context: ScriptContext,
  objectId: number,
  position: number,
): Level[] | undefined {
  const object = context.catalog.objectById(objectId)
  const levels = object && topLevels(context, object)
  const parameter = context.catalog
    .parameters(objectId)
    .find(({ columnId }) => columnId === position)
  if (levels === undefined || parameter === undefined || parameter.name === '') return undefined
  return [...levels, ['PARAMETER', parameter.name]]
}

function indexLevels(
  context: ScriptContext,
  objectId: number,
  wantedId: number,
): Level[] | undefined {
  const object = context.catalog.objectById(objectId)
  const levels = object && topLevels(context, object)
  const index = context.catalog.indexes(objectId).find(({ indexId }) => indexId === wantedId)
  if (levels === undefined || index === undefined || context.isSystemNamed(index)) return undefined
  return [...levels, ['INDEX', index.name]]
}

function typeLevels(context: ScriptContext, typeId: number): Level[] | undefined {
  const type = context.catalog.userTypes.find(({ userTypeId }) => userTypeId === typeId)
  if (type === undefined || context.details.clrTypes.includes(type)) return undefined
  return [
    ['SCHEMA', context.schemaName(type.schemaId)],
    ['TYPE', type.name],
  ]
}

function tableTypeColumnLevels(
  context: ScriptContext,
  typeId: number,
  columnId: number,
): Level[] | undefined {
  const tableType = context.details.tableTypes.find(
    ({ userType, objectId }) => userType.userTypeId === typeId || objectId === typeId,
  )
  const column = tableType && context.column(tableType.objectId, columnId)
  const levels = tableType && typeLevels(context, tableType.userType.userTypeId)
  return column && levels && [...levels, ['COLUMN', column.name]]
}

/** Partition schemes and PRIMARY: no other filegroup is made. */
function dataSpaceLevels(context: ScriptContext, dataSpaceId: number): Level[] | undefined {
  if (dataSpaceId === PRIMARY_FILEGROUP) return [['FILEGROUP', 'PRIMARY']]
  const scheme = context.details.partitionSchemes.find((found) => found.dataSpaceId === dataSpaceId)
  return namedLevel('PARTITION SCHEME', scheme)
}
