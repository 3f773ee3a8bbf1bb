import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ALL_HEADERS, login7, packet, RawClient, ucs2 } from './raw-client.ts'
import { startScriptedServer } from './scripted-backend.ts'

const [BATCH, RPC, ATTENTION, BULK_LOAD, PRELOGIN] = [0x01, 0x03, 0x06, 0x07, 0x12]
const IGNORE_AND_END = 0x03

const UNKNOWN_PARAMETER = Buffer.from('ffff0a000000' + '000077', 'hex')

type Started = Awaited<ReturnType<typeof startScriptedServer>>
let started: Started

before(async () => {
  started = await startScriptedServer({ loginTimeoutMs: 300 })
})

after(() => started.server.close())

const logIn = (fields?: Parameters<typeof login7>[0]): Promise<RawClient> =>
  RawClient.logIn(started.port, fields)

/** Status of a message that is one DONE. */
function doneStatus(payload: Buffer): number {
  assert.equal(payload.length, 13)
  assert.equal(payload[0], 0xfd)
  return payload.readUInt16LE(1)
}

/** Number, state and severity of the first ERROR of a message that starts with one. */
function firstError(payload: Buffer): readonly [number, number, number] {
  assert.equal(payload[0], 0xaa)
  return [payload.readInt32LE(3), payload.readUInt8(7), payload.readUInt8(8)]
}

async function assertServes(): Promise<void> {
  const client = await logIn()
  client.batch('select 1')
  assert.equal((await client.answer()).payload[0], 0x81)
  client.socket.destroy()
}

describe('login over TDS', () => {
  it('answers LOGIN7 without PRELOGIN with the tokens of SQL Server, in its order', async () => {
    const client = await RawClient.connect(started.port)
    client.send(packet(0x10, login7({ database: 'shop', packetSize: 8000 })))
    const { type, payload } = await client.answer()
    assert.equal(type, 0x04)
    const tokens: string[] = []
    for (let at = 0; at < payload.length; ) {
      const token = payload.readUInt8(at)
      if (token === 0xfd) break
      const length = payload.readUInt16LE(at + 1)
      const first = token === 0xab ? payload.readInt32LE(at + 3) : payload.readUInt8(at + 3)
      tokens.push(`${token.toString(16)}:${first}`)
      at += 3 + length
    }
    assert.deepEqual(tokens, ['e3:1', 'ab:5701', 'e3:7', 'e3:2', 'ab:5703', 'ad:1', 'e3:4'])
    assert.ok(payload.includes(ucs2("Changed database context to 'shop'.")))
    assert.ok(payload.includes(ucs2('Changed language setting to us_english.')))
    client.socket.destroy()
  })

  it('acknowledges UTF-8 and leaves other features unacknowledged', async () => {
    const features = Buffer.from('0100000000' + '0a0100000001' + 'ff', 'hex')
    const client = await RawClient.connect(started.port)
    client.send(packet(0x10, login7({ features })))
    const { payload } = await client.answer()
    assert.ok(payload.includes(Buffer.from('ae0a0100000001fffd', 'hex')))
    client.socket.destroy()
  })

  it('sends packets of the size that was agreed on', async () => {
    for (const packetSize of [512, 32_767]) {
      const client = await logIn({ packetSize })
      client.batch('types')
      const { packetSizes } = await client.answer()
      assert.ok(packetSizes.slice(0, -1).every((size) => size === packetSize))
      assert.ok(packetSizes.length >= 2)
      client.socket.destroy()
    }
  })

  for (const [why, fields, number] of [
    ['a wrong password', { password: 'no' }, 18456],
    ['integrated security', { optionFlags2: 0x80 }, 18452],
    ['a database that cannot be opened', { database: 'missing' }, 4060],
    ['an access token', { features: Buffer.from('0200000000ff', 'hex') }, 18456],
  ] as const) {
    it(`refuses ${why} with ${number} and closes`, async () => {
      const client = await RawClient.connect(started.port)
      client.send(packet(0x10, login7(fields)))
      assert.equal(firstError((await client.answer()).payload)[0], number)
      await client.closed()
    })
  }

  it('closes a connection that does not log in', async () => {
    const client = await RawClient.connect(started.port)
    await client.closed()
  })
})

