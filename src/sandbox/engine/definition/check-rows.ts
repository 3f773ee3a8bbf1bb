import type { CatalogObject, ForeignKey, SqlValue, TextConstraint } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { rowCondition } from '../../tsql/index.ts'
import type { DefinitionContext } from './definition-context.ts'
import {
  columnsOf,
  type DefinedTable,
  qualifiedName,
  rowTable,
} from './table-under-construction.ts'

/** Whether the rows meet a CHECK or foreign key that was added or enabled. @throws SqlError 547 */
export function checkRows(
  table: DefinedTable,
  { objectId }: Pick<CatalogObject, 'objectId'>,
  context: DefinitionContext,
): void {
  const { catalog } = table.database
  const check = catalog.checkEntries.get(objectId)
  if (check !== undefined) checkCondition(table, check, context)
  const key = catalog.foreignKeyEntries.get(objectId)
  if (key !== undefined) checkForeignKey(table, key)
}

function checkCondition(table: DefinedTable, check: TextConstraint, context: DefinitionContext) {
  const { catalog } = table.database
  const holds = rowCondition(check.text, rowTable(table), context.host)
  for (const { values } of catalog.tables.get(table.objectId)?.scan() ?? []) {
    if (holds(values) !== false) continue
    const column = columnsOf(table).find(({ columnId }) => columnId === check.columnId)
    throw conflict('CHECK', check.name, {
      database: table.database.name,
      table: qualifiedName(table),
      ...(column === undefined ? {} : { column: column.name }),
    })
  }
}

function checkForeignKey(table: DefinedTable, key: ForeignKey): void {
  const { database } = table
  const { catalog } = database
  const parent = catalog.tables.get(key.referencedObjectId)
  const ordinalsOf = (objectId: number, ids: readonly number[]) => {
    const columns = catalog.columns(objectId)
    return ids.map((id) => columns.findIndex(({ columnId }) => columnId === id))
  }
  const own = ordinalsOf(
    table.objectId,
    key.columns.map(({ parentColumnId }) => parentColumnId),
  )
  const referenced = ordinalsOf(
    key.referencedObjectId,
    key.columns.map(({ referencedColumnId }) => referencedColumnId),
  )
  for (const { values } of catalog.tables.get(table.objectId)?.scan() ?? []) {
    const wanted = own.map((ordinal) => values[ordinal] ?? null)
    if (wanted.includes(null)) continue
    const probe: SqlValue[] = []
    for (const [index, ordinal] of referenced.entries()) probe[ordinal] = wanted[index] ?? null
    if (parent?.hasKey(key.referencedIndexId, probe) === true) continue
    throw conflict('FOREIGN KEY', key.name, {
      database: database.name,
      table: `${catalog.schemaName(catalog.objectById(key.referencedObjectId) ?? table)}.${catalog.displayName(key.referencedObjectId)}`,
      column: catalog.columns(key.referencedObjectId)[referenced[0] ?? 0]?.name ?? '',
    })
  }
}

function conflict(
  kind: 'CHECK' | 'FOREIGN KEY',
  name: string,
  place: { readonly database: string; readonly table: string; readonly column?: string },
): SqlError {
  const column = place.column === undefined ? '' : `, column '${place.column}'`
  return new SqlError(
    547,
    `The ALTER TABLE statement conflicted with the ${kind} constraint "${name}". The conflict occurred in database "${place.database}", table "${place.table}"${column}.`,
    { state: 0 },
  )
}
