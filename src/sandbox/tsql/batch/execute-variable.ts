import { SqlError } from '../../sql-error.ts'
import { assignedValue } from '../query/index.ts'
import type { DeclareStatement, ReturnStatement, SetVariableStatement } from '../syntax/index.ts'
import { INT, isLargeObjectType, resolveTypeName } from '../values/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import type { Flow } from './execute-statements.ts'

export async function executeDeclare(node: DeclareStatement, state: BatchState): Promise<Flow> {
  for (const { name, type: typeName, initial } of node.variables) {
    const variable = findOrDeclare(name, typeName, state)
    if (initial === undefined) continue
    variable.value = (await evaluate(initial, state, { type: variable.type })).value
  }
  return 'next'
}

/** In a loop DECLARE is met again: the variable stays. */
function findOrDeclare(
  name: string,
  typeName: DeclareStatement['variables'][number]['type'],
  state: BatchState,
) {
  return compiling(() => {
    const known = state.findVariable(name)
    if (known !== undefined) return known
    const type = resolveTypeName(typeName, state.host.session.collationId)
    if (isLargeObjectType(type)) {
      throw new SqlError(
        2739,
        'The text, ntext, and image data types are invalid for local variables.',
      )
    }
    return state.declare(name, type, null)
  })
}

export async function executeSetVariable(
  node: SetVariableStatement,
  state: BatchState,
): Promise<Flow> {
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

export async function executeReturn(node: ReturnStatement, state: BatchState): Promise<Flow> {
  if (node.value === undefined) return 'return'
  const { value } = await evaluate(node.value, state, { type: INT })
  state.returnStatus = Number(value ?? 0)
  return 'return'
}
