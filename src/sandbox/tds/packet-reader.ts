import { MessageStream } from './message-stream.ts'
import {
  MAX_PACKET_SIZE,
  PACKET_HEADER_SIZE,
  PACKET_STATUS,
  PACKET_TYPES,
  type TdsMessage,
} from './packet.ts'
import { packetError } from './protocol-error.ts'

interface Packet {
  readonly type: number
  readonly status: number
  readonly payload: Buffer
}

interface StartedMessage {
  readonly type: number
  readonly status: number
  readonly chunks: Buffer[]
  bytes: number
}

/** Puts the bytes of a connection together to packets, and packets to messages. */
export class PacketReader {
  /** Bytes of a whole message at most; larger ones end the connection. */
  maxMessageBytes: number
  #pending: Buffer = Buffer.alloc(0)
  #started: StartedMessage | undefined
  /** The bulk load that is being received. */
  #stream: MessageStream | undefined

  constructor(maxMessageBytes: number) {
    this.maxMessageBytes = maxMessageBytes
  }

  /**
   * Takes the next bytes in.
   * @returns the messages that they complete
   * @throws ProtocolError when the bytes are no TDS packets
   */
  push(chunk: Buffer): TdsMessage[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const messages: TdsMessage[] = []
    for (let packet = this.#nextPacket(); packet !== undefined; packet = this.#nextPacket()) {
      const message = this.#accept(packet)
      if (message !== undefined) messages.push(message)
    }
    return messages
  }

  #nextPacket(): Packet | undefined {
    const bytes = this.#pending
    if (bytes.length < PACKET_HEADER_SIZE) return undefined
    const length = bytes.readUInt16BE(2)
    if (length < PACKET_HEADER_SIZE || length > MAX_PACKET_SIZE + 1) {
      throw packetError(`A packet of ${length} bytes is not possible.`)
    }
    if (bytes.length < length) return undefined
    this.#pending = bytes.subarray(length)
    return {
      type: bytes.readUInt8(0),
      status: bytes.readUInt8(1),
      payload: bytes.subarray(PACKET_HEADER_SIZE, length),
    }
  }

  #accept(packet: Packet): TdsMessage | undefined {
    // An attention may cut off a message that the client was still sending.
    if (packet.type === PACKET_TYPES.attention) this.abandon()
    if (packet.type === PACKET_TYPES.bulkLoad && this.#started === undefined) {
      return this.#acceptStreamed(packet)
    }
    if (this.#stream !== undefined) throw packetError('A message changes its type half way.')
    const started = this.#started ?? {
      type: packet.type,
      status: packet.status,
      chunks: [],
      bytes: 0,
    }
    this.#started = started
    if (packet.type !== started.type) throw packetError('A message changes its type half way.')
    started.bytes += packet.payload.length
    if (started.bytes > this.maxMessageBytes) throw packetError('The message is too long.')
    started.chunks.push(packet.payload)
    if ((packet.status & PACKET_STATUS.endOfMessage) === 0) return undefined
    this.#started = undefined
    return {
      type: started.type,
      status: started.status,
      payload: Buffer.concat(started.chunks),
      ignored: (packet.status & PACKET_STATUS.ignore) !== 0,
    }
  }

  /** No more of a message that has begun will come. */
  abandon(): void {
    this.#started = undefined
    this.#stream?.end({ ignored: true })
    this.#stream = undefined
  }

  /** @returns the message with its first packet; the others are added to its stream */
  #acceptStreamed({ type, status, payload }: Packet): TdsMessage | undefined {
    const stream = this.#stream ?? new MessageStream()
    const message =
      this.#stream === undefined
        ? { type, status, payload: Buffer.alloc(0), ignored: false, stream }
        : undefined
    this.#stream = stream
    stream.push(payload)
    if ((status & PACKET_STATUS.endOfMessage) !== 0) {
      stream.end({ ignored: (status & PACKET_STATUS.ignore) !== 0 })
      this.#stream = undefined
    }
    return message
  }
}
