import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Decimal, SqlDateTime, type SqlType, type SqlTypeName } from '../../../../src/mdf/index.ts'
import { valueDecoder } from '../../../../src/mdf/value/value-decoder.ts'
import { hex } from '../page-builder.ts'

function typeOf(name: SqlTypeName, maxLength: number, more: Partial<SqlType> = {}): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId: 0, ...more }
}

function decode(type: SqlType, bytes: Buffer | string) {
  const value = typeof bytes === 'string' ? hex(bytes) : bytes
  return valueDecoder(type)(value, 0, value.length)
}

const LATIN = 0x3400d008
const CHINESE_TAIWAN = 0xd003
const UTF8 = 0x40888

describe('valueDecoder', () => {
  it('decodes integers and floats', () => {
    assert.equal(decode(typeOf('bit', 1), '01'), true)
    assert.equal(decode(typeOf('tinyint', 1), 'ff'), 255)
    assert.equal(decode(typeOf('smallint', 2), 'feff'), -2)
    assert.equal(decode(typeOf('int', 4), '00000080'), -2147483648)
    assert.equal(decode(typeOf('bigint', 8), 'ffffffffffffff7f'), 9223372036854775807n)
    assert.equal(decode(typeOf('real', 4), '0000c03f'), 1.5)
    assert.equal(decode(typeOf('float', 8), '000000000000f8bf'), -1.5)
  })

  it('decodes decimals and money exactly', () => {
    const cases: [SqlType, string, string][] = [
      [typeOf('decimal', 5, { scale: 2 }), '01 39300000', '123.45'],
      [typeOf('numeric', 9, { scale: 2 }), '00 3200000000000000', '-0.50'],
      [typeOf('decimal', 17), '01 ffffffffffffffffffffffffffffffff', String(2n ** 128n - 1n)],
      [typeOf('money', 8), 'e022020000000000', '14.0000'],
      [typeOf('smallmoney', 4), 'ffffffff', '-0.0001'],
    ]
    for (const [type, bytes, expected] of cases) {
      const value = decode(type, bytes)
      assert.ok(value instanceof Decimal)
      assert.equal(value.toString(), expected)
    }
  })

  it('decodes dates and times', () => {
    assert.deepEqual(decode(typeOf('date', 3), 'dab937'), new SqlDateTime(3652058, 0))
    assert.deepEqual(
      decode(typeOf('time', 3, { scale: 0 }), '7f5101'),
      new SqlDateTime(0, 863_990_000_000),
    )
    assert.deepEqual(
      decode(typeOf('datetime2', 8, { scale: 7 }), '0100000000 010000'),
      new SqlDateTime(1, 1),
    )
    assert.deepEqual(
      decode(typeOf('datetime', 8), '01000000 00000000'),
      new SqlDateTime(693_595, 33_333),
    )
    assert.deepEqual(
      decode(typeOf('smalldatetime', 4), '3c00 0100'),
      new SqlDateTime(693_596, 36_000_000_000),
    )
  })

  it('gives datetimeoffset in local time, on the next or the last day too', () => {
    const offset = typeOf('datetimeoffset', 8, { scale: 0 })
    const elevenPm = '383b01'.match(/../g)?.join('') ?? ''
    // 22:25:28 UTC
    assert.deepEqual(
      decode(offset, `${elevenPm} 0a0000 7800`),
      new SqlDateTime(11, (80_696 + 7_200 - 86_400) * 10_000_000, 120),
    )
    assert.deepEqual(
      decode(offset, '100e00 0a0000 88ff'),
      new SqlDateTime(9, (3_600 - 7_200 + 86_400) * 10_000_000, -120),
    )
  })

  it('decodes text by its collation', () => {
    assert.equal(decode(typeOf('varchar', 9, { collationId: LATIN }), '80e4'), '€ä')
    assert.equal(
      decode(typeOf('varchar', 9, { collationId: CHINESE_TAIWAN }), 'b3afb77cA677'),
      '陳會安',
    )
    assert.equal(decode(typeOf('varchar', 9, { collationId: UTF8 }), 'e282ac'), '€')
    assert.equal(decode(typeOf('varchar', 9, { collationId: 0x2000d008 }), '8200e1'), 'é\0ß')
    assert.equal(decode(typeOf('varchar', 9, { collationId: 0x2a00d008 }), 'd5'), 'ı')
    assert.equal(decode(typeOf('nvarchar', 9), '00d84100'), '\ud800A')
  })

  it('keeps the padding of char and nchar', () => {
    assert.equal(decode(typeOf('char', 3, { collationId: LATIN }), '412020'), 'A  ')
  })

  it('decodes GUIDs and binaries', () => {
    assert.equal(
      decode(typeOf('uniqueidentifier', 16), '45c70437 5674 e94a b3ff 56fc200cb2c9'),
      '3704C745-7456-4AE9-B3FF-56FC200CB2C9',
    )
    const binary = decode(typeOf('varbinary', 8), '00ff')
    assert.deepEqual(binary, Uint8Array.of(0, 255))
  })

  it('refuses a value of another size and a date out of range', () => {
    assert.throws(() => decode(typeOf('int', 4), '010203'), { code: 'FILE_DAMAGED' })
    assert.throws(() => decode(typeOf('date', 3), 'ffffff'), { code: 'FILE_DAMAGED' })
    assert.throws(() => decode(typeOf('datetime', 8), 'ffffffff 00000000'), {
      code: 'FILE_DAMAGED',
    })
  })
})
