import type { CatalogObject } from '../../../mdf/index.ts'
import type { ObjectInfo, ObjectName } from '../../tsql/index.ts'
import type { Database } from '../databases/database.ts'
import type { DatabaseContent } from '../databases/database-content.ts'
import { readingPages } from '../databases/page-error.ts'
import type { CatalogView } from './catalog-view.ts'
import { nameKey } from './name-key.ts'
import { SYSTEM_VIEW_TYPE, systemViewId } from './system-view-ids.ts'
import { findSystemView, systemViews } from './view-registry.ts'

/** The schema of names without one. */
export const DEFAULT_SCHEMA = 'dbo'

/** OBJECT_ID's search: user objects of any type, and the catalog views. */
export function findObject(name: ObjectName, database: Database): ObjectInfo | undefined {
  const view = findSystemView(name.schema, name.name)
  if (view !== undefined) return systemViewInfo(view)
  return readingPages(database.id, () => {
    const object = findUserObject(name, database.content)
    return object === undefined ? undefined : objectInfo(object, database.content)
  })
}

export function findObjectById(objectId: number, database: Database): ObjectInfo | undefined {
  const view =
    objectId < 0 ? systemViews().find((item) => systemViewId(item) === objectId) : undefined
  if (view !== undefined) return systemViewInfo(view)
  return readingPages(database.id, () => {
    const object = database.content.catalog.objectById(objectId)
    return object === undefined ? undefined : objectInfo(object, database.content)
  })
}

/** By the list they come from: a database in memory has another one after every change. */
const objectsByName = new WeakMap<readonly CatalogObject[], ReadonlyMap<string, CatalogObject>>()

/** An object of the database by its schema (dbo when left out) and name. */
export function findUserObject(
  { schema, name }: Pick<ObjectName, 'schema' | 'name'>,
  content: DatabaseContent,
): CatalogObject | undefined {
  const { objects } = content.catalog
  const index = objectsByName.get(objects) ?? indexByName(content)
  objectsByName.set(objects, index)
  return index.get(qualifiedKey(schema || DEFAULT_SCHEMA, name, content))
}

function indexByName(content: DatabaseContent): ReadonlyMap<string, CatalogObject> {
  const { schemas, objects } = content.catalog
  const schemaNames = new Map(schemas.map(({ schemaId, name }) => [schemaId, name]))
  return new Map(
    objects.map((object) => [
      qualifiedKey(schemaNames.get(object.schemaId) ?? '', object.name, content),
      object,
    ]),
  )
}

function qualifiedKey(schema: string, name: string, { settings }: DatabaseContent): string {
  return `${nameKey(schema, settings.collationId)}\0${nameKey(name, settings.collationId)}`
}

function objectInfo(object: CatalogObject, { catalog }: DatabaseContent): ObjectInfo {
  const { objectId, name, type, parentObjectId } = object
  const schema = catalog.schemas.find(({ schemaId }) => schemaId === object.schemaId)?.name
  const info = { objectId, schema: schema ?? DEFAULT_SCHEMA, name, type, parentObjectId }
  const columns = type === 'U' ? catalog.columns(objectId) : []
  const identity = columns.find((column) => column.identity !== undefined)?.identity
  return identity === undefined ? info : { ...info, identity }
}

function systemViewInfo(view: CatalogView): ObjectInfo {
  const { schema, name } = view
  return { objectId: systemViewId(view), schema, name, type: SYSTEM_VIEW_TYPE, parentObjectId: 0 }
}
