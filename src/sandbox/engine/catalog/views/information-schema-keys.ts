import type { CatalogObject, ForeignKey } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'
import { indexOfConstraint } from './indexes.ts'
import { tableName } from './information-schema.ts'
import { objectsOf, schemaNameOf } from './objects.ts'

const CONSTRAINT_KINDS: Readonly<Record<string, string>> = {
  C: 'CHECK',
  F: 'FOREIGN KEY',
  PK: 'PRIMARY KEY',
  UQ: 'UNIQUE',
}

export const INFORMATION_SCHEMA_KEY_VIEWS: readonly CatalogView[] = [
  catalogView(
    'INFORMATION_SCHEMA.TABLE_CONSTRAINTS',
    `CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname
    TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname ?
    CONSTRAINT_TYPE varchar(11) ?
    IS_DEFERRABLE varchar(2)
    INITIALLY_DEFERRED varchar(2)`,
    (context) =>
      objectsOf(context, 'C', 'F', 'PK', 'UQ').map((constraint) => ({
        ...constraintName(constraint, context),
        ...parentName(constraint, context),
        CONSTRAINT_TYPE: CONSTRAINT_KINDS[constraint.type] ?? null,
        IS_DEFERRABLE: 'NO',
        INITIALLY_DEFERRED: 'NO',
      })),
  ),
  catalogView(
    'INFORMATION_SCHEMA.KEY_COLUMN_USAGE',
    `CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname
    TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname ?
    COLUMN_NAME sysname ?
    ORDINAL_POSITION int`,
    (context) => keyColumnRows(context),
  ),
  catalogView(
    'INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS',
    `CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname
    UNIQUE_CONSTRAINT_CATALOG sysname ?
    UNIQUE_CONSTRAINT_SCHEMA sysname ?
    UNIQUE_CONSTRAINT_NAME sysname ?
    MATCH_OPTION varchar(7) ?
    UPDATE_RULE varchar(11) ?
    DELETE_RULE varchar(11) ?`,
    (context) =>
      context.database.content.catalog.foreignKeys.map((key) => ({
        ...constraintName(key, context),
        ...referencedConstraint(key, context),
        MATCH_OPTION: 'SIMPLE',
        UPDATE_RULE: key.updateAction.replace('_', ' '),
        DELETE_RULE: key.deleteAction.replace('_', ' '),
      })),
  ),
  catalogView(
    'INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE',
    `TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname
    COLUMN_NAME sysname ?
    CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname`,
    function* (context) {
      yield* keyColumnRows(context)
      for (const check of context.database.content.catalog.checkConstraints) {
        if (check.columnId === 0) continue
        yield {
          ...constraintName(check, context),
          ...parentName(check, context),
          COLUMN_NAME: columnName(check.parentObjectId, check.columnId, context),
        }
      }
    },
  ),
  catalogView(
    'INFORMATION_SCHEMA.CONSTRAINT_TABLE_USAGE',
    `TABLE_CATALOG sysname ?
    TABLE_SCHEMA sysname ?
    TABLE_NAME sysname
    CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname`,
    (context) =>
      objectsOf(context, 'C', 'F', 'PK', 'UQ').map((constraint) => ({
        ...parentName(constraint, context),
        ...constraintName(constraint, context),
      })),
  ),
  catalogView(
    'INFORMATION_SCHEMA.CHECK_CONSTRAINTS',
    `CONSTRAINT_CATALOG sysname ?
    CONSTRAINT_SCHEMA sysname ?
    CONSTRAINT_NAME sysname
    CHECK_CLAUSE nvarchar(4000) ?`,
    (context) =>
      context.database.content.catalog.checkConstraints.map((check) => ({
        ...constraintName(check, context),
        CHECK_CLAUSE: check.text,
      })),
  ),
]

type Constraint = Pick<CatalogObject, 'name' | 'schemaId' | 'parentObjectId'>

function constraintName(constraint: Constraint, context: ViewContext): ViewRow {
  return {
    CONSTRAINT_CATALOG: context.database.name,
    CONSTRAINT_SCHEMA: schemaNameOf(constraint, context),
    CONSTRAINT_NAME: constraint.name,
  }
}

function parentName({ parentObjectId }: Constraint, context: ViewContext): ViewRow {
  const table = context.database.content.catalog.objectById(parentObjectId)
  return table === undefined ? {} : tableName(table, context)
}

function* keyColumnRows(context: ViewContext): Generator<ViewRow> {
  for (const constraint of objectsOf(context, 'PK', 'UQ')) {
    const keys = indexOfConstraint(constraint, context)?.columns ?? []
    yield* columnRows(
      constraint,
      keys.filter(({ isIncluded }) => !isIncluded).map(({ columnId }) => columnId),
      context,
    )
  }
  for (const key of context.database.content.catalog.foreignKeys) {
    yield* columnRows(
      key,
      key.columns.map(({ parentColumnId }) => parentColumnId),
      context,
    )
  }
}

function* columnRows(
  constraint: Constraint,
  columnIds: readonly number[],
  context: ViewContext,
): Generator<ViewRow> {
  for (const [position, columnId] of columnIds.entries()) {
    yield {
      ...constraintName(constraint, context),
      ...parentName(constraint, context),
      COLUMN_NAME: columnName(constraint.parentObjectId, columnId, context),
      ORDINAL_POSITION: position + 1,
    }
  }
}

function columnName(objectId: number, columnId: number, { database }: ViewContext): string | null {
  const columns = database.content.catalog.columns(objectId)
  return columns.find((column) => column.columnId === columnId)?.name ?? null
}

function referencedConstraint(key: ForeignKey, context: ViewContext): ViewRow {
  const { catalog } = context.database.content
  const index = catalog
    .indexes(key.referencedObjectId)
    .find(({ indexId }) => indexId === key.referencedIndexId)
  const table = catalog.objectById(key.referencedObjectId)
  if (index === undefined || table === undefined) return {}
  return {
    UNIQUE_CONSTRAINT_CATALOG: context.database.name,
    UNIQUE_CONSTRAINT_SCHEMA: schemaNameOf(table, context),
    UNIQUE_CONSTRAINT_NAME: index.name,
  }
}
