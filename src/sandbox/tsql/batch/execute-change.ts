import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import { applyChanges, type ChangeVerb, type PlannedChange, RowMaker } from '../change/index.ts'
import type { TableSource } from '../host.ts'
import {
  type ChangedRow,
  pause,
  prepareRowChange,
  type Run,
  type StatementContext,
  startRun,
  TICK,
} from '../query/index.ts'
import type { DeleteStatement, UpdateStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'
import { writable } from './identity-insert.ts'
import { lockTables } from './lock-tables.ts'
import { type OutputPlace, prepareOutputPlaces, sendOutput } from './output-places.ts'
import { explainReadOnly } from './refuse-write.ts'
import { statementContext } from './statement-context.ts'
import { beginImplicitly } from './transaction-errors.ts'

const READ_ONLY = 3906

/** One changed row, for OUTPUT. */
export type Changed = Pick<ChangedRow, 'deleted' | 'inserted' | 'from' | 'action'>

/** A statement that changes rows, between its preparation and its DONE. */
export interface ChangeWork {
  readonly statement: StatementContext
  readonly table: TableSource
  readonly outputs: readonly OutputPlace[]
  /** Reads all rows, then changes them. */
  run(run: Run): Promise<readonly Changed[]>
}

/** UPDATE and DELETE. */
export function executeRowChange(
  node: UpdateStatement | DeleteStatement,
  state: BatchState,
): Promise<Flow> {
  const isUpdate = node.kind === 'update'
  return changing(isUpdate ? 'UPDATE' : 'DELETE', node.line, state, () => {
    const statement = statementContext(state)
    const prepared = compiling(() => prepareRowChange(node, statement))
    const { table } = prepared
    return {
      statement,
      table,
      outputs: compiling(() => prepareOutputPlaces(node.output, prepared.outputs, statement)),
      async run(run) {
        const maker = new RowMaker(writable(table), state.host)
        const changes: { plan: PlannedChange; changed: Changed }[] = []
        const rows = limited(prepared.rows(run), state)
        for (const row of rows) {
          if (run.slice.expired) await pause(run, state.signal)
          if (row === TICK) continue
          const { locator, before, from } = row
          const after = row.after && maker.changedRow(row.after)
          const plan: PlannedChange =
            after === undefined
              ? { kind: 'delete', locator, before }
              : { kind: 'update', locator, before, after }
          changes.push({ plan, changed: changedOf(maker, { before, after, from }) })
        }
        const plans = changes.map(({ plan }) => plan)
        applyChanges(maker.table, plans, { host: state.host, verb: isUpdate ? 'UPDATE' : 'DELETE' })
        return changes.map(({ changed }) => changed)
      },
    }
  })
}

/** The row for OUTPUT, with its computed columns. */
export function changedOf(
  maker: RowMaker,
  row: {
    readonly before: readonly SqlValue[] | undefined
    readonly after: readonly SqlValue[] | undefined
    readonly from: readonly SqlValue[]
  },
): Changed {
  const { before, after, from } = row
  return {
    action: after === undefined ? 'DELETE' : before === undefined ? 'INSERT' : 'UPDATE',
    deleted: before && maker.withComputed(before),
    inserted: after && maker.withComputed(after),
    from,
  }
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

/** Runs a statement that changes rows: all of it or nothing, in the session's transaction. */
export async function changing(
  verb: ChangeVerb,
  line: number,
  state: BatchState,
  prepare: () => ChangeWork,
): Promise<Flow> {
  const { host } = state
  const work = preparing(prepare, { verb, line }, state)
  refuseTriggers(work.table)
  beginImplicitly(state)
  const scope = host.transaction.openStatement()
  let changed: readonly Changed[]
  try {
    using _locks = await lockTables(work.statement.tables, state)
    const run = startRun(work.statement, state.slice)
    using _memory = run.memory
    changed = await work.run(run)
    await sendOutput(work.outputs, changed, run, state)
    scope.complete()
  } catch (error) {
    scope.undo()
    if (error instanceof SqlError) endedEarly(error, line, state)
    throw error
  }
  host.session.rowCount = changed.length
  state.done({ rowCount: changed.length, command: COMMANDS[verb] })
  return 'next'
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

function refuseTriggers({ name, writer }: TableSource): void {
  const [trigger] = writer?.triggers ?? []
  if (trigger === undefined) return
  throw new SqlError(
    40510,
    `Statement 'trigger ${trigger.name} on ${name}' is not supported in this version of SQL Server.`,
  )
}

/** 3621 stands behind the error of a statement that had begun to change rows. */
function endedEarly(error: SqlError, line: number, state: BatchState): void {
  if (error.severity !== 16 || state.isGuarded) return
  error.following = {
    number: 3621,
    severity: 0,
    state: 0,
    message: 'The statement has been terminated.',
    line,
    procedure: state.procedure?.name ?? '',
  }
}
