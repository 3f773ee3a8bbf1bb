import { SqlError } from '../../sql-error.ts'
import type { DefinitionStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'
import { explainReadOnly } from './refuse-write.ts'

const READ_ONLY = 3906

/** CREATE, ALTER and DROP of objects: all of it or nothing, in the session's transaction. */
export function executeDefinition(statement: DefinitionStatement, state: BatchState): Flow {
  const { host } = state
  const scope = host.transaction.openStatement()
  try {
    host.define(statement, state.out)
    scope.complete()
  } catch (error) {
    scope.undo()
    if (error instanceof SqlError && error.number === READ_ONLY) {
      explainReadOnly({ verb: verbOf(statement), line: statement.line }, state)
    }
    throw error
  }
  host.session.rowCount = 0
  state.done()
  return 'next'
}

function verbOf(statement: DefinitionStatement): string {
  const words =
    statement.kind === 'module'
      ? `${statement.action}-${statement.type}`
      : statement.kind === 'drop'
        ? `drop-${statement.type}`
        : statement.kind
  return words.replaceAll('-', ' ').toUpperCase()
}
