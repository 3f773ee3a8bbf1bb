import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS, type ResultSink, type RpcCall, type RpcParameter } from '../../tds/index.ts'
import type { TableSource } from '../../tsql/index.ts'
import { type ApiCursor, FETCH_TYPES } from './api-cursor.ts'
import { handleOf, integerOf, type RpcContext } from './rpc-arguments.ts'

/** @optype of sp_cursor. */
const OPERATIONS = { update: 0x01, delete: 0x02, insert: 0x04, refresh: 0x08 } as const
/** Locks a row, or makes it the one that WHERE CURRENT OF means. */
const POSITION_ONLY = 0x30
const PROCEDURE = 'sp_cursor'

/**
 * sp_cursor: changes rows of the buffer, or inserts one. cursor, optype, rownum, table, values …
 * @throws SqlError 16902, 16909, 16929 and those of the change
 */
export async function changeByCursor(
  call: RpcCall,
  out: ResultSink,
  context: RpcContext,
): Promise<void> {
  const [handle, operation, rowNumber, , ...values] = call.parameters
  const opened = context.cursors.get(handleOf(handle, PROCEDURE), PROCEDURE)
  const bits = integerOf(operation) ?? 0
  const row = integerOf(rowNumber) ?? 0
  let succeeded = true
  if ((bits & OPERATIONS.insert) !== 0) succeeded = await insert(opened, values, out, context)
  else if ((bits & OPERATIONS.update) !== 0) {
    succeeded = await change(opened, row, values, out, context)
  } else if ((bits & OPERATIONS.delete) !== 0) {
    succeeded = await change(opened, row, [], out, context)
  } else if ((bits & OPERATIONS.refresh) !== 0) {
    const wish = { type: FETCH_TYPES.refresh, rowNumber: 0, rowCount: opened.rowsInBuffer }
    const { count } = await opened.fetch(wish, out, context.signal)
    out.doneInProc({ rowCount: count, command: DONE_COMMANDS.select })
  } else if ((bits & POSITION_ONLY) === 0) throw invalidOperation()
  out.returnStatus(succeeded ? 0 : context.host.session.errorNumber)
}

/** Row 0 means every row of the buffer. */
async function change(
  { cursor, rowsInBuffer }: ApiCursor,
  row: number,
  values: readonly RpcParameter[],
  out: ResultSink,
  { signal }: RpcContext,
): Promise<boolean> {
  const rows = row > 0 ? [row] : Array.from({ length: rowsInBuffer }, (_, index) => index + 1)
  const set = values.map(({ name, type, value }) => ({ column: columnOf(name), type, value }))
  for (const one of rows) {
    if (!(await cursor.change(one, set, { out, signal }))) return false
  }
  return true
}

/** Without names the one value is the statement itself: `insert t default values`. */
async function insert(
  { cursor }: ApiCursor,
  values: readonly RpcParameter[],
  out: ResultSink,
  { host, signal }: RpcContext,
): Promise<boolean> {
  const { runBatch } = await import('../../tsql/index.ts')
  const [first] = values
  const isStatement = first?.name === '' && typeof first.value === 'string'
  const text = isStatement ? `${first.value}` : insertText(cursor.table, values)
  const parameters = isStatement
    ? []
    : values.map(({ type, value }, index) => ({ name: `@${index}`, type, value }))
  const { failed } = await runBatch(text, host, out, { parameters, inProcedure: true, signal })
  return !failed
}

function insertText(table: TableSource | undefined, values: readonly RpcParameter[]): string {
  if (table === undefined) throw new SqlError(16929, 'The cursor is READ ONLY.')
  const { database, schema, name } = table
  const target = [database, schema, name].map(quoted).join('.')
  if (values.length === 0) return `INSERT ${target} DEFAULT VALUES`
  const columns = values.map((value) => quoted(columnOf(value.name)))
  const places = values.map((_, index) => `@${index}`)
  return `INSERT ${target} (${columns.join(', ')}) VALUES (${places.join(', ')})`
}

function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

/** Values are named as their columns, with an @. */
function columnOf(parameter: string): string {
  return parameter.replace(/^@/, '')
}

function invalidOperation(): SqlError {
  return new SqlError(16902, "sp_cursor: The value of the parameter 'optype' is invalid.", {
    procedure: PROCEDURE,
  })
}
