import { ByteWriter } from './byte-writer.ts'
import { PACKET_HEADER_SIZE, PACKET_STATUS, PACKET_TYPES, writePacketHeader } from './packet.ts'

/** Tokens are collected up to this many bytes before whole packets go out. */
const FLUSH_BYTES = 32 * 1024

/** Where packets go. */
export interface PacketTarget {
  /** @returns false when the bytes are only buffered: the client is behind */
  write(bytes: Buffer): boolean
}

/** Cuts the tokens of one answer into packets of the negotiated size. */
export class MessageWriter {
  /** Tokens not sent yet. */
  readonly bytes = new ByteWriter()
  /** Bytes of a packet with its header. */
  packetSize: number
  spid = 0
  readonly #target: PacketTarget
  #packetId = 0

  constructor(target: PacketTarget, packetSize: number) {
    this.#target = target
    this.packetSize = packetSize
  }

  /** Sends whole packets once enough has come together. @returns false when the client is behind */
  flushFullPackets(): boolean {
    if (this.bytes.length < Math.max(FLUSH_BYTES, this.packetSize)) return true
    const room = this.packetSize - PACKET_HEADER_SIZE
    // The last packet carries the end-of-message bit, so at least one byte stays back.
    const count = Math.floor((this.bytes.length - 1) / room)
    return this.#send(count, count * room, { last: false })
  }

  /** Sends the rest with the end-of-message bit. */
  end(): void {
    const room = this.packetSize - PACKET_HEADER_SIZE
    this.#send(Math.max(1, Math.ceil(this.bytes.length / room)), this.bytes.length, { last: true })
    this.#packetId = 0
  }

  #send(count: number, byteCount: number, options: { last: boolean }): boolean {
    const room = this.packetSize - PACKET_HEADER_SIZE
    const packets = Buffer.allocUnsafe(byteCount + count * PACKET_HEADER_SIZE)
    for (let index = 0, at = 0; index < count; index++) {
      const payload = this.bytes.view(index * room, Math.min((index + 1) * room, byteCount))
      this.#packetId++
      writePacketHeader(packets, at, {
        type: PACKET_TYPES.tabularResult,
        status: options.last && index === count - 1 ? PACKET_STATUS.endOfMessage : 0,
        length: payload.length + PACKET_HEADER_SIZE,
        spid: this.spid,
        packetId: this.#packetId,
      })
      payload.copy(packets, at + PACKET_HEADER_SIZE)
      at += payload.length + PACKET_HEADER_SIZE
    }
    this.bytes.discard(byteCount)
    return this.#target.write(packets)
  }
}
