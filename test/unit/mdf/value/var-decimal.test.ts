import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Decimal } from '../../../../src/mdf/index.ts'
import { decodeVarDecimal } from '../../../../src/mdf/value/var-decimal.ts'
import { hex } from '../page-builder.ts'

describe('decodeVarDecimal', () => {
  it('reads groups of three digits behind sign and exponent', () => {
    // 123.45: exponent 2, digits 123 450
    const groups = ((123n << 10n) | 450n) << 4n
    const bytes = Buffer.concat([hex('c2'), hex(groups.toString(16).padStart(6, '0'))])
    assert.equal(decodeVarDecimal(bytes, 2).toString(), '123.45')
    bytes[0] = 0x42
    assert.equal(decodeVarDecimal(bytes, 4).toString(), '-123.4500')
  })

  it('reads the worked example of a published description, 123.45', () => {
    assert.equal(decodeVarDecimal(hex('c21edc20'), 2).toString(), '123.45')
  })

  it('takes the exponent for that of the first digit that is not 0', () => {
    assert.equal(decodeVarDecimal(hex('c4031590'), 0).toString(), '12345')
    assert.equal(decodeVarDecimal(hex('41031590'), 3).toString(), '-12.345')
    assert.equal(decodeVarDecimal(hex('400040'), 3).toString(), '-1.000')
  })

  it('adds the zeros that end the last group', () => {
    // 5: digits 500 = 0b0111110100, of which the last two bits are left out
    assert.equal(decodeVarDecimal(hex('c0 7d'), 0).toString(), '5')
  })

  it('reads no bytes as zero', () => {
    assert.deepEqual(decodeVarDecimal(Buffer.alloc(0), 2), new Decimal(0n, 2))
  })
})
