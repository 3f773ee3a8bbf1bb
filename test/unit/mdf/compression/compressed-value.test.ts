import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  compressedDecoder,
  decodeVarDecimal,
} from '../../../../src/mdf/compression/compressed-value.ts'
import { Decimal, SqlDateTime, type SqlType, type SqlTypeName } from '../../../../src/mdf/index.ts'
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

  it('puts back the bytes that were left out', () => {
    assert.equal(decode('float', 8, 'f83f'), 1.5)
    assert.deepEqual(decode('date', 3, '01'), new SqlDateTime(1, 0))
    assert.equal(decode('char', 4, '41'), 'A   ')
    assert.deepEqual(decode('binary', 3, '01'), Uint8Array.of(1, 0, 0))
    assert.deepEqual(decode('timestamp', 8, '87d9'), Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd9))
  })

  it('decodes Unicode text of odd length as SCSU, of even length as UTF-16', () => {
    assert.equal(decode('nvarchar', 20, '414243'), 'ABC')
    assert.equal(decode('nvarchar', 20, '4142 10'), 'AB')
    assert.equal(decode('nvarchar', 20, '41004200'), 'AB')
    assert.equal(decode('nchar', 8, '414243'), 'ABC ')
  })

  it('refuses more bytes than the type has', () => {
    assert.throws(() => decode('int', 4, '8000000000'), { code: 'FILE_DAMAGED' })
  })
})

describe('decodeVarDecimal', () => {
  it('reads groups of three digits behind sign and exponent', () => {
    // 123.45: exponent 2, digits 123 450
    const groups = ((123n << 10n) | 450n) << 4n
    const bytes = Buffer.concat([hex('c2'), hex(groups.toString(16).padStart(6, '0'))])
    assert.equal(decodeVarDecimal(bytes, 2).toString(), '123.45')
    bytes[0] = 0x42
    assert.equal(decodeVarDecimal(bytes, 4).toString(), '-123.4500')
  })

  it('adds the zeros that end the last group', () => {
    // 5: digits 500 = 0b0111110100, of which the last two bits are left out
    assert.equal(decodeVarDecimal(hex('c0 7d'), 0).toString(), '5')
  })

  it('reads no bytes as zero', () => {
    assert.deepEqual(decodeVarDecimal(Buffer.alloc(0), 2), new Decimal(0n, 2))
  })
})
