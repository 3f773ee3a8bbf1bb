import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../src/sandbox/sql-error.ts'
import { ByteReader } from '../../../../src/sandbox/tds/byte-reader.ts'
import { MessageWriter } from '../../../../src/sandbox/tds/message-writer.ts'
import { negotiateProtocol } from '../../../../src/sandbox/tds/protocol.ts'
import { ResponseSink } from '../../../../src/sandbox/tds/response-sink.ts'
import { column, INT, nvarchar } from './scripted-backend.ts'

const DONE = 0xfd
const DONE_PROC = 0xfe
const DONE_IN_PROC = 0xff
const [MORE, ERROR, IN_TRANSACTION, COUNT] = [0x01, 0x02, 0x04, 0x10]

/** The bytes of the answer that `use` writes, without packet headers. */
function answerOf(use: (sink: ResponseSink) => void, version = 0x74000004): Buffer {
  const chunks: Buffer[] = []
  const writer = new MessageWriter({ write: (bytes) => chunks.push(bytes) > 0 }, 32_000)
  const protocol = negotiateProtocol(version, false)
  assert.ok(protocol)
  const sink = new ResponseSink({
    writer,
    protocol,
    serverName: 'S',
    transaction: { isOpen: false },
    drained: async () => {},
  })
  use(sink)
  sink.finish()
  return Buffer.concat(chunks.map((chunk) => chunk.subarray(8)))
}

/** DONE tokens of an answer that has no others but one-int results: type, status, row count. */
function donesOf(use: (sink: ResponseSink) => void): number[][] {
  const input = new ByteReader(answerOf(use))
  const dones: number[][] = []
  while (input.remaining > 0) {
    const token = input.u8()
    if (token === 0xd1) input.bytes(5)
    else if (token === 0x81) input.bytes(2 + 6 + 2 + 1)
    else if (token === 0xaa || token === 0xe3) input.bytes(input.u16())
    else if (token === 0x79) input.bytes(4)
    else {
      const status = input.u16()
      input.u16()
      dones.push([token, status, Number(input.u64())])
    }
  }
  return dones
}

function select(sink: ResponseSink): void {
  sink.columns([column('', INT)])
  sink.row([1])
}

describe('ResponseSink', () => {
  it('sets the MORE bit on every DONE but the last', () => {
    const dones = donesOf((sink) => {
      select(sink)
      sink.done({ rowCount: 1 })
      sink.done()
      select(sink)
      sink.done({ rowCount: 1 })
    })
    assert.deepEqual(dones, [
      [DONE, MORE | COUNT, 1],
      [DONE, MORE, 0],
      [DONE, COUNT, 1],
    ])
  })

  it('tells of an error in the DONE behind it', () => {
    const dones = donesOf((sink) => {
      sink.error(new SqlError(208, 'no'))
      sink.done()
      sink.done({ rowCount: 0 })
    })
    assert.deepEqual(dones, [
      [DONE, MORE | ERROR, 0],
      [DONE, COUNT, 0],
    ])
  })

  it('writes a DONE where the session wrote none', () => {
    assert.deepEqual(
      donesOf(() => {}),
      [[DONE, 0, 0]],
    )
    assert.deepEqual(
      donesOf((sink) => sink.error(new SqlError(208, 'no'))),
      [[DONE, ERROR, 0]],
    )
  })

  it('keeps procedures and their statements apart', () => {
    const dones = donesOf((sink) => {
      select(sink)
      sink.doneInProc({ rowCount: 1 })
      sink.returnStatus(0)
      sink.doneProc()
    })
    assert.deepEqual(dones, [
      [DONE_IN_PROC, MORE | COUNT, 1],
      [DONE_PROC, 0, 0],
    ])
  })

  it('tells whether a transaction is open', () => {
    const dones = donesOf((sink) => {
      sink.environment({ kind: 'begin-transaction', descriptor: 1n })
      sink.done()
      sink.environment({ kind: 'commit-transaction', descriptor: 1n })
      sink.done()
    })
    assert.deepEqual(
      dones.map(([, status]) => status),
      [MORE | IN_TRANSACTION, 0],
    )
  })

  it('leaves nothing of a row that could not be written', () => {
    const bytes = answerOf((sink) => {
      sink.columns([column('a', nvarchar(20)), column('b', INT)])
      sink.row(['x', 1])
      assert.throws(() => sink.row(['y', 'not a number']), { code: 'INTERNAL' })
      sink.row(['z', 2])
      sink.done()
    })
    const text = bytes.toString('latin1')
    assert.ok(text.includes('x\0') && text.includes('z\0') && !text.includes('y\0'))
  })

  it('writes nothing once muted but the last DONE', () => {
    const dones = donesOf((sink) => {
      select(sink)
      sink.mute()
      assert.equal(sink.row([2]), true)
      select(sink)
      sink.done({ rowCount: 3 })
    })
    assert.deepEqual(dones, [[DONE, 0, 0]])
  })

  it('ends the connection at severity 20', () => {
    answerOf((sink) => {
      sink.error(new SqlError(1, 'm', { severity: 19 }))
      assert.equal(sink.isFatal, false)
      sink.error(new SqlError(1, 'm', { severity: 20 }))
      assert.equal(sink.isFatal, true)
    })
  })

  it('writes line and row counts as wide as the version has them', () => {
    const use = (sink: ResponseSink): void => {
      sink.error(new SqlError(1, 'm', { line: 7 }))
      sink.done({ rowCount: 2 })
    }
    // ERROR: token 1, length 2, number 4, state 1, class 1, message 2+2, server 1+2, procedure 1, line.
    const common = 1 + 2 + 4 + 1 + 1 + 4 + 3 + 1
    assert.equal(answerOf(use, 0x71000001).length, common + 2 + 1 + 4 + 4)
    assert.equal(answerOf(use, 0x72090002).length, common + 4 + 1 + 4 + 8)
  })
})
