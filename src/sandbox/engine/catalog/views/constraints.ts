import { REFERENTIAL_ACTIONS, type TextConstraint } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { OBJECT_COLUMNS, objectRow } from './objects.ts'

export const CONSTRAINT_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.foreign_keys',
    `${OBJECT_COLUMNS}
    referenced_object_id int ?
    key_index_id int ?
    is_disabled bit
    is_not_for_replication bit
    is_not_trusted bit
    delete_referential_action tinyint ?
    delete_referential_action_desc nvarchar(60) ?
    update_referential_action tinyint ?
    update_referential_action_desc nvarchar(60) ?
    is_system_named bit`,
    (context) =>
      context.database.content.catalog.foreignKeys.map((key) => ({
        ...rowOfObject(key.objectId, context),
        referenced_object_id: key.referencedObjectId,
        key_index_id: key.referencedIndexId,
        is_disabled: key.isDisabled,
        is_not_trusted: key.isNotTrusted,
        delete_referential_action: REFERENTIAL_ACTIONS.indexOf(key.deleteAction),
        delete_referential_action_desc: key.deleteAction,
        update_referential_action: REFERENTIAL_ACTIONS.indexOf(key.updateAction),
        update_referential_action_desc: key.updateAction,
        is_system_named: isSystemNamed(key.objectId, context),
      })),
  ),
  catalogView(
    'sys.foreign_key_columns',
    `constraint_object_id int
    constraint_column_id int
    parent_object_id int
    parent_column_id int
    referenced_object_id int
    referenced_column_id int`,
    function* (context) {
      for (const key of context.database.content.catalog.foreignKeys) {
        for (const [position, column] of key.columns.entries()) {
          yield {
            constraint_object_id: key.objectId,
            constraint_column_id: position + 1,
            parent_object_id: key.parentObjectId,
            parent_column_id: column.parentColumnId,
            referenced_object_id: key.referencedObjectId,
            referenced_column_id: column.referencedColumnId,
          }
        }
      }
    },
  ),
  catalogView(
    'sys.check_constraints',
    `${OBJECT_COLUMNS}
    is_disabled bit
    is_not_for_replication bit
    is_not_trusted bit
    parent_column_id int
    definition nvarchar(max) ?
    uses_database_collation bit ?
    is_system_named bit`,
    (context) =>
      context.database.content.catalog.checkConstraints.map((check) => ({
        ...textConstraintRow(check, context),
        is_disabled: check.isDisabled,
        is_not_trusted: check.isNotTrusted,
        uses_database_collation: true,
      })),
  ),
  catalogView(
    'sys.default_constraints',
    `${OBJECT_COLUMNS}
    parent_column_id int
    definition nvarchar(max) ?
    is_system_named bit`,
    (context) =>
      context.database.content.catalog.defaultConstraints.map((constraint) =>
        textConstraintRow(constraint, context),
      ),
  ),
]

function textConstraintRow(constraint: TextConstraint, context: ViewContext): ViewRow {
  return {
    ...rowOfObject(constraint.objectId, context),
    parent_column_id: constraint.columnId,
    definition: constraint.text,
    is_system_named: constraint.isSystemNamed,
  }
}

function rowOfObject(objectId: number, { database }: ViewContext): ViewRow {
  const object = database.content.catalog.objectById(objectId)
  return object === undefined ? {} : objectRow(object)
}

function isSystemNamed(objectId: number, { database }: ViewContext): boolean {
  return database.content.catalog.objectById(objectId)?.isSystemNamed ?? false
}
