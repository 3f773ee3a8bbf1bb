import type { ExtendedProperty } from '../../../mdf/index.ts'
import type { DatabaseContent } from '../databases/database-content.ts'
import { nameKey } from './name-key.ts'

/** The levels of the procedures and the function of extended properties: type and name of each. */
export interface PropertyLevels {
  readonly level0: PropertyLevel
  readonly level1: PropertyLevel
  readonly level2: PropertyLevel
}

/** Undefined where an argument was NULL or left out; a name `default` or NULL means all. */
export interface PropertyLevel {
  readonly type: string | undefined
  readonly name: string | undefined
}

/** What an extended property can belong to, and how a list of them calls it. */
export interface PropertyOwner {
  readonly class: number
  readonly majorId: number
  readonly minorId: number
  /** `TABLE`, `COLUMN`; undefined for the database itself. */
  readonly type: string | undefined
  readonly name: string | undefined
}

const OBJECT_TYPES: Readonly<Record<string, readonly string[]>> = {
  AGGREGATE: ['AF'],
  DEFAULT: ['D'],
  FUNCTION: ['FN', 'IF', 'TF', 'FS', 'FT'],
  PROCEDURE: ['P', 'PC'],
  QUEUE: ['SQ'],
  RULE: ['R'],
  SEQUENCE: ['SO'],
  SYNONYM: ['SN'],
  TABLE: ['U'],
  VIEW: ['V'],
}
const CONSTRAINT_TYPES = ['C', 'D', 'F', 'PK', 'UQ']
const DATABASE_OWNER: PropertyOwner = {
  class: 0,
  majorId: 0,
  minorId: 0,
  type: undefined,
  name: undefined,
}

/** Everything the levels name; none when a name is of nothing, or a type is unknown. */
export function propertyOwners(
  { level0, level1, level2 }: PropertyLevels,
  content: DatabaseContent,
): readonly PropertyOwner[] {
  if (level0.type === undefined) return [DATABASE_OWNER]
  const { catalog } = content
  const level0Type = level0.type.toUpperCase()
  if (level0Type === 'USER') {
    return named(catalog.principals, level0, content).map(({ principalId, name }) => {
      return { class: 4, majorId: principalId, minorId: 0, type: 'USER', name }
    })
  }
  if (level0Type !== 'SCHEMA') return []
  const schemas = named(catalog.schemas, level0, content)
  if (level1.type === undefined) {
    return schemas.map(({ schemaId, name }) => {
      return { class: 3, majorId: schemaId, minorId: 0, type: 'SCHEMA', name }
    })
  }
  const schemaIds = new Set(schemas.map(({ schemaId }) => schemaId))
  return level1Owners(level1.type.toUpperCase(), { schemaIds, level1, level2 }, content)
}

function level1Owners(
  type: string,
  levels: {
    readonly schemaIds: ReadonlySet<number>
    readonly level1: PropertyLevel
    readonly level2: PropertyLevel
  },
  content: DatabaseContent,
): readonly PropertyOwner[] {
  const { catalog } = content
  const { schemaIds, level1, level2 } = levels
  if (type === 'TYPE') {
    const types = catalog.userTypes.filter(({ schemaId }) => schemaIds.has(schemaId))
    return named(types, level1, content).map(({ userTypeId, name }) => {
      return { class: 6, majorId: userTypeId, minorId: 0, type, name }
    })
  }
  const kinds = OBJECT_TYPES[type] ?? []
  const inSchemas = catalog.objects.filter((object) => {
    return schemaIds.has(object.schemaId) && kinds.includes(object.type)
  })
  const objects = named(inSchemas, level1, content)
  if (level2.type === undefined) {
    return objects.map(({ objectId, name }) => {
      return { class: 1, majorId: objectId, minorId: 0, type, name }
    })
  }
  const level2Type = level2.type.toUpperCase()
  return objects.flatMap(({ objectId }) =>
    partsOf(objectId, { ...level2, type: level2Type }, content),
  )
}

function partsOf(
  objectId: number,
  level: PropertyLevel & { readonly type: string },
  content: DatabaseContent,
): readonly PropertyOwner[] {
  const { catalog } = content
  const { type } = level
  const owner = { majorId: objectId, type }
  switch (type) {
    case 'COLUMN':
      return named(catalog.columns(objectId), level, content).map(({ columnId, name }) => {
        return { ...owner, class: 1, minorId: columnId, name }
      })
    case 'PARAMETER':
      return named(catalog.parameters(objectId), level, content).map(({ columnId, name }) => {
        return { ...owner, class: 2, minorId: columnId, name }
      })
    case 'INDEX': {
      const indexes = catalog.indexes(objectId).filter(({ indexId }) => indexId > 0)
      return named(indexes, level, content).map(({ indexId, name }) => {
        return { ...owner, class: 7, minorId: indexId, name }
      })
    }
    case 'CONSTRAINT':
    case 'TRIGGER': {
      const types = type === 'TRIGGER' ? ['TR'] : CONSTRAINT_TYPES
      const children = catalog.objects.filter((object) => {
        return object.parentObjectId === objectId && types.includes(object.type)
      })
      return named(children, level, content).map((child) => {
        return { class: 1, majorId: child.objectId, minorId: 0, type, name: child.name }
      })
    }
    default:
      return []
  }
}

function named<Item extends { readonly name: string }>(
  items: readonly Item[],
  { name }: PropertyLevel,
  { settings }: DatabaseContent,
): readonly Item[] {
  if (name === undefined) return items
  const wanted = nameKey(name, settings.collationId)
  return items.filter((item) => nameKey(item.name, settings.collationId) === wanted)
}

/** The properties of an owner, of one name or of all. */
export function propertiesOf(
  owner: PropertyOwner,
  name: string | undefined,
  { catalog, settings }: DatabaseContent,
): readonly ExtendedProperty[] {
  const key = (text: string): string => nameKey(text, settings.collationId)
  return catalog.extendedProperties.filter(
    (property) =>
      property.class === owner.class &&
      property.majorId === owner.majorId &&
      property.minorId === owner.minorId &&
      (name === undefined || key(property.name) === key(name)),
  )
}
