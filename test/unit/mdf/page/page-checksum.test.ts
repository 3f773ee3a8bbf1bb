import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PAGE_SIZE, PageFile, pageChecksum, readVerifiedPage } from '../../../../src/mdf/index.ts'
import { restoreTornBits } from '../../../../src/mdf/page/page-checksum.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { buildPage } from '../page-builder.ts'

describe('pageChecksum', () => {
  it('rotates each sector by its distance from the last one', () => {
    const page = Buffer.alloc(PAGE_SIZE)
    page.writeUInt32LE(0x80000001, 0)
    assert.equal(pageChecksum(page), 0x0000c000)
    page.writeUInt32LE(5, PAGE_SIZE - 4)
    assert.equal(pageChecksum(page), 0x0000c005)
  })

  it('leaves its own field out', () => {
    const page = Buffer.alloc(PAGE_SIZE, 7)
    const before = pageChecksum(page)
    page.writeUInt32LE(0xdeadbeef, 60)
    assert.equal(pageChecksum(page), before)
  })

  it('is the same for bytes that are not aligned', () => {
    const page = buildPage({ pageNumber: 3, type: 1, records: [Buffer.from('record')] })
    const shifted = Buffer.alloc(PAGE_SIZE + 1)
    page.copy(shifted, 1)
    assert.equal(pageChecksum(shifted.subarray(1)), pageChecksum(page))
  })

  it('is 0x61781939 for page 111 of Northwind', { skip: skipWithoutCorpus('northwnd.mdf') }, () => {
    const file = PageFile.open(corpusFile('northwnd.mdf'))
    try {
      assert.equal(pageChecksum(file.readPage(111)), 0x61781939)
    } finally {
      file.close()
    }
  })
})

/** Protects a page the way TORN_PAGE_DETECTION does. */
function tear(page: Buffer, pattern: 1 | 2): Buffer {
  const protectedPage = Buffer.from(page)
  let torn: number = pattern
  for (let sector = 1; sector < 16; sector++) {
    const last = sector * 512 + 511
    torn |= ((page[last] ?? 0) & 3) << (2 * sector)
    protectedPage[last] = ((page[last] ?? 0) & 0xfc) | pattern
  }
  protectedPage.writeUInt16LE(0x100, 4)
  protectedPage.writeUInt32LE(torn >>> 0, 60)
  return protectedPage
}

describe('restoreTornBits', () => {
  const page = buildPage({ pageNumber: 0, type: 1, records: [Buffer.alloc(8000, 0xa7)] })

  it('gives the original bytes back', () => {
    const restored = restoreTornBits(tear(page, 2))
    assert.deepEqual(restored?.subarray(64), page.subarray(64))
  })

  it('sees a sector that was written at another time', () => {
    const torn = tear(page, 1)
    torn[5 * 512 + 511] = (torn[5 * 512 + 511] ?? 0) ^ 3
    assert.equal(restoreTornBits(torn), undefined)
    assert.throws(() => readVerifiedPage(PageFile.overBytes(torn), 1, 0), {
      code: 'FILE_DAMAGED',
      message: /torn page/,
    })
  })
})

describe('readVerifiedPage', () => {
  const page = buildPage({ pageNumber: 0, type: 1, records: [] })

  it('refuses a page with an incorrect checksum, with both values', () => {
    const damaged = Buffer.from(page)
    damaged[4000] = 1
    const file = PageFile.overBytes(damaged, 'x.mdf')
    assert.throws(
      () => readVerifiedPage(file, 1, 0),
      (error: unknown) => {
        const { details } = error as { details: Record<string, unknown> }
        assert.equal(details['reason'], 'checksum')
        assert.equal(details['pageNumber'], 0)
        assert.equal(details['fileId'], 1)
        assert.match(String(details['expected']), /^0x[0-9a-f]{8}$/)
        assert.notEqual(details['expected'], details['actual'])
        return true
      },
    )
  })

  it('refuses a page that belongs elsewhere', () => {
    const file = PageFile.overBytes(Buffer.concat([page, page]))
    assert.throws(() => readVerifiedPage(file, 1, 1), { message: /expected 1:1; actual 1:0/ })
    assert.throws(() => readVerifiedPage(file, 2, 0), { message: /expected 2:0; actual 1:0/ })
  })
})
