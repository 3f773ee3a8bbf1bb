import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { childPointer } from '../../../../src/mdf/page/index-record.ts'
import { PAGE_TYPES, Page } from '../../../../src/mdf/page/page.ts'
import { RecordFrame } from '../../../../src/mdf/page/record-frame.ts'
import { buildPage, hex, singlePage } from '../page-builder.ts'

// A row of Northwind's Shippers (format reference 2.8), its texts shortened to two characters each.
const SHIPPER = hex('30 00 08 00 01 00 00 00 03 00 00 02 00 15 00 19 00 53 00 70 00 28 00 35 00')
// The second record of Northwind's page (1:111) (format reference 1.7).
const SEPARATOR = hex('06 19 00 00 00 00 00 01 00 00 00 70 00 00 00 01 00')

describe('RecordFrame', () => {
  it('finds the parts of a row', () => {
    const frame = new RecordFrame()
    assert.equal(frame.place(singlePage(PAGE_TYPES.data, SHIPPER), 96, 'data'), undefined)
    assert.equal(frame.fixedEnd, 8)
    assert.equal(frame.columnCount, 3)
    assert.equal(frame.isNull(2), false)
    assert.equal(frame.variableCount, 2)
    const texts = [0, 1].map((index) =>
      frame.bytes.toString('utf16le', frame.variableStart(index), frame.variableEnd(index)),
    )
    assert.deepEqual(texts, ['Sp', '(5'])
    assert.equal(frame.isComplex(0), false)
  })

  it('finds the null bits and complex columns of a row', () => {
    const frame = new RecordFrame()
    const row = Buffer.from(SHIPPER)
    row[10] = 0b10
    row.writeUInt16LE(0x8019, 15)
    frame.place(singlePage(PAGE_TYPES.data, row), 96, 'data')
    assert.equal(frame.isNull(1), false)
    assert.equal(frame.isNull(2), true)
    assert.equal(frame.isComplex(1), true)
    assert.equal(frame.variableEnd(1) - frame.variableStart(1), 4)
  })

  it('takes the fixed length of index records from their page', () => {
    const frame = new RecordFrame()
    const page = indexPage(SEPARATOR)
    assert.equal(frame.place(page, 96, 'index'), undefined)
    assert.equal(frame.type, 3)
    assert.deepEqual(childPointer(page, frame), { fileId: 1, pageNumber: 112 })
  })

  it('says what is wrong with a record', () => {
    const damages: readonly [at: number, bytes: string, problem: RegExp][] = [
      [2, 'ff7f', /fixed part/],
      [2, '0200', /fixed part/],
      [8, 'ffff', /null bitmap/],
      [11, 'ff7f', /variable columns reach/],
      [13, '0100', /ends before it begins/],
      [13, 'ff7f', /reaches outside/],
      [15, '1400', /ends before it begins/],
    ]
    for (const [at, bytes, problem] of damages) {
      const row = Buffer.from(SHIPPER)
      row.set(hex(bytes), at)
      const frame = new RecordFrame()
      assert.match(frame.place(singlePage(PAGE_TYPES.data, row), 96, 'data') ?? '', problem)
    }
  })

  it('does not read the slot array as a record', () => {
    const frame = new RecordFrame()
    const page = singlePage(PAGE_TYPES.data, SHIPPER)
    assert.match(frame.place(page, 8190, 'data') ?? '', /outside the page/)
    assert.match(frame.place(page, 8188, 'data') ?? '', /outside the page/)
    assert.match(frame.place(page, 0, 'data') ?? '', /outside the page/)
  })
})

function indexPage(record: Buffer): Page {
  const type = PAGE_TYPES.index
  const bytes = buildPage({ pageNumber: 1, type, records: [record], fixedLength: record.length })
  return new Page(bytes, { path: 'memory', fileId: 1, pageNumber: 1 })
}
