import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PageFile, pageChecksum } from '../../../../src/mdf/index.ts'
import type { FileExtents } from '../../../../src/mdf/page/allocation.ts'
import { readVerifiedPage } from '../../../../src/mdf/page/page.ts'
import { compressedClusteredPages } from '../../../../src/mdf/table/data-pages.ts'
import { buildPage, hex } from '../page-builder.ts'

const PFS = 1
const ROOT = 2
const IAM = 3
const SECOND_LEAF = 4
const FIRST_LEAF = 5
const PAGES = 6
const DATA = { type: 1, records: [hex('01 01 02 85')] }

function leaf(pageNumber: number, previousPage: number, nextPage?: number): Buffer {
  const shape = nextPage === undefined ? DATA : { ...DATA, nextPage }
  const page = buildPage({ pageNumber, ...shape })
  page.writeUInt32LE(previousPage, 8)
  page.writeUInt16LE(previousPage === 0 ? 0 : 1, 12)
  page.writeUInt32LE(pageChecksum(page), 60)
  return page
}

/** The pages that an allocation unit has one by one; its bitmap is empty. */
function iam(...singles: readonly number[]): Buffer {
  const header = Buffer.alloc(94)
  header.writeUInt16LE(1, 44)
  singles.forEach((page, index) => {
    header.writeUInt32LE(page, 46 + 6 * index)
    header.writeUInt16LE(1, 50 + 6 * index)
  })
  return buildPage({ pageNumber: IAM, type: 10, records: [header, Buffer.alloc(7992)] })
}

function filesOf(leaves: readonly Buffer[]): FileExtents {
  const pages = Array.from({ length: PAGES }, (_, pageNumber) =>
    buildPage({ pageNumber, type: 15, records: [] }),
  )
  pages[PFS] = buildPage({
    pageNumber: PFS,
    type: 11,
    records: [Buffer.concat([hex('00 00 9c 1f'), Buffer.alloc(PAGES, 0x60)])],
  })
  // An index record of a compressed table: no child where uncompressed ones have theirs.
  pages[ROOT] = buildPage({
    pageNumber: ROOT,
    type: 2,
    fixedLength: 5,
    records: [hex('19 02 02 85')],
  })
  pages[IAM] = iam(ROOT, SECOND_LEAF, FIRST_LEAF)
  leaves.forEach((page) => {
    pages[page.readUInt32LE(32)] = page
  })
  const file = PageFile.overBytes(Buffer.concat(pages))
  return {
    readPage: (fileId, pageNumber) => readVerifiedPage(file, fileId, pageNumber),
    pageCountOf: () => PAGES,
  }
}

describe('compressedClusteredPages', () => {
  const at = (pageNumber: number) => ({ fileId: 1, pageNumber })

  it('follows the leaves from the one that no other precedes', () => {
    const files = filesOf([leaf(SECOND_LEAF, FIRST_LEAF), leaf(FIRST_LEAF, 0, SECOND_LEAF)])
    const pages = [...compressedClusteredPages(files, at(ROOT), at(IAM))]
    assert.deepEqual(
      pages.map(({ pageNumber }) => pageNumber),
      [FIRST_LEAF, SECOND_LEAF],
    )
  })

  it('takes a root that is a leaf', () => {
    const files = filesOf([leaf(FIRST_LEAF, 0)])
    const pages = [...compressedClusteredPages(files, at(FIRST_LEAF), at(IAM))]
    assert.deepEqual(
      pages.map(({ pageNumber }) => pageNumber),
      [FIRST_LEAF],
    )
  })

  it('has no pages without a root', () => {
    assert.deepEqual([...compressedClusteredPages(filesOf([]), undefined, undefined)], [])
  })

  it('refuses an index without a first leaf', () => {
    const files = filesOf([leaf(SECOND_LEAF, FIRST_LEAF), leaf(FIRST_LEAF, SECOND_LEAF)])
    assert.throws(() => [...compressedClusteredPages(files, at(ROOT), at(IAM))], {
      code: 'FILE_DAMAGED',
    })
  })
})
