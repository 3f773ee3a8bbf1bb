import { type CatalogObject, Decimal, type SqlType, SqlVariant } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { triggerEvents } from '../module-header.ts'
import { paddedType, typeDescription } from '../object-types.ts'
import { systemTypeId } from '../system-types.ts'
import { SYSTEM_VIEW_TYPE, systemViewId } from '../system-view-ids.ts'
import { systemViews } from '../view-registry.ts'

/** The columns every catalog view of objects starts with; `objectRow` fills them. */
export const OBJECT_COLUMNS = `
  name sysname
  object_id int
  principal_id int ?
  schema_id int
  parent_object_id int
  type char(2) ?
  type_desc nvarchar(60) ?
  create_date datetime
  modify_date datetime
  is_ms_shipped bit
  is_published bit
  is_schema_published bit`

const VIEW_COLUMNS = `${OBJECT_COLUMNS}
  is_replicated bit ?
  has_replication_filter bit ?
  has_opaque_metadata bit
  has_unchecked_assembly_data bit
  with_check_option bit
  is_date_correlation_view bit
  is_tracked_by_cdc bit ?
  has_snapshot bit ?
  ledger_view_type tinyint ?
  ledger_view_type_desc nvarchar(60) ?
  is_dropped_ledger_view bit ?`

const TABLE_COLUMNS = `${OBJECT_COLUMNS}
  lob_data_space_id int
  filestream_data_space_id int ?
  max_column_id_used int
  lock_on_bulk_load bit
  uses_ansi_nulls bit ?
  is_replicated bit ?
  has_replication_filter bit ?
  is_merge_published bit ?
  is_sync_tran_subscribed bit ?
  has_unchecked_assembly_data bit
  text_in_row_limit int ?
  large_value_types_out_of_row bit ?
  is_tracked_by_cdc bit ?
  lock_escalation tinyint ?
  lock_escalation_desc nvarchar(60) ?
  is_filetable bit ?
  is_memory_optimized bit ?
  durability tinyint ?
  durability_desc nvarchar(60) ?
  temporal_type tinyint ?
  temporal_type_desc nvarchar(60) ?
  history_table_id int ?
  is_remote_data_archive_enabled bit ?
  is_external bit
  history_retention_period int ?
  history_retention_period_unit int ?
  history_retention_period_unit_desc nvarchar(10) ?
  is_node bit ?
  is_edge bit ?
  data_retention_period int ?
  data_retention_period_unit int ?
  data_retention_period_unit_desc nvarchar(10) ?
  ledger_type tinyint ?
  ledger_type_desc nvarchar(60) ?
  ledger_view_id int ?
  is_dropped_ledger_table bit ?`

const PROCEDURE_COLUMNS = `${OBJECT_COLUMNS}
  is_auto_executed bit
  is_execution_replicated bit ?
  is_repl_serializable_only bit ?
  skips_repl_constraints bit ?`

export const OBJECT_VIEWS: readonly CatalogView[] = [
  catalogView('sys.objects', OBJECT_COLUMNS, (context) => objectsOf(context).map(objectRow)),
  catalogView('sys.all_objects', OBJECT_COLUMNS, (context) => [
    ...objectsOf(context).map(objectRow),
    ...systemViewRows(context),
  ]),
  catalogView('sys.tables', TABLE_COLUMNS, (context) =>
    objectsOf(context, 'U').map((object) => tableRow(object, context)),
  ),
  catalogView('sys.views', VIEW_COLUMNS, (context) => objectsOf(context, 'V').map(objectRow)),
  catalogView('sys.all_views', VIEW_COLUMNS, (context) => [
    ...objectsOf(context, 'V').map(objectRow),
    ...systemViewRows(context),
  ]),
  catalogView('sys.procedures', PROCEDURE_COLUMNS, (context) =>
    objectsOf(context, 'P', 'PC', 'X', 'RF').map(objectRow),
  ),
  catalogView(
    'sys.synonyms',
    `${OBJECT_COLUMNS}
    base_object_name nvarchar(1035) ?`,
    (context) =>
      objectsOf(context, 'SN').map((object) => ({
        ...objectRow(object),
        base_object_name: context.database.content.synonymTarget(object.objectId) ?? null,
      })),
  ),
  catalogView(
    'sys.sequences',
    `${OBJECT_COLUMNS}
    start_value sql_variant
    increment sql_variant
    minimum_value sql_variant
    maximum_value sql_variant
    is_cycling bit ?
    is_cached bit ?
    cache_size int ?
    system_type_id tinyint
    user_type_id int
    precision tinyint
    scale tinyint ?
    current_value sql_variant
    is_exhausted bit
    last_used_value sql_variant ?`,
    sequenceRows,
  ),
  catalogView(
    'sys.triggers',
    `name sysname
    object_id int
    parent_class tinyint
    parent_class_desc nvarchar(60) ?
    parent_id int
    type char(2)
    type_desc nvarchar(60) ?
    create_date datetime
    modify_date datetime
    is_ms_shipped bit
    is_disabled bit
    is_not_for_replication bit
    is_instead_of_trigger bit`,
    (context) =>
      objectsOf(context, 'TR', 'TA').map((object) => ({
        ...objectRow(object),
        parent_class: object.parentObjectId === 0 ? 0 : 1,
        parent_class_desc: object.parentObjectId === 0 ? 'DATABASE' : 'OBJECT_OR_COLUMN',
        parent_id: object.parentObjectId,
        is_disabled: object.isDisabled,
        is_not_for_replication: object.isNotForReplication,
        is_instead_of_trigger: isInsteadOf(object, context),
      })),
  ),
]

