import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import type { ChangeVerb } from '../change/index.ts'
import type { TableSource } from '../host.ts'
import {
  type ChangeAction,
  complete,
  pause,
  prepareRowChange,
  type Run,
  type StatementContext,
  startRun,
  TICK,
  type ViewCheck,
} from '../query/index.ts'
import type { DeleteStatement, UpdateStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { type Changed, carryOut, type LoadRules, propose, type RowAction } from './carry-out.ts'
import { type ChosenTriggers, chooseTriggers, refuseOutput } from './choose-triggers.ts'
import { currentRow } from './current-row.ts'
import type { Flow } from './execute-statements.ts'
import { fireAfter, fireInsteadOf } from './fire-triggers.ts'
import { lockTables } from './lock-tables.ts'
import { type OutputPlace, prepareOutputPlaces, sendOutput } from './output-places.ts'
import { explainReadOnly } from './refuse-write.ts'
import { statementContext } from './statement-context.ts'
import { StatementTransaction } from './statement-transaction.ts'
import { beginImplicitly } from './transaction-errors.ts'

const READ_ONLY = 3906
/** A trigger has committed, or rolled back: there is nothing left to undo. */
const ENDED_IN_TRIGGER = 3609

/** A statement that changes rows, between its preparation and its DONE. */
export interface ChangeWork {
  readonly statement: StatementContext
  readonly table: TableSource
  /** What the statement does to rows, whether or not it finds any. */
  readonly actions: readonly ChangeAction[]
  /** Ordinals of the columns it sets in rows that are there. */
  readonly updated: readonly number[]
  readonly outputs: readonly OutputPlace[]
  /** Of views WITH CHECK OPTION that it goes through. */
  readonly checks?: readonly ViewCheck[]
  /** What a bulk load does otherwise than a statement. */
  readonly load?: LoadRules
  /** Reads all rows, and changes none. */
  collect(run: Run): Promise<readonly RowAction[]>
  /** The rows have been changed. */
  complete?(): void
}

/** UPDATE and DELETE. */
export function executeRowChange(
  node: UpdateStatement | DeleteStatement,
  state: BatchState,
): Promise<Flow> {
  const verb = node.kind === 'update' ? 'UPDATE' : 'DELETE'
  return changing(verb, node.line, state, () => {
    const statement = statementContext(state)
    const row = currentRow(node, state)
    const prepared = compiling(() => prepareRowChange(node, statement, row?.locator))
    row?.check(prepared)
    return {
      statement,
      table: prepared.table,
      actions: [verb],
      updated: prepared.changed,
      checks: prepared.checks,
      outputs: compiling(() => prepareOutputPlaces(node.output, prepared.outputs, statement)),
      async collect(run) {
        const actions: RowAction[] = []
        for (const row of limited(prepared.rows(run), state)) {
          if (run.slice.expired) await pause(run, state.signal)
          if (row !== TICK) actions.push({ kind: node.kind, ...row })
        }
        row?.require(actions)
        return actions
      },
      complete: () => row?.noteChange(),
    }
  })
}

/** SET ROWCOUNT limits statements that change rows too. */
export function* limited<Row>(
  rows: Iterable<Row | typeof TICK>,
  state: BatchState,
): Generator<Row | typeof TICK> {
  const limit = state.option('ROWCOUNT')
  let left = typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY
  for (const row of rows) {
    yield row
    if (row !== TICK) left -= 1
    if (left === 0) return
  }
}

const COMMANDS: Readonly<Record<ChangeVerb, number>> = {
  INSERT: DONE_COMMANDS.insert,
  UPDATE: DONE_COMMANDS.update,
  DELETE: DONE_COMMANDS.delete,
  MERGE: DONE_COMMANDS.merge,
}

/** Runs a statement that changes rows: all of it or nothing, with its triggers, in the session's transaction. */
export async function changing(
  verb: ChangeVerb,
  line: number,
  state: BatchState,
  prepare: () => ChangeWork,
): Promise<Flow> {
  const { host } = state
  const work = preparing(prepare, { verb, line }, state)
  const fired = work.load?.firesTriggers === false ? [] : work.actions
  const chosen = compiling(() => chooseTriggers(work.table, fired, state))
  if (work.outputs.some(({ into }) => into === undefined)) {
    compiling(() => refuseOutput(chosen, work.table))
  }
  beginImplicitly(state)
  const scope = host.transaction.openStatement()
  let changed: readonly Changed[]
  try {
    using _locks = await lockTables(work.statement.tables, state)
    const run = startRun(work.statement, state.slice)
    using _memory = run.memory
    using transaction = new StatementTransaction(state)
    const actions = await work.collect(run)
    changed = await changeRows(actions, work, { verb, chosen, run, state })
    transaction.complete()
    scope.complete()
    work.complete?.()
  } catch (error) {
    if (error instanceof SqlError && error.number === ENDED_IN_TRIGGER) scope.complete()
    else scope.undo()
    if (error instanceof SqlError) endedEarly(error, line, state)
    throw error
  }
  host.session.rowCount = changed.length
  state.done({ rowCount: changed.length, command: COMMANDS[verb] })
  return 'next'
}

async function changeRows(
  actions: readonly RowAction[],
  work: ChangeWork,
  parts: {
    readonly verb: ChangeVerb
    readonly chosen: ChosenTriggers
    readonly run: Run
    readonly state: BatchState
  },
): Promise<readonly Changed[]> {
  const { table, outputs, updated, load } = work
  const { verb, chosen, run, state } = parts
  if (chosen.insteadOf.size > 0) {
    const changed = propose(actions, table, state)
    await sendOutput(outputs, changed, run, state)
    await fireInsteadOf({ table, changed, updated, chosen }, state)
    return changed
  }
  const { changed, cascaded } = carryOut(actions, { table, verb, load }, state)
  await checkViews(work.checks ?? [], changed, run, state)
  await sendOutput(outputs, changed, run, state)
  if (chosen.after.size > 0 || cascaded.length > 0) {
    await fireAfter({ table, changed, updated, chosen }, cascaded, state)
  }
  return changed
}

/** @throws SqlError 550 for a row that a view WITH CHECK OPTION would not show */
async function checkViews(
  checks: readonly ViewCheck[],
  changed: readonly Changed[],
  run: Run,
  { signal }: BatchState,
): Promise<void> {
  const rows = changed.flatMap(({ inserted }) => (inserted === undefined ? [] : [inserted]))
  for (const check of checks) {
    if (await complete(check(rows, run), run, signal)) continue
    throw new SqlError(
      550,
      'The attempted insert or update failed because the target view either specifies WITH CHECK OPTION or spans a view that specifies WITH CHECK OPTION and one or more rows resulting from the operation did not qualify under the CHECK OPTION constraint.',
    )
  }
}

function preparing(
  prepare: () => ChangeWork,
  statement: { readonly verb: ChangeVerb; readonly line: number },
  state: BatchState,
): ChangeWork {
  try {
    return prepare()
  } catch (error) {
    if (error instanceof SqlError && error.number === READ_ONLY) explainReadOnly(statement, state)
    throw error
  }
}

/** 3621 stands behind the error of a statement that had begun to change rows. */
function endedEarly(error: SqlError, line: number, state: BatchState): void {
  const endsInTrigger = error.number === ENDED_IN_TRIGGER || error.number === 3616
  if (error.severity !== 16 || endsInTrigger || state.isGuarded) return
  error.following = {
    number: 3621,
    severity: 0,
    state: 0,
    message: 'The statement has been terminated.',
    line,
    procedure: state.procedure?.name ?? '',
  }
}
