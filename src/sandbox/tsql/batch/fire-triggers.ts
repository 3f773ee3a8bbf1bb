import { SqlError } from '../../sql-error.ts'
import type { ChangeAction } from '../query/index.ts'
import { BatchEnded, compiling, forgetCompileError, toSqlError } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import type { Cascaded, Changed } from './carry-out.ts'
import { type ChosenTriggers, chooseTriggers, type ReadTrigger } from './choose-triggers.ts'
import { declareVariables } from './declare-variables.ts'
import { inModule } from './execute-module.ts'
import { executeStatements, reportError } from './execute-statements.ts'
import { announceTransaction } from './execute-transaction.ts'
import { refuseDeeperNesting } from './nest-level.ts'
import { type TriggerEventRows, triggerFrame } from './trigger-frame.ts'

const ACTIONS: readonly ChangeAction[] = ['INSERT', 'UPDATE', 'DELETE']

/** What a statement did to its table. */
export interface FiredStatement extends Pick<TriggerEventRows, 'table'> {
  readonly changed: readonly Changed[]
  /** Ordinals of the columns that it sets in rows that were there. */
  readonly updated: readonly number[]
  readonly chosen: ChosenTriggers
}

/** Fires the INSTEAD OF triggers of a statement that has only proposed rows. @throws as `fire` */
export async function fireInsteadOf(statement: FiredStatement, state: BatchState): Promise<void> {
  for (const action of ACTIONS) {
    const trigger = statement.chosen.insteadOf.get(action)
    if (trigger !== undefined) await fire(trigger, eventOf(statement, action), statement, state)
  }
}

/**
 * Fires AFTER triggers: those of tables that foreign keys led to first, the last of them before the others.
 * @throws as `fire`
 */
export async function fireAfter(
  statement: FiredStatement,
  cascaded: readonly Cascaded[],
  state: BatchState,
): Promise<void> {
  for (const { table, action, rows, updated } of cascaded.toReversed()) {
    const { after } = chooseTriggers(table, [action], state)
    const event = { table, action, rows, updated: new Set(updated) }
    for (const trigger of after.get(action) ?? []) {
      await fire(trigger, event, { changed: rows }, state)
    }
  }
  for (const action of ACTIONS) {
    for (const trigger of statement.chosen.after.get(action) ?? []) {
      await fire(trigger, eventOf(statement, action), statement, state)
    }
  }
}

function eventOf(
  { table, changed, updated }: FiredStatement,
  action: ChangeAction,
): TriggerEventRows {
  const rows = changed.filter((row) => row.action === action)
  if (action === 'INSERT') return { table, action, rows, updated: new Set(table.columns.keys()) }
  return { table, action, rows, updated: new Set(action === 'UPDATE' ? updated : []) }
}

/**
 * Runs a trigger's statements in the statement that fires it: an error in them ends the batch, and the
 * transaction with it.
 * @throws SqlError 217, 3609, 3616 and those of its statements when a TRY catches them; BatchEnded
 */
async function fire(
  { source, body }: ReadTrigger,
  event: TriggerEventRows,
  { changed }: Pick<FiredStatement, 'changed'>,
  caller: BatchState,
): Promise<void> {
  refuseDeeperNesting(caller, source.name)
  const { host, out, signal } = caller
  const procedure = { name: source.name, objectId: source.objectId }
  const trigger = triggerFrame(source, body.isInsteadOf, event)
  const state = new BatchState({ host, out, signal, caller, procedure, trigger })
  await inModule(source, state, async () => {
    host.session.options.set('XACT_ABORT', true)
    host.session.rowCount = changed.length
    await runBody(body.statements, state)
  })
  refuseEnded(state)
}

async function runBody(
  statements: Parameters<typeof executeStatements>[0],
  state: BatchState,
): Promise<void> {
  try {
    compiling(() => declareVariables(statements, state))
    if ((await executeStatements(statements, state)) !== 'stop') return
  } catch (thrown) {
    const error = toSqlError(thrown)
    forgetCompileError(error)
    if (state.hasGuardedCaller) throw error
    reportError(error, state)
  }
  rollBack(state)
  throw new BatchEnded()
}

/** A trigger must leave the transaction as it found it. */
function refuseEnded(state: BatchState): void {
  const { transaction, session } = state.host
  if (session.transactionCount === 0) {
    throw new SqlError(3609, 'The transaction ended in the trigger. The batch has been aborted.')
  }
  if (transaction.state !== -1) return
  rollBack(state)
  throw new SqlError(
    3616,
    'An error was raised during trigger execution. The batch has been aborted and the user transaction, if any, has been rolled back.',
  )
}

function rollBack(state: BatchState): void {
  const { transaction, session } = state.host
  const before = session.transactionCount
  if (before === 0) return
  transaction.rollback()
  announceTransaction(before, 'rollback', state)
}
