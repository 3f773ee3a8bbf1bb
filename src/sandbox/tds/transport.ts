import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ServerCertificate } from './certificate.ts'
import { PACKET_HEADER_SIZE } from './packet.ts'
import { TlsTunnel } from './tls-tunnel.ts'

/** First byte of a TLS handshake record: a client of TDS 8, which starts with TLS. */
const TLS_HANDSHAKE_RECORD = 0x16
/** SQL Server's own default. */
const KEEP_ALIVE_MS = 30_000
/** How long a client may take to close its end after we closed ours. */
const LINGER_MS = 2000

export interface TransportEvents {
  /** Plain bytes of the client, decrypted where needed. */
  onBytes(bytes: Buffer): void
  /** A client of TDS 8 has begun with TLS: answer with `startTls`. */
  onTlsFirst(): void
  onClose(error: Error | undefined): void
}

/** A socket whose bytes are plain, encrypted, or encrypted for the login only. */
export class Transport {
  readonly #socket: Socket
  readonly #events: TransportEvents
  #tunnel: TlsTunnel | undefined
  #scope: 'login' | 'all' = 'all'
  /** Bytes that wait for the certificate, or for the encrypted packet before them. */
  #waiting: Buffer[] = []
  #isWaitingForTls = false
  #hasReceived = false
  #clearBytes = 0
  #isClosed = false
  #failure: Error | undefined

  constructor(socket: Socket, events: TransportEvents) {
    this.#socket = socket
    this.#events = events
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => {
      this.#failure ??= error
    })
    socket.on('close', () => this.#closed())
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** @returns false when the bytes are only buffered */
  write(bytes: Buffer): boolean {
    if (this.#isClosed || this.#out.writableEnded) return true
    return this.#out.write(bytes)
  }

  /** Resolves when the client has taken what was written, or is gone. */
  async drained(): Promise<void> {
    const out = this.#out
    if (this.#isClosed || !out.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        out.off('drain', settle)
        this.#socket.off('close', settle)
        resolve()
      }
      out.once('drain', settle)
      this.#socket.once('close', settle)
    })
  }

  /** Stops and starts reading, for a client that sends faster than it is served. */
  setPaused(isPaused: boolean): void {
    if (isPaused) this.#socket.pause()
    else this.#socket.resume()
  }

  /** Puts TLS between the socket and us. `login`: until `stopTls`, and only where the client uses it. */
  startTls(
    certificate: ServerCertificate,
    options: { readonly scope: 'login' | 'all'; readonly wrapHandshake: boolean },
  ): void {
    this.#scope = options.scope
    const tunnel = new TlsTunnel({
      certificate,
      wrapHandshake: options.wrapHandshake,
      writeOut: (bytes, done) => {
        if (this.#isClosed || this.#socket.writableEnded) return done()
        this.#socket.write(bytes, () => done())
      },
    })
    tunnel.clear.on('data', (bytes: Buffer) => this.#receiveClear(bytes))
    tunnel.clear.on('error', (error) => this.#fail(error))
    this.#tunnel = tunnel
    this.#isWaitingForTls = false
    for (const chunk of this.#takeWaiting()) this.#receive(chunk)
  }

  /** The login is over and was all there was to encrypt. */
  stopTls(): void {
    this.#tunnel?.detach()
    this.#tunnel = undefined
    for (const chunk of this.#takeWaiting()) this.#events.onBytes(chunk)
  }

  /** Sends what is written and closes; a client that keeps its end open is cut off. */
  end(): void {
    if (this.#isClosed) return
    const { clear } = this.#tunnel ?? {}
    if (clear !== undefined && !clear.destroyed) clear.end(() => this.#socket.end())
    else this.#socket.end()
    setTimeout(() => this.#socket.destroy(), LINGER_MS).unref()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  get #out(): Duplex {
    return this.#tunnel?.clear ?? this.#socket
  }

  #receive(chunk: Buffer): void {
    if (!this.#hasReceived) {
      this.#hasReceived = true
      if (chunk[0] === TLS_HANDSHAKE_RECORD) {
        this.#isWaitingForTls = true
        this.#events.onTlsFirst()
      }
    }
    if (this.#isWaitingForTls) this.#waiting.push(chunk)
    else if (this.#tunnel === undefined) this.#events.onBytes(chunk)
    else this.#receiveTls(this.#tunnel, chunk)
  }

  #receiveTls(tunnel: TlsTunnel, chunk: Buffer): void {
    const plain = tunnel.push(chunk)
    if (plain.length === 0) return
    if (this.#scope === 'all') {
      this.#fail(new Error('the client sent plain bytes on an encrypted connection'))
      return
    }
    // Some clients encrypt just the first packet of the login; the rest must not overtake it.
    if (this.#clearBytes > PACKET_HEADER_SIZE) this.#events.onBytes(plain)
    else this.#waiting.push(plain)
  }

  #receiveClear(bytes: Buffer): void {
    this.#clearBytes += bytes.length
    this.#events.onBytes(bytes)
    if (this.#scope === 'login' && this.#clearBytes > PACKET_HEADER_SIZE) {
      for (const chunk of this.#takeWaiting()) this.#events.onBytes(chunk)
    }
  }

  #takeWaiting(): Buffer[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#socket.destroy()
  }

  #closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#tunnel?.clear.destroy()
    this.#events.onClose(this.#failure)
  }
}
