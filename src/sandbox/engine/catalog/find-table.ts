import type { CatalogColumn, CatalogObject } from '../../../mdf/index.ts'
import type {
  ModuleSource,
  ObjectName,
  SourceColumn,
  TableSource,
  ViewSource,
} from '../../tsql/index.ts'
import type { Database } from '../databases/database.ts'
import type { DatabaseContent } from '../databases/database-content.ts'
import { readingPages } from '../databases/page-error.ts'
import { parseProcedureName } from '../session/procedure-name.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'
import { moduleSource } from '../tempdb/module-source.ts'
import { memoryTableSource } from '../tempdb/table-source.ts'
import { isLocalTemporary } from '../tempdb/temporary-objects.ts'
import { toTableSource, type ViewContext } from './catalog-view.ts'
import { fileIndexes } from './file-index.ts'
import { DEFAULT_SCHEMA, findUserObject } from './find-object.ts'
import { findSystemView } from './view-registry.ts'

/** SQL Server 2000's system tables are found without a schema and under dbo. */
const OLD_SYSTEM_TABLE = /^sys(?:objects|columns|indexes|users|types|databases|processes|logins)$/i

/** The table, view or catalog view of a name, in the database the context says. */
export function findTable(
  name: ObjectName,
  context: ViewContext,
): TableSource | ViewSource | undefined {
  const { database } = context
  return readingPages(database.id, () => {
    const systemView = findSystemView(systemSchema(name), name.name)
    if (systemView !== undefined) return toTableSource(systemView, context)
    const object = isLocalTemporary(name.name)
      ? context.session.temporary.find(name.name)
      : findUserObject(name, database.content)
    if (object === undefined) return undefined
    if (object.type === 'V') return viewSource(object, context)
    if (object.type === 'SN') return synonymSource(object, context)
    return object.type === 'U' || object.type === 'S' ? tableSource(object, context) : undefined
  })
}

/** A synonym of a synonym is not followed. @throws SqlError 911 */
function synonymSource(
  { objectId }: CatalogObject,
  context: ViewContext,
): TableSource | ViewSource | undefined {
  const target = context.database.content.synonymTarget(objectId)
  if (target === undefined) return undefined
  const name = parseProcedureName(target)
  const { databases } = context.instance
  const database = name.database === '' ? context.database : databases.get(name.database)
  if (findUserObject(name, database.content)?.type === 'SN') return undefined
  return findTable(name, { ...context, database })
}

function systemSchema({ schema, name }: ObjectName): string {
  const isDefault = schema === '' || schema.toLowerCase() === DEFAULT_SCHEMA
  return isDefault && OLD_SYSTEM_TABLE.test(name) ? 'sys' : schema
}

function viewSource(object: CatalogObject, { database }: ViewContext): ViewSource | undefined {
  const text = database.content.catalog.moduleText(object.objectId)?.text
  if (text === undefined) return undefined
  return {
    kind: 'view',
    database: database.name,
    schema: schemaOf(object, database.content),
    name: object.name,
    text,
    get triggers() {
      return triggersOf(object, database)
    },
  }
}

function triggersOf({ objectId }: CatalogObject, { name, content }: Database): ModuleSource[] {
  const { catalog } = content
  return catalog.objects
    .filter((object) => {
      return object.type === 'TR' && object.parentObjectId === objectId && !object.isDisabled
    })
    .flatMap((object) => moduleSource({ name, catalog }, object) ?? [])
}

function tableSource(object: CatalogObject, { database, session }: ViewContext): TableSource {
  const { content } = database
  if (content instanceof MemoryDatabase) {
    return memoryTableSource(content, object, session.transaction)
  }
  const { objectId } = object
  const stored = new Set(content.storedColumnIds(objectId))
  const columns = content.catalog.columns(objectId)
  return {
    kind: 'table',
    database: database.name,
    schema: schemaOf(object, content),
    name: object.name,
    columns: columns.map((column) => sourceColumn(column, { content, stored })),
    estimatedRowCount: content.catalog.rowCount(objectId),
    scan(ordinals) {
      const columnIds = ordinals.map((ordinal) => columns[ordinal]?.columnId ?? 0)
      // Not the content that was bound: the database may have gone offline since.
      return database.content.scanTable(objectId, columnIds)
    },
    get indexes() {
      return readingPages(database.id, () => fileIndexes(content, columns))
    },
    seek({ index: { indexId }, equal, low, high, ...read }, ordinals) {
      const columnIds = ordinals.map((ordinal) => columns[ordinal]?.columnId ?? 0)
      const range = {
        equal,
        ...(low === undefined ? {} : { low }),
        ...(high === undefined ? {} : { high }),
      }
      return database.content.indexes?.seek(objectId, columnIds, { indexId, range, ...read }) ?? []
    },
  }
}

function sourceColumn(
  column: CatalogColumn,
  table: { readonly content: DatabaseContent; readonly stored: ReadonlySet<number> },
): SourceColumn {
  const { name, type, isNullable, identity, objectId, columnId } = column
  const source = { name, type, nullable: isNullable, identity: identity !== undefined }
  if (!column.isComputed || table.stored.has(columnId)) return source
  const computedText = table.content.catalog.computedText(objectId, columnId)
  return computedText === undefined ? source : { ...source, computedText }
}

function schemaOf({ schemaId }: CatalogObject, { catalog }: DatabaseContent): string {
  return catalog.schemas.find((schema) => schema.schemaId === schemaId)?.name ?? DEFAULT_SCHEMA
}
