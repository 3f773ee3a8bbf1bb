import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ByteReader } from '../../../../src/sandbox/tds/byte-reader.ts'
import { ByteWriter } from '../../../../src/sandbox/tds/byte-writer.ts'

function writeAll(out: ByteWriter): void {
  out.u8(1)
  out.u16(2)
  out.i16(-2)
  out.u32(3)
  out.i32(-3)
  out.u64(4n)
  out.i64(-4n)
  out.f32(1.5)
  out.f64(0.1)
  out.uint(0x123456, 3)
  out.bytes(Uint8Array.of(9, 8))
  out.bVarchar('é')
  out.usVarchar('日本')
}

function readAll(input: ByteReader): unknown[] {
  return [
    input.u8(),
    input.u16(),
    input.i16(),
    input.u32(),
    input.i32(),
    input.u64(),
    input.i64(),
    input.f32(),
    input.f64(),
    input.uint(3),
    [...input.bytes(2)],
    input.bVarchar(),
    input.usVarchar(),
  ]
}

const ALL = [1, 2, -2, 3, -3, 4n, -4n, 1.5, 0.1, 0x123456, [9, 8], 'é', '日本']

describe('ByteWriter and ByteReader', () => {
  it('write and read every field, wherever the buffer has to grow', () => {
    for (let start = 8100; start < 8192; start++) {
      const out = new ByteWriter()
      out.bytes(new Uint8Array(start))
      writeAll(out)
      const input = new ByteReader(out.view(start, out.length))
      assert.deepEqual(readAll(input), ALL)
      assert.equal(input.remaining, 0)
    }
  })

  it('discard what has been sent and truncate what failed', () => {
    const out = new ByteWriter()
    out.bytes(new Uint8Array(3_000_000))
    out.u16(0x0201)
    out.discard(3_000_000)
    out.u8(3)
    out.truncate(2)
    assert.deepEqual([...out.view(0, out.length)], [1, 2])
  })

  it('tell 4002 where bytes are missing', () => {
    const input = new ByteReader(Buffer.of(5, 65, 0))
    assert.throws(() => input.bVarchar(), { number: 4002 })
    assert.throws(() => new ByteReader(Buffer.of(1)).u16(), { number: 4002 })
    assert.throws(() => new ByteReader(Buffer.of(1, 2, 3)).ucs2(3), { number: 4002 })
  })
})
