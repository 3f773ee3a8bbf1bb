import {
  type CatalogColumn,
  type CatalogObject,
  type SqlValue,
  SqlVariant,
} from '../../../../mdf/index.ts'
import {
  type CatalogView,
  catalogView,
  columnsOf,
  type ViewContext,
  type ViewRow,
} from '../catalog-view.ts'
import { FUNCTION_TYPES } from '../object-types.ts'
import { collationNameOrNull, systemTypeId, typesOf } from '../system-types.ts'
import { systemViewId } from '../system-view-ids.ts'
import { systemViews } from '../view-registry.ts'
import { objectsOf } from './objects.ts'

const COLUMN_COLUMNS = `
  object_id int
  name sysname ?
  column_id int
  system_type_id tinyint
  user_type_id int
  max_length smallint
  precision tinyint
  scale tinyint
  collation_name sysname ?
  is_nullable bit ?
  is_ansi_padded bit
  is_rowguidcol bit
  is_identity bit
  is_computed bit
  is_filestream bit
  is_replicated bit ?
  is_non_sql_subscribed bit ?
  is_merge_published bit ?
  is_dts_replicated bit ?
  is_xml_document bit
  xml_collection_id int
  default_object_id int
  rule_object_id int
  is_sparse bit ?
  is_column_set bit ?
  generated_always_type tinyint ?
  generated_always_type_desc nvarchar(60) ?
  encryption_type int ?
  encryption_type_desc nvarchar(64) ?
  encryption_algorithm_name sysname ?
  column_encryption_key_id int ?
  column_encryption_key_database_name sysname ?
  is_hidden bit ?
  is_masked bit
  graph_type int ?
  graph_type_desc nvarchar(60) ?
  is_data_deletion_filter_column bit ?
  ledger_view_column_type int ?
  ledger_view_column_type_desc nvarchar(60) ?
  is_dropped_ledger_column bit ?`

const INT_TYPE = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 } as const
const INT_MAX = 0x7fff_ffffn

export const COLUMN_VIEWS: readonly CatalogView[] = [
  catalogView('sys.columns', COLUMN_COLUMNS, userColumnRows),
  catalogView('sys.all_columns', COLUMN_COLUMNS, function* (context) {
    yield* userColumnRows(context)
    yield* systemColumnRows(context)
  }),
  catalogView(
    'sys.identity_columns',
    `${COLUMN_COLUMNS}
    seed_value sql_variant ?
    increment_value sql_variant ?
    last_value sql_variant ?
    is_not_for_replication bit ?`,
    function* (context) {
      for (const { object, column } of userColumns(context)) {
        if (column.identity === undefined) continue
        const { seed, increment, lastValue } = column.identity
        yield {
          ...columnRow(column, object),
          seed_value: identityValue(seed, column),
          increment_value: identityValue(increment, column),
          last_value: lastValue === null ? null : identityValue(lastValue, column),
          is_not_for_replication: false,
        }
      }
    },
  ),
  catalogView(
    'sys.computed_columns',
    `${COLUMN_COLUMNS}
    definition nvarchar(max) ?
    uses_database_collation bit
    is_persisted bit`,
    function* (context) {
      const { content } = context.database
      for (const { object, column } of userColumns(context)) {
        if (!column.isComputed) continue
        const { objectId } = object
        yield {
          ...columnRow(column, object),
          definition: content.catalog.computedText(objectId, column.columnId) ?? null,
          uses_database_collation: true,
          is_persisted: content.storedColumnIds(objectId).includes(column.columnId),
        }
      }
    },
  ),
  catalogView(
    'sys.parameters',
    `object_id int
    name sysname ?
    parameter_id int
    system_type_id tinyint
    user_type_id int
    max_length smallint
    precision tinyint
    scale tinyint
    is_output bit
    is_cursor_ref bit
    has_default_value bit
    is_xml_document bit
    default_value sql_variant ?
    xml_collection_id int
    is_readonly bit
    is_nullable bit ?
    encryption_type int ?
    encryption_type_desc nvarchar(64) ?
    encryption_algorithm_name sysname ?
    column_encryption_key_id int ?
    column_encryption_key_database_name sysname ?
    vector_dimensions int ?
    vector_base_type tinyint ?
    vector_base_type_desc nvarchar(10) ?`,
    function* (context) {
      for (const { objectId, type } of objectsOf(context)) {
        for (const parameter of context.database.content.catalog.parameters(objectId)) {
          yield {
            ...typeFacets(parameter),
            object_id: objectId,
            name: parameter.name,
            parameter_id: parameter.columnId,
            is_output: parameter.columnId === 0 && FUNCTION_TYPES.has(type),
            xml_collection_id: parameter.xmlCollectionId,
            is_nullable: true,
          }
        }
      }
    },
  ),
  catalogView(
    'sys.types',
    `name sysname
    system_type_id tinyint
    user_type_id int
    schema_id int
    principal_id int ?
    max_length smallint
    precision tinyint
    scale tinyint
    collation_name sysname ?
    is_nullable bit ?
    is_user_defined bit
    is_assembly_type bit
    default_object_id int
    rule_object_id int
    is_table_type bit`,
    ({ database }) =>
      typesOf(database.content.catalog).map((type) => ({
        name: type.name,
        system_type_id: type.systemTypeId,
        user_type_id: type.userTypeId,
        schema_id: type.schemaId,
        max_length: type.maxLength,
        precision: type.precision,
        scale: type.scale,
        collation_name: type.hasCollation
          ? collationNameOrNull(database.content.settings.collationId)
          : null,
        is_nullable: type.isNullable,
        is_user_defined: type.userTypeId > 256,
        is_assembly_type: [128, 129, 130].includes(type.userTypeId),
      })),
  ),
]

