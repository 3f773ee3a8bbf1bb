import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { layOut } from '../../../../../src/mdf/write/storage/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../../support/corpus.ts'
import { type StoredRowset, storedRowsets } from '../stored-rowsets.ts'
import { column, INT, rowset, TEXT, typeOf } from '../written-storage.ts'

const FIRST_USER_OBJECT_ID = 100
/** Tables that SQL Server makes for itself: their lengths count differently. */
const IS_INTERNAL = 0x4000_0000

function isOfUser({ objectId, status, hasDroppedColumn, compression }: StoredRowset): boolean {
  const isPlain = (status & IS_INTERNAL) === 0 && compression === 0 && !hasDroppedColumn
  return objectId > FIRST_USER_OBJECT_ID && isPlain
}

describe('layOut', () => {
  for (const [file, least] of [
    ['northwnd.mdf', 50],
    ['AdventureWorksLT2012_Data.mdf', 40],
    ['MvcMusicStore.mdf', 10],
    ['School.mdf', 10],
  ] as const) {
    it(`places columns as ${file} has them`, { skip: skipWithoutCorpus(file) }, () => {
      const { reader, rowsets } = storedRowsets(corpusFile(file))
      let compared = 0
      for (const stored of rowsets.filter(isOfUser)) {
        const where = `object ${stored.objectId}, index ${stored.indexId}`
        assert.deepEqual(described(stored), expected(stored), where)
        compared += 1
      }
      reader.close()
      assert.ok(compared >= least, `${compared} rowsets`)
    })
  }

  it('lets bits share bytes, and gives variable columns their numbers', () => {
    const bit = typeOf('bit', 1)
    const columns = [bit, TEXT, INT, ...Array.from({ length: 8 }, () => bit), TEXT]
    const layout = layOut(rowset(columns.map((type, index) => column(index + 1, type))))
    assert.deepEqual(
      layout.columns.map(({ leaf }) => [leaf.offset, leaf.bitPosition, leaf.nullBit]),
      [
        [4, 0, 1],
        [-1, 0, 2],
        [5, 0, 3],
        ...Array.from({ length: 7 }, (_, index) => [4, index + 1, index + 4]),
        [9, 0, 11],
        [-2, 0, 12],
      ],
    )
    assert.equal(layout.minLeafLength, 10)
    assert.equal(layout.minInteriorLength, 0)
  })

  it('keeps the key in upper records, in its own order', () => {
    const columns = [INT, TEXT, INT].map((type, index) => column(index + 1, type))
    const key = [2, 1].map((index) => ({ column: index, isDescending: index === 1 }))
    const layout = layOut(rowset(columns, { indexId: 1, key }))
    assert.deepEqual(
      layout.columns.map(({ interior }) => interior.offset),
      [0, -1, 1],
    )
    assert.deepEqual(
      layout.columns.map(({ keyOrdinal, isDescending }) => [keyOrdinal, isDescending]),
      [
        [0, false],
        [2, true],
        [1, false],
      ],
    )
    assert.equal(layout.minInteriorLength, 1 + 4 + 6)
    assert.equal(layout.interiorHasNullBitmap, true)
  })

  it('gives sparse columns no place, and a uniquifier a variable one', () => {
    const columns = [
      column(0, INT, { isUniquifier: true, isNullable: false }),
      column(1, INT),
      column(2, INT, { isSparse: true }),
      column(3, INT),
    ]
    const layout = layOut(rowset(columns))
    assert.deepEqual(
      layout.columns.map(({ leaf }) => [leaf.offset, leaf.nullBit]),
      [
        [-1, 1],
        [4, 2],
        [0, 0],
        [8, 3],
      ],
    )
  })
})

function described({ shape }: StoredRowset) {
  const layout = layOut(shape)
  return {
    rowset: [
      layout.maxNullBit,
      layout.maxLeafLength,
      layout.maxInteriorLength,
      layout.minLeafLength,
      layout.minInteriorLength,
    ],
    columns: layout.columns.map(({ leaf, interior, keyOrdinal, maxInRowLength }) => [
      [leaf.offset, leaf.nullBit, leaf.bitPosition],
      [interior.offset, interior.nullBit, interior.bitPosition],
      keyOrdinal,
      maxInRowLength,
    ]),
  }
}

function expected({ rowsetRow: row, columnRows }: StoredRowset) {
  return {
    rowset: [row.int16(41), row.int32(43), row.int16(47), row.int16(49), row.int16(51)],
    columns: columnRows.map((column) => [
      [column.int16(44), column.int16(48), column.uint8(52)],
      [column.int16(46), column.int16(50), column.uint8(53)],
      column.int16(36),
      column.int16(38),
    ]),
  }
}
