import { SqlError } from '../../sql-error.ts'
import type { ResultSink } from '../../tds/index.ts'
import { bindParameters } from './bind-parameters.ts'
import type { PreparedStatement } from './prepared-statements.ts'
import type { RpcContext } from './rpc-arguments.ts'

/**
 * Sends the columns of a statement's first result, if it has one, without running it.
 * @throws SqlError 8180 behind the reason why it doesn't compile
 */
export async function describeColumns(
  statement: PreparedStatement,
  out: ResultSink,
  context: RpcContext,
): Promise<void> {
  try {
    await describe(statement, out, context)
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    out.error(error)
    throw new SqlError(8180, 'Statement(s) could not be prepared.', { cause: error })
  }
}

async function describe(
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
