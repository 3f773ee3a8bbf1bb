import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ResultSink, TableParameter } from '../../tds/index.ts'
import type { ExecutionHost, ModuleSource, ProcedureArgument } from '../host.ts'
import { StatementCancelled } from '../query/index.ts'
import { BatchEnded, toSqlError } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import { executeModule, FAILED_STATUS } from './execute-module.ts'
import type { EvaluatedArgument } from './execute-procedure.ts'
import { reportError } from './execute-statements.ts'
import { endDoomedTransaction } from './transaction-errors.ts'

/** An argument of a client's call. */
export interface CallArgument extends ProcedureArgument {
  readonly isOutput: boolean
  /** The parameter's own default is wanted. */
  readonly isDefault: boolean
  readonly table?: TableParameter
}

export interface ProcedureResult {
  readonly status: number
  /** Values of OUTPUT arguments, by their position in the call. */
  /** An error ended it with all that called it: what a client sent behind it does not run either. */
  readonly isEnded: boolean
  readonly outputs: ReadonlyMap<number, { readonly type: SqlType; readonly value: SqlValue }>
}

/**
 * Calls a procedure that is kept in a database, as a client does. Results, messages and errors go to `out`;
 * the caller sends the status and the values that come back. SQL errors are never thrown.
 */
export async function runProcedure(
  source: ModuleSource,
  args: readonly CallArgument[],
  options: {
    readonly host: ExecutionHost
    readonly out: ResultSink
    readonly signal: AbortSignal
  },
): Promise<ProcedureResult> {
  const state = new BatchState({ ...options, isInProcedure: true })
  const status = await called(source, args, state)
  const outputs = new Map<number, { type: SqlType; value: SqlValue }>()
  for (const position of args.keys()) {
    const variable = state.findVariable(variableOf(position))
    if (variable !== undefined) outputs.set(position, variable)
  }
  return { status, outputs, isEnded: state.isEnded }
}

async function called(
  source: ModuleSource,
  args: readonly CallArgument[],
  state: BatchState,
): Promise<number> {
  try {
    const evaluated = args.map((argument, position): EvaluatedArgument => {
      const { name, type, value, isOutput, isDefault, table } = argument
      if (table !== undefined) return { name, type, value, table }
      if (isDefault) return { name, type, value, isDefault }
      if (!isOutput) return { name, type, value }
      state.declare(variableOf(position), type, value)
      return { name, type, value, outputVariable: variableOf(position) }
    })
    const status = await statusOf(source, evaluated, state)
    const doomed = endDoomedTransaction(state)
    if (doomed !== undefined) reportError(doomed, state)
    return status
  } catch (thrown) {
    if (thrown instanceof StatementCancelled) return 0
    const error = toSqlError(thrown)
    reportError(error, state)
    return -(error.severity - 10)
  }
}

async function statusOf(
  source: ModuleSource,
  args: readonly EvaluatedArgument[],
  state: BatchState,
): Promise<number> {
  try {
    return await executeModule(source, args, state)
  } catch (thrown) {
    if (thrown instanceof BatchEnded) {
      state.isEnded = true
      return FAILED_STATUS
    }
    throw thrown
  }
}

/** No variable of a client can be called so. */
function variableOf(position: number): string {
  return `@ ${position}`
}
