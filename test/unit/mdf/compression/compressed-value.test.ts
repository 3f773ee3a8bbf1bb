import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compressedDecoder } from '../../../../src/mdf/compression/compressed-value.ts'
import { SqlDateTime, type SqlType, type SqlTypeName } from '../../../../src/mdf/index.ts'
import { DAYS_TO_1900 } from '../../../../src/mdf/sql-type.ts'
import { hex } from '../page-builder.ts'

function decode(name: SqlTypeName, maxLength: number, bytes: string, scale = 0) {
  const type: SqlType = { name, maxLength, precision: 0, scale, collationId: 0x3400d008 }
  return compressedDecoder(type)(hex(bytes))
}

describe('compressedDecoder', () => {
  it('decodes integers of as many bytes as they need', () => {
    assert.equal(decode('int', 4, ''), 0)
    assert.equal(decode('int', 4, '81'), 1)
    assert.equal(decode('int', 4, '7f'), -1)
    assert.equal(decode('int', 4, '8080'), 128)
    assert.equal(decode('int', 4, '00'), -128)
    assert.equal(decode('int', 4, '0000'), -32768)
    assert.equal(decode('int', 4, '00000000'), -2147483648)
    assert.equal(decode('bigint', 8, '0000000000000000'), -(2n ** 63n))
    assert.equal(decode('smallint', 2, '8100'), 256)
    assert.equal(decode('bigint', 8, 'ffffffffffffffff'), 9223372036854775807n)
    assert.equal(decode('tinyint', 1, 'ff'), 255)
    assert.equal(decode('tinyint', 1, ''), 0)
    assert.equal(String(decode('money', 8, '8222e0')), '14.0000')
  })

  it('decodes a datetime as one integer of days and ticks', () => {
    const time = hex('00000001')
    assert.deepEqual(
      decode('datetime', 8, `8001${time.toString('hex')}`),
      new SqlDateTime(693_596, 33_333),
    )
  })

  // Values of DBCC PAGE dumps and of the published tests of another reader.
  it('decodes the datetimes of public dumps', () => {
    const cases: [string, number, string][] = [
      ['809fe7018ae173', 40_935, '23:57:42.997'],
      ['809fe7018ae0ce', 40_935, '23:57:42.447'],
      ['811d58018b81ff', 73_048, '23:59:59.997'],
      ['7f2e4600000000', -53_690, '00:00:00.000'],
      ['', 0, '00:00:00.000'],
      ['8100000000', 1, '00:00:00.000'],
      ['81012eb969', 1, '18:22:11.123'],
      ['816f50f2', 0, '22:17:21.447'],
      ['7e94012eb969', -364, '18:22:11.123'],
    ]
    for (const [bytes, days, clock] of cases) {
      const value = decode('datetime', 8, bytes)
      assert.ok(value instanceof SqlDateTime)
      assert.equal(value.days, days + DAYS_TO_1900, bytes)
      const time = new Date(Math.round(value.ticks / 10_000)).toISOString().slice(11, 23)
      assert.equal(time, clock, bytes)
    }
  })

  it('keeps the least significant bytes of a smalldatetime only when there is a time', () => {
    assert.deepEqual(decode('smalldatetime', 4, '0100'), new SqlDateTime(DAYS_TO_1900 + 1, 0))
    assert.deepEqual(
      decode('smalldatetime', 4, '3c000100'),
      new SqlDateTime(DAYS_TO_1900 + 1, 36_000_000_000),
    )
  })

  it('puts back the bytes that were left out', () => {
    assert.equal(decode('float', 8, 'f83f'), 1.5)
    assert.equal(decode('real', 4, 'c0bf'), -1.5)
    assert.equal(decode('real', 4, ''), 0)
    assert.deepEqual(decode('time', 4, '01', 3), new SqlDateTime(0, 10_000))
    assert.deepEqual(
      decode('datetime2', 7, 'e11a760075250b', 3),
      new SqlDateTime(730_485, 7_740_129 * 10_000),
    )
    assert.deepEqual(decode('date', 3, '01'), new SqlDateTime(1, 0))
    assert.equal(decode('char', 4, '41'), 'A   ')
    assert.deepEqual(decode('binary', 3, '01'), Uint8Array.of(1, 0, 0))
    assert.deepEqual(decode('timestamp', 8, '07d9'), Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd9))
  })

  it('decodes Unicode text of odd length as SCSU, of even length as UTF-16', () => {
    assert.equal(decode('nvarchar', 20, '414243'), 'ABC')
    assert.equal(decode('nvarchar', 20, '4142 10'), 'AB')
    assert.equal(decode('nvarchar', 20, '41004200'), 'AB')
    assert.equal(decode('nvarchar', 20, '43000f1d80028f02'), 'Cᴏʀʏ')
    assert.equal(decode('nvarchar', 20, '116281894b6dd58b'), '我要测试')
    assert.equal(decode('nchar', 8, '414243'), 'ABC ')
  })

  it('refuses more bytes than the type has', () => {
    assert.throws(() => decode('int', 4, '8000000000'), { code: 'FILE_DAMAGED' })
  })
})
