import type { CatalogObject } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { FUNCTION_TYPES, ROUTINE_TYPES } from '../object-types.ts'
import { systemTypeName } from '../system-types.ts'
import { TYPE_COLUMNS, typeColumns } from './information-schema-types.ts'
import { objectsOf, schemaNameOf } from './objects.ts'

/** Definitions are cut to this many characters, as SQL Server's nvarchar(4000) does. */
const DEFINITION_CHARACTERS = 4000

export const INFORMATION_SCHEMA_VIEWS: readonly CatalogView[] = [
  catalogView(
    'INFORMATION_SCHEMA.SCHEMATA',
    `CATALOG_NAME sysname ?
    SCHEMA_NAME sysname
    SCHEMA_OWNER sysname ?
    DEFAULT_CHARACTER_SET_CATALOG sysname ?
    DEFAULT_CHARACTER_SET_SCHEMA sysname ?
    DEFAULT_CHARACTER_SET_NAME sysname ?`,
    ({ database }) => {
      const { schemas, principals } = database.content.catalog
      return schemas.map(({ name, principalId }) => ({
        CATALOG_NAME: database.name,
        SCHEMA_NAME: name,
        SCHEMA_OWNER:
          principals.find((principal) => principal.principalId === principalId)?.name ?? null,
        DEFAULT_CHARACTER_SET_NAME: 'iso_1',
      }))
    },
  ),
  catalogView(
    'INFORMATION_SCHEMA.TABLES',
    `TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname
    TABLE_TYPE varchar(10) ?`,
    (context) =>
      objectsOf(context, 'U', 'V').map((object) => ({
        ...tableName(object, context),
        TABLE_TYPE: object.type === 'V' ? 'VIEW' : 'BASE TABLE',
      })),
  ),
  catalogView(
    'INFORMATION_SCHEMA.COLUMNS',
    `TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname
    COLUMN_NAME sysname ?
    ORDINAL_POSITION int ?
    COLUMN_DEFAULT nvarchar(4000) ?
    IS_NULLABLE varchar(3) ?
    DATA_TYPE nvarchar(128) ?
    ${TYPE_COLUMNS}`,
    function* (context) {
      const { catalog } = context.database.content
      const defaults = new Map(catalog.defaultConstraints.map((item) => [item.objectId, item.text]))
      for (const object of objectsOf(context, 'U', 'V')) {
        for (const [position, column] of catalog.columns(object.objectId).entries()) {
          yield {
            ...tableName(object, context),
            COLUMN_NAME: column.name,
            ORDINAL_POSITION: position + 1,
            COLUMN_DEFAULT: defaults.get(column.defaultObjectId) ?? null,
            IS_NULLABLE: column.isNullable ? 'YES' : 'NO',
            ...typeColumns(column, context),
          }
        }
      }
    },
  ),
  catalogView(
    'INFORMATION_SCHEMA.VIEWS',
    `TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname
    VIEW_DEFINITION nvarchar(4000) ?
    CHECK_OPTION varchar(7) ?
    IS_UPDATABLE varchar(2)`,
    (context) =>
      objectsOf(context, 'V').map((object) => ({
        ...tableName(object, context),
        VIEW_DEFINITION: definitionOf(object, context),
        CHECK_OPTION: 'NONE',
        IS_UPDATABLE: 'NO',
      })),
  ),
  catalogView(
    'INFORMATION_SCHEMA.ROUTINES',
    `SPECIFIC_CATALOG sysname ?
    SPECIFIC_SCHEMA sysname ?
    SPECIFIC_NAME sysname
    ROUTINE_CATALOG sysname ?
    ROUTINE_SCHEMA sysname ?
    ROUTINE_NAME sysname
    ROUTINE_TYPE nvarchar(20) ?
    MODULE_CATALOG sysname ?
    MODULE_SCHEMA sysname ?
    MODULE_NAME sysname ?
    UDT_CATALOG sysname ?
    UDT_SCHEMA sysname ?
    UDT_NAME sysname ?
    DATA_TYPE sysname ?
    CHARACTER_MAXIMUM_LENGTH int ?
    CHARACTER_OCTET_LENGTH int ?
    COLLATION_CATALOG sysname ?
    COLLATION_SCHEMA sysname ?
    COLLATION_NAME sysname ?
    CHARACTER_SET_CATALOG sysname ?
    CHARACTER_SET_SCHEMA sysname ?
    CHARACTER_SET_NAME sysname ?
    NUMERIC_PRECISION smallint ?
    NUMERIC_PRECISION_RADIX smallint ?
    NUMERIC_SCALE smallint ?
    DATETIME_PRECISION smallint ?
    INTERVAL_TYPE nvarchar(30) ?
    INTERVAL_PRECISION smallint ?
    TYPE_UDT_CATALOG sysname ?
    TYPE_UDT_SCHEMA sysname ?
    TYPE_UDT_NAME sysname ?
    SCOPE_CATALOG sysname ?
    SCOPE_SCHEMA sysname ?
    SCOPE_NAME sysname ?
    MAXIMUM_CARDINALITY bigint ?
    DTD_IDENTIFIER sysname ?
    ROUTINE_BODY nvarchar(30) ?
    ROUTINE_DEFINITION nvarchar(4000) ?
    EXTERNAL_NAME sysname ?
    EXTERNAL_LANGUAGE nvarchar(30) ?
    PARAMETER_STYLE nvarchar(30) ?
    IS_DETERMINISTIC nvarchar(10) ?
    SQL_DATA_ACCESS nvarchar(30) ?
    IS_NULL_CALL nvarchar(10) ?
    SQL_PATH sysname ?
    SCHEMA_LEVEL_ROUTINE nvarchar(10) ?
    MAX_DYNAMIC_RESULT_SETS smallint ?
    IS_USER_DEFINED_CAST nvarchar(10) ?
    IS_IMPLICITLY_INVOCABLE nvarchar(10) ?
    CREATED datetime
    LAST_ALTERED datetime`,
    (context) => routinesOf(context).map((object) => routineRow(object, context)),
  ),
  catalogView(
    'INFORMATION_SCHEMA.PARAMETERS',
    `SPECIFIC_CATALOG sysname ?
    SPECIFIC_SCHEMA sysname ?
    SPECIFIC_NAME sysname
    ORDINAL_POSITION int
    PARAMETER_MODE nvarchar(10) ?
    IS_RESULT nvarchar(10) ?
    AS_LOCATOR nvarchar(10) ?
    PARAMETER_NAME sysname ?
    DATA_TYPE sysname ?
    ${TYPE_COLUMNS}`,
    function* (context) {
      for (const object of routinesOf(context)) {
        for (const parameter of context.database.content.catalog.parameters(object.objectId)) {
          const isResult = parameter.columnId === 0
          yield {
            SPECIFIC_CATALOG: context.database.name,
            SPECIFIC_SCHEMA: schemaNameOf(object, context),
            SPECIFIC_NAME: object.name,
            ORDINAL_POSITION: parameter.columnId,
            PARAMETER_MODE: isResult ? 'OUT' : 'IN',
            IS_RESULT: isResult ? 'YES' : 'NO',
            AS_LOCATOR: 'NO',
            PARAMETER_NAME: parameter.name,
            ...typeColumns(parameter, context),
          }
        }
      }
    },
  ),
]

