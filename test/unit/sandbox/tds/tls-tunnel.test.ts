import assert from 'node:assert/strict'
import { Duplex } from 'node:stream'
import { describe, it } from 'node:test'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { login7, packet, RawClient } from './raw-client.ts'
import { startScriptedServer } from './scripted-backend.ts'

const PRELOGIN = 0x12
const LOGIN7 = 0x10
const ENCRYPT_OFF = Buffer.from('0100060001ff00', 'hex')

/** TLS over a raw client: the handshake in PRELOGIN packets, everything else bare. */
async function startTls(client: RawClient): Promise<TLSSocket> {
  let isSecure = false
  const encrypted = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      client.send(isSecure ? chunk : packet(PRELOGIN, chunk))
      done()
    },
  })
  const clear = connectTls({ socket: encrypted, rejectUnauthorized: false, maxVersion: 'TLSv1.2' })
  clear.once('secureConnect', () => {
    isSecure = true
  })
  while (!isSecure) {
    const answer = await client.answer()
    assert.equal(answer.type, PRELOGIN)
    encrypted.push(answer.payload)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
  }
  return clear
}

/** A login of several packets: a feature block that nobody takes up makes it long. */
function loginPackets(): Buffer[] {
  const features = Buffer.concat([
    Buffer.from('0170170000', 'hex'),
    Buffer.alloc(6000),
    Buffer.of(0xff),
  ])
  const message = login7({ features })
  return [packet(LOGIN7, message.subarray(0, 4088), 0), packet(LOGIN7, message.subarray(4088), 1)]
}

describe('TlsTunnel', () => {
  it('decrypts a whole login and goes on in plain, where only the login is encrypted', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.connect(started.port)
    client.send(packet(PRELOGIN, ENCRYPT_OFF))
    await client.answer()
    const clear = await startTls(client)
    clear.write(Buffer.concat(loginPackets()))
    assert.equal((await client.answer()).payload[0], 0xe3)
    client.batch('select 1')
    assert.equal((await client.answer()).payload[0], 0x81)
    client.socket.destroy()
  })

  it('takes a login whose first packet alone is encrypted, as SqlClient sends it', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.connect(started.port)
    client.send(packet(PRELOGIN, ENCRYPT_OFF))
    await client.answer()
    const clear = await startTls(client)
    const [first, second] = loginPackets()
    assert.ok(first && second)
    client.socket.cork() // both reach the server at once: the plain one must not overtake
    clear.write(first)
    await new Promise(setImmediate)
    client.send(second)
    client.socket.uncork()
    assert.equal((await client.answer()).payload[0], 0xe3)
    client.socket.destroy()
  })

  it('ends a connection that leaves its encryption', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.connect(started.port)
    client.send(packet(PRELOGIN, Buffer.from('0100060001ff01', 'hex')))
    await client.answer()
    await startTls(client)
    client.send(packet(LOGIN7, login7()))
    await client.closed()
    assert.match(started.errors[0]?.message ?? '', /plain bytes/)
    assert.equal(started.backend.logins.length, 0)
  })

  it('survives a handshake of any bytes', async () => {
    await using started = await startScriptedServer()
    for (const bytes of [
      packet(PRELOGIN, Buffer.alloc(300, 0x16)),
      Buffer.from('1603010004ffffffff', 'hex'),
      Buffer.from('17030300021234', 'hex'),
    ]) {
      const client = await RawClient.connect(started.port)
      client.send(packet(PRELOGIN, ENCRYPT_OFF))
      await client.answer()
      client.send(bytes)
      await client.closed()
    }
    const strict = await RawClient.connect(started.port)
    strict.send(Buffer.from('1603010004ffffffff', 'hex'))
    await strict.closed()
    await RawClient.logIn(started.port).then((client) => client.socket.destroy())
  })
})
