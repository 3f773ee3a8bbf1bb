import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import { Cursor, cursorSettings, type FetchPlace, sessionCursors } from '../cursor/index.ts'
import { complete, type Row, type Run, startRun, type Tick } from '../query/index.ts'
import type {
  CursorDefinition,
  CursorStatement,
  DeclareCursorStatement,
  FetchStatement,
  SetCursorStatement,
} from '../syntax/index.ts'
import { convert, INT } from '../values/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import type { Flow } from './execute-statements.ts'
import { findCursor, findCursorVariable, noSuchCursor } from './find-cursor.ts'
import { lockTables } from './lock-tables.ts'
import { statementContext } from './statement-context.ts'

/** DECLARE name CURSOR. @throws SqlError 16915, and those of the query */
export function executeDeclareCursor(node: DeclareCursorStatement, state: BatchState): Flow {
  const { name, definition } = node
  const global = sessionCursors(state.host.session).global
  const names = definition.scope === 'local' ? state.cursors.local : global
  names.add(
    name,
    compiling(() => declare(definition, state)),
  )
  return 'next'
}

/** SET @variable = CURSOR … FOR. @throws SqlError 16948, and those of the query */
export function executeSetCursor(node: SetCursorStatement, state: BatchState): Flow {
  const variable = findCursorVariable(node.variable, state)
  variable.cursor = compiling(() => declare(node.definition, state))
  return 'next'
}

/** Variables have the values of this moment for as long as the cursor is there. */
function declare(definition: CursorDefinition, state: BatchState): Cursor {
  const { database, collationId } = state.host.session
  const findVariable = state.copyVariables()
  return new Cursor(definition.query, cursorSettings(definition), () => {
    const context = statementContext(state)
    return { ...context, database, collationId, names: { ...context.names, findVariable } }
  })
}

/** OPEN, CLOSE and DEALLOCATE. @throws SqlError 16905, 16916, 16917, 16950 */
export async function executeCursorStatement(
  node: CursorStatement,
  state: BatchState,
): Promise<Flow> {
  const { cursor: reference } = node
  const cursor = findCursor(reference, state)
  const session = sessionCursors(state.host.session)
  if (node.kind === 'open-cursor') {
    compiling(() => cursor.prepareAgain())
    await runCursor(cursor, state, (run) => cursor.open(run))
    session.rowCount = cursor.rowCount
  } else if (node.kind === 'close-cursor') {
    cursor.close()
    session.rowCount = 0
  } else {
    deallocate(node, state)
  }
  return 'next'
}

/** The name or the variable stands for the cursor no more; others that do keep it. */
function deallocate({ cursor: { name, isGlobal } }: CursorStatement, state: BatchState): void {
  const session = sessionCursors(state.host.session)
  if (name.startsWith('@')) findCursorVariable(name, state).cursor = undefined
  else if (!isGlobal && state.cursors.local.find(name) !== undefined) {
    state.cursors.local.remove(name)
  } else if (session.global.find(name) !== undefined) session.global.remove(name)
  else throw noSuchCursor(name)
  session.rowCount = 0
}

/** FETCH, to the client or INTO variables. @throws SqlError 16916, 16917, 16924, 16911, 16925 */
export async function executeFetch(node: FetchStatement, state: BatchState): Promise<Flow> {
  const session = sessionCursors(state.host.session)
  const cursor = findCursor(node.cursor, state)
  cursor.requireOpen()
  if (node.into !== undefined && node.into.length !== cursor.columns.length) {
    throw new SqlError(
      16924,
      'Cursorfetch: The number of variables declared in the INTO list must match that of selected columns.',
    )
  }
  const place = await placeOf(node, state)
  const { status, row } = await runCursor(cursor, state, (run) => cursor.fetch(place, run))
  session.fetchStatus = status
  const rowCount = row === undefined ? 0 : 1
  state.host.session.rowCount = rowCount
  if (node.into !== undefined) {
    if (row !== undefined) assign(row, node.into, cursor, state)
    return 'next'
  }
  state.out.columns(cursor.columns)
  if (row !== undefined) state.out.row(row)
  state.done({ rowCount, command: DONE_COMMANDS.select })
  return 'next'
}

async function placeOf(
  { direction, offset }: FetchStatement,
  state: BatchState,
): Promise<FetchPlace> {
  if (offset === undefined) return { direction, offset: 0 }
  const { value } = await evaluate(offset, state, { type: INT })
  return { direction, offset: Number(value ?? 0) }
}

/** @throws SqlError 137, and those of conversions */
function assign(row: Row, names: readonly string[], { columns }: Cursor, state: BatchState): void {
  for (const [index, name] of names.entries()) {
    const variable = state.findVariable(name)
    if (variable === undefined) {
      throw new SqlError(137, `Must declare the scalar variable "${name}".`, { severity: 15 })
    }
    const value = row[index] ?? null
    const { type } = columns[index] ?? variable
    variable.value = value === null ? null : convert(value, type, variable.type)
  }
}

/** Executes work on a cursor, with the locks it needs. */
export async function runCursor<Result>(
  cursor: Cursor,
  state: BatchState,
  work: (run: Run) => Generator<Tick, Result>,
): Promise<Result> {
  const run = startRun(statementContext(state), state.slice)
  using _memory = run.memory
  using _locks = await lockTables(cursor.locks, state)
  return await complete(work(run), run, state.signal)
}
