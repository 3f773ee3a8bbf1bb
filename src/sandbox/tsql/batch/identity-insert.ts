import { SqlError } from '../../sql-error.ts'
import type { WritableTable } from '../change/index.ts'
import type { TableSource } from '../host.ts'
import type { IdentityInsertStatement, ObjectName } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/** The session's option that holds the table, by its database and object id. */
const OPTION = 'IDENTITY_INSERT'

/** @throws SqlError 3906 */
export function writable(table: TableSource): WritableTable {
  const { writer, database } = table
  if (writer !== undefined) return { ...table, writer }
  throw new SqlError(
    3906,
    `Failed to update database "${database}" because the database is read-only.`,
  )
}

/** Whether the session has SET IDENTITY_INSERT ON for the table. */
export function isIdentityGiven(table: TableSource, state: BatchState): boolean {
  return table.writer !== undefined && state.option(OPTION) === keyOf(table)
}

/**
 * SET IDENTITY_INSERT table ON | OFF: for one table of the session at a time.
 * @throws SqlError 1088 (no such table), 8106 (no identity column), 8107 (on for another table)
 */
export function executeIdentityInsert(
  { table: name, isOn, line }: IdentityInsertStatement,
  state: BatchState,
): Flow {
  const { host } = state
  const table = host.findTable(name, host.session.database)
  if (table?.kind !== 'table') {
    throw new SqlError(
      1088,
      `Cannot find the object "${written(name)}" because it does not exist or you do not have permissions.`,
      { state: 11, line },
    )
  }
  if (!table.columns.some(({ identity }) => identity)) {
    throw new SqlError(
      8106,
      `Table '${written(name)}' does not have the identity property. Cannot perform SET operation.`,
      { line },
    )
  }
  const key = keyOf({ ...table, ...writable(table) })
  const current = state.option(OPTION)
  if (isOn && typeof current === 'string' && current !== key) {
    const [other] = current.split('\n')
    throw new SqlError(
      8107,
      `IDENTITY_INSERT is already ON for table '${other}'. Cannot perform SET operation for table '${written(name)}'.`,
      { line },
    )
  }
  if (isOn) host.session.options.set(OPTION, key)
  else if (current === key) host.session.options.delete(OPTION)
  state.done()
  return 'next'
}

function keyOf({ database, schema, name, writer }: TableSource): string {
  return `${database}.${schema}.${name}\n${writer?.objectId}`
}

function written({ server, database, schema, name }: ObjectName): string {
  const parts = [server, database, schema, name]
  return parts.slice(parts.findIndex((part) => part !== '')).join('.')
}
