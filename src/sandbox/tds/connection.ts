import type { Socket } from 'node:net'
import { SqlError } from '../sql-error.ts'
import type { TdsBackend, TdsSession } from './backend.ts'
import type { ServerCertificate } from './certificate.ts'
import { openSession, readLoginAttempt, writeLoginAnswer, writeLoginRefusal } from './login.ts'
import { MessageWriter } from './message-writer.ts'
import { DEFAULT_PACKET_SIZE, PACKET_TYPES, type TdsMessage } from './packet.ts'
import { PacketReader } from './packet-reader.ts'
import { type EncryptionScope, encryptionScope, preloginAnswer, readPrelogin } from './prelogin.ts'
import { type Protocol, TDS_VERSIONS } from './protocol.ts'
import { ProtocolError, packetError } from './protocol-error.ts'
import { executeRequest, resetIfAsked } from './request.ts'
import { ResponseSink } from './response-sink.ts'
import { DONE_STATUS, writeDone } from './tokens/done.ts'
import { Transport } from './transport.ts'

/** LOGIN7 has two-byte offsets, so it is never longer. */
const MAX_LOGIN_BYTES = 128 * 1024
const MAX_REQUEST_BYTES = 256 * 1024 * 1024
/** A client without MARS waits for its answers; one that piles up requests is read no further. */
const MAX_QUEUED_MESSAGES = 8

export interface ConnectionOptions {
  readonly backend: TdsBackend
  readonly certificate: () => Promise<ServerCertificate>
  readonly loginTimeoutMs: number
  onError(error: Error): void
}

/** The request that is running. */
interface RunningRequest {
  readonly sink: ResponseSink
  readonly controller: AbortController
  /** Attentions that wait for their acknowledgement. */
  attentions: number
}

