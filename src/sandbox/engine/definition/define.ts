import { SqlError } from '../../sql-error.ts'
import type { DefinitionStatement } from '../../tsql/index.ts'
import { createTable } from './create-table.ts'
import { defineModule } from './define-module.ts'
import type { DefinitionContext } from './definition-context.ts'
import { dropObjects } from './drop-object.ts'

/**
 * Carries out CREATE, ALTER or DROP of an object. What was changed when it fails is in the transaction's
 * log: the caller undoes the statement.
 * @throws SqlError 2714, 3701, 3906, …
 */
export function define(statement: DefinitionStatement, context: DefinitionContext): void {
  switch (statement.kind) {
    case 'create-table':
      createTable(statement, context)
      break
    case 'module':
      defineModule(statement, context)
      break
    case 'drop':
      dropObjects(statement, context)
      break
    default:
      throw new SqlError(
        40510,
        `Statement '${statement.kind}' is not supported in this version of SQL Server.`,
        { severity: 15 },
      )
  }
}
