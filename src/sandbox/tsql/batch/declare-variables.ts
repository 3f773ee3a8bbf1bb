import { SqlError } from '../../sql-error.ts'
import { declaredTypeOrTable } from '../query/index.ts'
import {
  CURSOR_TYPE,
  type DeclareStatement,
  type DeclareTableStatement,
  innerStatements,
  type Statement,
} from '../syntax/index.ts'
import { isLargeObjectType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'

/**
 * Declares every variable of a batch before it runs, as SQL Server does: a DECLARE in a branch that is
 * never taken still declares, one in a loop does so once.
 * @throws SqlError 134 (declared twice), 2715 (no such type), 2739 (text, ntext, image)
 */
export function declareVariables(statements: readonly Statement[], state: BatchState): void {
  for (const statement of statements) {
    if (statement.kind === 'declare') declareAll(statement, state)
    else if (statement.kind === 'declare-table') declareTable(statement, state)
    else declareVariables(innerStatements(statement), state)
  }
}

function declareTable({ name, elements }: DeclareTableStatement, state: BatchState): void {
  state.declareTable(name, state.host.createTableVariable(name, elements))
}

function declareAll({ variables, line }: DeclareStatement, state: BatchState): void {
  try {
    for (const { name, type: typeName } of variables) {
      if (typeName === CURSOR_TYPE) {
        state.cursors.declareVariable(name)
        continue
      }
      const type = declaredTypeOrTable(typeName, state.host)
      if (type === 'table') {
        state.declareTable(name, state.host.createTableVariable(name, typeName), typeName)
        continue
      }
      if (isLargeObjectType(type)) throw invalidForVariables()
      state.declare(name, type, null)
    }
  } catch (error) {
    if (error instanceof SqlError && error.line === 1) error.line = line
    throw error
  }
}

function invalidForVariables(): SqlError {
  return new SqlError(
    2739,
    'The text, ntext, and image data types are invalid for local variables.',
  )
}
