import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FixedVarRecord } from '../../../../src/mdf/page/fixed-var-record.ts'
import { hex, singlePage } from '../page-builder.ts'

const SHIPPER = Buffer.concat([
  hex('30 00 | 08 00 | 01 00 00 00 | 03 00 | 00 | 02 00 | 2d 00 49 00'),
  Buffer.from('Speedy Express', 'utf16le'),
  Buffer.from('(503) 555-9831', 'utf16le'),
])
const ORDER_DETAIL = hex(
  '10 00 1a 00 | 08 28 00 00 | 0b 00 00 00 | e0 22 02 00 00 00 00 00 | 0c 00 | 00 00 00 00 | 05 00 00',
)

describe('FixedVarRecord', () => {
  it('reads fixed and variable columns', () => {
    const record = new FixedVarRecord(singlePage(1, SHIPPER), 96)
    assert.equal(record.columnCount, 3)
    assert.equal(record.variableCount, 2)
    assert.equal(record.fixedStart(4, 4), 100)
    assert.equal(record.variableBytes(0).toString('utf16le'), 'Speedy Express')
    assert.equal(record.variableBytes(1).toString('utf16le'), '(503) 555-9831')
    assert.equal(record.variableBytes(2).length, 0)
    assert.equal(record.isNull(3), false)
  })

  it('has no variable columns without the section', () => {
    const record = new FixedVarRecord(singlePage(1, ORDER_DETAIL), 96)
    assert.equal(record.variableCount, 0)
    assert.equal(record.fixedStart(24, 4), undefined)
  })

  it('knows columns that were added after it was written', () => {
    const record = new FixedVarRecord(singlePage(1, ORDER_DETAIL), 96)
    assert.equal(record.isAbsent(5), false)
    assert.equal(record.isAbsent(6), true)
  })

  it('reads the null bitmap', () => {
    const record = new FixedVarRecord(singlePage(1, hex('10 00 04 00 | 09 00 | 02 01')), 96)
    const nulls = [1, 2, 3, 8, 9].filter((bit) => record.isNull(bit))
    assert.deepEqual(nulls, [2, 9])
  })

  it('tells a pointer from a value', () => {
    const record = new FixedVarRecord(
      singlePage(1, hex('30 00 04 00 | 02 00 | 00 | 02 00 | 0e 00 0f 80 | 41 42')),
      96,
    )
    assert.equal(record.isComplex(0), false)
    assert.equal(record.isComplex(1), true)
    assert.deepEqual(record.variableBytes(1), Buffer.from('B'))
  })

  it('refuses lengths that reach outside the page', () => {
    for (const malformed of ['30 00 ff 7f', '10 00 04 00 | ff ff', '30 00 04 00 | 00 00 | ff 7f']) {
      assert.throws(() => new FixedVarRecord(singlePage(1, hex(malformed)), 96), {
        code: 'FILE_DAMAGED',
      })
    }
    const record = new FixedVarRecord(
      singlePage(1, hex('30 00 04 00 | 01 00 | 00 | 01 00 | ff 7f')),
      96,
    )
    assert.throws(() => record.variableBytes(0), { code: 'FILE_DAMAGED' })
  })
})
