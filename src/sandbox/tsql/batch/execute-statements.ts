import type { SqlError } from '../../sql-error.ts'
import { pause, throwIfCancelled } from '../query/index.ts'
import type { Statement } from '../syntax/index.ts'
import { BatchEnded, endsAll, isCompileError, toSqlError } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { clientDrained } from './client-drained.ts'
import { executeAdministration } from './execute-administration.ts'
import { executeAs } from './execute-as.ts'
import { executeRowChange } from './execute-change.ts'
import {
  executeCursorStatement,
  executeDeclareCursor,
  executeFetch,
  executeSetCursor,
} from './execute-cursor.ts'
import { executeDefinition } from './execute-definition.ts'
import { executeBlock, executeIf, executeTry, executeWhile } from './execute-flow.ts'
import { executeGoto, executeLabel, hasLabel, placeOfLabel } from './execute-goto.ts'
import { executeInsert, executeTruncate } from './execute-insert.ts'
import { executeInsertBulk } from './execute-insert-bulk.ts'
import { executeMerge } from './execute-merge.ts'
import { executePrint, executeRaiserror, executeThrow } from './execute-message.ts'
import { executeProcedureCall } from './execute-procedure.ts'
import { executeSelect } from './execute-select.ts'
import { executeSetOption } from './execute-set-option.ts'
import { executeTransaction } from './execute-transaction.ts'
import { executeDeclare, executeReturn, executeSetVariable } from './execute-variable.ts'
import { executeWaitfor } from './execute-waitfor.ts'
import { executeIdentityInsert } from './identity-insert.ts'
import { refuseWrite } from './refuse-write.ts'
import { settleTransaction } from './transaction-errors.ts'

/** What comes after a statement; 'stop' ends this batch or module, and whoever called it goes on. */
export type Flow = 'next' | 'break' | 'continue' | 'goto' | 'return' | 'stop'

/** Runs statements in turn, from the label a GOTO wants, until one of them leaves. */
export async function executeStatements(
  statements: readonly Statement[],
  state: BatchState,
): Promise<Flow> {
  let position = Math.max(0, placeOfLabel(statements, state))
  for (;;) {
    const statement = statements[position]
    if (statement === undefined) return 'next'
    const flow = await executeStatement(statement, state)
    if (flow === 'goto') position = placeOfLabel(statements, state)
    else if (flow === 'next') position += 1
    if (position < 0 || (flow !== 'next' && flow !== 'goto')) return flow
  }
}

/**
 * Runs a statement; its error is told to the client, unless a TRY will catch it, and decides whether
 * the batch goes on.
 */
export async function executeStatement(statement: Statement, state: BatchState): Promise<Flow> {
  throwIfCancelled(state.signal)
  if (state.slice.expired) {
    await pause(state, state.signal)
    // A loop of PRINTs or small results must not run ahead of its client either.
    await clientDrained(state)
    state.slice.renew()
  }
  if (isSkipped(statement, state)) return 'next'
  try {
    let flow = await dispatch(statement, state)
    while (flow === 'goto' && isInside(statement, state)) flow = await dispatch(statement, state)
    if (!setsError(statement)) state.host.session.errorNumber = 0
    return flow
  } catch (thrown) {
    const error = toSqlError(thrown)
    for (const one of [...error.preceding, error]) {
      if (one.procedure !== '') continue
      if (one.line === 1) one.line = statement.line
      one.procedure = state.procedure?.name ?? ''
    }
    return failed(error, statement, state)
  }
}

/**
 * PARSEONLY and NOEXEC leave out everything but the statement that turns them off; FMTONLY all that does
 * more than to describe a result.
 */
function isSkipped({ kind }: Statement, state: BatchState): boolean {
  const isOff = state.option('NOEXEC') === true || state.option('PARSEONLY') === true
  if (isOff) return kind !== 'set-option'
  const isDescribing = state.describeOnly || state.option('FMTONLY') === true
  return isDescribing && !DESCRIBED.has(kind)
}

