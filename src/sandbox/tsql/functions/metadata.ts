import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ObjectInfo, TableSource } from '../host.ts'
import { INT, SMALLINT, SQL_VARIANT, sysnameType } from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { multipartName, objectName } from './multipart-name.ts'
import { OBJECT_FLAGS } from './object-flags.ts'
import { textOf } from './text-argument.ts'
import { asVariant } from './variant-result.ts'

/** sysname in the session's collation. */
export const nameType = (
  _args: readonly ArgumentInfo[],
  _keyword: string,
  context: CallContext,
): SqlType => sysnameType(context.host.session.collationId)

/** A function of what the catalog says now: not for constant folding. */
export const ofCatalog = { deterministic: false } as const

const dbName = defineFunction({
  ...ofCatalog,
  arguments: [0, 1],
  parameters: [INT],
  result: nameType,
  evaluate: ([id], { host }) =>
    id === undefined ? host.session.database : (host.databaseName(Number(id)) ?? null),
})

const dbId = defineFunction({
  ...ofCatalog,
  arguments: [0, 1],
  result: SMALLINT,
  evaluate([name], { host }, site) {
    const wanted = name === undefined ? host.session.database : textOf(name, 1, site)
    return host.databaseId(wanted) ?? null
  },
})

/** The database of an optional database id argument. */
export function databaseOf(id: SqlValue | undefined, { host }: CallContext): string | undefined {
  return id === undefined || id === null ? host.session.database : host.databaseName(Number(id))
}

function findById(
  id: SqlValue,
  databaseId: SqlValue | undefined,
  context: CallContext,
): ObjectInfo | undefined {
  const database = databaseOf(databaseId, context)
  return database === undefined ? undefined : context.host.findObjectById(database, Number(id))
}

const objectId = defineFunction({
  ...ofCatalog,
  arguments: [1, 2],
  result: INT,
  evaluate([name = null, type], { host }, site) {
    const wanted = objectName(textOf(name, 1, site))
    if (wanted === undefined) return null
    const { database } = wanted
    if (database !== '' && host.databaseId(database) === undefined) return null
    const found = host.findObject(wanted, host.session.database)
    if (found === undefined) return null
    if (type === undefined) return found.objectId
    return textOf(type, 2, site).trim().toUpperCase() === found.type ? found.objectId : null
  },
})

const objectNameOf = defineFunction({
  ...ofCatalog,
  arguments: [1, 2],
  parameters: [INT],
  result: nameType,
  evaluate: ([id = null, databaseId], context) => findById(id, databaseId, context)?.name ?? null,
})

const objectSchemaName = defineFunction({
  ...ofCatalog,
  arguments: [1, 2],
  parameters: [INT],
  result: nameType,
  evaluate: ([id = null, databaseId], context) => findById(id, databaseId, context)?.schema ?? null,
})

/** Every session here is that of dbo. */
const DEFAULT_SCHEMA = 'dbo'

const schemaName = defineFunction({
  ...ofCatalog,
  arguments: [0, 1],
  parameters: [INT],
  result: nameType,
  evaluate: ([id], { host }) =>
    id === undefined
      ? DEFAULT_SCHEMA
      : (host.schemaName(host.session.database, Number(id)) ?? null),
})

const schemaId = defineFunction({
  ...ofCatalog,
  arguments: [0, 1],
  result: INT,
  evaluate: ([name], { host }, site) =>
    host.schemaId(
      host.session.database,
      name === undefined ? DEFAULT_SCHEMA : textOf(name, 1, site),
    ) ?? null,
})

/** What the object's type alone says, or the catalog. */
function propertyOf(id: SqlValue, property: string, context: CallContext): SqlValue | undefined {
  const found = findById(id, undefined, context)
  if (found === undefined) return undefined
  const { host } = context
  const name = property.trim().toLowerCase()
  const flag = Object.hasOwn(OBJECT_FLAGS, name) ? OBJECT_FLAGS[name]?.(found) : undefined
  return flag ?? host.metadata.objectProperty(host.session.database, found.objectId, name)
}

const objectproperty = defineFunction({
  ...ofCatalog,
  arguments: 2,
  parameters: [INT, undefined],
  result: INT,
  evaluate([id = null, property = null], context, site) {
    const value = propertyOf(id, textOf(property, 2, site), context)
    // Only OBJECTPROPERTYEX knows what is no int.
    return typeof value === 'number' ? value : null
  },
})

const objectpropertyex = defineFunction({
  ...ofCatalog,
  arguments: 2,
  parameters: [INT, undefined],
  result: SQL_VARIANT,
  evaluate([id = null, property = null], context, site) {
    const value = propertyOf(id, textOf(property, 2, site), context)
    return asVariant(value, context.host.session.collationId)
  },
})

function columnOf(table: TableSource | undefined, name: string) {
  const wanted = name.trim().toLowerCase()
  return table?.columns.find((column) => column.name.toLowerCase() === wanted)
}

const colLength = defineFunction({
  ...ofCatalog,
  arguments: 2,
  result: SMALLINT,
  evaluate([table = null, column = null], context, site) {
    const wanted = objectName(textOf(table, 1, site))
    if (wanted === undefined) return null
    const { host } = context
    if (host.findObject(wanted, host.session.database) === undefined) return null
    const source = host.findTable(wanted, host.session.database)
    if (source?.kind !== 'table') return null
    return columnOf(source, textOf(column, 2, site))?.type.maxLength ?? null
  },
})

const columnproperty = defineFunction({
  ...ofCatalog,
  arguments: 3,
  parameters: [INT, undefined, undefined],
  result: INT,
  evaluate([id = null, column = null, property = null], { host }, site) {
    const wanted = { column: textOf(column, 2, site), property: textOf(property, 3, site) }
    return host.metadata.columnProperty(host.session.database, Number(id), wanted) ?? null
  },
})

const parsename = defineFunction({
  arguments: 2,
  parameters: [undefined, INT],
  result: nameType,
  evaluate([name = null, piece = null], _context, site: CallSite) {
    const part = multipartName(textOf(name, 1, site))?.[Number(piece) - 1]
    return part === undefined || part === '' ? null : part
  },
})

export const METADATA_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  DB_NAME: dbName,
  DB_ID: dbId,
  OBJECT_ID: objectId,
  OBJECT_NAME: objectNameOf,
  OBJECT_SCHEMA_NAME: objectSchemaName,
  SCHEMA_NAME: schemaName,
  SCHEMA_ID: schemaId,
  OBJECTPROPERTY: objectproperty,
  COL_LENGTH: colLength,
  COLUMNPROPERTY: columnproperty,
  OBJECTPROPERTYEX: objectpropertyex,
  PARSENAME: parsename,
}
