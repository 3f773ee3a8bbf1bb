import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MessageWriter } from '../../../../src/sandbox/tds/message-writer.ts'
import { PacketReader } from '../../../../src/sandbox/tds/packet-reader.ts'

function collect(packetSize: number, byteCount: number): { sizes: number[]; payload: Buffer } {
  const chunks: Buffer[] = []
  const target = { write: (bytes: Buffer) => chunks.push(bytes) > 0 }
  const writer = new MessageWriter(target, packetSize)
  for (let written = 0; written < byteCount; written++) {
    writer.bytes.u8(written & 0xff)
    writer.flushFullPackets()
  }
  writer.end()
  const bytes = Buffer.concat(chunks)
  const sizes: number[] = []
  for (let at = 0; at < bytes.length; at += bytes.readUInt16BE(at + 2)) {
    sizes.push(bytes.readUInt16BE(at + 2))
    assert.equal(bytes[at + 6], sizes.length & 0xff)
  }
  const messages = new PacketReader(1e9).push(bytes)
  assert.equal(messages.length, 1)
  return { sizes, payload: messages[0]?.payload ?? Buffer.alloc(0) }
}

describe('MessageWriter', () => {
  for (const packetSize of [512, 4096, 32_767]) {
    it(`fills packets of ${packetSize} bytes and ends with one that is not empty`, () => {
      const room = packetSize - 8
      for (const byteCount of [1, room - 1, room, room + 1, 3 * room, 100_000]) {
        const { sizes, payload } = collect(packetSize, byteCount)
        assert.equal(sizes.length, Math.ceil(byteCount / room))
        assert.ok(sizes.slice(0, -1).every((size) => size === packetSize))
        assert.deepEqual(
          payload,
          Buffer.from(Array.from({ length: byteCount }, (_, index) => index & 0xff)),
        )
      }
    })
  }

  it('ends an empty message with an empty packet', () => {
    assert.deepEqual(collect(512, 0).sizes, [8])
  })
})
