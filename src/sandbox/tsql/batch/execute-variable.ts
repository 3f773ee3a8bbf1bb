import { SqlError } from '../../sql-error.ts'
import { assignedValue } from '../query/index.ts'
import type { DeclareStatement, ReturnStatement, SetVariableStatement } from '../syntax/index.ts'
import { INT } from '../values/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import type { Flow } from './execute-statements.ts'
import { findCursor, findCursorVariable } from './find-cursor.ts'

/** The variables themselves have been declared before the batch began. */
export async function executeDeclare(node: DeclareStatement, state: BatchState): Promise<Flow> {
  for (const { name, initial } of node.variables) {
    const variable = state.findVariable(name)
    if (initial === undefined || variable === undefined) continue
    variable.value = (await evaluate(initial, state, { type: variable.type })).value
  }
  return 'next'
}

export async function executeSetVariable(
  node: SetVariableStatement,
  state: BatchState,
): Promise<Flow> {
  const cursorVariable = state.cursors.findVariable(node.name)
  if (cursorVariable !== undefined) {
    cursorVariable.cursor = assignedCursor(node, state)
    return 'next'
  }
  const variable = state.findVariable(node.name)
  if (variable === undefined) {
    throw compiling((): never => {
      throw new SqlError(137, `Must declare the scalar variable "${node.name}".`, {
        severity: 15,
        line: node.line,
      })
    })
  }
  const { value } = await evaluate(node.value, state, {
    type: variable.type,
    transform: (bound) => assignedValue(variable, node.operator, bound),
  })
  variable.value = value
  state.host.session.rowCount = 1
  return 'next'
}

/** SET @cursor = name, or another variable; both stand for the same cursor then. */
function assignedCursor({ name, value }: SetVariableStatement, state: BatchState) {
  if (value.kind === 'variable') return findCursorVariable(value.name, state).cursor
  const [cursorName, ...others] = value.kind === 'column' ? value.parts : []
  if (cursorName === undefined || others.length > 0) {
    throw new SqlError(
      16949,
      `The variable '${name}' is a cursor variable, but it is used in a place where a cursor variable is not valid.`,
    )
  }
  return findCursor({ name: cursorName, isGlobal: false }, state)
}

export async function executeReturn(node: ReturnStatement, state: BatchState): Promise<Flow> {
  if (node.value === undefined) return 'return'
  const { value } = await evaluate(node.value, state, { type: INT })
  state.returnStatus = Number(value ?? 0)
  return 'return'
}
