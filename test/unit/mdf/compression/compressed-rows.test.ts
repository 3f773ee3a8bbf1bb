import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compressedRows } from '../../../../src/mdf/compression/compressed-rows.ts'
import { PageFile, type SqlType } from '../../../../src/mdf/index.ts'
import type { FileExtents } from '../../../../src/mdf/page/allocation.ts'
import { readVerifiedPage } from '../../../../src/mdf/page/page.ts'
import { buildPage, hex } from '../page-builder.ts'

const INT: SqlType = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 }
const BIT: SqlType = { name: 'bit', maxLength: 1, precision: 1, scale: 0, collationId: 0 }
const TEXT: SqlType = {
  name: 'varchar',
  maxLength: 50,
  precision: 0,
  scale: 0,
  collationId: 0xd008,
}

interface Content {
  readonly records: readonly Buffer[]
  readonly information?: Buffer
}

/** The rows of the first of the given pages. */
function rowsOf(types: readonly SqlType[], ...contents: readonly Content[]) {
  const pages = contents.map((content, pageNumber) =>
    buildPage({ pageNumber, type: 1, ...content }),
  )
  const file = PageFile.overBytes(Buffer.concat(pages))
  const files: FileExtents = {
    readPage: (fileId, pageNumber) => readVerifiedPage(file, fileId, pageNumber),
    pageCountOf: () => file.pageCount,
  }
  const columns = types.map((type, index) => ({
    type,
    physical: {
      rowsetId: 1n,
      columnId: index + 1,
      storageColumnId: index + 1,
      systemTypeId: 0,
      leafOffset: -1 - index,
      nullBit: index + 1,
      bitPosition: 0,
      isDropped: false,
      isSparse: false,
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
  return [...compressedRows(files, [files.readPage(1, 0)], columns)]
}

describe('compressedRows', () => {
  it('reads short values, NULL, zero and bits', () => {
    const types = [INT, INT, INT, BIT, BIT, TEXT]
    // nibbles: 1 byte, NULL | empty, true | empty, 3 bytes
    const record = hex('01 06 02 b1 41 | 85 | 616263')
    assert.deepEqual(rowsOf(types, { records: [record] }), [[5, null, 0, true, false, 'abc']])
  })

  it('reads long values behind the short ones', () => {
    const record = Buffer.concat([
      hex('21 03 2a 0a | 87 | 01 0200 0a00 1500'),
      Buffer.from('long enoughand longer'),
    ])
    assert.deepEqual(rowsOf([TEXT, INT, TEXT], { records: [record] }), [
      ['long enoug', 7, 'hand longer'],
    ])
  })

  // Dumps of DBCC PAGE that were published with the values they stand for.
  it('reads the records of public dumps', () => {
    const bigint: SqlType = {
      name: 'bigint',
      maxLength: 8,
      precision: 19,
      scale: 0,
      collationId: 0,
    }
    const version: SqlType = { ...bigint, name: 'timestamp' }
    const fixedText: SqlType = { ...TEXT, name: 'char', maxLength: 10 }
    const three = hex('2103a216 e5526f77 20310101 000d0054 68697320 69732072 6f772031')
    assert.deepEqual(rowsOf([INT, TEXT, fixedText], { records: [three] }), [
      [101, 'This is row 1', 'Row 1     '],
    ])
    const name = '33333239 39353042 2d 38463037 2d343546 372d4135 42382d36 39343936'.concat(
      '35423841 32413443 30353446 3033412d 44433438 2d343042 352d4238 33352d33',
      '32353945 44344136 303445',
    )
    const four = hex(`2104a232 818107d1 01010048 00 ${name}`)
    assert.deepEqual(rowsOf([bigint, TEXT, bigint, version], { records: [four] }), [
      [1n, hex(name).toString('latin1'), 1n, Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1)],
    ])
  })

  it('reads column counts of two bytes, whichever comes first', () => {
    const types = Array.from({ length: 128 }, () => INT)
    const nibbles = '11'.repeat(64)
    const row = types.map(() => 0)
    for (const count of ['8080', '8001']) {
      const record = hex(`01 ${count} ${nibbles} 00000000`)
      assert.deepEqual(rowsOf(types, { records: [record] }), [row], count)
    }
  })

  it('knows columns that the record does not have yet', () => {
    assert.deepEqual(rowsOf([INT, TEXT], { records: [hex('01 01 02 85')] }), [[5, 'absent']])
  })

  it('skips ghosts and follows forwarding stubs', () => {
    const ghost = hex('0d 01 02 85')
    const stub = hex('09 01000000 0100 0000')
    const forwarded = hex('11 01 02 86')
    assert.deepEqual(rowsOf([INT], { records: [ghost, stub] }, { records: [forwarded] }), [[6]])
  })

  // Flags, modifications, dictionary offset, size; anchor record with the prefix "abcd"; dictionary.
  const header = '06 0000 0e00 1900 | 01 01 05 61626364'
  const records = ['01 01 01', '01 01 03 0266', '01 01 0c 00', '01 01 0c 01', '01 01 00'].map(hex)
  const expected = [['abcd'], ['abf'], ['abxy'], ['abcde'], [null]]

  it('applies the anchor and the dictionary of a page', () => {
    const information = hex(`${header} | 0200 0900 0b00 | 02 7879 | 04 65`)
    assert.deepEqual(rowsOf([TEXT], { records, information }), expected)
  })

  it('applies a dictionary whose ends count from its first entry', () => {
    const information = hex(`${header} | 0200 0300 0500 | 02 7879 | 04 65`)
    assert.deepEqual(rowsOf([TEXT], { records, information }), expected)
  })

  it('refuses symbols and prefixes that the page does not have', () => {
    const information = hex(`${header} | 0200 0900 0b00 | 02 7879 | 04 65`)
    for (const record of ['01 01 0c 02', '01 01 03 0566']) {
      assert.throws(() => rowsOf([TEXT], { records: [hex(record)], information }), {
        code: 'FILE_DAMAGED',
      })
    }
  })

  it('refuses records that reach outside the page', () => {
    for (const record of ['01 ff ff', '21 01 0a 00 ff7f', '01 01 0d', '21 01 0a 00 0100 ff7f']) {
      assert.throws(
        () => rowsOf([INT], { records: [hex(record)] }),
        { code: 'FILE_DAMAGED' },
        record,
      )
    }
  })
})
