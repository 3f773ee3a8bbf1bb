import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { iamPages } from '../../../../../src/mdf/page/allocation.ts'
import { readFileHeader } from '../../../../../src/mdf/page/file-header.ts'
import { MAX_LENGTH, type SqlValue } from '../../../../../src/mdf/sql-type.ts'
import { checkPage } from '../../../../../src/mdf/verify/check-page.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  WrittenRowset,
} from '../../../../../src/mdf/write/rowset-definition.ts'
import { rowAddressBytes } from '../../../../../src/mdf/write/storage/index.ts'
import { damagePage } from '../../../../support/damage-page.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import {
  BOOT_RECORD,
  column,
  dataFile,
  INT,
  readRows,
  rowset,
  storageWriter,
  TEXT,
  typeOf,
  WrittenFiles,
} from '../written-storage.ts'

const VARBINARY_MAX = typeOf('varbinary', MAX_LENGTH)
const NVARCHAR_MAX = typeOf('nvarchar', MAX_LENGTH)
const TABLE = [column(1, INT, { isNullable: false }), column(2, TEXT), column(3, VARBINARY_MAX)]

function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff)
}

function* numbered(count: number): Generator<RowToWrite> {
  for (let id = 0; id < count; id++) {
    yield { values: [id, id % 5 === 0 ? null : `row ${id}`, id % 3 === 0 ? null : pattern(20, id)] }
  }
}

/** Writes one rowset, reads it back and hands both to `check`. */
async function written(
  definition: RowsetDefinition,
  rows: Iterable<RowToWrite>,
  check: (result: {
    rowset: WrittenRowset
    files: WrittenFiles
    addresses: readonly RowAddress[]
    rows: readonly SqlValue[][]
  }) => void,
): Promise<void> {
  await using scratch = await createScratchFolder()
  const definitions = [dataFile(scratch.path, 1)]
  const writer = storageWriter(definitions)
  const addresses: RowAddress[] = []
  const result = writer.writeRowset(definition, rows, (_, address) => addresses.push(address))
  await writer.finish({ bootRecord: BOOT_RECORD })
  using files = new WrittenFiles(definitions)
  const read = definition.indexId > 1 ? [] : [...readRows(files, definition, result)]
  check({ rowset: result, files, addresses, rows: read })
}

async function assertReadBack(
  definition: RowsetDefinition,
  values: readonly SqlValue[][],
): Promise<void> {
  const rows = values.map((row) => ({ values: row }))
  await written(definition, rows, (result) => assert.deepEqual(result.rows, values))
}

