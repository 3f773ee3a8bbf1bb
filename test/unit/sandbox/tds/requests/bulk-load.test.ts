import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { MessageStream } from '../../../../../src/sandbox/tds/message-stream.ts'
import { negotiateProtocol, type Protocol } from '../../../../../src/sandbox/tds/protocol.ts'
import { readBulkLoad } from '../../../../../src/sandbox/tds/requests/bulk-load.ts'
import { ucs2 } from '../raw-client.ts'
import { INT } from '../scripted-backend.ts'

function protocolOf(version: number): Protocol {
  const protocol = negotiateProtocol(version, false)
  assert.ok(protocol)
  return protocol
}

const TDS_7_4 = protocolOf(0x74000004)
const COLLATION = '0904d00034'
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const name = (text: string): string => `01 ${ucs2(text).toString('hex')}`

const AN_INT = `00000000 0000 26 04 ${name('a')}`
const A_TEXT = `00000000 0000 23 ffffff7f ${COLLATION} 0100 ${ucs2('t').toString('hex')} ${name('b')}`
const A_MAX = `00000000 0000 a5 ffff ${name('c')}`
const DONE = 'fd 0000 0000 0000000000000000'
const POINTER = `10 ${'00'.repeat(16)} ${'00'.repeat(8)}`

function streamOf(bytes: Buffer, { chunk = bytes.length, ignored = false } = {}): MessageStream {
  const stream = new MessageStream()
  for (let at = 0; at < bytes.length; at += chunk) stream.push(bytes.subarray(at, at + chunk))
  stream.end({ ignored })
  return stream
}

async function rowsOf(stream: MessageStream, protocol = TDS_7_4): Promise<unknown[]> {
  const load = await readBulkLoad(stream, protocol)
  const rows: unknown[] = []
  for await (const batch of load.rows) rows.push(...batch)
  return rows
}

describe('readBulkLoad', () => {
  const bytes = hex(
    `81 0200 ${AN_INT} ${A_TEXT} d1 04 2a000000 ${POINTER} 02000000 e980 d1 00 00 d2 02 04 07000000 ${DONE}`,
  )

  it('reads columns and rows, however they are cut into packets', async () => {
    for (const chunk of [1, 3, 7, bytes.length]) {
      const load = await readBulkLoad(streamOf(bytes, { chunk }), TDS_7_4)
      assert.deepEqual(load.columns[0], { name: 'a', type: INT })
      assert.equal(load.columns[1]?.type.name, 'text')
      assert.deepEqual(await rowsOf(streamOf(bytes, { chunk })), [
        [42, 'é€'],
        [null, null],
        [7, null],
      ])
    }
  })

  it('reads the shorter fields of TDS 7.1', async () => {
    const old = hex(`81 0100 0000 0000 26 04 ${name('a')} d1 04 2a000000 fd 0000 0000 00000000`)
    assert.deepEqual(await rowsOf(streamOf(old), protocolOf(0x71000001)), [[42]])
  })

  it('reads a value of many packets once', async () => {
    const value = Buffer.alloc(5_000_000, 7)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(value.length)
    const long = Buffer.concat([
      hex(`81 0100 ${A_MAX} d1 feffffffffffffff`),
      length,
      value,
      hex(`00000000 ${DONE}`),
    ])
    const [row] = await rowsOf(streamOf(long, { chunk: 4000 }))
    assert.deepEqual(row, [Uint8Array.from(value)])
  })

  it('does no harm with bytes changed at random', async () => {
    let seed = 11
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 3000; round++) {
      const changed = Buffer.from(bytes)
      for (let count = 1 + random(3); count > 0; count--) {
        changed[random(changed.length)] = random(256)
      }
      await rowsOf(streamOf(changed, { chunk: 16 })).catch((error: unknown) => {
        assert.ok(error instanceof SqlError, `${changed.toString('hex')}: ${error}`)
      })
    }
  })

  it('takes no rows of a load that was given up', async () => {
    await assert.rejects(rowsOf(streamOf(bytes, { ignored: true })), { number: 4022 })
  })

  it('refuses what is no bulk load', async () => {
    await assert.rejects(rowsOf(streamOf(hex('d1 00'))), { number: 4002 })
    await assert.rejects(rowsOf(streamOf(hex(`81 0100 ${AN_INT} 79 00`))), { number: 4002 })
    await assert.rejects(rowsOf(streamOf(bytes.subarray(0, -30))), { number: 4002 })
    const unknown = `81 0100 00000000 0000 77 ${name('a')}`
    await assert.rejects(rowsOf(streamOf(hex(unknown))), { number: 4816 })
    const short = `81 0100 ${AN_INT} d1 02 0000 ${DONE}`
    await assert.rejects(rowsOf(streamOf(hex(short))), { number: 4815 })
  })
})

describe('MessageStream', () => {
  it('tells when the client has to wait, and when no longer', async () => {
    const stream = new MessageStream()
    const pressures: boolean[] = []
    stream.onPressure = (isFull) => pressures.push(isFull)
    stream.push(Buffer.alloc(800_000))
    stream.push(Buffer.alloc(800_000))
    assert.deepEqual(pressures, [true])
    await stream.read()
    assert.deepEqual(pressures, [true, false])
  })

  it('drops what it discards, and waits for the end', async () => {
    const stream = new MessageStream()
    stream.push(Buffer.alloc(10))
    const discarded = stream.discard()
    stream.push(Buffer.alloc(10))
    stream.end({ ignored: false })
    await discarded
    assert.equal(await stream.read(), undefined)
  })
})
