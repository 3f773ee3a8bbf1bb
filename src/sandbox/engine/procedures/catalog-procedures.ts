import type { CatalogObject } from '../../../mdf/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { objectsOf, schemaNameOf } from '../catalog/views/objects.ts'
import {
  argument,
  type EngineProcedure,
  type ProcedureContext,
  requiredText,
  sendRows,
  textArgument,
} from './engine-procedure.ts'
import { odbcColumn, sendTypeInfo } from './odbc-types.ts'

/** SQLForeignKeys: UPDATE_RULE and DELETE_RULE. */
const ODBC_RULES = { CASCADE: 0, NO_ACTION: 1, SET_NULL: 2, SET_DEFAULT: 3 } as const

const tables: EngineProcedure = async (args, context) => {
  const matchesName = matcher(textArgument(args, 'table_name', 0), context)
  const matchesOwner = matcher(textArgument(args, 'table_owner', 1), context)
  const types = textArgument(args, 'table_type', 3)
  const rows = objectsOf(context, 'U', 'V')
    .map((object) => ({
      TABLE_QUALIFIER: context.database.name,
      TABLE_OWNER: schemaNameOf(object, context),
      TABLE_NAME: object.name,
      TABLE_TYPE: object.type === 'V' ? 'VIEW' : 'TABLE',
    }))
    .filter((row) => matchesName(row.TABLE_NAME) && matchesOwner(row.TABLE_OWNER ?? ''))
    .filter((row) => types === undefined || types.toUpperCase().includes(`'${row.TABLE_TYPE}'`))
  await sendRows(
    context,
    `TABLE_QUALIFIER sysname ?
    TABLE_OWNER sysname ?
    TABLE_NAME sysname ?
    TABLE_TYPE varchar(32) ?
    REMARKS varchar(254) ?`,
    rows,
  )
  return 0
}

const columns: EngineProcedure = async (args, context) => {
  const matchesName = matcher(textArgument(args, 'table_name', 0), context)
  const matchesOwner = matcher(textArgument(args, 'table_owner', 1), context)
  const matchesColumn = matcher(textArgument(args, 'column_name', 3), context)
  const { catalog } = context.database.content
  const defaults = new Map(catalog.defaultConstraints.map(({ objectId, text }) => [objectId, text]))
  const rows = objectsOf(context, 'U', 'V')
    .filter((object) => matchesName(object.name))
    .filter((object) => matchesOwner(schemaNameOf(object, context) ?? ''))
    .flatMap((object) =>
      [...catalog.columns(object.objectId).entries()]
        .filter(([, column]) => matchesColumn(column.name))
        .map(([index, column]) => ({
          ...tableColumns(object, context),
          ...odbcColumn(column),
          COLUMN_DEF: defaults.get(column.defaultObjectId) ?? null,
          ORDINAL_POSITION: index + 1,
        })),
    )
  await sendRows(
    context,
    `TABLE_QUALIFIER sysname ?
    TABLE_OWNER sysname ?
    TABLE_NAME sysname ?
    COLUMN_NAME sysname ?
    DATA_TYPE smallint ?
    TYPE_NAME sysname ?
    PRECISION int ?
    LENGTH int ?
    SCALE smallint ?
    RADIX smallint ?
    NULLABLE smallint
    REMARKS varchar(254) ?
    COLUMN_DEF nvarchar(4000) ?
    SQL_DATA_TYPE smallint
    SQL_DATETIME_SUB smallint ?
    CHAR_OCTET_LENGTH int ?
    ORDINAL_POSITION int
    IS_NULLABLE varchar(254) ?
    SS_DATA_TYPE tinyint`,
    rows,
  )
  return 0
}

const primaryKeys: EngineProcedure = async (args, context) => {
  const name = requiredText(args, { name: 'table_name', position: 0, procedure: 'sp_pkeys' })
  const { catalog } = context.database.content
  const rows = tablesNamed(name, textArgument(args, 'table_owner', 1), context).flatMap((table) => {
    const key = catalog.indexes(table.objectId).find(({ isPrimaryKey }) => isPrimaryKey)
    return (key?.columns ?? []).map(({ columnId, keyOrdinal }) => ({
      ...tableColumns(table, context),
      COLUMN_NAME: columnName(table.objectId, columnId, context),
      KEY_SEQ: keyOrdinal,
      PK_NAME: key?.name ?? null,
    }))
  })
  await sendRows(
    context,
    `TABLE_QUALIFIER sysname ?
    TABLE_OWNER sysname ?
    TABLE_NAME sysname ?
    COLUMN_NAME sysname ?
    KEY_SEQ smallint
    PK_NAME sysname ?`,
    rows,
  )
  return 0
}

