import type { MessageStream } from './message-stream.ts'

/**
 * The packet header, [MS-TDS] 2.2.3.1: type (1), status (1), length with the header (2, big-endian),
 * SPID (2, big-endian), packet id (1), window (1).
 */
export const PACKET_HEADER_SIZE = 8

/** Packet types, [MS-TDS] 2.2.3.1.1. */
export const PACKET_TYPES = {
  sqlBatch: 0x01,
  rpc: 0x03,
  tabularResult: 0x04,
  attention: 0x06,
  bulkLoad: 0x07,
  transactionManager: 0x0e,
  login7: 0x10,
  prelogin: 0x12,
} as const

/** Bits of the status byte, [MS-TDS] 2.2.3.1.2. */
export const PACKET_STATUS = {
  endOfMessage: 0x01,
  ignore: 0x02,
  resetConnection: 0x08,
  resetConnectionKeepTransaction: 0x10,
} as const

export const MIN_PACKET_SIZE = 512
export const DEFAULT_PACKET_SIZE = 4096
export const MAX_PACKET_SIZE = 32_767

/** A whole request: the payloads of its packets, joined. */
export interface TdsMessage {
  readonly type: number
  /** Status of the first packet. */
  readonly status: number
  readonly payload: Buffer
  /** The client gave the message up half way (the ignore bit). */
  readonly ignored: boolean
  /** Rows of a bulk load, which may be more than fits into memory: `payload` is empty then. */
  readonly stream?: MessageStream
}

/** Bytes of a packet header. */
export function writePacketHeader(
  target: Buffer,
  offset: number,
  header: { type: number; status: number; length: number; spid: number; packetId: number },
): void {
  target[offset] = header.type
  target[offset + 1] = header.status
  target.writeUInt16BE(header.length, offset + 2)
  target.writeUInt16BE(header.spid & 0xffff, offset + 4)
  target[offset + 6] = header.packetId & 0xff
  target[offset + 7] = 0
}
