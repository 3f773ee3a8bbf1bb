import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Decimal } from '../../../../src/mdf/index.ts'
import { decodeSqlVariant } from '../../../../src/mdf/value/sql-variant-value.ts'
import { hex } from '../page-builder.ts'

const decode = (text: string) => decodeSqlVariant(hex(text), 0, hex(text).length)

describe('decodeSqlVariant', () => {
  it('decodes a number', () => {
    const { type, value } = decode('38 01 02 00 00 00')
    assert.equal(type.name, 'int')
    assert.equal(value, 2)
  })

  it('decodes text with its collation and length', () => {
    const { type, value } = decode('e7 01 a8 00 08 d0 00 34 4100 4200')
    assert.deepEqual(
      { name: type.name, maxLength: type.maxLength, collationId: type.collationId },
      { name: 'nvarchar', maxLength: 168, collationId: 0x3400d008 },
    )
    assert.equal(value, 'AB')
  })

  it('decodes a decimal whose magnitude is shorter than its precision', () => {
    const { type, value } = decode('6c 01 26 02 01 3930000000000000')
    assert.equal(type.precision, 38)
    assert.ok(value instanceof Decimal)
    assert.equal(value.toString(), '123.45')
  })

  it('refuses unknown types and values that end too early', () => {
    for (const bytes of ['ff 01 00', '38 01 02 00', 'e7 01 a8', '38', '62 01 38 01 02 00 00 00']) {
      assert.throws(() => decode(bytes), { code: 'FILE_DAMAGED' }, bytes)
    }
  })
})
