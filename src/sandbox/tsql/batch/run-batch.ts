import type { BulkLoad, ResultSink } from '../../tds/index.ts'
import type { ExecutionHost } from '../host.ts'
import { StatementCancelled } from '../query/index.ts'
import {
  checkVariables,
  type InsertBulkStatement,
  parseBatch,
  type Statement,
} from '../syntax/index.ts'
import { BatchEnded, compiling, toSqlError } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import type { BatchOptions, BatchResult } from './contract.ts'
import { declareVariables } from './declare-variables.ts'
import { executeStatements, reportError } from './execute-statements.ts'
import { isQuoted } from './execute-text.ts'
import { declareTableParameter } from './table-parameter.ts'
import { endDoomedTransaction } from './transaction-errors.ts'

/**
 * Runs a batch: parses all of it, then executes its statements in turn. Results, messages and errors
 * go to `out`; SQL errors are never thrown. Stops quietly, without a DONE, when the signal aborts.
 */
export async function runBatch(
  text: string,
  host: ExecutionHost,
  out: ResultSink,
  options: BatchOptions,
): Promise<BatchResult> {
  const state = new BatchState({
    host,
    out,
    signal: options.signal,
    describeOnly: options.describeOnly === true,
    isInProcedure: options.inProcedure === true,
  })
  using _temporary = options.inProcedure === true ? host.openTemporaryScope() : undefined
  try {
    for (const { name, type, value } of options.parameters ?? []) state.declare(name, type, value)
    for (const table of options.tables ?? []) declareTableParameter(table, table.sent, state)
    const batch = compiling(() => parseBatch(text, { quotedIdentifier: isQuoted(state) }))
    compiling(() => {
      checkVariables(batch.statements, (name) => state.hasVariable(name))
      declareVariables(batch.statements, state)
    })
    await executeAll(batch.statements, state)
    const doomed = endDoomedTransaction(state)
    if (doomed !== undefined) reportError(doomed, state)
    if (!state.isDone && !state.isInProcedure) state.done()
  } catch (thrown) {
    report(thrown, state)
  }
  return resultOf(state)
}

/**
 * Takes the rows of a bulk load that INSERT BULK announced. As `runBatch`.
 */
export async function runBulkLoad(
  announced: InsertBulkStatement,
  load: BulkLoad,
  options: {
    readonly host: ExecutionHost
    readonly out: ResultSink
    readonly signal: AbortSignal
  },
): Promise<void> {
  const state = new BatchState({ ...options, load })
  try {
    await executeAll([announced], state)
  } catch (thrown) {
    report(thrown, state)
  }
}

async function executeAll(statements: readonly Statement[], state: BatchState): Promise<void> {
  try {
    await executeStatements(statements, state)
  } catch (thrown) {
    if (!(thrown instanceof BatchEnded)) throw thrown
    state.isEnded = true
  }
}

function report(thrown: unknown, state: BatchState): void {
  if (thrown instanceof StatementCancelled) return
  reportError(toSqlError(thrown), state)
}

function resultOf({ variables, failed, isEnded }: BatchState): BatchResult {
  return {
    variables: new Map([...variables].map(({ name, value }) => [name, value])),
    failed,
    isEnded,
  }
}
