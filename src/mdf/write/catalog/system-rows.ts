import { PlatformError } from '../../../base/index.ts'
import { DAYS_TO_1900, SqlDateTime, type SqlType, type SqlValue } from '../../sql-type.ts'
import { type BaseTable, baseTables } from './base-tables.ts'

/** A row of a base table; columns left out are NULL or, when they can't be, zero. */
export type SystemValues = Readonly<Record<string, SqlValue>>

/** The rows of the system tables, gathered before they are written. */
export class SystemRows {
  readonly tables: readonly BaseTable[]
  readonly #tables: ReadonlyMap<string, BaseTable>
  readonly #rows = new Map<string, SqlValue[][]>()

  constructor(collationId: number) {
    this.tables = baseTables(collationId)
    this.#tables = new Map(this.tables.map((table) => [table.name, table]))
  }

  add(tableName: string, values: SystemValues): void {
    const table = this.#tables.get(tableName)
    if (table === undefined) throw new PlatformError('INTERNAL', `no base table ${tableName}`)
    const known = new Set(table.columns.map(({ name }) => name))
    const stranger = Object.keys(values).find((name) => !known.has(name))
    if (stranger !== undefined) {
      throw new PlatformError('INTERNAL', `${tableName} has no column ${stranger}`)
    }
    const row = table.columns.map(
      ({ name, declared, isNullable }) =>
        values[name] ?? (isNullable ? null : zeroOf(declared.type)),
    )
    this.rowsOf(tableName).push(row)
  }

  /** The rows of a table, in the order of its columns. */
  rowsOf(tableName: string): SqlValue[][] {
    const rows = this.#rows.get(tableName) ?? []
    this.#rows.set(tableName, rows)
    return rows
  }

  /** Takes the rows of a table away, so that they can be made anew. */
  clear(tableName: string): void {
    this.#rows.delete(tableName)
  }
}

function zeroOf({ name, maxLength }: SqlType): SqlValue {
  switch (name) {
    case 'bigint':
      return 0n
    case 'bit':
      return false
    case 'datetime':
      return new SqlDateTime(DAYS_TO_1900, 0)
    case 'uniqueidentifier':
      return '00000000-0000-0000-0000-000000000000'
    case 'char':
      return '\0'.repeat(maxLength)
    case 'nchar':
    case 'nvarchar':
      return ''
    case 'binary':
      return new Uint8Array(maxLength)
    case 'varbinary':
      return new Uint8Array(0)
    default:
      return 0
  }
}