/** One client from its first byte to its last. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #transport: Transport
  readonly #remoteAddress: string
  readonly #reader = new PacketReader(MAX_LOGIN_BYTES)
  readonly #writer: MessageWriter
  readonly #transaction = { isOpen: false }
  readonly #queue: TdsMessage[] = []
  readonly #loginTimer: NodeJS.Timeout
  /** Undefined before PRELOGIN. */
  #encryption: EncryptionScope | undefined
  #isStrict = false
  #protocol: Protocol = LOWEST_PROTOCOL
  #session: TdsSession | undefined
  #running: RunningRequest | undefined
  readonly #closing = Promise.withResolvers<void>()
  #isServing = false
  #isEnding = false
  #isKilled = false

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#options = options
    this.#remoteAddress = socket.remoteAddress ?? ''
    this.#transport = new Transport(socket, {
      onBytes: (bytes) => this.#receive(bytes),
      onTlsFirst: () => void this.#startStrictTls(),
      onClose: (error) => this.#closed(error),
    })
    this.#writer = new MessageWriter(this.#transport, DEFAULT_PACKET_SIZE)
    this.#loginTimer = setTimeout(() => this.#transport.destroy(), options.loginTimeoutMs)
    this.#loginTimer.unref()
  }

  /** Resolves when the socket is closed, and the session too unless it is still running a request. */
  get closed(): Promise<void> {
    return this.#closing.promise
  }

  /** Ends the connection once the request that is running, if any, has been answered. */
  end(): void {
    this.#isEnding = true
    if (!this.#isServing) this.#transport.end()
  }

  destroy(): void {
    this.#transport.destroy()
  }

  #kill(): void {
    this.#isKilled = true
    if (this.#running === undefined) this.end()
    else this.#running.controller.abort()
  }

  #receive(bytes: Buffer): void {
    if (this.#isEnding) return
    try {
      for (const message of this.#reader.push(bytes)) this.#accept(message)
    } catch (error) {
      this.#refuseBytes(error)
    }
  }

  #accept(message: TdsMessage): void {
    const running = this.#running
    if (message.type === PACKET_TYPES.attention && running !== undefined) {
      running.attentions++
      running.sink.mute()
      running.controller.abort()
      return
    }
    if (message.stream !== undefined) {
      message.stream.onPressure = (isFull) => this.#transport.setPaused(isFull)
    }
    this.#queue.push(message)
    if (this.#queue.length > MAX_QUEUED_MESSAGES) this.#transport.setPaused(true)
    if (!this.#isServing) void this.#serveQueue()
  }

  /** Never rejects: whatever goes wrong ends this connection and no other. */
  async #serveQueue(): Promise<void> {
    this.#isServing = true
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        if (this.#isEnding || this.#transport.isClosed) break
        await this.#serve(next)
        if (this.#queue.length === 0) this.#transport.setPaused(false)
      }
    } catch (error) {
      this.#refuseBytes(error)
    }
    this.#isServing = false
    if (this.#isEnding) this.#transport.end()
    if (this.#transport.isClosed) this.#closeSession()
  }

  #serve(message: TdsMessage): Promise<void> | void {
    if (this.#session !== undefined) return this.#serveRequest(message, this.#session)
    if (message.type === PACKET_TYPES.prelogin) return this.#answerPrelogin(message.payload)
    if (message.type === PACKET_TYPES.login7) return this.#logIn(message.payload)
    throw packetError(`A message of type ${message.type} is not possible before the login.`)
  }

  async #startStrictTls(): Promise<void> {
    try {
      const certificate = await this.#options.certificate()
      this.#isStrict = true
      this.#transport.startTls(certificate, { scope: 'all', wrapHandshake: false })
    } catch (error) {
      this.#refuseBytes(error)
    }
  }

  async #answerPrelogin(payload: Buffer): Promise<void> {
    if (this.#encryption !== undefined) throw packetError('A second PRELOGIN is not possible.')
    const { encryption } = readPrelogin(payload)
    const scope = this.#isStrict ? 'all' : encryptionScope(encryption)
    this.#encryption = scope
    const startsTls = scope !== 'none' && !this.#isStrict
    const certificate = startsTls ? await this.#options.certificate() : undefined
    this.#writer.bytes.bytes(preloginAnswer(this.#options.backend.version, scope))
    this.#writer.end()
    if (certificate !== undefined && scope !== 'none') {
      this.#transport.startTls(certificate, { scope, wrapHandshake: true })
    }
  }

  async #logIn(payload: Buffer): Promise<void> {
    if (this.#encryption === 'login') this.#transport.stopTls()
    const { backend } = this.#options
    const attempt = readLoginAttempt(payload)
    this.#protocol = attempt.protocol
    try {
      const session = await openSession(attempt, {
        backend,
        connection: { kill: () => this.#kill() },
        remoteAddress: this.#remoteAddress,
      })
      this.#session = session
      this.#writer.spid = session.spid
      this.#writer.packetSize = Math.min(attempt.login.packetSize, DEFAULT_PACKET_SIZE)
      writeLoginAnswer(this.#writer, attempt, session, backend)
      this.#writer.end()
      this.#writer.packetSize = attempt.login.packetSize
      this.#reader.maxMessageBytes = MAX_REQUEST_BYTES
      clearTimeout(this.#loginTimer)
    } catch (error) {
      const sqlError = error instanceof SqlError ? error : this.#reportInternal(error)
      const { login, protocol } = attempt
      const { serverName } = backend
      writeLoginRefusal(this.#writer, sqlError, { login, protocol, serverName })
      this.#writer.end()
      this.#isEnding = true
    }
  }

  async #serveRequest(message: TdsMessage, session: TdsSession): Promise<void> {
    if (message.type === PACKET_TYPES.attention) return this.#acknowledgeAttention()
    if (message.ignored) return this.#writeSingleDone(DONE_STATUS.error)
    const sink = this.#createSink()
    const running: RunningRequest = { sink, controller: new AbortController(), attentions: 0 }
    this.#running = running
    try {
      resetIfAsked(message, session, sink)
      const { signal } = running.controller
      await executeRequest(message, session, { protocol: this.#protocol, out: sink, signal })
    } catch (error) {
      this.#reportFailure(error, message, running)
    }
    this.#running = undefined
    if (this.#isKilled) sink.error(killedError())
    sink.finish()
    for (let count = running.attentions; count > 0; count--) this.#acknowledgeAttention()
    if (sink.isFatal) this.#isEnding = true
  }

  #createSink(): ResponseSink {
    return new ResponseSink({
      writer: this.#writer,
      protocol: this.#protocol,
      serverName: this.#options.backend.serverName,
      transaction: this.#transaction,
      drained: () => this.#transport.drained(),
    })
  }

  #reportFailure(error: unknown, message: TdsMessage, running: RunningRequest): void {
    // What a cancelled request throws is of no use to anybody.
    if (running.controller.signal.aborted) return
    const { sink } = running
    sink.error(error instanceof SqlError ? error : this.#reportInternal(error))
    if (message.type === PACKET_TYPES.rpc) sink.doneProc({ error: true })
    if (error instanceof ProtocolError) {
      this.#options.onError(error)
      this.#isEnding = true
    }
  }

  /** What SQL Server says when it finds a fault in itself. */
  #reportInternal(error: unknown): SqlError {
    this.#options.onError(asError(error))
    return new SqlError(
      3624,
      'A system assertion check has failed. Check the SQL Server error log for details. Typically, an assertion failure is caused by a software bug or data corruption.',
      { severity: 20, cause: error },
    )
  }

  #acknowledgeAttention(): void {
    this.#writeSingleDone(DONE_STATUS.attention)
  }

  #writeSingleDone(status: number): void {
    writeDone(this.#writer.bytes, 'done', { status }, this.#protocol)
    this.#writer.end()
  }

  /** The client's bytes cannot be followed any further: say why where it can still be said, and end. */
  #refuseBytes(error: unknown): void {
    this.#options.onError(asError(error))
    this.#isEnding = true
    this.#reader.abandon()
    if (this.#running !== undefined) {
      this.#running.sink.mute()
      this.#running.controller.abort()
    } else if (error instanceof ProtocolError && this.#session !== undefined) {
      const sink = this.#createSink()
      sink.error(error)
      sink.finish()
    }
    if (!this.#isServing) this.#transport.end()
  }

  #closed(error: Error | undefined): void {
    clearTimeout(this.#loginTimer)
    if (error !== undefined && !isDisconnect(error)) this.#options.onError(error)
    this.#running?.sink.mute()
    this.#running?.controller.abort()
    this.#reader.abandon()
    if (!this.#isServing) this.#closeSession()
    this.#closing.resolve()
  }

  #closeSession(): void {
    const session = this.#session
    this.#session = undefined
    try {
      session?.close()
    } catch (error) {
      this.#options.onError(asError(error))
    }
  }
}

/** For answers to clients that have not said yet what they speak. */
const LOWEST_PROTOCOL: Protocol = {
  tdsVersion: TDS_VERSIONS['7.1'],
  level: 0x71,
  utf8: false,
}

function killedError(): SqlError {
  return new SqlError(
    596,
    'Cannot continue the execution because the session is in the kill state.',
    { severity: 21 },
  )
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** A client that goes away without a word is everyday life. */
function isDisconnect(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}
