import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { packet, RawClient } from './raw-client.ts'
import { startScriptedServer } from './scripted-backend.ts'

const PRELOGIN_WITH_ENCRYPTION = Buffer.from('0100060001ff01', 'hex')

describe('createTdsServer', () => {
  it('tells where it listens, and that a port is taken', async () => {
    await using started = await startScriptedServer()
    assert.deepEqual(started.server.address, { host: '127.0.0.1', port: started.port })
    await using other = await startScriptedServer()
    await assert.rejects(other.server.listen({ host: '127.0.0.1', port: started.port }))
    await started.server.close()
    assert.equal(started.server.address, undefined)
  })

  it('closes idle connections at once and their sessions with them', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.logIn(started.port)
    assert.equal(started.backend.openSessions, 1)
    await started.server.close({ graceMs: 5000 })
    await client.closed()
    assert.equal(started.backend.openSessions, 0)
  })

  it('gives a running request its grace, then cuts it off', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.logIn(started.port)
    client.batch('hang')
    await delay(50)
    const start = performance.now()
    await started.server.close({ graceMs: 200 })
    const took = performance.now() - start
    assert.ok(took >= 190 && took < 1500, `${took} ms`)
    await delay(20)
    assert.deepEqual(started.backend.aborted, ['hang'])
    assert.equal(started.backend.openSessions, 0)
  })

  it('lets a running request end within its grace', async () => {
    await using started = await startScriptedServer()
    const client = await RawClient.logIn(started.port)
    client.batch('big')
    const answer = client.answer()
    await delay(5)
    await started.server.close({ graceMs: 10_000 })
    const { payload } = await answer
    assert.equal(payload.readUInt16LE(payload.length - 12), 0x10)
  })

  it('asks for the certificate when it is first needed, once, and again after a failure', async () => {
    let asked = 0
    await using started = await startScriptedServer({
      certificate: async () => {
        asked++
        throw new Error('no certificate today')
      },
    })
    const plain = await RawClient.logIn(started.port)
    assert.equal(asked, 0)
    for (const expected of [1, 2]) {
      const client = await RawClient.connect(started.port)
      client.send(packet(0x12, PRELOGIN_WITH_ENCRYPTION))
      await client.closed()
      assert.equal(asked, expected)
    }
    assert.equal(started.errors.length, 2)
    plain.batch('select 1')
    const { payload } = await plain.answer()
    assert.ok(payload.length > 0)
    plain.socket.destroy()
  })
})