describe('attention', () => {
  it('is acknowledged while nothing runs', async () => {
    const client = await logIn()
    client.send(packet(ATTENTION, Buffer.alloc(0)))
    assert.equal(doneStatus((await client.answer()).payload), 0x20)
    client.batch('select 1')
    await client.answer()
    client.socket.destroy()
  })

  it('aborts what runs, ends its answer and is acknowledged by a message of its own', async () => {
    const client = await logIn()
    client.batch('hang')
    client.send(packet(ATTENTION, Buffer.alloc(0)))
    assert.equal(doneStatus((await client.answer()).payload), 0)
    assert.equal(doneStatus((await client.answer()).payload), 0x20)
    client.socket.destroy()
  })

  it('is not needed for a request that was given up half way', async () => {
    const client = await logIn()
    const batches = started.backend.batches.length
    client.batch('select', 0)
    client.send(packet(BATCH, Buffer.alloc(0), IGNORE_AND_END))
    assert.equal(doneStatus((await client.answer()).payload), 0x02)
    assert.equal(started.backend.batches.length, batches)
    client.socket.destroy()
  })
})

/** COLMETADATA of one int column, and what comes behind it. */
const BULK_COLUMN = Buffer.from('8101000000000000002604016100', 'hex')
const BULK_DONE = Buffer.from(`fd${'00'.repeat(12)}`, 'hex')

function bulkRow(value: number): Buffer {
  return Buffer.of(0xd1, 4, value, 0, 0, 0)
}

describe('requests over TDS', () => {
  it('are queued and answered in order', async () => {
    const client = await logIn()
    for (let index = 0; index < 20; index++) client.batch(index % 2 === 0 ? 'select 1' : 'info')
    for (let index = 0; index < 20; index++) {
      assert.equal((await client.answer()).payload[0], index % 2 === 0 ? 0x81 : 0xab)
    }
    client.socket.destroy()
  })

  it('call one procedure after the other in one message', async () => {
    const client = await logIn()
    const failing = Buffer.from('01007800' + '0000', 'hex')
    const unprepare = Buffer.from('ffff0f000000', 'hex')
    const calls = Buffer.concat([ALL_HEADERS, failing, Buffer.of(0xff), unprepare])
    client.send(packet(RPC, calls))
    const { payload } = await client.answer()
    assert.equal(firstError(payload)[0], 2812)
    // DONEPROC with ERROR and MORE, RETURNSTATUS 0, DONEPROC.
    const rest = payload.subarray(3 + payload.readUInt16LE(1))
    assert.equal(rest.toString('hex'), `fe0300${'00'.repeat(10)}7900000000fe${'00'.repeat(12)}`)
    client.socket.destroy()
  })

  it('make no more calls of a message when one has ended them', async () => {
    const client = await logIn()
    const { backend } = started
    backend.calls.length = 0
    const name = ucs2('last')
    const last = Buffer.concat([Buffer.of(4, 0), name, Buffer.of(0, 0)])
    client.send(packet(RPC, Buffer.concat([ALL_HEADERS, last, Buffer.of(0xff), last])))
    assert.equal((await client.answer()).payload.toString('hex'), `fe0200${'00'.repeat(10)}`)
    assert.equal(backend.calls.length, 1)
    client.socket.destroy()
  })

  it('take a bulk load while it comes in', async () => {
    const client = await logIn()
    const { backend } = started
    backend.loadedRows.length = 0
    client.send(packet(BULK_LOAD, Buffer.concat([BULK_COLUMN, bulkRow(1)]), 0))
    client.send(packet(BULK_LOAD, bulkRow(2).subarray(0, 3), 0))
    client.send(packet(BULK_LOAD, Buffer.concat([bulkRow(2).subarray(3), BULK_DONE])))
    const { payload } = await client.answer()
    assert.equal(payload.toString('hex'), 'fd1000c3000200000000000000')
    assert.deepEqual(backend.loadedRows, [[1], [2]])
    client.socket.destroy()
  })

  it('answer a bulk load that fails once all of it has come', async () => {
    const client = await logIn()
    client.send(packet(BULK_LOAD, Buffer.from('d1', 'hex'), 0))
    await delay(20)
    client.send(packet(BULK_LOAD, bulkRow(1)))
    assert.equal(firstError((await client.answer()).payload)[0], 4002)
    client.socket.destroy()
  })

  it('forget a bulk load that an attention cuts off', async () => {
    const client = await logIn()
    client.send(packet(BULK_LOAD, Buffer.concat([BULK_COLUMN, bulkRow(1)]), 0))
    await delay(20)
    client.send(packet(ATTENTION, Buffer.alloc(0)))
    const answers = [await client.answer(), await client.answer()]
    assert.equal(answers[1]?.payload.toString('hex'), `fd2000${'00'.repeat(10)}`)
    client.batch('select 1')
    assert.equal((await client.answer()).payload[0], 0x81)
    client.socket.destroy()
  })

  it('are aborted, and the session closed, when the client goes away', async () => {
    const client = await logIn()
    const { backend } = started
    const openSessions = backend.openSessions
    backend.aborted.length = 0
    client.batch('endless')
    await once(client.socket, 'data')
    client.socket.destroy()
    while (backend.aborted.length === 0) await delay(5)
    await delay(5)
    assert.equal(backend.openSessions, openSessions - 1)
  })
})

