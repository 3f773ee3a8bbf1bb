import { type BatchNames, contextOf, type StatementContext } from '../query/index.ts'
import type { BatchState } from './batch-state.ts'
import { findErrorFunction } from './error-functions.ts'
import { findGlobalVariable } from './global-variables.ts'

/** What a statement is bound in: its moment, the session's database and the batch's names. */
export function statementContext(state: BatchState): StatementContext {
  const names: BatchNames = {
    findVariable: (name) => state.findVariable(name),
    findTableVariable: (name) => state.findTable(name),
    findFunction: (name) => findErrorFunction(name, state),
    findGlobal: (name) => findGlobalVariable(name, state),
  }
  return contextOf(state.host, names)
}
