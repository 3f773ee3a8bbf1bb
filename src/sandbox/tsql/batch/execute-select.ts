import type { SqlValue } from '../../../mdf/index.ts'
import { DONE_COMMANDS, type ResultColumn } from '../../tds/index.ts'
import {
  type PreparedQuery,
  pause,
  prepareQuery,
  type Row,
  type Run,
  startRun,
  TICK,
} from '../query/index.ts'
import type { QueryBody, SelectStatement } from '../syntax/index.ts'
import { isLargeObjectType, isMaxType } from '../values/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { clientDrained } from './client-drained.ts'
import { executeSelectInto } from './execute-select-into.ts'
import type { Flow } from './execute-statements.ts'
import { lockTables } from './lock-tables.ts'
import { statementContext } from './statement-context.ts'
import { beginImplicitly } from './transaction-errors.ts'

/** A query as a statement: a result set, or values for variables. */
export async function executeSelect(node: SelectStatement, state: BatchState): Promise<Flow> {
  const target = intoTarget(node.query.body)
  if (target !== undefined) return executeSelectInto(node, target, state)
  const statement = statementContext(state)
  const query = compiling(() => prepareQuery(node.query, statement))
  if (statement.tables.length > 0) beginImplicitly(state)
  using _locks = await lockTables(statement.tables, state)
  const run = startRun(statement, state.slice)
  using _memory = run.memory
  if (query.assignments !== undefined) {
    state.host.session.rowCount = await assignRows(query, run, state)
    return 'next'
  }
  state.out.columns(query.columns)
  const isDescribed = state.describeOnly || state.option('FMTONLY') === true
  const rowCount = isDescribed ? 0 : await sendRows(query, run, state)
  state.host.session.rowCount = rowCount
  state.done({ rowCount, command: DONE_COMMANDS.select })
  return 'next'
}

function intoTarget(body: QueryBody) {
  if (body.kind === 'set-operation') return intoTarget(body.left)
  return body.kind === 'select' ? body.into : undefined
}

/** Streams the rows; waits while the client is behind. */
async function sendRows(query: PreparedQuery, run: Run, state: BatchState): Promise<number> {
  const { out, signal } = state
  const limit = rowLimit(state)
  const shorten = textShortener(query.columns, state)
  let sent = 0
  for (const row of query.rows(run)) {
    if (run.slice.expired) await pause(run, signal)
    if (row === TICK) continue
    const isReady = out.row(shorten === undefined ? row : shorten(row))
    sent += 1
    if (!isReady) {
      await clientDrained(state)
      run.slice.renew()
    }
    if (sent >= limit) break
  }
  return sent
}

/** SET ROWCOUNT n; 0 is no limit. */
function rowLimit(state: BatchState): number {
  const limit = state.option('ROWCOUNT')
  return typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY
}

const UNLIMITED_TEXT = 2_147_483_647

/** SET TEXTSIZE cuts long values; undefined when nothing has to be cut. */
function textShortener(
  columns: readonly ResultColumn[],
  state: BatchState,
): ((row: Row) => Row) | undefined {
  const size = state.option('TEXTSIZE')
  if (typeof size !== 'number' || size <= 0 || size >= UNLIMITED_TEXT) return undefined
  const isLong = columns.map(({ type }) => isLargeObjectType(type) || isMaxType(type))
  if (!isLong.includes(true)) return undefined
  const unitBytes = columns.map(({ type }) => (type.name.startsWith('n') ? 2 : 1))
  return (row) =>
    row.map((value, index): SqlValue => {
      if (isLong[index] !== true) return value
      const length = Math.floor(size / (unitBytes[index] ?? 1))
      if (typeof value === 'string') return value.slice(0, length)
      return value instanceof Uint8Array ? value.subarray(0, length) : value
    })
}

/** SELECT @a = x: each row in turn, so that the last one stays. */
async function assignRows(query: PreparedQuery, run: Run, state: BatchState): Promise<number> {
  let count = 0
  for (const row of query.rows(run)) {
    if (run.slice.expired) await pause(run, state.signal)
    if (row === TICK) continue
    count += 1
    for (const [index, variable] of (query.assignments ?? []).entries()) {
      variable.value = row[index] ?? null
    }
  }
  return count
}
