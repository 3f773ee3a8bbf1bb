import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Decimal, SqlDateTime, type SqlType, SqlVariant } from '../../../../../src/mdf/index.ts'
import { ByteReader } from '../../../../../src/sandbox/tds/byte-reader.ts'
import { ByteWriter } from '../../../../../src/sandbox/tds/byte-writer.ts'
import { scalarCodec } from '../../../../../src/sandbox/tds/types/scalar-codec.ts'
import { readVariant, writeVariant } from '../../../../../src/sandbox/tds/types/variant-codec.ts'
import { nvarchar, sqlType, TYPE_SAMPLES } from '../scripted-backend.ts'

function inBytes(write: (out: ByteWriter) => void): Buffer {
  const out = new ByteWriter()
  write(out)
  return Buffer.from(out.view(0, out.length))
}

function written(type: SqlType, value: Parameters<typeof writeVariant>[1]): string {
  return inBytes((out) => scalarCodec(type)?.write(out, value)).toString('hex')
}

describe('scalarCodec', () => {
  const scalars = TYPE_SAMPLES.filter(({ type }) => scalarCodec(type) !== undefined)

  it('knows all numbers, dates and the uniqueidentifier', () => {
    assert.equal(scalars.length, 18)
  })

  for (const { type, value } of scalars) {
    it(`reads ${type.name} as it wrote it, in its length`, () => {
      const codec = scalarCodec(type)
      const bytes = inBytes((out) => codec?.write(out, value))
      assert.equal(bytes.length, codec?.length)
      assert.deepEqual(codec?.read(new ByteReader(bytes)), value)
    })
  }

  it('writes the bytes of the specification', () => {
    const day = new SqlDateTime(693_595 + 1, 10_000_000)
    assert.equal(written(sqlType('datetime'), day), '010000002c010000')
    assert.equal(written(sqlType('money'), new Decimal(-1n, 4)), 'ffffffffffffffff')
    assert.equal(written(sqlType('money'), new Decimal(1n << 32n, 4)), '0100000000000000')
    const guid = '01234567-89AB-CDEF-0123-456789ABCDEF'
    assert.equal(written(sqlType('uniqueidentifier'), guid), '67452301ab89efcd0123456789abcdef')
    const decimal = sqlType('decimal', { precision: 5, scale: 2 })
    assert.equal(written(decimal, new Decimal(-12_345n, 2)), '0039300000')
    assert.equal(written(decimal, new Decimal(12_345_678n, 5)), '013a300000')
  })

  it('carries a second that rounds up to midnight over to the next day', () => {
    const last = new SqlDateTime(693_595, 863_999_999_999)
    assert.equal(written(sqlType('datetime'), last), '0100000000000000')
    assert.equal(written(sqlType('smalldatetime'), last), '01000000')
  })

  it('refuses a value of another type', () => {
    assert.throws(() => written(sqlType('int'), 'x'), { code: 'INTERNAL' })
    assert.throws(() => written(sqlType('date'), 1), { code: 'INTERNAL' })
  })
})

describe('writeVariant and readVariant', () => {
  for (const { type, value } of TYPE_SAMPLES) {
    if (value === null || value instanceof SqlVariant || type.maxLength < 0) continue
    if (['text', 'ntext', 'image', 'timestamp', 'hierarchyid'].includes(type.name)) continue
    it(`carry ${type.name}`, () => {
      const variant = new SqlVariant(type, value)
      const bytes = inBytes((out) => writeVariant(out, variant))
      assert.deepEqual(readVariant(new ByteReader(bytes)), variant)
    })
  }

  it('carry NULL', () => {
    const bytes = inBytes((out) => writeVariant(out, null))
    assert.equal(readVariant(new ByteReader(bytes)), null)
  })

  it('refuse types that a sql_variant cannot hold', () => {
    const xml = new SqlVariant(sqlType('xml', { maxLength: -1 }), '<a/>')
    assert.throws(() => inBytes((out) => writeVariant(out, xml)), { code: 'INTERNAL' })
    const unknown = Buffer.from('03000000f10061', 'hex')
    assert.throws(() => readVariant(new ByteReader(unknown)), { number: 4002 })
  })

  it('write the layout of the specification', () => {
    const bytes = inBytes((out) => writeVariant(out, new SqlVariant(nvarchar(20), 'a')))
    assert.equal(bytes.toString('hex'), '0b000000e7070904d0003414006100')
  })
})
