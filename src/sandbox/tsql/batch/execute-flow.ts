import type {
  BlockStatement,
  Expression,
  IfStatement,
  TryStatement,
  WhileStatement,
} from '../syntax/index.ts'
import { isCompileError, toSqlError } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { isTrue } from './evaluate.ts'
import { hasLabel } from './execute-goto.ts'
import { executeStatement, executeStatements, type Flow } from './execute-statements.ts'

/** GOTO may lead into a branch, or into the body of a loop, without its condition. */
export async function executeIf(node: IfStatement, state: BatchState): Promise<Flow> {
  const label = state.wantedLabel
  const isThen =
    label === undefined ? await isMet(node.condition, state) : hasLabel(node.then, label)
  if (isThen) return executeStatement(node.then, state)
  return node.otherwise === undefined ? 'next' : executeStatement(node.otherwise, state)
}

export async function executeWhile(node: WhileStatement, state: BatchState): Promise<Flow> {
  while (state.wantedLabel !== undefined || (await isMet(node.condition, state))) {
    const flow = await executeStatement(node.body, state)
    if (flow === 'break') return 'next'
    if (flow !== 'next' && flow !== 'continue') return flow
  }
  return 'next'
}

/** Testing the condition is a statement of its own to @@ERROR and @@ROWCOUNT. */
async function isMet(condition: Expression, state: BatchState): Promise<boolean> {
  const isMet = await isTrue(condition, state)
  const { session } = state.host
  session.errorNumber = 0
  session.rowCount = 0
  return isMet
}

export function executeBlock(node: BlockStatement, state: BatchState): Promise<Flow> {
  return executeStatements(node.statements, state)
}

/** Errors of the body, and of what it calls, go to the CATCH block instead of the client. */
export async function executeTry(node: TryStatement, state: BatchState): Promise<Flow> {
  state.tryDepth += 1
  try {
    return await executeStatements(node.body, state)
  } catch (thrown) {
    const error = toSqlError(thrown)
    if (isCompileError(error)) throw error
    state.tryDepth -= 1
    state.host.session.errorNumber = error.number
    state.caught = { error, outer: state.caught }
    try {
      return await executeStatements(node.catch, state)
    } finally {
      state.caught = state.caught.outer
      state.tryDepth += 1
    }
  } finally {
    state.tryDepth -= 1
  }
}
