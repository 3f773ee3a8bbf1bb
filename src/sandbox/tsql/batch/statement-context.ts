import { Cursor, cursorSettings } from '../cursor/index.ts'
import { type BatchNames, contextOf, type StatementContext } from '../query/index.ts'
import type { BatchState } from './batch-state.ts'
import { carryOut } from './carry-out.ts'
import { isInsteadOf } from './choose-triggers.ts'
import { findCursorFunction } from './cursor-functions.ts'
import { findErrorFunction } from './error-functions.ts'
import { findGlobalVariable } from './global-variables.ts'
import { findMessageFunction } from './message-function.ts'
import { findTriggerFunction } from './trigger-functions.ts'

/** What a statement is bound in: its moment, the session's database and the batch's names. */
export function statementContext(state: BatchState): StatementContext {
  const names: BatchNames = {
    findVariable: (name) => state.findVariable(name),
    findTableVariable: (name) => state.findTable(name),
    findTransitionTable: (name) => state.findTransitionTable(name),
    isInsteadOf: (view, actions) => isInsteadOf(view, actions, state),
    services: {
      changeRows: (actions, change) =>
        void carryOut(actions, { ...change, load: undefined }, state),
      declareCursor: (definition, makeContext) =>
        new Cursor(definition.query, cursorSettings(definition), makeContext),
    },
    findFunction: (name, operands) =>
      findErrorFunction(name, state) ??
      findTriggerFunction(name, operands, state) ??
      findCursorFunction(name, operands, state) ??
      findMessageFunction(name, operands, state),
    findGlobal: (name) => findGlobalVariable(name, state),
  }
  return contextOf(state.host, names)
}
