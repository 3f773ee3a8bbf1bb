import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { AlterTableStatement } from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { partKey } from '../tempdb/memory-catalog.ts'
import { buildRows } from './build-rows.ts'
import { findIndex, removeIndex } from './define-index.ts'
import type { DefinitionContext } from './definition-context.ts'
import { columnIsNeeded, dependentsOf } from './dependents.ts'
import { columnsOf, type DefinedTable, findColumn } from './table-under-construction.ts'

type Item = Extract<AlterTableStatement['change'], { kind: 'drop' }>['items'][number]

/** @throws SqlError 3728 (no such constraint), 3725, 4924 (no such column), 4922, 4923 */
export function dropItems(
  table: DefinedTable,
  items: readonly Item[],
  context: DefinitionContext,
): void {
  const before = columnsOf(table)
  for (const item of items) {
    if (item.type === 'constraint') dropConstraint(table, item, context)
    else dropColumn(table, item, context)
  }
  buildRows(table, context, { before })
}

const CONSTRAINT_TYPES = ['PK', 'UQ', 'D', 'C', 'F']

/** A constraint of the table by its name. */
export function findConstraint(
  { database, objectId }: DefinedTable,
  name: string,
): CatalogObject | undefined {
  const { collationId } = database.settings
  const key = nameKey(name, collationId)
  return database.catalog.objects.find(
    (object) =>
      object.parentObjectId === objectId &&
      CONSTRAINT_TYPES.includes(object.type) &&
      nameKey(object.name, collationId) === key,
  )
}

function dropConstraint(
  table: DefinedTable,
  { name, ifExists }: Item,
  context: DefinitionContext,
): void {
  const { catalog } = table.database
  const object = findConstraint(table, name)
  if (object === undefined) {
    if (ifExists) return
    throw new SqlError(3727, 'Could not drop constraint. See previous errors.', {
      state: 0,
      preceding: [new SqlError(3728, `'${name}' is not a constraint.`)],
    })
  }
  if (object.type === 'PK' || object.type === 'UQ') {
    const index = findIndex(table, object.name)
    if (index !== undefined) {
      refuseReferenced(table, { name: object.name, indexId: index.indexId })
      removeIndex(table, index, context)
    }
  }
  if (object.type === 'D') {
    const columns = columnsOf(table).map((column) =>
      column.defaultObjectId === object.objectId ? { ...column, defaultObjectId: 0 } : column,
    )
    catalog.columnEntries.set(table.objectId, columns, context.log)
  }
  catalog.removeObject(object.objectId, context.log)
}

function refuseReferenced(
  { database, objectId }: DefinedTable,
  { name, indexId }: { readonly name: string; readonly indexId: number },
): void {
  const key = database.catalog.foreignKeys.find(
    ({ referencedObjectId, referencedIndexId }) =>
      referencedObjectId === objectId && referencedIndexId === indexId,
  )
  if (key === undefined) return
  const referencing = database.catalog.displayName(key.parentObjectId)
  throw new SqlError(3727, 'Could not drop constraint. See previous errors.', {
    state: 0,
    preceding: [
      new SqlError(
        3725,
        `The constraint '${name}' is being referenced by table '${referencing}', foreign key constraint '${key.name}'.`,
        { state: 0 },
      ),
    ],
  })
}

function dropColumn(
  table: DefinedTable,
  { name, ifExists }: Item,
  context: DefinitionContext,
): void {
  const { catalog } = table.database
  const column = findColumn(table, name)
  if (column === undefined) {
    if (ifExists) return
    throw new SqlError(
      4924,
      `ALTER TABLE DROP COLUMN failed because column '${name}' does not exist in table '${table.name}'.`,
    )
  }
  const dependents = dependentsOf(table, column)
  if (dependents.length > 0) throw columnIsNeeded('DROP COLUMN', name, dependents)
  const rest = columnsOf(table).filter((other) => other !== column)
  if (!rest.some(({ isComputed }) => !isComputed)) {
    throw new SqlError(
      4923,
      `ALTER TABLE DROP COLUMN failed because '${name}' is the only data column in table '${table.name}'. A table must have at least one data column.`,
    )
  }
  catalog.computedTexts.delete(partKey(table.objectId, column.columnId), context.log)
  catalog.columnEntries.set(table.objectId, rest, context.log)
}
