import { collationName, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS, type ResultColumn } from '../../tds/index.ts'
import { applyChanges, RowMaker } from '../change/index.ts'
import {
  invalidObject,
  type PreparedQuery,
  pause,
  prepareQuery,
  type Run,
  startRun,
  TICK,
} from '../query/index.ts'
import type { ColumnDefinition, ObjectName, SelectStatement, TypeName } from '../syntax/index.ts'
import { declaredLength, isBinaryType, isCharacterType, isMaxType } from '../values/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { limited } from './execute-change.ts'
import type { Flow } from './execute-statements.ts'
import { writable } from './identity-insert.ts'
import { lockTables } from './lock-tables.ts'
import { statementContext } from './statement-context.ts'
import { beginImplicitly } from './transaction-errors.ts'

const ROWS_AT_ONCE = 1000
const SCALED = ['time', 'datetime2', 'datetimeoffset']

/** SELECT … INTO: makes a table of the result's columns and puts the rows into it, all or nothing. */
export async function executeSelectInto(
  node: SelectStatement,
  name: ObjectName,
  state: BatchState,
): Promise<Flow> {
  const { host } = state
  const statement = statementContext(state)
  const query = compiling(() => prepareQuery(node.query, statement))
  beginImplicitly(state)
  const scope = host.transaction.openStatement()
  let rowCount: number
  try {
    using _locks = await lockTables(statement.tables, state)
    const elements = query.columns.map((column) => columnDefinition(column, node))
    host.define({ kind: 'create-table', name, elements, line: node.line }, state.out)
    const run = startRun(statement, state.slice)
    using _memory = run.memory
    rowCount = await fill(name, query, run, state)
    scope.complete()
  } catch (error) {
    scope.undo()
    throw error
  }
  host.session.rowCount = rowCount
  state.done({ rowCount, command: DONE_COMMANDS.select })
  return 'next'
}

async function fill(
  name: ObjectName,
  query: PreparedQuery,
  run: Run,
  state: BatchState,
): Promise<number> {
  const { host } = state
  const table = host.findTable(name, host.session.database)
  if (table?.kind !== 'table') throw invalidObject(name)
  const maker = new RowMaker(writable(table), host, { isIdentityGiven: true })
  const ordinals = [...query.columns.keys()]
  let rows: (readonly SqlValue[])[] = []
  let count = 0
  const store = () => {
    const changes = rows.map((row) => {
      return { kind: 'insert', after: maker.newRow(ordinals, row) } as const
    })
    applyChanges(maker.table, changes, { host, verb: 'INSERT' })
    count += rows.length
    rows = []
  }
  for (const row of limited(query.rows(run), state)) {
    if (run.slice.expired) await pause(run, state.signal)
    if (row === TICK) continue
    rows.push(row)
    if (rows.length === ROWS_AT_ONCE) store()
  }
  store()
  return count
}

/** @throws SqlError 1038 for a column without a name */
function columnDefinition(
  { name, type, nullable, identity }: ResultColumn,
  node: SelectStatement,
): ColumnDefinition {
  const { line } = node
  if (name === '') {
    throw new SqlError(
      1038,
      'An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name. For other statements, look for empty alias names. Aliases defined as "" or [] are not allowed. Change the alias to a valid name.',
      { severity: 15, line },
    )
  }
  const collation = isCharacterType(type) ? collationName(type.collationId) : undefined
  return {
    kind: 'column',
    name,
    type: typeNameOf(type),
    ...(collation === undefined ? {} : { collation }),
    nullable,
    ...(identity && keepsIdentity(node) ? { identity: { seed: '1', increment: '1' } } : {}),
    isRowGuid: false,
    isSparse: false,
    constraints: [],
    line,
  }
}

/** A column is an identity column again when its rows come from one table alone. */
function keepsIdentity({ query: { body } }: SelectStatement): boolean {
  if (body.kind !== 'select' || body.distinct || body.groupBy.length > 0) return false
  const [only, ...others] = body.from
  return only?.kind === 'table' && others.length === 0
}

/** A rowversion column becomes binary(8). */
function typeNameOf(type: SqlType): TypeName {
  const { name, precision, scale } = type
  if (name === 'timestamp') return { schema: '', name: 'binary', arguments: [8] }
  if (isMaxType(type)) return { schema: '', name, arguments: ['max'] }
  if (name === 'decimal' || name === 'numeric') {
    return { schema: '', name, arguments: [precision, scale] }
  }
  if (SCALED.includes(name)) return { schema: '', name, arguments: [scale] }
  const hasLength = isCharacterType(type) || isBinaryType(type)
  const isLarge = ['text', 'ntext', 'image', 'xml'].includes(name)
  return { schema: '', name, arguments: hasLength && !isLarge ? [declaredLength(type)] : [] }
}
