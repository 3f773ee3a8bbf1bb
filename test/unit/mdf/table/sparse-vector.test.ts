import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FixedVarRecord } from '../../../../src/mdf/page/fixed-var-record.ts'
import { sparseValueRange } from '../../../../src/mdf/table/sparse-vector.ts'
import { hex, singlePage } from '../page-builder.ts'

const VECTOR = '05 00 02 00 03 00 06 00 10 00 14 00 03 00 00 00 d2 04 00 00'
const RECORD = hex(`30 00 04 00 | 01 00 | 00 | 01 00 | 1f 80 | ${VECTOR}`)

describe('sparseValueRange', () => {
  const record = new FixedVarRecord(singlePage(1, RECORD), 96)

  it('finds a sparse column by its id', () => {
    const value = (columnId: number) => {
      const range = sparseValueRange(record, columnId)
      return range === undefined ? undefined : record.page.bytes.readInt32LE(range.start)
    }
    assert.equal(value(3), 3)
    assert.equal(value(6), 1234)
    assert.equal(value(5), undefined)
  })

  it('refuses a vector that is longer than its column', () => {
    const damaged = Buffer.from(RECORD)
    damaged[13] = 200
    const page = singlePage(1, damaged)
    assert.throws(() => sparseValueRange(new FixedVarRecord(page, 96), 3), { code: 'FILE_DAMAGED' })
  })
})