const DESCRIBED: ReadonlySet<Statement['kind']> = new Set<Statement['kind']>([
  'select-statement',
  'set-option',
  'declare',
  'declare-table',
  'use',
  'if',
  'block',
  'try',
  'execute',
  'return',
])

function isInside(statement: Statement, { wantedLabel }: BatchState): boolean {
  return wantedLabel !== undefined && hasLabel(statement, wantedLabel)
}

/** What leaves @@ERROR as the statements inside have it, or says itself what it is. */
function setsError({ kind }: Statement): boolean {
  if (kind === 'raiserror') return true
  return kind === 'if' || kind === 'while' || kind === 'block' || kind === 'try'
}

/** @throws the error itself when a TRY catches it; BatchEnded when callers end with it */
function failed(error: SqlError, { kind }: Statement, state: BatchState): Flow {
  const isCatchable = error.severity < 20 && (!isCompileError(error) || state.hasGuardedCaller)
  const isCaught = state.isGuarded && isCatchable
  const isRaised = kind === 'raiserror'
  settleTransaction(error, { isCaught, isRaised }, state)
  if (isCaught) throw error
  reportError(error, state)
  if (isCompileError(error)) return 'stop'
  if (endsAll(error, state.option('XACT_ABORT') === true && !isRaised)) throw new BatchEnded()
  return 'next'
}

/** Tells the client; the failed statement is done. */
export function reportError(error: SqlError, state: BatchState): void {
  state.failed = true
  state.host.session.errorNumber = error.number
  state.host.session.rowCount = 0
  for (const before of error.preceding) state.out.error(before)
  state.out.error(error)
  if (error.following !== undefined) state.out.info(error.following)
  state.done({ error: true })
}

function dispatch(statement: Statement, state: BatchState): Promise<Flow> | Flow {
  switch (statement.kind) {
    case 'select-statement':
      return executeSelect(statement, state)
    case 'declare':
      return executeDeclare(statement, state)
    case 'set-variable':
      return executeSetVariable(statement, state)
    case 'set-option':
      return executeSetOption(statement, state)
    case 'use':
      state.host.useDatabase(statement.database)
      state.done()
      return 'next'
    case 'print':
      return executePrint(statement, state)
    case 'if':
      return executeIf(statement, state)
    case 'while':
      return executeWhile(statement, state)
    case 'block':
      return executeBlock(statement, state)
    case 'try':
      return executeTry(statement, state)
    case 'break':
    case 'continue':
      return statement.kind
    case 'goto':
      return executeGoto(statement, state)
    case 'label':
      return executeLabel(statement, state)
    case 'return':
      return executeReturn(statement, state)
    case 'throw':
      return executeThrow(statement, state)
    case 'raiserror':
      return executeRaiserror(statement, state)
    case 'waitfor':
      return executeWaitfor(statement, state)
    case 'transaction':
      return executeTransaction(statement, state)
    case 'execute':
      return executeProcedureCall(statement, state)
    case 'execute-as':
      return executeAs(statement, state)
    case 'revert':
      return 'next'
    case 'write':
      return refuseWrite(statement, state)
    case 'create-database':
    case 'drop-database':
    case 'alter-database':
    case 'alter-login':
    case 'kill':
    case 'shutdown':
    case 'checkpoint':
    case 'reconfigure':
    case 'dbcc':
      return executeAdministration(statement, state)
    case 'insert':
      return executeInsert(statement, state)
    case 'insert-bulk':
      return executeInsertBulk(statement, state)
    case 'update':
    case 'delete':
      return executeRowChange(statement, state)
    case 'truncate':
      return executeTruncate(statement, state)
    case 'identity-insert':
      return executeIdentityInsert(statement, state)
    case 'declare-table':
      return 'next'
    case 'declare-cursor':
      return executeDeclareCursor(statement, state)
    case 'set-cursor':
      return executeSetCursor(statement, state)
    case 'open-cursor':
    case 'close-cursor':
    case 'deallocate-cursor':
      return executeCursorStatement(statement, state)
    case 'fetch':
      return executeFetch(statement, state)
    case 'merge':
      return executeMerge(statement, state)
    default:
      return executeDefinition(statement, state)
  }
}
