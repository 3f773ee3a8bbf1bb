import type { ResultSink } from '../../tds/index.ts'
import { bindParameters } from './bind-parameters.ts'
import type { PreparedStatement } from './prepared-statements.ts'
import type { RpcContext } from './rpc-arguments.ts'

/** Sends the columns of a statement's result without running it. @returns whether it compiled */
export async function describeColumns(
  statement: PreparedStatement,
  out: ResultSink,
  { host, signal }: RpcContext,
): Promise<boolean> {
  const { runBatch } = await import('../../tsql/index.ts')
  const { scalars, tables } = await bindParameters(statement.declarations, undefined, host)
  const { failed } = await runBatch(statement.text, host, out, {
    parameters: scalars.map(({ parameter }) => parameter),
    tables,
    inProcedure: true,
    describeOnly: true,
    signal,
  })
  return !failed
}