/** The objects of the database, of these types or of all. */
export function objectsOf(
  { database }: ViewContext,
  ...types: readonly string[]
): readonly CatalogObject[] {
  const { objects } = database.content.catalog
  return types.length === 0 ? objects : objects.filter(({ type }) => types.includes(type))
}

/** An object by the columns of `OBJECT_COLUMNS`. */
export function objectRow(object: CatalogObject): ViewRow {
  return {
    name: object.name,
    object_id: object.objectId,
    schema_id: object.schemaId,
    parent_object_id: object.parentObjectId,
    type: paddedType(object.type),
    type_desc: typeDescription(object.type),
    create_date: object.createDate,
    modify_date: object.modifyDate,
    is_ms_shipped: object.isMsShipped,
    is_replicated: false,
  }
}

/** The name of the schema something is in; NULL when the database does not have it. */
export function schemaNameOf(
  { schemaId }: { readonly schemaId: number },
  { database }: ViewContext,
): string | null {
  return (
    database.content.catalog.schemas.find((schema) => schema.schemaId === schemaId)?.name ?? null
  )
}

function tableRow(object: CatalogObject, { database }: ViewContext): ViewRow {
  const columns = database.content.catalog.columns(object.objectId)
  return {
    ...objectRow(object),
    max_column_id_used: columns.at(-1)?.columnId ?? 0,
    uses_ansi_nulls: object.usesAnsiNulls,
    text_in_row_limit: 0,
    large_value_types_out_of_row: false,
    is_tracked_by_cdc: false,
    lock_escalation: 0,
    lock_escalation_desc: 'TABLE',
    is_filetable: false,
    is_memory_optimized: false,
    durability: 0,
    durability_desc: 'SCHEMA_AND_DATA',
    temporal_type: 0,
    temporal_type_desc: 'NON_TEMPORAL_TABLE',
    is_remote_data_archive_enabled: false,
    is_node: false,
    is_edge: false,
    ledger_type: 0,
    ledger_type_desc: 'NON_LEDGER_TABLE',
    is_dropped_ledger_table: false,
  }
}

function systemViewRows({ database }: ViewContext): readonly ViewRow[] {
  const { catalog, settings } = database.content
  return systemViews().map((view) => ({
    name: view.name,
    object_id: systemViewId(view),
    schema_id: catalog.schemas.find(({ name }) => name === view.schema)?.schemaId ?? 0,
    type: paddedType(SYSTEM_VIEW_TYPE),
    type_desc: typeDescription(SYSTEM_VIEW_TYPE),
    create_date: settings.createDate,
    modify_date: settings.createDate,
    is_ms_shipped: true,
  }))
}

function isInsteadOf({ objectId, isInsteadOf }: CatalogObject, { database }: ViewContext): boolean {
  const text = database.content.catalog.moduleText(objectId)?.text
  return isInsteadOf || (text !== undefined && triggerEvents(text).isInsteadOf)
}

function* sequenceRows({ database }: ViewContext): Generator<ViewRow> {
  const { catalog, sequences } = database.content
  for (const { objectId, type, ...sequence } of sequences) {
    const object = catalog.objectById(objectId)
    if (object === undefined) continue
    const typeId = systemTypeId(type.name)
    const value = (number: bigint) => new SqlVariant(type, sequenceValue(number, type))
    yield {
      ...objectRow(object),
      start_value: value(sequence.start),
      increment: value(sequence.increment),
      minimum_value: value(sequence.minimum),
      maximum_value: value(sequence.maximum),
      is_cycling: sequence.isCycling,
      is_cached: true,
      system_type_id: typeId,
      user_type_id: typeId,
      precision: type.precision,
      scale: type.scale,
      current_value: value(sequence.currentValue),
      is_exhausted: sequence.isExhausted,
    }
  }
}

/** A number as a value of a sequence's type. */
function sequenceValue(number: bigint, { name }: SqlType): bigint | number | Decimal {
  if (name === 'bigint') return number
  return name === 'decimal' || name === 'numeric' ? new Decimal(number, 0) : Number(number)
}
