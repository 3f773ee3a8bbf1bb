import { PlatformError } from '../base/index.ts'
import type { SqlConnection } from './sql-connection.ts'

/** A database name or other identifier as T-SQL: [brackets], whatever is inside. */
export function quoteIdentifier(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

/** A string literal, where the grammar takes no parameter. */
function quoteString(value: string): string {
  return `N'${value.replaceAll("'", "''")}'`
}

/** Number of SQL Server's error "Database '%.*ls' already exists". */
const DATABASE_EXISTS = 1801

/**
 * Attaches the database in `files` (the primary file first) under `name`; one of that name that is
 * attached already is left as it is.
 *
 * @throws PlatformError SQL_ERROR
 */
export async function attachDatabase(
  connection: SqlConnection,
  options: { readonly name: string; readonly files: readonly string[] },
): Promise<void> {
  const { name, files } = options
  const list = files.map((file) => `(FILENAME = ${quoteString(file)})`).join(', ')
  try {
    await connection.query(`CREATE DATABASE ${quoteIdentifier(name)} ON ${list} FOR ATTACH`)
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    const { message, details } = error
    if (details['number'] === DATABASE_EXISTS) return
    throw new PlatformError('SQL_ERROR', `attach database ${name}: ${message}`, {
      cause: error,
      details,
    })
  }
}
