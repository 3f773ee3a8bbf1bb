import { SqlError } from '../../sql-error.ts'
import type { ResultSink, RpcCall } from '../../tds/index.ts'
import { bindParameters, type SentValues } from './bind-parameters.ts'
import { CURSOR_PROCEDURES } from './cursor-rpc.ts'
import { describeColumns } from './describe-columns.ts'
import { callFunction } from './function-rpc.ts'
import type { PreparedStatement } from './prepared-statements.ts'
import { parseProcedureName } from './procedure-name.ts'
import {
  handleOf,
  INT,
  integerOf,
  RETURN_METADATA,
  type RpcContext,
  type RpcProcedure,
  statementOf,
} from './rpc-arguments.ts'

/** The procedures a client library calls by RPC that belong to the session, not to a database. */
const RPC_PROCEDURES: Readonly<Record<string, RpcProcedure>> = {
  sp_executesql: executeSql,
  sp_prepare: prepare,
  sp_execute: execute,
  sp_prepexec: prepareAndExecute,
  sp_unprepare: unprepare,
  sp_prepexecrpc: prepareAndExecuteCall,
  ...CURSOR_PROCEDURES,
  sp_reset_connection: async (_call, out) => out.returnStatus(0),
}

/**
 * Runs one RPC request and ends it with DONEPROC.
 *
 * @returns whether the calls behind it in the request are to be made
 * @throws SqlError when the call itself is wrong; errors of its statements go to `out`
 */
export async function runRpc(
  call: RpcCall,
  out: ResultSink,
  context: Omit<RpcContext, 'endRequest'>,
): Promise<boolean> {
  const { name } = parseProcedureName(call.procedure)
  const procedure = RPC_PROCEDURES[name.toLowerCase()] ?? executeByName
  let goesOn = true
  const endRequest = () => {
    goesOn = false
  }
  try {
    await procedure(call, out, { ...context, endRequest })
  } catch (error) {
    if (error instanceof SqlError) context.host.session.errorNumber = error.number
    throw error
  }
  out.doneProc()
  return goesOn
}

async function executeSql(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [text, declarations] = call.parameters
  const statement = statementOf(text, declarations, 'sp_executesql')
  await run(statement, { values: call.parameters.slice(2), firstOrdinal: 2 }, out, context)
}

async function prepare(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [handle, declarations, text, options] = call.parameters
  const statement = statementOf(text, declarations, 'sp_prepare')
  const flags = integerOf(options) ?? RETURN_METADATA
  if ((flags & RETURN_METADATA) !== 0) await describeColumns(statement, out, context)
  out.returnStatus(0)
  out.returnValue(0, handle?.name ?? '', INT, context.prepared.add(statement))
}

async function execute(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [handle, ...values] = call.parameters
  const statement = context.prepared.get(handleOf(handle, 'sp_execute'))
  await run(statement, { values, firstOrdinal: 1 }, out, context)
}

async function prepareAndExecute(
  call: RpcCall,
  out: ResultSink,
  context: RpcContext,
): Promise<void> {
  const [handle, declarations, text, ...values] = call.parameters
  const statement = statementOf(text, declarations, 'sp_prepexec')
  const added = context.prepared.add(statement)
  await run(statement, { values, firstOrdinal: 3 }, out, context, () =>
    out.returnValue(0, handle?.name ?? '', INT, added),
  )
}

/** The text is a procedure's name; the handle of one kept in a database is never asked for again. */
async function prepareAndExecuteCall(
  call: RpcCall,
  out: ResultSink,
  context: RpcContext,
): Promise<void> {
  const [handle, procedure, ...parameters] = call.parameters
  const { text } = statementOf(procedure, undefined, 'sp_prepexecrpc')
  await executeByName({ procedure: text, parameters }, out, context)
  const added = context.prepared.add({ text: `EXEC ${text}`, declarations: '' })
  out.returnValue(0, handle?.name ?? '', INT, added)
}

async function unprepare(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  context.prepared.remove(handleOf(call.parameters[0], 'sp_unprepare'))
  out.returnStatus(0)
}

/** Any other name: a procedure the engine has, or one that is kept in a database. @throws SqlError 2812 */
async function executeByName(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const { host, signal } = context
  const name = parseProcedureName(call.procedure)
  const procedure = host.findProcedure(name)
  if (procedure !== undefined) {
    out.returnStatus(await procedure(call.parameters, out, signal))
    return
  }
  const source = host.findModule(name, host.session.database)
  if (source?.type === 'FN') return callFunction(source, call, out, context)
  if (source?.type !== 'P') {
    throw new SqlError(2812, `Could not find stored procedure '${call.procedure}'.`, { state: 62 })
  }
  const { runProcedure } = await import('../../tsql/index.ts')
  const options = { host, out, signal }
  const { status, outputs, isEnded } = await runProcedure(source, call.parameters, options)
  if (isEnded) context.endRequest()
  out.returnStatus(status)
  for (const [position, { type, value }] of outputs) {
    out.returnValue(position, call.parameters[position]?.name ?? '', type, value)
  }
}

async function run(
  statement: PreparedStatement,
  sent: SentValues,
  out: ResultSink,
  { host, signal, endRequest }: RpcContext,
  returnHandle: () => void = () => undefined,
): Promise<void> {
  const { runBatch } = await import('../../tsql/index.ts')
  const bound = await bindParameters(statement.declarations, sent, host)
  const { tables } = bound
  const parameters = bound.scalars.map(({ parameter }) => parameter)
  const options = { parameters, tables, inProcedure: true, signal }
  const result = await runBatch(statement.text, host, out, options)
  if (result.isEnded) endRequest()
  out.returnStatus(result.failed ? host.session.errorNumber : 0)
  returnHandle()
  for (const { parameter, ordinal, isOutput } of bound.scalars) {
    if (!isOutput) continue
    const value = result.variables.get(parameter.name) ?? null
    out.returnValue(ordinal, parameter.name, parameter.type, value)
  }
}
