import type { SqlValue } from '../../../mdf/index.ts'
import type { TableSource } from '../../tsql/index.ts'
import type { Database } from '../databases/database.ts'
import type { Instance } from '../instance/instance.ts'
import type { Session } from '../session/session.ts'
import { type ListedColumn, listColumns } from './column-list.ts'

/** Whose view of which database is asked for. */
export interface ViewContext {
  readonly instance: Instance
  readonly session: Session
  readonly database: Database
}

/** A row by column name; a column that is left out is NULL, or 0, false or '' where it cannot be. */
export type ViewRow = Readonly<Record<string, SqlValue>>

/** A catalog view: its columns as a compact list, and its rows. */
export interface CatalogView {
  readonly schema: string
  readonly name: string
  readonly columnList: string
  rows(context: ViewContext): Iterable<ViewRow>
}

/** `catalogView('sys.schemas', 'name sysname …', rows)`; see `listColumns` for the list. */
export function catalogView(
  name: `${string}.${string}`,
  columnList: string,
  rows: CatalogView['rows'],
): CatalogView {
  const [schema = '', viewName = ''] = name.split('.')
  return { schema, name: viewName, columnList, rows }
}

/** Most catalog views are short; the exact number is not worth counting. */
const ESTIMATED_ROWS = 100

/** A catalog view as something FROM can read. */
export function toTableSource(view: CatalogView, context: ViewContext): TableSource {
  const { database } = context
  const columns = columnsOf(view, database.content.settings.collationId)
  return {
    kind: 'table',
    database: database.name,
    schema: view.schema,
    name: view.name,
    columns,
    estimatedRowCount: ESTIMATED_ROWS,
    *scan(ordinals) {
      const wanted = ordinals
        .map((ordinal) => columns[ordinal])
        .filter((column) => column !== undefined)
      for (const row of view.rows(context)) {
        yield wanted.map(({ name, absent }) => row[name] ?? absent)
      }
    },
  }
}

const parsedColumns = new WeakMap<CatalogView, Map<number, readonly ListedColumn[]>>()

/** Columns of a view in a database of this collation; the list is read once for each. */
export function columnsOf(view: CatalogView, collationId: number): readonly ListedColumn[] {
  const byCollation = parsedColumns.get(view) ?? new Map<number, readonly ListedColumn[]>()
  parsedColumns.set(view, byCollation)
  const columns = byCollation.get(collationId) ?? listColumns(view.columnList, collationId)
  byCollation.set(collationId, columns)
  return columns
}
