import type { DefinitionStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/** CREATE, ALTER and DROP of objects: all of it or nothing, in the session's transaction. */
export function executeDefinition(statement: DefinitionStatement, state: BatchState): Flow {
  const { host } = state
  const scope = host.transaction.openStatement()
  try {
    host.define(statement)
    scope.complete()
  } catch (error) {
    scope.undo()
    throw error
  }
  host.session.rowCount = 0
  state.done()
  return 'next'
}
