import { SqlError } from '../../sql-error.ts'
import type { TableLock } from '../host.ts'
import type { DefinitionStatement, ObjectName } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'
import { lockTables } from './lock-tables.ts'
import { explainReadOnly } from './refuse-write.ts'
import { beginImplicitly } from './transaction-errors.ts'

const READ_ONLY = 3906

/** CREATE, ALTER and DROP of objects: all of it or nothing, in the session's transaction. */
export async function executeDefinition(
  statement: DefinitionStatement,
  state: BatchState,
): Promise<Flow> {
  const { host } = state
  beginImplicitly(state)
  const scope = host.transaction.openStatement()
  try {
    using _locks = await lockTables(tablesOf(statement, state), state)
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

/** The tables whose definition changes: nobody may be in the middle of using them. */
function tablesOf(statement: DefinitionStatement, { host }: BatchState): readonly TableLock[] {
  return namesOf(statement).flatMap((name): TableLock[] => {
    const table = host.findTable(name, host.session.database)
    return table?.kind === 'table' ? [{ table, use: 'change', hints: [] }] : []
  })
}

function namesOf(statement: DefinitionStatement): readonly ObjectName[] {
  switch (statement.kind) {
    case 'alter-table':
      return [statement.name]
    case 'create-index':
    case 'alter-index':
      return [statement.table]
    case 'drop-index':
      return statement.indexes.map(({ table }) => table)
    case 'drop':
      return statement.type === 'table' ? statement.names : []
    default:
      return []
  }
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
