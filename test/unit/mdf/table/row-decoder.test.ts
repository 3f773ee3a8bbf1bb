import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SqlType } from '../../../../src/mdf/index.ts'
import { FixedVarRecord } from '../../../../src/mdf/page/fixed-var-record.ts'
import { rowDecoder } from '../../../../src/mdf/table/row-decoder.ts'
import { buildPage, hex, readerOver, singlePage } from '../page-builder.ts'

const INT: SqlType = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 }
const DECIMAL: SqlType = { name: 'decimal', maxLength: 5, precision: 5, scale: 2, collationId: 0 }
const TEXT: SqlType = { name: 'varchar', maxLength: 9, precision: 0, scale: 0, collationId: 0xd008 }

interface Column {
  readonly type: SqlType
  readonly leafOffset: number
  readonly isSparse?: boolean
}

/** The values of one record; columns are numbered, and have their null bits, in their order. */
function decode(columns: readonly Column[], record: string, pages: readonly Buffer[] = []) {
  const decoded = columns.map(({ type, leafOffset, isSparse = false }, index) => ({
    type,
    physical: {
      rowsetId: 1n,
      columnId: index + 1,
      storageColumnId: index + 1,
      systemTypeId: 0,
      leafOffset,
      nullBit: index + 1,
      bitPosition: 0,
      isDropped: false,
      isSparse,
      isUniquifier: false,
      keyOrdinal: 0,
      isDescending: false,
      internalOffset: 0,
      internalNullBit: 0,
      internalBitPosition: 0,
      length: 0,
      precision: 0,
      scale: 0,
      collationId: 0,
    },
    valueWhenAbsent: () => 'absent',
  }))
  const page = singlePage(1, hex(record))
  return rowDecoder(readerOver(pages), decoded)(new FixedVarRecord(page, page.slotOffset(0)))
}

describe('rowDecoder', () => {
  it('reads NULL, variable columns that are not stored, and columns added later', () => {
    const columns = [
      { type: INT, leafOffset: 4 },
      { type: INT, leafOffset: 8 },
      { type: TEXT, leafOffset: -1 },
      { type: TEXT, leafOffset: -2 },
      { type: INT, leafOffset: 12 },
    ]
    const record = '30 00 0c00 | 05000000 00000000 | 0400 02 0100 1500 | 6162'
    assert.deepEqual(decode(columns, record), [5, null, 'ab', '', 'absent'])
    const noVariable = '10 00 0c00 | 05000000 07000000 | 0400 00'
    assert.deepEqual(decode(columns, noVariable), [5, 7, '', '', 'absent'])
  })

  it('reads the decimals of a table with the vardecimal storage format', () => {
    const columns = [
      { type: INT, leafOffset: 4 },
      { type: DECIMAL, leafOffset: -1 },
      { type: DECIMAL, leafOffset: -2 },
    ]
    const record = '30 00 0800 | 05000000 | 0300 00 0200 1500 1500 | c21edc20'
    assert.deepEqual(decode(columns, record).map(String), ['5', '123.45', '0.00'])
  })

  // The record of a published dump: five sparse columns behind an int, of which two have values.
  it('reads a sparse vector', () => {
    const sparse = [1, 2, 3, 4, 5].map(() => ({ type: INT, leafOffset: 0, isSparse: true }))
    const columns = [{ type: INT, leafOffset: 4 }, ...sparse]
    const vector = '0500 0200 0300 0600 1000 1400 03000000 d2040000'
    const record = `30 00 0800 | 01000000 | 0600 00 | 0100 2380 | ${vector}`
    assert.deepEqual(decode(columns, record), [1, null, 3, null, null, 1234])
  })

  it('follows the pointer that a sparse vector has for a large value', () => {
    const part = hex('08 00 1100 0000000000000000 0300 616263')
    const pages = [buildPage({ pageNumber: 0, type: 3, records: [part] })]
    const pointer = '04 0000000000000000000000 | 03000000 00000000 0100 0000'
    const vector = `0500 0100 0200 2080 | ${pointer}`
    const columns = [
      { type: INT, leafOffset: 4 },
      { type: { ...TEXT, maxLength: -1 }, leafOffset: 0, isSparse: true },
    ]
    const record = `30 00 0800 | 01000000 | 0200 00 | 0100 2f80 | ${vector}`
    assert.deepEqual(decode(columns, record, pages), [1, 'abc'])
  })

  it('reads records that have neither columns nor a null bitmap: all of them are sparse', () => {
    const columns = [1, 2].map(() => ({ type: INT, leafOffset: 0, isSparse: true }))
    assert.deepEqual(decode(columns, '00 00 0400 0100 0800 00'), [null, null])
    const vector = '0500 0100 0200 0c00 05000000'
    assert.deepEqual(decode(columns, `20 00 0400 | 0100 1480 | ${vector}`), [null, 5])
  })

  it('says which page has a value that is none', () => {
    const columns = [{ type: { ...INT, name: 'datetime' as const, maxLength: 8 }, leafOffset: 4 }]
    const record = '10 00 0c00 | ffffffff 00000000 | 0100 00'
    assert.throws(() => decode(columns, record), { code: 'FILE_DAMAGED', message: /\(1:1\)/ })
  })
})
