import type { SqlValue } from '../../../mdf/index.ts'
import type { ModuleSource, TableSource } from '../host.ts'
import type { ChangeAction } from '../query/index.ts'
import type { Changed } from './carry-out.ts'

/** What one statement did to one table in one way, as the triggers for it see it. */
export interface TriggerEventRows {
  readonly table: TableSource
  readonly action: ChangeAction
  readonly rows: readonly Changed[]
  /** Ordinals of the columns that the statement names: all of them for INSERT. */
  readonly updated: ReadonlySet<number>
}

/** A trigger that is running. */
export interface TriggerFrame {
  readonly source: ModuleSource
  readonly isInsteadOf: boolean
  readonly columns: readonly { readonly name: string }[]
  readonly updated: ReadonlySet<number>
  readonly inserted: TableSource
  readonly deleted: TableSource
}

export function triggerFrame(
  source: ModuleSource,
  isInsteadOf: boolean,
  { table, rows, updated }: TriggerEventRows,
): TriggerFrame {
  const imageOf = (name: 'inserted' | 'deleted') =>
    transitionTable(name, table, () => rows.flatMap((row) => (row[name] ? [row[name]] : [])))
  const { columns } = table
  return {
    source,
    isInsteadOf,
    columns,
    updated,
    inserted: imageOf('inserted'),
    deleted: imageOf('deleted'),
  }
}

/** `inserted` or `deleted`: the columns of the table, the computed ones with their values. */
function transitionTable(
  name: string,
  { database, schema, columns }: TableSource,
  readRows: () => readonly (readonly SqlValue[])[],
): TableSource {
  let rows: readonly (readonly SqlValue[])[] | undefined
  return {
    kind: 'table',
    database,
    schema,
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      identity: false,
    })),
    estimatedRowCount: 1,
    *scan(ordinals) {
      rows ??= readRows()
      for (const row of rows) yield ordinals.map((ordinal) => row[ordinal] ?? null)
    },
  }
}
