import type { CatalogIndex, CatalogObject } from '../../../../mdf/index.ts'
import { INDEX_TYPES } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { OBJECT_COLUMNS, objectRow, objectsOf } from './objects.ts'

export const INDEX_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.indexes',
    `object_id int
    name sysname ?
    index_id int
    type tinyint
    type_desc nvarchar(60) ?
    is_unique bit ?
    data_space_id int ?
    ignore_dup_key bit ?
    is_primary_key bit ?
    is_unique_constraint bit ?
    fill_factor tinyint
    is_padded bit ?
    is_disabled bit ?
    is_hypothetical bit ?
    is_ignored_in_optimization bit ?
    allow_row_locks bit ?
    allow_page_locks bit ?
    has_filter bit ?
    filter_definition nvarchar(max) ?
    compression_delay int ?
    suppress_dup_key_messages bit ?
    auto_created bit ?
    optimize_for_sequential_key bit ?`,
    function* (context) {
      for (const { index } of userIndexes(context)) yield indexRow(index, context)
    },
  ),
  catalogView(
    'sys.index_columns',
    `object_id int
    index_id int
    index_column_id int
    column_id int
    key_ordinal tinyint
    partition_ordinal tinyint
    is_descending_key bit ?
    is_included_column bit ?
    column_store_order_ordinal tinyint ?
    data_clustering_ordinal tinyint ?`,
    function* (context) {
      for (const { index } of userIndexes(context)) {
        for (const [position, column] of index.columns.entries()) {
          yield {
            object_id: index.objectId,
            index_id: index.indexId,
            index_column_id: position + 1,
            column_id: column.columnId,
            key_ordinal: column.keyOrdinal,
            is_descending_key: column.isDescending,
            is_included_column: column.isIncluded,
            column_store_order_ordinal: 0,
          }
        }
      }
    },
  ),
  catalogView(
    'sys.key_constraints',
    `${OBJECT_COLUMNS}
    unique_index_id int ?
    is_system_named bit
    is_enforced bit ?`,
    (context) =>
      objectsOf(context, 'PK', 'UQ').map((object) => ({
        ...objectRow(object),
        unique_index_id: indexOfConstraint(object, context)?.indexId ?? null,
        is_system_named: object.isSystemNamed,
        is_enforced: true,
      })),
  ),
  catalogView(
    'sys.stats',
    `object_id int
    name sysname ?
    stats_id int
    auto_created bit ?
    user_created bit ?
    no_recompute bit ?
    has_filter bit ?
    filter_definition nvarchar(max) ?
    is_temporary bit ?
    is_incremental bit ?
    has_persisted_sample bit ?
    stats_generation_method int
    stats_generation_method_desc varchar(255)
    auto_drop bit ?`,
    function* (context) {
      const { catalog } = context.database.content
      for (const { objectId } of objectsOf(context)) {
        for (const { statisticsId, name, isAutoCreated } of catalog.statistics(objectId)) {
          yield {
            object_id: objectId,
            name,
            stats_id: statisticsId,
            auto_created: isAutoCreated,
            user_created: !isAutoCreated,
            no_recompute: false,
            has_filter: false,
          }
        }
      }
    },
  ),
]

interface UserIndex {
  readonly object: CatalogObject
  readonly index: CatalogIndex
}

/** Heaps and indexes of all tables and indexed views. */
export function* userIndexes(context: ViewContext): Generator<UserIndex> {
  const { catalog } = context.database.content
  for (const object of objectsOf(context)) {
    for (const index of catalog.indexes(object.objectId)) yield { object, index }
  }
}

/** The index behind a PRIMARY KEY or UNIQUE constraint: it has the constraint's name. */
export function indexOfConstraint(
  { name, parentObjectId }: CatalogObject,
  { database }: ViewContext,
): CatalogIndex | undefined {
  return database.content.catalog
    .indexes(parentObjectId)
    .find((index) => index.name === name && (index.isPrimaryKey || index.isUniqueConstraint))
}

function indexRow(index: CatalogIndex, { database }: ViewContext): ViewRow {
  const { catalog } = database.content
  return {
    object_id: index.objectId,
    name: index.name || null,
    index_id: index.indexId,
    type: INDEX_TYPES.indexOf(index.type),
    type_desc: index.type,
    is_unique: index.isUnique,
    data_space_id: index.dataSpaceId,
    ignore_dup_key: false,
    is_primary_key: index.isPrimaryKey,
    is_unique_constraint: index.isUniqueConstraint,
    fill_factor: index.fillFactor,
    is_padded: index.isPadded,
    is_disabled: index.isDisabled,
    is_hypothetical: index.isHypothetical,
    is_ignored_in_optimization: false,
    allow_row_locks: true,
    allow_page_locks: true,
    has_filter: index.hasFilter,
    filter_definition: catalog.filterText(index.objectId, index.indexId) ?? null,
    suppress_dup_key_messages: false,
    auto_created: false,
    optimize_for_sequential_key: false,
  }
}
