import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PacketReader } from '../../../../src/sandbox/tds/packet-reader.ts'
import { packet } from './raw-client.ts'

const reader = (maxMessageBytes = 1000): PacketReader => new PacketReader(maxMessageBytes)

describe('PacketReader', () => {
  it('puts packets together, however the bytes are cut', () => {
    const bytes = Buffer.concat([
      packet(1, Buffer.from('ab'), 0x08),
      packet(1, Buffer.from('cd'), 0x01),
      packet(3, Buffer.from('ef')),
    ])
    for (let cut = 1; cut < bytes.length; cut++) {
      const it = reader()
      const messages = [...it.push(bytes.subarray(0, cut)), ...it.push(bytes.subarray(cut))]
      assert.deepEqual(
        messages.map(({ type, status, payload }) => [type, status, payload.toString()]),
        [
          [1, 0x08, 'abcd'],
          [3, 0x01, 'ef'],
        ],
      )
    }
  })

  it('marks a message that the client gave up', () => {
    const [message] = reader().push(
      Buffer.concat([packet(1, Buffer.from('ab'), 0), packet(1, Buffer.alloc(0), 0x03)]),
    )
    assert.equal(message?.ignored, true)
  })

  it('drops half a message before an attention', () => {
    const messages = reader().push(
      Buffer.concat([packet(1, Buffer.from('ab'), 0), packet(6, Buffer.alloc(0))]),
    )
    assert.deepEqual(
      messages.map(({ type }) => type),
      [6],
    )
  })

  it('refuses lengths that no packet has', () => {
    for (const length of [0, 7, 32_769, 65_535]) {
      const bytes = packet(1, Buffer.alloc(0))
      bytes.writeUInt16BE(length, 2)
      assert.throws(() => reader().push(bytes), { number: 4002 })
    }
  })

  it('refuses a message that changes its type', () => {
    const bytes = Buffer.concat([packet(1, Buffer.from('a'), 0), packet(3, Buffer.from('b'))])
    assert.throws(() => reader().push(bytes), { number: 4002 })
  })

  it('refuses a message that is too long', () => {
    const it = reader(10)
    it.push(packet(1, Buffer.alloc(10), 0))
    assert.throws(() => it.push(packet(1, Buffer.alloc(1), 0)), { number: 4002 })
  })
})
