import { SqlError } from '../sql-error.ts'
import type { ResultSink, TdsSession } from './backend.ts'
import { PACKET_STATUS, PACKET_TYPES, type TdsMessage } from './packet.ts'
import type { Protocol } from './protocol.ts'
import { ProtocolError, packetError } from './protocol-error.ts'
import { readBulkLoad } from './requests/bulk-load.ts'
import { readRpcRequest } from './requests/rpc-request.ts'
import { readSqlBatch } from './requests/sql-batch.ts'
import { readTransactionRequest } from './requests/transaction-request.ts'
import type { ResponseSink } from './response-sink.ts'

interface RequestOptions {
  readonly protocol: Protocol
  readonly out: ResultSink
  readonly signal: AbortSignal
}

/**
 * Runs a request of a logged-in client.
 * @throws ProtocolError when its bytes are not understood
 * @throws SqlError and whatever else the session throws
 */
export async function executeRequest(
  message: TdsMessage,
  session: TdsSession,
  options: RequestOptions,
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
      return executeBulkLoad(message, session, options)
    default:
      throw packetError(`A message of type ${message.type} is not possible here.`)
  }
}

/** The answer waits until the client has sent all its rows, whatever becomes of them. */
async function executeBulkLoad(
  { stream }: TdsMessage,
  session: TdsSession,
  { protocol, out, signal }: RequestOptions,
): Promise<void> {
  if (stream === undefined) return
  try {
    const load = await readBulkLoad(stream, protocol)
    await session.executeBulkLoad(load, out, signal)
  } finally {
    await stream.discard()
  }
}

/** A call that fails does not keep the calls behind it from running. */
async function executeRpcs(
  payload: Buffer,
  session: TdsSession,
  { protocol, out, signal }: RequestOptions,
): Promise<void> {
  for (const call of readRpcRequest(payload, protocol)) {
    if (signal.aborted) return
    try {
      if (!(await session.executeRpc(call, out, signal))) return
    } catch (error) {
      if (!(error instanceof SqlError) || error instanceof ProtocolError) throw error
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
