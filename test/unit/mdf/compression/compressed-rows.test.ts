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
