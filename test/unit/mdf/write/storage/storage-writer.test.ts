import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { iamPages } from '../../../../../src/mdf/page/allocation.ts'
import { readFileHeader } from '../../../../../src/mdf/page/file-header.ts'
import { checkPage } from '../../../../../src/mdf/verify/check-page.ts'
import { damagePage } from '../../../../support/damage-page.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import {
  BOOT_RECORD,
  dataFile,
  numbered,
  pattern,
  readRows,
  rowset,
  storageWriter,
  TABLE,
  WrittenFiles,
  written,
} from '../written-storage.ts'

describe('StorageWriter', () => {
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
