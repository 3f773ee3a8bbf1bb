import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS } from '../../tds/index.ts'
import type { ProcedureArgument } from '../host.ts'
import { declaredType } from '../query/index.ts'
import type { ExecuteStatement, ObjectName } from '../syntax/index.ts'
import { convert, INT, nvarcharType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import type { CursorVariable } from './cursor-scope.ts'
import { evaluate } from './evaluate.ts'
import { executeModule } from './execute-module.ts'
import type { Flow } from './execute-statements.ts'
import { executeSql, executeText } from './execute-text.ts'
import { functionValue, scalarFunction } from './function-value.ts'
import { ShapingSink } from './shaping-sink.ts'
import type { TableArgument } from './table-parameter.ts'

/** An argument of EXEC with its value; OUTPUT ones name the variable that takes the result. */
export interface EvaluatedArgument extends ProcedureArgument {
  readonly outputVariable?: string
  /** A table-valued argument; `type` and `value` say nothing then. */
  readonly table?: TableArgument
  /** A cursor variable, which takes the cursor of a CURSOR VARYING parameter. */
  readonly cursor?: CursorVariable
  /** DEFAULT was written: it keeps a place and gives no value. */
  readonly isDefault?: boolean
}

/** EXEC name …, EXEC @name … and EXEC ('text'). */
export async function executeProcedureCall(
  node: ExecuteStatement,
  state: BatchState,
): Promise<Flow> {
  if (node.resultSets === undefined) return call(node, state)
  const { out } = state
  const shapes = node.resultSets.map((columns) => ({
    columns: columns.map((column) => ({ ...column, type: declaredType(column.type, state.host) })),
  }))
  const sink = new ShapingSink(out, shapes)
  state.out = sink
  try {
    const flow = await call(node, state)
    sink.finish()
    return flow
  } finally {
    state.out = out
  }
}

async function call(node: ExecuteStatement, state: BatchState): Promise<Flow> {
  if (node.text !== undefined) {
    const type = nvarcharType(-1, state.host.session.collationId)
    const { value } = await evaluate(node.text, state, { type })
    await executeText(`${value ?? ''}`, state)
    return 'next'
  }
  const name = await procedureName(node, state)
  const function_ = scalarFunction(name, state)
  if (function_ !== undefined) {
    const value = await functionValue(function_, node, state)
    if (node.statusVariable !== undefined) assignOutput(node.statusVariable, value, state)
    return 'next'
  }
  const args = await evaluateArguments(node, state)
  if (isSqlExecutor(name)) {
    assignStatus(node, await executeSql(args, state), state)
    return 'next'
  }
  const status = await callByName(name, args, state)
  assignStatus(node, status, state)
  finishCall(status, state)
  return 'next'
}

/** A procedure of the engine, or one that is kept in a database. @throws SqlError 2812 */
async function callByName(
  name: ObjectName,
  args: readonly EvaluatedArgument[],
  state: BatchState,
): Promise<number> {
  const { host } = state
  const procedure = host.findProcedure(name)
  if (procedure !== undefined) {
    return procedure(
      args.filter(({ isDefault }) => isDefault !== true),
      state.out,
      state.signal,
    )
  }
  const source = host.findModule(name, host.session.database)
  if (source?.type !== 'P') throw procedureNotFound(name)
  return executeModule(source, args, state)
}

function isSqlExecutor({ name, schema }: ObjectName): boolean {
  const isSystem = ['', 'sys', 'dbo'].includes(schema.toLowerCase())
  return isSystem && name.toLowerCase() === 'sp_executesql'
}

function procedureNotFound(name: ObjectName): SqlError {
  const parts = [name.server, name.database, name.schema, name.name]
  const written = parts.slice(parts.findIndex((part) => part !== '')).join('.')
  return new SqlError(2812, `Could not find stored procedure '${written}'.`, {
    state: 62,
    line: name.line,
  })
}

async function procedureName(node: ExecuteStatement, state: BatchState): Promise<ObjectName> {
  if (node.procedure !== undefined) return node.procedure
  const variable = state.findVariable(node.procedureVariable ?? '')
  const written = `${variable?.value ?? ''}`
  const [name = '', schema = '', database = '', server = ''] = written
    .split('.')
    .map((part) => part.trim().replace(/^\[(.*)\]$/, '$1'))
    .toReversed()
  return { server, database, schema, name, line: node.line }
}

async function evaluateArguments(
  node: ExecuteStatement,
  state: BatchState,
): Promise<readonly EvaluatedArgument[]> {
  const args: EvaluatedArgument[] = []
  for (const { name, value: expression, isOutput } of node.arguments) {
    const cursor =
      expression.kind === 'variable' ? state.cursors.findVariable(expression.name) : undefined
    if (cursor !== undefined) {
      args.push({ name, type: INT, value: null, cursor })
      continue
    }
    if (expression.kind === 'literal' && expression.literalType === 'default') {
      args.push({ name, type: INT, value: null, isDefault: true })
      continue
    }
    const table =
      expression.kind === 'variable' ? state.findTableVariable(expression.name) : undefined
    if (table !== undefined) {
      args.push({ name, type: INT, value: null, table })
      continue
    }
    const { type, value } = await evaluate(expression, state)
    const isVariable = isOutput && expression.kind === 'variable'
    args.push({ name, type, value, ...(isVariable ? { outputVariable: expression.name } : {}) })
  }
  return args
}

function assignStatus(node: ExecuteStatement, status: number, state: BatchState): void {
  if (node.statusVariable === undefined) return
  assignOutput(node.statusVariable, { type: INT, value: status }, state)
}

/** @throws SqlError 137 when there is no such variable */
export function assignOutput(
  name: string,
  { type, value }: { readonly type: SqlType; readonly value: SqlValue },
  state: BatchState,
): void {
  const variable = state.findVariable(name)
  if (variable === undefined) {
    throw new SqlError(137, `Must declare the scalar variable "${name}".`, { severity: 15 })
  }
  variable.value = value === null ? null : convert(value, type, variable.type)
}

/** A procedure called from a client's batch ends with its status and DONEPROC. */
function finishCall(status: number, state: BatchState): void {
  if (state.isInProcedure) {
    state.done({ command: DONE_COMMANDS.execute })
    return
  }
  state.out.returnStatus(status)
  state.out.doneProc()
  state.isDone = true
}
