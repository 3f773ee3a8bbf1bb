import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultSink, RpcCall, RpcParameter } from '../../tds/index.ts'
import type { ExecutionHost } from '../../tsql/index.ts'
import type { PreparedStatement, PreparedStatements } from './prepared-statements.ts'
import type { ServerCursors } from './server-cursors.ts'

/** What an RPC needs of the session it came in on. */
export interface RpcContext {
  readonly host: ExecutionHost
  readonly prepared: PreparedStatements
  readonly cursors: ServerCursors
  readonly signal: AbortSignal
  /** An error of the call ends the whole request. */
  endRequest(): void
}

export type RpcProcedure = (call: RpcCall, out: ResultSink, context: RpcContext) => Promise<void>

export const INT: SqlType = {
  name: 'int',
  maxLength: 4,
  precision: 10,
  scale: 0,
  collationId: 0,
}
/** Bit of sp_prepare's @options: send the columns of the result. */
export const RETURN_METADATA = 1

/** A whole number, of whatever type; undefined for NULL and for none. */
export function integerOf(parameter: RpcParameter | undefined): number | undefined {
  const value = parameter?.value
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}

/** @throws SqlError 214 when the text is none */
export function statementOf(
  text: RpcParameter | undefined,
  declarations: RpcParameter | undefined,
  procedure: string,
): PreparedStatement {
  if (typeof text?.value !== 'string') {
    throw new SqlError(
      214,
      `Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.`,
      { procedure, state: 2 },
    )
  }
  const list = typeof declarations?.value === 'string' ? declarations.value : ''
  return { text: text.value, declarations: list }
}

/** @throws SqlError 214 when it is no number */
export function handleOf(parameter: RpcParameter | undefined, procedure: string): number {
  const handle = integerOf(parameter)
  if (handle !== undefined) return handle
  throw new SqlError(214, `Procedure expects parameter '@handle' of type 'int'.`, {
    procedure,
    state: 2,
  })
}
