import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { MAX_LENGTH, type SqlValue } from '../../../../../src/mdf/sql-type.ts'
import type {
  RowsetDefinition,
  RowToWrite,
} from '../../../../../src/mdf/write/rowset-definition.ts'
import { rowAddressBytes } from '../../../../../src/mdf/write/storage/index.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import {
  column,
  dataFile,
  INT,
  numbered,
  pattern,
  rowset,
  storageWriter,
  TABLE,
  TEXT,
  typeOf,
  type WrittenFiles,
  written,
} from '../written-storage.ts'

const NVARCHAR_MAX = typeOf('nvarchar', MAX_LENGTH)
const VARBINARY_MAX = typeOf('varbinary', MAX_LENGTH)

async function assertReadBack(
  definition: RowsetDefinition,
  values: readonly SqlValue[][],
): Promise<void> {
  const rows = values.map((row) => ({ values: row }))
  await written(definition, rows, (result) => assert.deepEqual(result.rows, values))
}

describe('StorageWriter.writeRowset', () => {
  it('writes heaps and clustered indexes of 0, 1 and many rows that read back', async () => {
    for (const indexId of [0, 1]) {
      for (const count of [0, 1, 2, 500, 30_000]) {
        const expected = Array.from(numbered(count), ({ values }) => values)
        await written(rowset(TABLE, { indexId }), numbered(count), ({ rowset, rows }) => {
          assert.equal(rowset.rowCount, count)
          assert.deepEqual(rows, expected)
          const unit = rowset.units[0]
          assert.equal(unit?.firstPage === undefined, count === 0)
          assert.equal(unit?.usedPages === 0, count === 0)
        })
      }
    }
  })

  it('builds trees of several levels whose upper records lead to every page in order', async () => {
    const wide = typeOf('nchar', 800)
    const columns = [column(1, wide, { isNullable: false }), column(2, INT)]
    const key = (id: number) => id.toString().padStart(400, '0')
    const rows = Array.from({ length: 3000 }, (_, id) => ({ values: [key(id), id] }))
    await written(rowset(columns, { indexId: 1 }), rows, ({ rowset, files, rows: read }) => {
      assert.deepEqual(
        read.map(([, id]) => id),
        rows.map(({ values }) => values[1]),
      )
      const root = rowset.units[0]?.root
      assert.ok(root !== undefined)
      const levels: number[] = []
      let level = [root]
      while (level.length > 0) {
        const pages = level.map(({ fileId, pageNumber }) => files.readPage(fileId, pageNumber))
        levels.push(pages.length)
        pages.forEach((page, index) => {
          assert.equal(page.bytes[3], pages[0]?.bytes[3])
          assert.deepEqual(page.previousPage, level[index - 1])
          assert.deepEqual(page.nextPage, level[index + 1])
        })
        level = pages.flatMap((page) => (page.type === 2 ? childrenOf(page) : []))
      }
      assert.ok(levels.length >= 4, String(levels))
      assert.equal(levels.at(-1), rowset.units[0]?.dataPages)
    })
  })

  it('leaves room in leaf pages for the fill factor', async () => {
    const pages: number[] = []
    for (const fillFactor of [0, 100, 50]) {
      const definition = rowset(TABLE, { indexId: 1, fillFactor })
      await written(definition, numbered(5000), ({ rowset: result, rows }) => {
        assert.equal(rows.length, 5000)
        pages.push(result.units[0]?.dataPages ?? 0)
      })
    }
    const [full = 0, hundred, half = 0] = pages
    assert.equal(full, hundred)
    assert.ok(half > 1.9 * full && half < 2.2 * full, String(pages))
  })

  it('keeps large values of every size', async () => {
    const sizes = [0, 1, 64, 65, 8000, 8001, 8040, 8041, 40_200, 40_201, 100_000, 21_000_000]
    const columns = [
      column(1, INT),
      column(2, VARBINARY_MAX),
      column(3, NVARCHAR_MAX),
      column(4, typeOf('image', 16)),
      column(5, typeOf('ntext', 16)),
    ]
    const values = sizes.map((size) => {
      const bytes = pattern(size, size)
      const text = 'aé日'.repeat(Math.ceil(size / 6)).slice(0, size / 2)
      return size > 1_000_000 ? [size, bytes, null, null, null] : [size, bytes, text, bytes, text]
    })
    for (const indexId of [0, 1]) await assertReadBack(rowset(columns, { indexId }), values)
  })

  it('pushes the longest columns out of rows that are too long', async () => {
    const wide = typeOf('varbinary', 8000)
    const columns = [column(1, INT), ...[2, 3, 4].map((id) => column(id, wide))]
    const values = [
      [1, pattern(8000, 1), pattern(8000, 2), pattern(8000, 3)],
      [2, pattern(4000, 1), pattern(4001, 2), pattern(100, 3)],
      [3, pattern(30, 1), pattern(7990, 2), null],
      [4, null, null, pattern(8000, 3)],
    ]
    await assertReadBack(rowset(columns, { indexId: 1 }), values)
    await written(
      rowset(columns),
      values.map((row) => ({ values: row })),
      ({ rowset: result }) => assert.equal(result.units[2]?.usedPages, 4 + 1),
    )
  })

  it('refuses a row that no page can hold, and says so', async () => {
    await using scratch = await createScratchFolder()
    const columns = Array.from({ length: 10 }, (_, index) =>
      column(index + 1, typeOf('char', 804, { collationId: 0x3400d008 })),
    )
    const writer = storageWriter([dataFile(scratch.path, 1)])
    const long = rowset([...columns, column(11, typeOf('varbinary', 200))])
    const values = [...columns.map(() => 'a'), pattern(200, 1)]
    assert.throws(() => writer.writeRowset(long, [{ values }]), {
      code: 'INVALID_ARGUMENT',
      message: /a row takes \d+ bytes, and a page holds 8060/,
    })
    writer.abandon()
    assert.deepEqual(await readdir(scratch.path), [])
  })

  it('forwards rows of a heap, and keeps ghosts out of sight', async () => {
    const rows: RowToWrite[] = Array.from({ length: 2000 }, (_, id) => ({
      values: [id, `row ${id}`, pattern(50, id)],
      isForwarded: id % 7 === 0,
      isGhost: id % 11 === 3,
    }))
    const visible = rows.filter(({ isGhost }) => isGhost !== true)
    const expected = visible.map(({ values }) => values)
    await written(rowset(TABLE), rows, ({ rowset: result, rows: read, addresses }) => {
      assert.equal(result.rowCount, expected.length)
      assert.equal(addresses.length, expected.length)
      assert.deepEqual(read, expected)
    })
    const plain = rows.map((row) => ({ ...row, isForwarded: false }))
    await written(rowset(TABLE, { indexId: 1 }), plain, ({ rows: read }) => {
      assert.deepEqual(read, expected)
    })
  })

  it('tells where each row went', async () => {
    await written(rowset(TABLE), numbered(3000), ({ files, addresses }) => {
      addresses.forEach(({ fileId, pageNumber, slot }, id) => {
        const page = files.readPage(fileId, pageNumber)
        assert.equal(page.bytes.readInt32LE(page.slotOffset(slot) + 4), id)
      })
    })
  })

  it('writes a nonclustered index whose leaf records hold key and row address', async () => {
    const columns = [column(2, TEXT), column(0, typeOf('binary', 8), { isNullable: false })]
    const key = [0, 1].map((index) => ({ column: index, isDescending: false }))
    const definition = rowset(columns, { indexId: 2, key, isUnique: false })
    const address = { fileId: 1, pageNumber: 300, slot: 7 }
    const rows = [{ values: [null, rowAddressBytes(address)] }, { values: ['b', pattern(8, 1)] }]
    await written(definition, rows, ({ rowset: result, files }) => {
      const root = result.units[0]?.root
      const page = files.readPage(root?.fileId ?? 0, root?.pageNumber ?? 0)
      assert.equal(page.type, 2)
      assert.equal(page.fixedLength, 9)
      const records = [0, 1].map((slot) => page.bytes.subarray(page.slotOffset(slot)))
      assert.equal(records[0]?.toString('hex', 0, 12), '162c01000001000700020001')
      assert.equal(
        records[1]?.toString('hex', 0, 18),
        '3601203f5e7d9cbbda0200000100120062 00'.replace(' ', ''),
      )
    })
  })
})

function childrenOf(page: ReturnType<WrittenFiles['readPage']>) {
  return Array.from({ length: page.slotCount }, (_, slot) => {
    const child = page.slotOffset(slot) + page.fixedLength - 6
    return {
      fileId: page.bytes.readUInt16LE(child + 4),
      pageNumber: page.bytes.readUInt32LE(child),
    }
  })
}
