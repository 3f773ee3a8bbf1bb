import type { CatalogColumn } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { nameKey } from '../catalog/name-key.ts'
import { columnsOf, type DefinedTable } from './table-under-construction.ts'

/** Something that needs a column. */
export interface Dependent {
  readonly kind: 'index' | 'object' | 'column'
  readonly name: string
}

/** Indexes, constraints and computed columns that a column can't be dropped or changed under. */
export function dependentsOf(table: DefinedTable, column: CatalogColumn): readonly Dependent[] {
  const { catalog } = table.database
  const { objectId } = table
  const { columnId } = column
  const indexes = catalog
    .indexes(objectId)
    .filter(({ columns }) => columns.some((one) => one.columnId === columnId))
    .map(({ name, isPrimaryKey, isUniqueConstraint }): Dependent => {
      return { kind: isPrimaryKey || isUniqueConstraint ? 'object' : 'index', name }
    })
  const keys = catalog.foreignKeys.filter(
    (key) =>
      (key.parentObjectId === objectId &&
        key.columns.some(({ parentColumnId }) => parentColumnId === columnId)) ||
      (key.referencedObjectId === objectId &&
        key.columns.some(({ referencedColumnId }) => referencedColumnId === columnId)),
  )
  const defaults = catalog.defaultConstraints.filter(
    ({ objectId: id }) => id === column.defaultObjectId,
  )
  return [
    ...[...defaults, ...keys].map(({ name }): Dependent => ({ kind: 'object', name })),
    ...indexes,
    ...textDependentsOf(table, column),
  ]
}

/** CHECKs and computed columns with the column's name in their expressions. */
export function textDependentsOf(table: DefinedTable, column: CatalogColumn): readonly Dependent[] {
  const { catalog } = table.database
  const { objectId } = table
  const checks = catalog.checkConstraints.filter(
    ({ parentObjectId, text }) => parentObjectId === objectId && names(text, table, column),
  )
  const computed = columnsOf(table).filter(({ columnId }) => {
    const text = catalog.computedText(objectId, columnId)
    return text !== undefined && names(text, table, column)
  })
  return [
    ...checks.map(({ name }): Dependent => ({ kind: 'object', name })),
    ...computed.map(({ name }): Dependent => ({ kind: 'column', name })),
  ]
}

/** Whether an expression's text has the column's name in it, bare or delimited. */
function names(text: string, { database }: DefinedTable, { name }: CatalogColumn): boolean {
  const { collationId } = database.settings
  const words = text.match(
    /\[(?:[^\]]|\]\])*\]|"[^"]*"|'(?:[^']|'')*'|[\p{L}_#@$][\p{L}\p{N}_#@$]*/gu,
  )
  const key = nameKey(name, collationId)
  return (words ?? []).some((word) => {
    if (word.startsWith("'")) return false
    const bare = /^["[]/.test(word) ? word.slice(1, -1).replaceAll(']]', ']') : word
    return nameKey(bare, collationId) === key
  })
}

/** 4922, after a 5074 for each dependent. */
export function columnIsNeeded(
  verb: 'DROP COLUMN' | 'ALTER COLUMN',
  column: string,
  dependents: readonly Dependent[],
): SqlError {
  const preceding = dependents.map(
    ({ kind, name }) =>
      new SqlError(5074, `The ${kind} '${name}' is dependent on column '${column}'.`),
  )
  return new SqlError(
    4922,
    `ALTER TABLE ${verb} ${column} failed because one or more objects access this column.`,
    { state: 9, preceding },
  )
}
