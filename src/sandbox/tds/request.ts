import { SqlError } from '../sql-error.ts'
import type { ResultSink, TdsSession } from './backend.ts'
import { PACKET_STATUS, PACKET_TYPES, type TdsMessage } from './packet.ts'
import type { Protocol } from './protocol.ts'
import { packetError } from './protocol-error.ts'
import { readRpcRequest } from './requests/rpc-request.ts'
import { readSqlBatch } from './requests/sql-batch.ts'
import { readTransactionRequest } from './requests/transaction-request.ts'
import type { ResponseSink } from './response-sink.ts'

/**
 * Runs a request of a logged-in client.
 * @throws ProtocolError when its bytes are not understood
 * @throws SqlError and whatever else the session throws
 */
export async function executeRequest(
  message: TdsMessage,
  session: TdsSession,
  options: { readonly protocol: Protocol; readonly out: ResultSink; readonly signal: AbortSignal },
): Promise<void> {
  const { protocol, out, signal } = options
  switch (message.type) {
    case PACKET_TYPES.sqlBatch:
      return session.executeBatch(readSqlBatch(message.payload, protocol), out, signal)
    case PACKET_TYPES.rpc:
      return executeRpcs(message.payload, session, options)
    case PACKET_TYPES.transactionManager: {
      const request = readTransactionRequest(message.payload, protocol)
      return session.executeTransactionRequest(request, out, signal)
    }
    case PACKET_TYPES.bulkLoad:
      throw new SqlError(
        40517,
        "Keyword or statement option 'INSERT BULK' is not supported in this version of SQL Server.",
      )
    default:
      throw packetError(`A message of type ${message.type} is not possible here.`)
  }
}

/** A call that fails does not keep the calls behind it from running. */
async function executeRpcs(
  payload: Buffer,
  session: TdsSession,
  { protocol, out, signal }: { protocol: Protocol; out: ResultSink; signal: AbortSignal },
): Promise<void> {
  const calls = readRpcRequest(payload, protocol)
  for (const [index, call] of calls.entries()) {
    if (signal.aborted) return
    try {
      await session.executeRpc(call, out, signal)
    } catch (error) {
      if (!(error instanceof SqlError) || index === calls.length - 1) throw error
      out.error(error)
      out.doneProc({ error: true })
    }
  }
}

/** Resets the session where the header of a request asks for it, and tells the client what changed. */
export function resetIfAsked(message: TdsMessage, session: TdsSession, sink: ResponseSink): void {
  const keepTransaction = (message.status & PACKET_STATUS.resetConnectionKeepTransaction) !== 0
  if (!keepTransaction && (message.status & PACKET_STATUS.resetConnection) === 0) return
  const { database, collationId } = session
  session.reset({ keepTransaction })
  sink.resetAcknowledged({ keepTransaction })
  if (session.database !== database) {
    sink.environment({ kind: 'database', from: database, to: session.database })
  }
  if (session.collationId !== collationId) {
    sink.environment({ kind: 'collation', from: collationId, to: session.collationId })
  }
}