describe('broken clients', () => {
  for (const [what, bytes] of [
    ['a batch shorter than its headers', packet(BATCH, Buffer.from('ffffffff', 'hex'))],
    ['a batch of half a character', packet(BATCH, Buffer.concat([ALL_HEADERS, Buffer.of(1)]))],
    ['an unknown message type', packet(0x55, Buffer.alloc(4))],
    ['an unknown parameter type', packet(RPC, Buffer.concat([ALL_HEADERS, UNKNOWN_PARAMETER]))],
  ] as const) {
    it(`are told of ${what} and cut off`, async () => {
      const client = await logIn()
      client.send(bytes)
      const [number, , severity] = firstError((await client.answer()).payload)
      assert.ok(number === 4002 || number === 8009)
      assert.equal(severity, 16)
      await client.closed()
      await assertServes()
    })
  }

  it('are cut off before the login without an answer', async () => {
    for (const bytes of [
      packet(BATCH, ucs2('select 1')),
      packet(PRELOGIN, Buffer.of(0)),
      packet(0x10, Buffer.alloc(20)),
      Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      Buffer.alloc(40_000, 0x53),
    ]) {
      const client = await RawClient.connect(started.port)
      client.send(bytes)
      await client.closed()
    }
    await assertServes()
  })

  it('do no harm with a login of any bytes', async () => {
    const whole = login7({ features: Buffer.from('0a0100000001ff', 'hex') })
    const random = seededRandom(2026)
    for (let turn = 0; turn < 150; turn++) {
      const client = await RawClient.connect(started.port)
      client.send(packet(0x10, damaged(whole, random)))
      client.socket.end()
      await client.closed()
    }
    await assertServes()
  })

  it('do no harm with requests of any bytes', async () => {
    const parameters = Buffer.from(
      `ffff0a000000 0000e714000904d000340400 61006200 00006a1112020901 0000000000000001 0000620a000000 0b000000e7070904d0003414006100`.replaceAll(
        ' ',
        '',
      ),
      'hex',
    )
    const rpc = Buffer.concat([ALL_HEADERS, parameters])
    const random = seededRandom(7)
    for (let turn = 0; turn < 300; turn++) {
      const client = await logIn()
      client.send(packet(turn % 10 === 0 ? 0x0e : RPC, damaged(rpc, random)))
      client.socket.end()
      await client.closed()
    }
    await assertServes()
    assert.equal(started.errors.filter((error) => error instanceof TypeError).length, 0)
  })
})

/** A copy with up to eight bytes changed, now and then cut short. */
function damaged(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes)
  for (let count = 1 + random() * 8; count > 1; count--) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256)
  }
  return random() < 0.3 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy
}

/** A linear congruential generator, so that a failure can be repeated. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
}
