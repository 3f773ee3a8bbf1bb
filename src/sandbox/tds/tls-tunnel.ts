import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { ServerCertificate } from './certificate.ts'
import {
  DEFAULT_PACKET_SIZE,
  PACKET_HEADER_SIZE,
  PACKET_STATUS,
  PACKET_TYPES,
  writePacketHeader,
} from './packet.ts'

/** Header of a TLS record: type (1), version (2), length (2, big-endian). RFC 5246, 6.2.1. */
const RECORD_HEADER_SIZE = 5
const APPLICATION_DATA = 23
const FIRST_RECORD_TYPE = 20
const ALPN_PROTOCOL = 'tds/8.0'

export interface TlsTunnelOptions {
  readonly certificate: ServerCertificate
  /** TDS 7: handshake records travel in PRELOGIN packets. Otherwise TLS starts on the bare socket (TDS 8). */
  readonly wrapHandshake: boolean
  /** Takes TLS records, wrapped where needed, to the socket. */
  writeOut(bytes: Buffer, done: () => void): void
}

/**
 * The TLS end of a connection. Fed with what the socket receives, it gives out what the client meant
 * on `clear`. Application data is never wrapped, which is how both directions know where the
 * handshake ends: the last record of a handshake is written before Node reports it as finished.
 */
export class TlsTunnel {
  readonly clear: TLSSocket
  readonly #options: TlsTunnelOptions
  readonly #encrypted: Duplex
  #inbound: Buffer = Buffer.alloc(0)
  /** Records of the handshake that have not gone out yet, and the start of one behind them. */
  #handshake: Buffer[] = []
  #outbound: Buffer = Buffer.alloc(0)
  #isWrapping: boolean
  #isDetached = false

  constructor(options: TlsTunnelOptions) {
    this.#options = options
    this.#isWrapping = options.wrapHandshake
    this.#encrypted = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => this.#writeOut(chunk, done),
    })
    this.clear = new TLSSocket(this.#encrypted, {
      isServer: true,
      secureContext: createSecureContext({
        ...options.certificate,
        // Microsoft's clients know only TLS 1.2 and older inside TDS 7.
        ...(options.wrapHandshake ? { maxVersion: 'TLSv1.2' as const } : {}),
      }),
      ...(options.wrapHandshake ? {} : { ALPNProtocols: [ALPN_PROTOCOL] }),
    })
  }

  /**
   * Takes bytes of the socket in.
   * @returns the rest that is not TLS: plain packets behind a login that alone was encrypted
   */
  push(chunk: Buffer): Buffer {
    if (!this.#options.wrapHandshake) {
      this.#encrypted.push(chunk)
      return Buffer.alloc(0)
    }
    this.#inbound = this.#inbound.length === 0 ? chunk : Buffer.concat([this.#inbound, chunk])
    for (let unit = this.#nextUnit(); unit !== undefined; unit = this.#nextUnit()) {
      if (unit === 'plain') {
        const rest = this.#inbound
        this.#inbound = Buffer.alloc(0)
        return rest
      }
      if (unit.length > 0) this.#encrypted.push(unit)
    }
    return Buffer.alloc(0)
  }

  /** From now on the connection is plain: nothing that TLS still wants to say goes out. */
  detach(): void {
    this.#isDetached = true
    this.clear.destroy()
  }

  /** A TLS record, or the payload of a PRELOGIN packet; undefined while it is not complete. */
  #nextUnit(): Buffer | 'plain' | undefined {
    const bytes = this.#inbound
    const type = bytes[0]
    if (type === undefined) return undefined
    if (type < FIRST_RECORD_TYPE && type !== PACKET_TYPES.prelogin) return 'plain'
    const isPacket = type === PACKET_TYPES.prelogin
    if (bytes.length < (isPacket ? PACKET_HEADER_SIZE : RECORD_HEADER_SIZE)) return undefined
    const end = isPacket
      ? Math.max(bytes.readUInt16BE(2), PACKET_HEADER_SIZE)
      : RECORD_HEADER_SIZE + bytes.readUInt16BE(3)
    if (bytes.length < end) return undefined
    this.#inbound = bytes.subarray(end)
    return bytes.subarray(isPacket ? PACKET_HEADER_SIZE : 0, end)
  }

  #writeOut(chunk: Buffer, done: () => void): void {
    if (this.#isDetached) {
      done()
      return
    }
    const bytes = this.#isWrapping ? this.#collectHandshake(chunk) : chunk
    if (bytes === undefined) {
      // Clients read one message per flight, and TLS may write a flight in several pieces.
      setImmediate(() => this.#sendHandshake())
      done()
      return
    }
    this.#options.writeOut(bytes, done)
  }

  /** Keeps handshake records back. @returns what is left once application data begins */
  #collectHandshake(chunk: Buffer): Buffer | undefined {
    let bytes = Buffer.concat([this.#outbound, chunk])
    while (bytes.length >= RECORD_HEADER_SIZE) {
      if (bytes[0] === APPLICATION_DATA) {
        this.#sendHandshake()
        this.#isWrapping = false
        return bytes
      }
      const end = RECORD_HEADER_SIZE + bytes.readUInt16BE(3)
      if (bytes.length < end) break
      this.#handshake.push(bytes.subarray(0, end))
      bytes = bytes.subarray(end)
    }
    this.#outbound = bytes
    return undefined
  }

  #sendHandshake(): void {
    if (this.#handshake.length === 0) return
    const flight = Buffer.concat(this.#handshake)
    this.#handshake = []
    this.#options.writeOut(wrapInPackets(flight), () => {})
  }
}

function wrapInPackets(flight: Buffer): Buffer {
  const room = DEFAULT_PACKET_SIZE - PACKET_HEADER_SIZE
  const packets: Buffer[] = []
  for (let start = 0; start < flight.length; start += room) {
    const payload = flight.subarray(start, start + room)
    const header = Buffer.alloc(PACKET_HEADER_SIZE)
    writePacketHeader(header, 0, {
      type: PACKET_TYPES.prelogin,
      status: start + room >= flight.length ? PACKET_STATUS.endOfMessage : 0,
      length: payload.length + PACKET_HEADER_SIZE,
      spid: 0,
      packetId: packets.length / 2 + 1,
    })
    packets.push(header, payload)
  }
  return Buffer.concat(packets)
}