interface UserColumn {
  readonly object: CatalogObject
  readonly column: CatalogColumn
}

/** Columns of all tables, views and table functions of the database. */
export function* userColumns(context: ViewContext): Generator<UserColumn> {
  const { catalog } = context.database.content
  for (const object of objectsOf(context)) {
    for (const column of catalog.columns(object.objectId)) yield { object, column }
  }
}

function* userColumnRows(context: ViewContext): Generator<ViewRow> {
  for (const { object, column } of userColumns(context)) yield columnRow(column, object)
}

function columnRow(column: CatalogColumn, object: CatalogObject): ViewRow {
  return {
    ...typeFacets(column),
    object_id: object.objectId,
    name: column.name,
    column_id: column.columnId,
    collation_name: collationNameOrNull(column.type.collationId),
    is_nullable: column.isNullable,
    is_ansi_padded: column.isAnsiPadded,
    is_rowguidcol: column.isRowGuid,
    is_identity: column.identity !== undefined,
    is_computed: column.isComputed,
    is_filestream: column.isFilestream,
    is_replicated: false,
    is_non_sql_subscribed: false,
    is_merge_published: false,
    is_dts_replicated: false,
    xml_collection_id: column.xmlCollectionId,
    default_object_id: column.defaultObjectId,
    is_sparse: column.isSparse,
    is_column_set: column.isColumnSet,
    generated_always_type: 0,
    generated_always_type_desc: 'NOT_APPLICABLE',
    is_hidden: false,
    is_data_deletion_filter_column: false,
    is_dropped_ledger_column: false,
  }
}

/** The columns that describe a type, by the names sys.columns and sys.parameters have for them. */
export function typeFacets({ systemTypeId, userTypeId, type }: CatalogColumn): ViewRow {
  return {
    system_type_id: systemTypeId,
    user_type_id: userTypeId,
    max_length: type.maxLength,
    precision: type.precision,
    scale: type.scale,
  }
}

function* systemColumnRows({ database }: ViewContext): Generator<ViewRow> {
  const { collationId } = database.content.settings
  for (const view of systemViews()) {
    for (const [index, { name, type, nullable }] of columnsOf(view, collationId).entries()) {
      yield {
        object_id: systemViewId(view),
        name,
        column_id: index + 1,
        system_type_id: systemTypeId(type.name),
        user_type_id: systemTypeId(type.name),
        max_length: type.maxLength,
        precision: type.precision,
        scale: type.scale,
        collation_name: collationNameOrNull(type.collationId),
        is_nullable: nullable,
        is_ansi_padded: type.collationId !== 0,
      }
    }
  }
}

/** An identity number as a variant of the column's own type; numbers of int's range stay int. */
function identityValue(value: bigint, { type }: CatalogColumn): SqlValue {
  if (type.name === 'bigint') return new SqlVariant(type, value)
  const fitsInt = value <= INT_MAX && value >= -INT_MAX - 1n
  return fitsInt ? new SqlVariant(INT_TYPE, Number(value)) : String(value)
}
