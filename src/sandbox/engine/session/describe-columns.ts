import type { ResultSink } from '../../tds/index.ts'
import { bindParameters } from './bind-parameters.ts'
import type { PreparedStatement } from './prepared-statements.ts'
import type { RpcContext } from './rpc-arguments.ts'

/**
 * Sends the columns of a statement's first result, if it has one, without running it.
 * @throws SqlError when it doesn't compile
 */
export async function describeColumns(
  { text, declarations }: PreparedStatement,
  out: ResultSink,
  { host }: RpcContext,
): Promise<void> {
  const { describeBatch } = await import('../../tsql/index.ts')
  const { scalars, tables } = await bindParameters(declarations, undefined, host)
  const parameters = scalars.map(({ parameter }) => parameter)
  const columns = describeBatch(text, host, parameters, tables)
  if (columns === undefined) return
  out.columns(columns)
  out.doneInProc({ rowCount: 0 })
}
