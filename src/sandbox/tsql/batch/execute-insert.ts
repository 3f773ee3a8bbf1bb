import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import {
  invalidObject,
  type PreparedInsert,
  pause,
  prepareInsert,
  type Run,
  TICK,
} from '../query/index.ts'
import type { InsertStatement, TruncateStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { CollectingSink } from './collecting-sink.ts'
import { changing, limited } from './execute-change.ts'
import { executeProcedureCall } from './execute-procedure.ts'
import type { Flow } from './execute-statements.ts'
import { isIdentityGiven, writable } from './identity-insert.ts'
import { prepareOutputPlaces } from './output-places.ts'
import { statementContext } from './statement-context.ts'

/** INSERT of rows, of a query's result and of what EXEC answers. */
export function executeInsert(node: InsertStatement, state: BatchState): Promise<Flow> {
  return changing('INSERT', node.line, state, () => {
    const statement = statementContext(state)
    const isGiven = (table: Parameters<typeof isIdentityGiven>[0]) => isIdentityGiven(table, state)
    const prepared = compiling(() => prepareInsert(node, statement, isGiven))
    const { table } = prepared
    return {
      statement,
      table,
      actions: ['INSERT'],
      updated: [],
      checks: prepared.checks,
      outputs: compiling(() => prepareOutputPlaces(node.output, prepared.outputs, statement)),
      async collect(run) {
        const rows =
          prepared.rows === undefined
            ? await rowsOfExecute(node, prepared, run, state)
            : await collect(limited(prepared.rows(run), state), run, state)
        const { ordinals } = prepared
        return rows.map((values) => ({ kind: 'insert', ordinals, values, from: [] }))
      },
    }
  })
}

async function collect(
  rows: Iterable<readonly SqlValue[] | typeof TICK>,
  run: Run,
  { signal }: BatchState,
): Promise<(readonly SqlValue[])[]> {
  const collected: (readonly SqlValue[])[] = []
  for (const row of rows) {
    if (run.slice.expired) await pause(run, signal)
    if (row !== TICK) collected.push(row)
  }
  return collected
}

/** The result sets of a procedure, one behind the other. */
async function rowsOfExecute(
  { source }: InsertStatement,
  prepared: PreparedInsert,
  run: Run,
  state: BatchState,
): Promise<(readonly SqlValue[])[]> {
  if (source.kind !== 'execute') return []
  if (state.isInsertExec) {
    throw new SqlError(8164, 'An INSERT EXEC statement cannot be nested.')
  }
  const { out } = state
  const sink = new CollectingSink(out)
  state.out = sink
  state.isInsertExec = true
  try {
    await executeProcedureCall(source.execute, state)
  } finally {
    state.out = out
    state.isInsertExec = false
  }
  return sink.results.flatMap(({ columns, rows }) => {
    const convert = prepared.rowConverter(columns.map(({ type }) => type))
    return rows.map((row) => convert(row, run))
  })
}

/** TRUNCATE TABLE. @throws SqlError 4701 (no such table), 4712 */
export async function executeTruncate(
  { table: name }: TruncateStatement,
  state: BatchState,
): Promise<Flow> {
  const { host } = state
  const table = host.findTable(name, host.session.database)
  if (table?.kind !== 'table') throw invalidObject(name)
  const { writer } = writable(table)
  const scope = host.transaction.openStatement()
  try {
    writer.truncate()
    scope.complete()
  } catch (error) {
    scope.undo()
    throw error
  }
  host.session.rowCount = 0
  state.done()
  return 'next'
}