describe('StorageWriter', () => {
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

  it('gives pages to a unit alone, counts them, and marks them in the PFS pages', async () => {
    await written(rowset(TABLE, { indexId: 1 }), numbered(30_000), ({ rowset, files }) => {
      const [unit] = rowset.units
      assert.ok(unit !== undefined)
      const pages = [...iamPages(files, unit.firstIam)]
      assert.equal(pages.length + 1, unit.usedPages)
      assert.equal((unit.reservedPages - 1) % 8, 0)
      assert.ok(unit.reservedPages >= unit.usedPages && unit.reservedPages < unit.usedPages + 8)
      const types = pages.map(({ fileId, pageNumber }) => files.readPage(fileId, pageNumber).type)
      assert.equal(types.filter((type) => type === 1).length, unit.dataPages)
      assert.equal(types.filter((type) => type === 2).length, pages.length - unit.dataPages)
    })
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

  it('takes turns with the files of a filegroup', async () => {
    await using scratch = await createScratchFolder()
    const definitions = [1, 3, 4].map((fileId) =>
      dataFile(scratch.path, fileId, fileId === 1 ? 1 : 2),
    )
    const writer = storageWriter(definitions)
    const definition = rowset(TABLE, { indexId: 1, filegroupId: 2 })
    const result = writer.writeRowset(definition, numbered(30_000))
    await writer.finish({ bootRecord: BOOT_RECORD })
    using files = new WrittenFiles(definitions)
    const expected = Array.from(numbered(30_000), ({ values }) => values)
    assert.deepEqual([...readRows(files, definition, result)], expected)
    const counts = new Map<number, number>()
    for (const { fileId } of iamPages(files, result.units[0]?.firstIam)) {
      counts.set(fileId, (counts.get(fileId) ?? 0) + 1)
    }
    assert.deepEqual([...counts.keys()].sort(), [3, 4])
    assert.ok(Math.abs((counts.get(3) ?? 0) - (counts.get(4) ?? 0)) <= 8)
  })

  it('takes first pages from mixed extents when asked to', async () => {
    await using scratch = await createScratchFolder()
    const definitions = [dataFile(scratch.path, 1)]
    const writer = storageWriter(definitions, { usesMixedExtents: true })
    const expected = Array.from(numbered(5000), ({ values }) => values)
    const tables = [0, 1].map((indexId) => rowset(TABLE, { indexId }))
    const results = tables.map((table) => writer.writeRowset(table, numbered(5000)))
    await writer.finish({ bootRecord: BOOT_RECORD })
    using files = new WrittenFiles(definitions)
    results.forEach((result, index) => {
      const table = tables[index]
      assert.ok(table !== undefined)
      assert.deepEqual([...readRows(files, table, result)], expected)
      const [unit] = result.units
      assert.equal(((unit?.reservedPages ?? 0) - 1) % 8, 0)
      assert.equal([...iamPages(files, unit?.firstIam)].length + 1, unit?.usedPages)
    })
  })

  it('repeats a rehearsal exactly', async () => {
    await using scratch = await createScratchFolder()
    const definitions = [dataFile(scratch.path, 1)]
    const writer = storageWriter(definitions)
    const write = () => {
      const result = writer.writeRowset(rowset(TABLE, { indexId: 1 }), numbered(9000))
      return { result, lsn: writer.lastLsn, pages: writer.sizePagesOf(1) }
    }
    const rehearsed = writer.rehearse(write)
    assert.deepEqual(write(), rehearsed)
    await writer.finish({ bootRecord: BOOT_RECORD })
    using files = new WrittenFiles(definitions)
    assert.equal(files.pageCountOf(1), rehearsed.pages)
  })

  it('writes headers, the boot page and maps that agree with the pages', async () => {
    await written(rowset(TABLE, { indexId: 1 }), numbered(30_000), ({ files }) => {
      const header = readFileHeader(files.readPage(1, 0))
      assert.equal(header.kind, 'primary')
      assert.equal(header.logicalName, 'file1')
      assert.equal(header.sizePages, files.pageCountOf(1))
      assert.equal(header.sizePages % 128, 0)
      const boot = files.readPage(1, 9)
      const start = boot.slotOffset(0)
      assert.deepEqual(boot.bytes.subarray(start, start + BOOT_RECORD.length), BOOT_RECORD)
      const [gam, sgam, dcm] = [2, 3, 6].map((page) => files.readPage(1, page).bytes)
      const pfs = files.readPage(1, 1).bytes
      const bit = (map: Buffer | undefined, extent: number) =>
        ((map?.[194 + (extent >> 3)] ?? 0) >> (extent & 7)) & 1
      for (let extent = 0; extent < header.sizePages / 8; extent++) {
        const statuses = [...pfs.subarray(100 + extent * 8, 108 + extent * 8)]
        const isUsed = statuses.some((status) => (status & 0x40) !== 0)
        const isMixed = statuses.some((status) => (status & 0x20) !== 0)
        const hasFree = statuses.some((status) => (status & 0x40) === 0)
        assert.equal(bit(gam, extent), isUsed ? 0 : 1, `extent ${extent}`)
        assert.equal(bit(sgam, extent), isMixed && hasFree ? 1 : 0, `extent ${extent}`)
        assert.equal(bit(dcm, extent), isUsed ? 1 : 0, `extent ${extent}`)
      }
    })
  })

  it('writes pages that pass the checks of a page by itself', async () => {
    await using scratch = await createScratchFolder()
    const definitions = [dataFile(scratch.path, 1)]
    const writer = storageWriter(definitions)
    const rows = () =>
      Array.from({ length: 3000 }, (_, id) => ({
        values: [id, `row ${id}`, pattern(id % 500 === 0 ? 30_000 : 60, id)],
        isForwarded: id % 9 === 0,
        isGhost: id % 13 === 5,
      }))
    const plain = () => rows().map((row) => ({ ...row, isForwarded: false }))
    writer.writeRowset(rowset(TABLE), rows())
    writer.writeRowset(rowset(TABLE, { indexId: 1 }), plain())
    writer.writeRowset(rowset(TABLE, { indexId: 1, compression: 'page' }), plain())
    writer.writeRowset(rowset(TABLE.slice(0, 2), { indexId: 2 }), plain())
    await writer.finish({ bootRecord: BOOT_RECORD })
    using files = new WrittenFiles(definitions)
    const pfs = files.readPage(1, 1).bytes
    const findings: string[] = []
    let checked = 0
    for (let pageNumber = 0; pageNumber < files.pageCountOf(1); pageNumber++) {
      if (((pfs[100 + pageNumber] ?? 0) & 0x40) === 0) continue
      const { bytes } = files.readPage(1, pageNumber)
      checkPage({ fileId: 1, pageNumber, bytes, isVouchedFor: true }, ({ message }) => {
        findings.push(`page ${pageNumber}: ${message}`)
      })
      checked += 1
    }
    assert.deepEqual(findings, [])
    assert.ok(checked > 100, `${checked} pages`)
  })

  it('gives files their names only when they are complete', async () => {
    await using scratch = await createScratchFolder()
    const [definition] = [dataFile(scratch.path, 1)]
    assert.ok(definition !== undefined)
    const writer = storageWriter([definition])
    writer.writeRowset(rowset(TABLE), numbered(100))
    assert.equal(existsSync(definition.path), false)
    await writer.finish({ bootRecord: BOOT_RECORD })
    writer.abandon()
    assert.deepEqual(await readdir(scratch.path), ['file1.mdf'])
  })

  it('refuses files without a primary one, or with one id twice', async () => {
    await using scratch = await createScratchFolder()
    for (const ids of [[], [3], [1, 1]]) {
      const files = ids.map((id) => dataFile(scratch.path, id))
      assert.throws(() => storageWriter(files), { code: 'INVALID_ARGUMENT' })
    }
    assert.deepEqual(await readdir(scratch.path), [])
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

describe('damagePage', () => {
  it('breaks a written page, with and without its checksum', async () => {
    await using scratch = await createScratchFolder()
    const definitions = [dataFile(scratch.path, 1)]
    const writer = storageWriter(definitions)
    const table = rowset(TABLE, { indexId: 1 })
    const result = writer.writeRowset(table, numbered(10))
    await writer.finish({ bootRecord: BOOT_RECORD })
    const root = result.units[0]?.root?.pageNumber ?? 0
    const path = definitions[0]?.path ?? ''
    const read = () => {
      using files = new WrittenFiles(definitions)
      return [...readRows(files, table, result)]
    }
    const change = (page: Buffer) => page.writeInt32LE(77, 100)
    damagePage(path, root, change, { repairChecksum: true })
    assert.equal(read()[0]?.[0], 77)
    damagePage(path, root, (page) => page.writeInt32LE(78, 100))
    assert.throws(read, { code: 'FILE_DAMAGED', message: /incorrect checksum/ })
    assert.throws(() => damagePage(path, 100_000, change), RangeError)
  })
})
