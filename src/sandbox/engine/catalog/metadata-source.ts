import type { CatalogColumn, CatalogIndex } from '../../../mdf/index.ts'
import type { MetadataSource } from '../../tsql/index.ts'
import type { ContentFile, DatabaseContent } from '../databases/database-content.ts'
import { type CatalogView, columnsOf } from './catalog-view.ts'
import { columnProperty } from './column-properties.ts'
import { findUserObject } from './find-object.ts'
import { indexProperty } from './index-properties.ts'
import { nameKey } from './name-key.ts'
import { objectProperty } from './object-properties.ts'
import { type ListedType, typesOf } from './system-types.ts'
import { systemViewId } from './system-view-ids.ts'
import { systemViews } from './view-registry.ts'

const DEFAULT_FILEGROUP = 1
/** nvarchar and nchar. */
const WIDE_TYPE_IDS: ReadonlySet<number> = new Set([231, 239])

/** What the metadata functions of T-SQL ask, answered from the databases' catalogs. */
export function metadataSource(
  contentOf: (database: string) => DatabaseContent | undefined,
): MetadataSource {
  const objectOf = (database: string, objectId: number) => {
    const content = contentOf(database)
    const object = content?.catalog.objectById(objectId)
    return content === undefined || object === undefined ? undefined : { content, object }
  }
  return {
    columnName(database, objectId, columnId) {
      const content = contentOf(database)
      const view = viewOf(objectId)
      if (content === undefined) return undefined
      if (view !== undefined)
        return columnsOf(view, content.settings.collationId)[columnId - 1]?.name
      const columns = content.catalog.columns(objectId)
      return columns.find((column) => column.columnId === columnId)?.name
    },
    objectProperty(database, objectId, property) {
      const found = objectOf(database, objectId)
      return found === undefined ? undefined : objectProperty(found.object, property, found.content)
    },
    columnProperty(database, objectId, { column, property }) {
      const content = contentOf(database)
      if (content === undefined) return undefined
      const found = findColumn(content, objectId, column)
      return found && columnProperty(found.column, found.place, property)
    },
    indexProperty(database, objectId, { index, property }) {
      const content = contentOf(database)
      if (content === undefined) return undefined
      const wanted = keyIn(content, index)
      const found = realIndexes(content, objectId).find(
        ({ name }) => keyIn(content, name) === wanted,
      )
      return found && indexProperty(found, property)
    },
    indexColumn(database, table, indexId, keyId) {
      const content = contentOf(database)
      const object = content && findUserObject(table, content)
      if (content === undefined || object === undefined) return undefined
      return keyColumn(content, object.objectId, { indexId, keyId })?.name
    },
    indexKeyProperty(database, objectId, { indexId, keyId, property }) {
      const content = contentOf(database)
      const index = content && realIndexes(content, objectId).find((one) => one.indexId === indexId)
      const key = index?.columns.find(({ keyOrdinal }) => keyOrdinal === keyId)
      if (key === undefined) return undefined
      switch (property.trim().toLowerCase()) {
        case 'columnid':
          return key.columnId
        case 'isdescending':
          return Number(key.isDescending)
        default:
          return undefined
      }
    },
    definition(database, objectId) {
      const content = contentOf(database)
      return content === undefined ? undefined : definitionOf(content, objectId)
    },
    typeName: (database, typeId) => {
      const content = contentOf(database)
      return (
        content && typesOf(content.catalog).find(({ userTypeId }) => userTypeId === typeId)?.name
      )
    },
    typeId(database, schema, name) {
      const content = contentOf(database)
      return content && findType(content, schema, name)?.userTypeId
    },
    typeProperty(database, schema, { name, property }) {
      const content = contentOf(database)
      const type = content && findType(content, schema, name)
      if (type === undefined) return undefined
      switch (property.trim().toLowerCase()) {
        case 'allowsnull':
          return Number(type.isNullable)
        case 'ownerid':
          return 1
        case 'precision':
          return type.precision === 0 ? typeLength(type) : type.precision
        case 'scale':
          return type.precision === 0 ? null : type.scale
        case 'usesansitrim':
          return type.hasCollation || /binary$/.test(type.name) ? 1 : null
        default:
          return undefined
      }
    },
    files: (database) => contentOf(database)?.files.map(asFileInfo) ?? [],
    filegroups: (database) => contentOf(database)?.catalog.filegroups.map(asFilegroupInfo) ?? [],
    principals: (database) => contentOf(database)?.catalog.principals ?? [],
  }
}

function viewOf(objectId: number): CatalogView | undefined {
  return objectId < 0 ? systemViews().find((view) => systemViewId(view) === objectId) : undefined
}

function keyIn({ settings }: DatabaseContent, name: string): string {
  return nameKey(name, settings.collationId)
}

/** A column of a table, or a parameter by its name with `@`. */
function findColumn(
  content: DatabaseContent,
  objectId: number,
  name: string,
): { column: CatalogColumn; place: number } | undefined {
  const { catalog } = content
  const all = name.startsWith('@') ? catalog.parameters(objectId) : catalog.columns(objectId)
  const index = all.findIndex((column) => keyIn(content, column.name) === keyIn(content, name))
  const column = all[index]
  return column === undefined ? undefined : { column, place: index + 1 }
}

/** Without heaps, which have no name. */
function realIndexes({ catalog }: DatabaseContent, objectId: number): readonly CatalogIndex[] {
  return catalog.indexes(objectId).filter(({ indexId }) => indexId > 0)
}

function keyColumn(
  content: DatabaseContent,
  objectId: number,
  { indexId, keyId }: { readonly indexId: number; readonly keyId: number },
): CatalogColumn | undefined {
  const index = realIndexes(content, objectId).find((one) => one.indexId === indexId)
  const key = index?.columns.find(({ keyOrdinal }) => keyOrdinal === keyId)
  return content.catalog.columns(objectId).find(({ columnId }) => columnId === key?.columnId)
}

/** The text of a module, or the expression of a constraint. */
function definitionOf({ catalog }: DatabaseContent, objectId: number): string | undefined {
  const constraints = [...catalog.checkConstraints, ...catalog.defaultConstraints]
  return (
    catalog.moduleText(objectId)?.text ??
    constraints.find((constraint) => constraint.objectId === objectId)?.text
  )
}

function findType(content: DatabaseContent, schema: string, name: string): ListedType | undefined {
  const wanted = keyIn(content, name)
  const schemaId = content.catalog.schemas.find(
    (one) => keyIn(content, one.name) === keyIn(content, schema),
  )?.schemaId
  if (schema !== '' && schemaId === undefined) return undefined
  return typesOf(content.catalog).find((type) => {
    return keyIn(content, type.name) === wanted && (schema === '' || type.schemaId === schemaId)
  })
}

/** What TYPEPROPERTY gives as the precision of a type that has a length: characters or bytes. */
function typeLength({ maxLength, systemTypeId }: ListedType): number {
  const isWide = WIDE_TYPE_IDS.has(systemTypeId)
  return isWide && maxLength > 0 ? maxLength / 2 : maxLength
}

function asFileInfo(file: ContentFile) {
  const { fileId, logicalName, filegroupId, isLog, sizePages } = file
  return { fileId, name: logicalName, filegroupId, isLog, sizePages }
}

function asFilegroupInfo({ filegroupId, name }: { filegroupId: number; name: string }) {
  return { filegroupId, name, isDefault: filegroupId === DEFAULT_FILEGROUP }
}
