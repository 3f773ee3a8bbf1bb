import { SqlError } from '../../sql-error.ts'
import { declaredTypeOrTable } from '../query/index.ts'
import {
  checkVariables,
  type ParameterDeclaration,
  parseBatch,
  parseParameterList,
} from '../syntax/index.ts'
import { convert, isCharacterType } from '../values/index.ts'
import { compiling, forgetCompileError, toSqlError } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import { declareVariables } from './declare-variables.ts'
import { assignOutput, type EvaluatedArgument } from './execute-procedure.ts'
import { executeStatements, reportError } from './execute-statements.ts'
import { refuseDeeperNesting } from './nest-level.ts'
import { declareTableParameter, operandClash, tableOf } from './table-parameter.ts'

/** EXEC ('text'): a batch inside the batch, with variables of its own. */
export async function executeText(text: string, caller: BatchState): Promise<number> {
  return runNested(text, nestedState(caller))
}

/** @throws SqlError 217 */
function nestedState(caller: BatchState): BatchState {
  refuseDeeperNesting(caller)
  const { host, out, signal } = caller
  return new BatchState({ host, out, signal, caller })
}

/** The database and the options a text sets are its own: they end with it. */
async function runNested(text: string, state: BatchState): Promise<number> {
  const { session } = state.host
  const database = session.database
  const options = new Map(session.options)
  using _temporary = state.host.openTemporaryScope()
  try {
    const batch = compiling(() => parseBatch(text, { quotedIdentifier: isQuoted(state) }))
    compiling(() => {
      checkVariables(batch.statements, (name) => state.hasVariable(name))
      declareVariables(batch.statements, state)
    })
    await executeStatements(batch.statements, state)
  } catch (thrown) {
    const error = toSqlError(thrown)
    forgetCompileError(error)
    if (state.hasGuardedCaller) throw error
    reportError(error, state)
  } finally {
    if (session.database !== database) state.host.useDatabase(database)
    session.options.clear()
    for (const [name, value] of options) session.options.set(name, value)
  }
  return state.failed ? 1 : 0
}

export function isQuoted(state: BatchState): boolean {
  return state.option('QUOTED_IDENTIFIER') !== false
}

/**
 * sp_executesql @stmt, @params, … inside a batch.
 * @returns 0, or 1 after an error
 * @throws SqlError 201 (a parameter without value), 214 (not a Unicode text), 8144 (too many)
 */
export async function executeSql(
  args: readonly EvaluatedArgument[],
  caller: BatchState,
): Promise<number> {
  const [statement, declaration, ...values] = args
  if (statement === undefined) throw notSupplied('@statement')
  const text = unicodeText(statement, '@statement')
  const parameters =
    declaration === undefined ? [] : parseParameterList(unicodeText(declaration, '@params'))
  if (values.length > parameters.length) {
    throw new SqlError(8144, 'Procedure or function  has too many arguments specified.', {
      state: 2,
    })
  }
  const state = nestedState(caller)
  for (const [index, parameter] of parameters.entries()) {
    declareParameter(parameter, argumentFor(parameter, index, values), state)
  }
  const status = await runNested(text, state)
  for (const [index, parameter] of parameters.entries()) {
    returnOutput(parameter, argumentFor(parameter, index, values), { state, caller })
  }
  return status
}

function unicodeText({ type, value }: EvaluatedArgument, name: string): string {
  if (value === null) return ''
  if (isCharacterType(type) && type.name.startsWith('n')) return `${value}`
  throw new SqlError(214, `Procedure expects parameter '${name}' of type 'ntext/nchar/nvarchar'.`, {
    state: name === '@statement' ? 2 : 3,
  })
}

function argumentFor(
  { name }: ParameterDeclaration,
  index: number,
  values: readonly EvaluatedArgument[],
): EvaluatedArgument | undefined {
  const named = values.find((value) => value.name.toLowerCase() === name.toLowerCase())
  const positional = values[index]
  return named ?? (positional?.name === '' ? positional : undefined)
}

function declareParameter(
  parameter: ParameterDeclaration,
  argument: EvaluatedArgument | undefined,
  state: BatchState,
): void {
  const type = declaredTypeOrTable(parameter.type, state.host)
  if (type === 'table') {
    declareTableParameter(parameter, tableOf(argument, parameter.type), state)
    return
  }
  if (argument === undefined) throw notSupplied(parameter.name)
  if (argument.table !== undefined) throw operandClash('table', type.name)
  const value = argument.value === null ? null : convert(argument.value, argument.type, type)
  state.declare(parameter.name, type, value)
}

function notSupplied(name: string): SqlError {
  return new SqlError(
    8178,
    `The parameterized query expects the parameter '${name}', which was not supplied.`,
  )
}

function returnOutput(
  { name, isOutput }: ParameterDeclaration,
  argument: EvaluatedArgument | undefined,
  { state, caller }: { state: BatchState; caller: BatchState },
): void {
  const variable = state.findVariable(name)
  if (!isOutput || argument?.outputVariable === undefined || variable === undefined) return
  assignOutput(argument.outputVariable, variable, caller)
}
