import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PASSWORD } from './scripted-backend.ts'

/** A packet of the protocol, its header made up as real clients do. */
export function packet(type: number, payload: Buffer, status = 1): Buffer {
  const header = Buffer.alloc(8)
  header[0] = type
  header[1] = status
  header.writeUInt16BE(payload.length + 8, 2)
  header[6] = 1
  return Buffer.concat([header, payload])
}

export const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** ALL_HEADERS with a transaction descriptor, as every request has one since TDS 7.2. */
export const ALL_HEADERS = Buffer.from('16000000120000000200000000000000000001000000', 'hex')

export interface LoginFields {
  readonly tdsVersion?: number
  readonly packetSize?: number
  readonly userName?: string
  readonly password?: string
  readonly database?: string
  readonly optionFlags2?: number
  /** Bytes of the FeatureExt block. */
  readonly features?: Buffer
}

/** LOGIN7 with its fields in the order of the specification. */
export function login7(fields: LoginFields = {}): Buffer {
  const fixed = Buffer.alloc(94)
  fixed.writeUInt32LE(fields.tdsVersion ?? 0x74000004, 4)
  fixed.writeUInt32LE(fields.packetSize ?? 4096, 8)
  fixed.writeUInt32LE(1234, 16)
  fixed[25] = fields.optionFlags2 ?? 0
  fixed[27] = fields.features === undefined ? 0 : 0x10
  const parts: Buffer[] = []
  let end = fixed.length
  const put = (at: number, bytes: Buffer, unitBytes = 2): void => {
    fixed.writeUInt16LE(end, at)
    fixed.writeUInt16LE(bytes.length / unitBytes, at + 2)
    parts.push(bytes)
    end += bytes.length
  }
  put(36, ucs2('host'))
  put(40, ucs2(fields.userName ?? 'sa'))
  put(44, hidden(fields.password ?? PASSWORD))
  put(48, ucs2('app'))
  put(52, ucs2('server'))
  if (fields.features !== undefined) {
    const pointer = Buffer.alloc(4)
    pointer.writeUInt32LE(end + 4)
    put(56, pointer, 1)
    parts.push(fields.features)
    end += fields.features.length
  }
  put(60, ucs2('library'))
  put(64, ucs2(''))
  put(68, ucs2(fields.database ?? ''))
  fixed.writeUInt32LE(end, 0)
  return Buffer.concat([fixed, ...parts])
}

function hidden(password: string): Buffer {
  return Buffer.from(ucs2(password).map((byte) => (((byte & 0x0f) << 4) | (byte >> 4)) ^ 0xa5))
}

/** A message of the server: the payloads of its packets. */
export interface Answer {
  readonly type: number
  readonly payload: Buffer
  readonly packetSizes: readonly number[]
}

/** A client that sends what it is told, well-formed or not. */
export class RawClient {
  readonly socket: Socket
  readonly #answers: Answer[] = []
  #rest: Buffer = Buffer.alloc(0)
  #payloads: Buffer[] = []
  #isClosed = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#isClosed = true
    })
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  static async logIn(port: number, fields: LoginFields = {}): Promise<RawClient> {
    const client = await RawClient.connect(port)
    client.send(packet(0x10, login7(fields)))
    await client.answer()
    return client
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes)
  }

  batch(text: string, status = 1): void {
    this.send(packet(0x01, Buffer.concat([ALL_HEADERS, ucs2(text)]), status))
  }

  /** The next whole message. */
  async answer(): Promise<Answer> {
    for (;;) {
      const answer = this.#answers.shift()
      if (answer !== undefined) return answer
      if (this.#isClosed) throw new Error('the connection was closed')
      const settled = new AbortController()
      const { signal } = settled
      await Promise.race([
        once(this.socket, 'data', { signal }),
        once(this.socket, 'close', { signal }),
      ]).finally(() => settled.abort())
    }
  }

  async closed(): Promise<void> {
    if (!this.#isClosed) await once(this.socket, 'close')
  }

  #receive(chunk: Buffer): void {
    let bytes = Buffer.concat([this.#rest, chunk])
    while (bytes.length >= 8 && bytes.length >= bytes.readUInt16BE(2)) {
      const end = bytes.readUInt16BE(2)
      this.#payloads.push(bytes.subarray(8, end))
      if (((bytes[1] ?? 0) & 1) !== 0) this.#endMessage(bytes[0] ?? 0)
      bytes = bytes.subarray(end)
    }
    this.#rest = bytes
  }

  #endMessage(type: number): void {
    const payloads = this.#payloads
    this.#payloads = []
    this.#answers.push({
      type,
      payload: Buffer.concat(payloads),
      packetSizes: payloads.map(({ length }) => length + 8),
    })
  }
}
