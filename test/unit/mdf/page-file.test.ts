import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { PAGE_SIZE, PageFile } from '../../../src/mdf/index.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

function numberedPages(count: number): Buffer {
  const bytes = Buffer.alloc(count * PAGE_SIZE)
  for (let page = 0; page < count; page++) bytes.writeUInt32LE(page, page * PAGE_SIZE)
  return bytes
}

describe('PageFile', () => {
  it('reads every page of a file, also with the smallest cache', async () => {
    await using folder = await createScratchFolder()
    const file = path.join(folder.path, 'numbered.mdf')
    await writeFile(file, Buffer.concat([numberedPages(21), Buffer.alloc(100)]))
    const pages = PageFile.open(file, { cacheBytes: 1 })
    try {
      assert.equal(pages.pageCount, 21)
      for (const page of [20, 0, 7, 8, 20, 1, 15]) {
        const bytes = pages.readPage(page)
        assert.equal(bytes.length, PAGE_SIZE)
        assert.equal(Buffer.from(bytes).readUInt32LE(), page)
      }
    } finally {
      pages.close()
      pages.close()
    }
    assert.throws(() => pages.readPage(0), { code: 'INTERNAL' })
  })

  it('reads pages of bytes in memory', () => {
    const pages = PageFile.overBytes(numberedPages(3))
    assert.equal(Buffer.from(pages.readPage(2)).readUInt32LE(), 2)
  })

  it('refuses pages outside the file', () => {
    const pages = PageFile.overBytes(numberedPages(3), 'small.mdf')
    assert.throws(() => pages.readPage(3), { code: 'FILE_DAMAGED', message: /small\.mdf: page 3/ })
    assert.throws(() => pages.readPage(-1), { code: 'FILE_DAMAGED' })
  })

  it('says which path is missing or is no file', async () => {
    await using folder = await createScratchFolder()
    const missing = path.join(folder.path, 'missing.mdf')
    assert.throws(() => PageFile.open(missing), {
      code: 'FILE_NOT_FOUND',
      message: `${missing} does not exist`,
    })
    await mkdir(missing)
    assert.throws(() => PageFile.open(missing), {
      code: 'NOT_A_DATABASE_FILE',
      message: `${missing} is a folder`,
    })
  })
})
