import { SqlError } from '../../sql-error.ts'
import type { ModuleSource } from '../host.ts'
import { declaredTypeOrTable, parsedModule } from '../query/index.ts'
import type { ModuleDefinition, ModuleParameter } from '../syntax/index.ts'
import { convert } from '../values/index.ts'
import { compiling, forgetCompileError, toSqlError } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import { declareVariables } from './declare-variables.ts'
import { evaluate } from './evaluate.ts'
import { assignOutput, type EvaluatedArgument } from './execute-procedure.ts'
import { executeStatements, reportError } from './execute-statements.ts'
import { matchArguments, notAnOutput, notSupplied } from './module-arguments.ts'
import { refuseDeeperNesting } from './nest-level.ts'
import { declareTableParameter, operandClash, tableOf } from './table-parameter.ts'

/** What a procedure returns that ended with an error instead of RETURN. */
export const FAILED_STATUS = -6

/**
 * EXEC of a procedure that is kept in a database.
 * @returns its return status
 * @throws SqlError 217, 201, 8144 and its kin; errors of its statements when a TRY catches them
 */
export async function executeModule(
  source: ModuleSource,
  args: readonly EvaluatedArgument[],
  caller: BatchState,
): Promise<number> {
  const { host, out, signal } = caller
  refuseDeeperNesting(caller, source.name)
  const definition = parsedModule(source)
  const procedure = { name: source.name, objectId: source.objectId }
  const state = new BatchState({ host, out, signal, caller, procedure })
  const matched = matchArguments(source.name, definition.parameters, args)
  return inModule(source, state, async () => {
    for (const parameter of definition.parameters) {
      const argument = matched.get(parameter)
      const given = argument?.isDefault === true ? undefined : argument
      await declareParameter(parameter, given, { source, state })
    }
    const before = host.session.transactionCount
    const status = await runBody(definition, state)
    for (const [parameter, argument] of matched) {
      if (argument.cursor !== undefined && parameter.isCursor) {
        argument.cursor.cursor = state.cursors.findVariable(parameter.name)?.cursor
      }
      const variable = state.findVariable(parameter.name)
      if (argument.outputVariable === undefined || variable === undefined) continue
      assignOutput(argument.outputVariable, variable, caller)
    }
    reportMismatch(before, caller)
    return status
  })
}

/** In the database and under the settings a module was made with; both end with it. */
export async function inModule<Result>(
  source: ModuleSource,
  { host }: BatchState,
  work: () => Promise<Result>,
): Promise<Result> {
  const { session } = host
  const database = session.database
  const options = new Map(session.options)
  using _temporary = host.openTemporaryScope()
  try {
    if (source.database !== database && !isEverywhere(source)) host.useDatabase(source.database)
    session.options.set('QUOTED_IDENTIFIER', source.quotedIdentifier)
    session.options.set('ANSI_NULLS', source.ansiNulls)
    return await work()
  } finally {
    if (session.database !== database) host.useDatabase(database)
    session.options.clear()
    for (const [name, value] of options) session.options.set(name, value)
  }
}

/** Temporary procedures, and those of master that begin with sp_, run where they are called. */
function isEverywhere({ name, database }: ModuleSource): boolean {
  return name.startsWith('#') || (database === 'master' && name.toLowerCase().startsWith('sp_'))
}

async function declareParameter(
  parameter: ModuleParameter,
  argument: EvaluatedArgument | undefined,
  { source, state }: { readonly source: ModuleSource; readonly state: BatchState },
): Promise<void> {
  const { name, initial, isOutput } = parameter
  if (parameter.isCursor) {
    declareCursorParameter(name, argument, state)
    return
  }
  if (argument?.cursor !== undefined) throw operandClash('cursor', parameter.type.name)
  if (argument?.outputVariable !== undefined && !isOutput) throw notAnOutput(source.name, name)
  const type = declaredTypeOrTable(parameter.type, state.host)
  if (type === 'table') {
    declareTableParameter(parameter, tableOf(argument, parameter.type), state)
    return
  }
  if (argument?.table !== undefined) throw operandClash('table', type.name)
  if (argument !== undefined) {
    const { value } = argument
    state.declare(name, type, value === null ? null : convert(value, argument.type, type))
    return
  }
  if (initial === undefined) throw notSupplied(source.name, name)
  const value = (await evaluate(initial, state, { type })).value
  state.declare(name, type, value)
}

/** @throws SqlError 16951 for a variable that has a cursor already */
function declareCursorParameter(
  name: string,
  argument: EvaluatedArgument | undefined,
  state: BatchState,
): void {
  if (argument?.cursor?.cursor !== undefined) {
    throw new SqlError(
      16951,
      `The variable '${argument.cursor.name}' cannot be used as a parameter because a CURSOR OUTPUT parameter must not have a cursor allocated to it before execution of the procedure.`,
    )
  }
  state.cursors.declareVariable(name)
}

/** @throws SqlError when a TRY of a caller catches it */
async function runBody({ body }: ModuleDefinition, state: BatchState): Promise<number> {
  if (body.kind !== 'procedure') throw new TypeError(`${body.kind} is no procedure`)
  try {
    compiling(() => declareVariables(body.statements, state))
    const flow = await executeStatements(body.statements, state)
    if (flow === 'return') return state.returnStatus
  } catch (thrown) {
    const error = toSqlError(thrown)
    forgetCompileError(error)
    if (state.hasGuardedCaller) throw error
    reportError(error, state)
  }
  return state.failed ? FAILED_STATUS : state.returnStatus
}

/** 266 where a procedure leaves another number of transactions open than it found. */
function reportMismatch(before: number, caller: BatchState): void {
  const after = caller.host.session.transactionCount
  if (before === after || caller.host.transaction.state === -1) return
  const error = new SqlError(
    266,
    `Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. Previous count = ${before}, current count = ${after}.`,
    { state: 2 },
  )
  if (caller.isGuarded) throw error
  caller.out.error(error)
}
