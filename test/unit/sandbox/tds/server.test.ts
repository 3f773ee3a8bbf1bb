import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { PacketReader } from '../../../../src/sandbox/tds/packet-reader.ts'
import { packet, RawClient } from './raw-client.ts'
import { startScriptedServer } from './scripted-backend.ts'

const PRELOGIN_WITH_ENCRYPTION = Buffer.from('01000600010' + '1ff01', 'hex')

describe('createTdsServer', () => {
  it('tells where it listens, and that a port is taken', async () => {
    const { server, port } = await startScriptedServer()
    assert.deepEqual(server.address, { host: '127.0.0.1', port })
    const other = await startScriptedServer()
    await assert.rejects(other.server.listen({ host: '127.0.0.1', port }))
    await server.close()
    assert.equal(server.address, undefined)
    await other.server.close()
  })

  it('closes idle connections at once and their sessions with them', async () => {
    const { server, backend, port } = await startScriptedServer()
    const client = await RawClient.logIn(port)
    assert.equal(backend.openSessions, 1)
    await server.close({ graceMs: 5000 })
    await client.closed()
    assert.equal(backend.openSessions, 0)
  })

  it('gives a running request its grace, then cuts it off', async () => {
    const { server, backend, port } = await startScriptedServer()
    const client = await RawClient.logIn(port)
    client.batch('hang')
    await delay(50)
    const start = performance.now()
    await server.close({ graceMs: 200 })
    const took = performance.now() - start
    assert.ok(took >= 190 && took < 1500, `${took} ms`)
    await delay(20)
    assert.deepEqual(backend.aborted, ['hang'])
    assert.equal(backend.openSessions, 0)
  })

  it('lets a running request end within its grace', async () => {
    const { server, port } = await startScriptedServer()
    const client = await RawClient.logIn(port)
    client.batch('big')
    const answer = client.answer()
    await delay(5)
    await server.close({ graceMs: 10_000 })
    const { payload } = await answer
    assert.equal(payload.readUInt16LE(payload.length - 12), 0x10)
  })

  it('asks for the certificate when it is first needed, once, and again after a failure', async () => {
    let asked = 0
    const { server, port, errors } = await startScriptedServer({
      certificate: async () => {
        asked++
        throw new Error('no certificate today')
      },
    })
    const plain = await RawClient.logIn(port)
    assert.equal(asked, 0)
    for (const expected of [1, 2]) {
      const client = await RawClient.connect(port)
      client.send(packet(0x12, PRELOGIN_WITH_ENCRYPTION))
      await client.closed()
      assert.equal(asked, expected)
    }
    assert.equal(errors.length, 2)
    plain.batch('select 1')
    const { payload } = await plain.answer()
    assert.ok(payload.length > 0)
    plain.socket.destroy()
    await server.close()
    assert.deepEqual(new PacketReader(1).push(Buffer.alloc(0)), [])
  })
})
