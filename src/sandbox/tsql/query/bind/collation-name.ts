import { collationIdByName } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { StatementContext } from './statement-context.ts'

/**
 * The id of a collation by its name; DATABASE_DEFAULT and CATALOG_DEFAULT are the database's.
 * @throws SqlError 448
 */
export function collationIdOf(name: string, statement: StatementContext, line: number): number {
  if (/^(?:database|catalog)_default$/i.test(name)) return statement.collationId
  const id = collationIdByName(name)
  if (id !== undefined) return id
  throw new SqlError(448, `Invalid collation '${name}'.`, { line })
}
