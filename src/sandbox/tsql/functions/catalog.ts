import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { FilegroupInfo, FileInfo, MetadataSource } from '../host.ts'
import { DATETIME, INT, nvarcharType, SMALLINT, SQL_VARIANT } from '../values/index.ts'
import type { CallContext, ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { databaseOf, nameType, ofCatalog } from './metadata.ts'
import { multipartName, objectName } from './multipart-name.ts'
import { textOf } from './text-argument.ts'
import { asVariant } from './variant-result.ts'

/** What a function of the current database's catalog gives; undefined is NULL. */
type Ask = (
  values: readonly SqlValue[],
  ask: {
    readonly metadata: MetadataSource
    readonly database: string
    readonly site: CallSite
    readonly context: CallContext
  },
) => SqlValue | undefined

function catalogFunction(
  count: number,
  parameters: readonly (SqlType | undefined)[],
  result: Parameters<typeof defineFunction>[0]['result'],
  answer: Ask,
): ScalarFunction {
  return defineFunction({
    ...ofCatalog,
    arguments: count,
    parameters,
    result,
    evaluate(values, context, site) {
      const { metadata, session } = context.host
      return answer(values, { metadata, database: session.database, site, context }) ?? null
    },
  })
}

const objectDefinition = defineFunction({
  ...ofCatalog,
  arguments: [1, 2],
  parameters: [INT],
  result: (_args, _keyword, { host }) => nvarcharType(-1, host.session.collationId),
  evaluate([id = null, databaseId], context) {
    const database = databaseOf(databaseId, context)
    if (database === undefined) return null
    return context.host.metadata.definition(database, Number(id)) ?? null
  },
})

/** A name of one or two parts, the type of TYPE_ID and TYPEPROPERTY. */
function typeParts(text: string): { schema: string; name: string } {
  const [name = '', schema = ''] = multipartName(text) ?? []
  return { schema, name }
}

function indexColumn(values: readonly SqlValue[], ask: Parameters<Ask>[1]): string | undefined {
  const [table = null, indexId = null, keyId = null] = values
  const name = objectName(textOf(table, 1, ask.site))
  if (name === undefined) return undefined
  const database = name.database || ask.database
  return ask.metadata.indexColumn(database, name, Number(indexId), Number(keyId))
}

/** One of the database's files or filegroups by its name. */
function byName<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
): Item | undefined {
  const wanted = name.trimEnd().toLowerCase()
  return items.find((item) => item.name.toLowerCase() === wanted)
}

function fileProperty(file: FileInfo | undefined, property: string): number | undefined {
  switch (property.trim().toLowerCase()) {
    case 'isreadonly':
      return file && 0
    case 'isprimaryfile':
      return file && Number(file.fileId === 1)
    case 'islogfile':
      return file && Number(file.isLog)
    case 'spaceused':
      return file?.sizePages
    default:
      return undefined
  }
}

function filegroupProperty(group: FilegroupInfo | undefined, name: string): number | undefined {
  switch (name.trim().toLowerCase()) {
    case 'isreadonly':
      return group && 0
    case 'isuserdefinedfg':
      return group && Number(group.filegroupId !== 1)
    case 'isdefault':
      return group && Number(group.isDefault)
    default:
      return undefined
  }
}

const fileNumber = (type: SqlType): ScalarFunction =>
  catalogFunction(1, [], type, ([name = null], { metadata, database, site }) => {
    return byName(metadata.files(database), textOf(name, 1, site))?.fileId
  })

const databaseproperty = catalogFunction(
  2,
  [],
  INT,
  ([database = null, property = null], { site, context }) => {
    const name = textOf(property, 2, site)
    const value = context.host.databaseProperty(textOf(database, 1, site), name)
    return typeof value === 'number' ? value : undefined
  },
)

export const CATALOG_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  COL_NAME: catalogFunction(2, [INT, INT], nameType, ([id, column], { metadata, database }) =>
    metadata.columnName(database, Number(id), Number(column)),
  ),
  INDEX_COL: catalogFunction(3, [undefined, INT, INT], nameType, indexColumn),
  INDEXPROPERTY: catalogFunction(
    3,
    [INT, undefined, undefined],
    INT,
    ([id, index = null, property = null], { metadata, database, site }) =>
      metadata.indexProperty(database, Number(id), {
        index: textOf(index, 2, site),
        property: textOf(property, 3, site),
      }),
  ),
  INDEXKEY_PROPERTY: catalogFunction(
    4,
    [INT, INT, INT, undefined],
    INT,
    ([id, index, key, property = null], { metadata, database, site }) =>
      metadata.indexKeyProperty(database, Number(id), {
        indexId: Number(index),
        keyId: Number(key),
        property: textOf(property, 4, site),
      }),
  ),
  OBJECT_DEFINITION: objectDefinition,
  TYPE_NAME: catalogFunction(1, [INT], nameType, ([id], { metadata, database }) =>
    metadata.typeName(database, Number(id)),
  ),
  TYPE_ID: catalogFunction(1, [], INT, ([name = null], { metadata, database, site }) => {
    const wanted = typeParts(textOf(name, 1, site))
    return metadata.typeId(database, wanted.schema, wanted.name)
  }),
  TYPEPROPERTY: catalogFunction(
    2,
    [],
    INT,
    ([type = null, property = null], { metadata, database, site }) => {
      const { schema, name } = typeParts(textOf(type, 1, site))
      return metadata.typeProperty(database, schema, { name, property: textOf(property, 2, site) })
    },
  ),
  FILE_ID: fileNumber(SMALLINT),
  FILE_IDEX: fileNumber(INT),
  FILE_NAME: catalogFunction(1, [INT], nameType, ([id], { metadata, database }) => {
    return metadata.files(database).find(({ fileId }) => fileId === id)?.name
  }),
  FILEPROPERTY: catalogFunction(2, [], INT, ([file = null, name = null], ask) => {
    const found = byName(ask.metadata.files(ask.database), textOf(file, 1, ask.site))
    return fileProperty(found, textOf(name, 2, ask.site))
  }),
  FILEGROUP_ID: catalogFunction(1, [], INT, ([name = null], { metadata, database, site }) => {
    return byName(metadata.filegroups(database), textOf(name, 1, site))?.filegroupId
  }),
  FILEGROUP_NAME: catalogFunction(1, [INT], nameType, ([id], { metadata, database }) => {
    return metadata.filegroups(database).find(({ filegroupId }) => filegroupId === id)?.name
  }),
  FILEGROUPPROPERTY: catalogFunction(2, [], INT, ([group = null, name = null], ask) => {
    const found = byName(ask.metadata.filegroups(ask.database), textOf(group, 1, ask.site))
    return filegroupProperty(found, textOf(name, 2, ask.site))
  }),
  FULLTEXTCATALOGPROPERTY: catalogFunction(2, [], INT, () => undefined),
  STATS_DATE: catalogFunction(2, [INT, INT], DATETIME, () => undefined),
  DATABASEPROPERTY: databaseproperty,
  ASSEMBLYPROPERTY: catalogFunction(2, [], SQL_VARIANT, () => asVariant(undefined, 0)),
}