/** TABLE_CATALOG, TABLE_SCHEMA and TABLE_NAME of an object. */
export function tableName(object: CatalogObject, context: ViewContext): ViewRow {
  return {
    TABLE_CATALOG: context.database.name,
    TABLE_SCHEMA: schemaNameOf(object, context),
    TABLE_NAME: object.name,
  }
}

function routinesOf(context: ViewContext): readonly CatalogObject[] {
  return objectsOf(context).filter(({ type }) => ROUTINE_TYPES.has(type))
}

function routineRow(object: CatalogObject, context: ViewContext): ViewRow {
  const isFunction = FUNCTION_TYPES.has(object.type)
  const schema = schemaNameOf(object, context)
  return {
    SPECIFIC_CATALOG: context.database.name,
    SPECIFIC_SCHEMA: schema,
    SPECIFIC_NAME: object.name,
    ROUTINE_CATALOG: context.database.name,
    ROUTINE_SCHEMA: schema,
    ROUTINE_NAME: object.name,
    ROUTINE_TYPE: isFunction ? 'FUNCTION' : 'PROCEDURE',
    DATA_TYPE: resultTypeOf(object, context),
    ROUTINE_BODY: 'SQL',
    ROUTINE_DEFINITION: definitionOf(object, context),
    IS_DETERMINISTIC: 'NO',
    SQL_DATA_ACCESS: isFunction ? 'READS' : 'MODIFIES',
    IS_NULL_CALL: isFunction ? 'NO' : null,
    SCHEMA_LEVEL_ROUTINE: 'YES',
    MAX_DYNAMIC_RESULT_SETS: isFunction ? 0 : -1,
    IS_USER_DEFINED_CAST: 'NO',
    IS_IMPLICITLY_INVOCABLE: 'NO',
    CREATED: object.createDate,
    LAST_ALTERED: object.modifyDate,
  }
}

function resultTypeOf(object: CatalogObject, { database }: ViewContext): string | null {
  if (object.type === 'TF' || object.type === 'IF' || object.type === 'FT') return 'TABLE'
  const result = database.content.catalog
    .parameters(object.objectId)
    .find(({ columnId }) => columnId === 0)
  return result === undefined ? null : systemTypeName(result.systemTypeId)
}

function definitionOf({ objectId }: CatalogObject, { database }: ViewContext): string | null {
  const text = database.content.catalog.moduleText(objectId)?.text
  return text === undefined ? null : text.slice(0, DEFINITION_CHARACTERS)
}