const foreignKeys: EngineProcedure = async (args, context) => {
  const { catalog } = context.database.content
  const matchesReferenced = exactMatcher(textArgument(args, 'pktable_name', 0), context)
  const matchesParent = exactMatcher(textArgument(args, 'fktable_name', 3), context)
  const rows = catalog.foreignKeys.flatMap((key) => {
    const referenced = catalog.objectById(key.referencedObjectId)
    const parent = catalog.objectById(key.parentObjectId)
    if (referenced === undefined || parent === undefined) return []
    if (!matchesReferenced(referenced.name) || !matchesParent(parent.name)) return []
    const primaryKey = catalog
      .indexes(key.referencedObjectId)
      .find(({ indexId }) => indexId === key.referencedIndexId)
    return key.columns.map((column, index) => ({
      ...prefixed('PK', referenced, context),
      PKCOLUMN_NAME: columnName(referenced.objectId, column.referencedColumnId, context),
      ...prefixed('FK', parent, context),
      FKCOLUMN_NAME: columnName(parent.objectId, column.parentColumnId, context),
      KEY_SEQ: index + 1,
      UPDATE_RULE: ODBC_RULES[key.updateAction],
      DELETE_RULE: ODBC_RULES[key.deleteAction],
      FK_NAME: key.name,
      PK_NAME: primaryKey?.name ?? null,
      DEFERRABILITY: 7,
    }))
  })
  await sendRows(
    context,
    `PKTABLE_QUALIFIER sysname ?
    PKTABLE_OWNER sysname ?
    PKTABLE_NAME sysname ?
    PKCOLUMN_NAME sysname ?
    FKTABLE_QUALIFIER sysname ?
    FKTABLE_OWNER sysname ?
    FKTABLE_NAME sysname ?
    FKCOLUMN_NAME sysname ?
    KEY_SEQ smallint
    UPDATE_RULE smallint ?
    DELETE_RULE smallint ?
    FK_NAME sysname ?
    PK_NAME sysname ?
    DEFERRABILITY smallint ?`,
    rows,
  )
  return 0
}

const statistics: EngineProcedure = async (args, context) => {
  const name = requiredText(args, { name: 'table_name', position: 0, procedure: 'sp_statistics' })
  const onlyUnique = textArgument(args, 'is_unique', 4)?.toUpperCase() === 'Y'
  const { catalog } = context.database.content
  const rows = tablesNamed(name, textArgument(args, 'table_owner', 1), context).flatMap((table) =>
    catalog
      .indexes(table.objectId)
      .filter(({ type, isUnique }) => type !== 'HEAP' && (isUnique || !onlyUnique))
      .flatMap((index) =>
        index.columns
          .filter(({ isIncluded }) => !isIncluded)
          .map((column) => ({
            ...tableColumns(table, context),
            NON_UNIQUE: index.isUnique ? 0 : 1,
            INDEX_QUALIFIER: table.name,
            INDEX_NAME: index.name,
            TYPE: index.type === 'CLUSTERED' ? 1 : 3,
            SEQ_IN_INDEX: column.keyOrdinal,
            COLUMN_NAME: columnName(table.objectId, column.columnId, context),
            COLLATION: column.isDescending ? 'D' : 'A',
            CARDINALITY: catalog.rowCount(table.objectId),
          })),
      ),
  )
  await sendRows(
    context,
    `TABLE_QUALIFIER sysname ?
    TABLE_OWNER sysname ?
    TABLE_NAME sysname ?
    NON_UNIQUE smallint ?
    INDEX_QUALIFIER sysname ?
    INDEX_NAME sysname ?
    TYPE smallint
    SEQ_IN_INDEX smallint ?
    COLUMN_NAME sysname ?
    COLLATION char(1) ?
    CARDINALITY int ?
    PAGES int ?
    FILTER_CONDITION varchar(128) ?`,
    rows,
  )
  return 0
}

const dataTypes: EngineProcedure = async (args, context) => {
  const wanted = argument(args, 'data_type', 0)
  await sendTypeInfo(typeof wanted === 'number' ? wanted : 0, context)
  return 0
}

function tableColumns(object: CatalogObject, context: ProcedureContext) {
  return {
    TABLE_QUALIFIER: context.database.name,
    TABLE_OWNER: schemaNameOf(object, context),
    TABLE_NAME: object.name,
  }
}

function prefixed(prefix: 'PK' | 'FK', object: CatalogObject, context: ProcedureContext) {
  return {
    [`${prefix}TABLE_QUALIFIER`]: context.database.name,
    [`${prefix}TABLE_OWNER`]: schemaNameOf(object, context),
    [`${prefix}TABLE_NAME`]: object.name,
  }
}

function tablesNamed(
  name: string,
  owner: string | undefined,
  context: ProcedureContext,
): readonly CatalogObject[] {
  const matchesName = exactMatcher(name, context)
  const matchesOwner = exactMatcher(owner, context)
  return objectsOf(context, 'U').filter(
    (object) => matchesName(object.name) && matchesOwner(schemaNameOf(object, context) ?? ''),
  )
}

function columnName(
  objectId: number,
  columnId: number,
  { database }: ProcedureContext,
): string | null {
  const found = database.content.catalog
    .columns(objectId)
    .find((item) => item.columnId === columnId)
  return found?.name ?? null
}

function exactMatcher(
  name: string | undefined,
  { database }: ProcedureContext,
): (candidate: string) => boolean {
  if (name === undefined) return () => true
  const { collationId } = database.content.settings
  const key = nameKey(name, collationId)
  return (candidate) => nameKey(candidate, collationId) === key
}

/** A LIKE pattern over names: `%`, `_`, `[abc]`; everything matches when there is none. */
function matcher(
  pattern: string | undefined,
  { database }: ProcedureContext,
): (candidate: string) => boolean {
  if (pattern === undefined) return () => true
  const { collationId } = database.content.settings
  const source = nameKey(pattern, collationId).replace(
    /%|_|\[\^?[^\]]*\]|[\s\S]/g,
    (part) =>
      ({ '%': '[\\s\\S]*', _: '[\\s\\S]' })[part] ?? (part.length > 1 ? part : escapeRegExp(part)),
  )
  const expression = new RegExp(`^${source}$`)
  return (candidate) => expression.test(nameKey(candidate, collationId))
}

function escapeRegExp(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
}

export const CATALOG_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_columns: columns,
  sp_columns_100: columns,
  sp_datatype_info: dataTypes,
  sp_datatype_info_100: dataTypes,
  sp_fkeys: foreignKeys,
  sp_pkeys: primaryKeys,
  sp_statistics: statistics,
  sp_statistics_100: statistics,
  sp_tables: tables,
}
