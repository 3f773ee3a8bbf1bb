import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PageFile } from '../../../../../src/mdf/index.ts'
import { readLsn } from '../../../../../src/mdf/page/lsn.ts'
import { PAGE_TYPES, type Page, readVerifiedPage } from '../../../../../src/mdf/page/page.ts'
import { PAGE_SIZE } from '../../../../../src/mdf/page-file.ts'
import {
  ExtentBitmap,
  MAP_FIXED_LENGTH,
  mapPageBytes,
} from '../../../../../src/mdf/write/storage/map-page.ts'
import { PageWriter } from '../../../../../src/mdf/write/storage/page-writer.ts'
import { corpusFile, skipWithoutCorpus } from '../../../../support/corpus.ts'

const FILES = ['northwnd.mdf', 'AdventureWorksLT2012_Data.mdf', 'School.mdf', 'MvcMusicStore.mdf']
const BITMAP_START = 194
const BITMAP_BYTES = 7988
const DCM_TYPE = 16
const MAP_TYPES: ReadonlySet<number> = new Set([
  PAGE_TYPES.gam,
  PAGE_TYPES.sgam,
  PAGE_TYPES.iam,
  DCM_TYPE,
])
const HAS_CHECKSUM_ONLY = 0x200

describe('mapPageBytes', () => {
  for (const file of FILES) {
    it(`makes the maps of ${file} as they are`, { skip: skipWithoutCorpus(file) }, () => {
      let compared = 0
      for (const page of systemPages(file, MAP_TYPES)) {
        const bitmap = new ExtentBitmap()
        page.bytes.copy(bitmap.bytes, 0, BITMAP_START, BITMAP_START + BITMAP_BYTES)
        const made = mapPageBytes({
          identity: identityOf(page, MAP_FIXED_LENGTH),
          bitmap,
          header: page.bytes.subarray(100, 100 + MAP_FIXED_LENGTH),
          previous: page.previousPage,
          next: page.nextPage,
        })
        assertSamePage(made, page, [BITMAP_START + BITMAP_BYTES, PAGE_SIZE - 4])
        compared += 1
      }
      assert.ok(compared > 20, `${compared} pages`)
    })
  }
})

describe('PageWriter', () => {
  for (const file of FILES) {
    it(`makes the PFS and boot page of ${file} as they are`, {
      skip: skipWithoutCorpus(file),
    }, () => {
      const types = new Set<number>([PAGE_TYPES.pfs, PAGE_TYPES.boot])
      const pages = [...systemPages(file, types)]
      assert.equal(pages.length, 2)
      for (const page of pages) {
        const bytes = Buffer.alloc(PAGE_SIZE)
        const writer = new PageWriter(bytes, identityOf(page, 0))
        writer.add(page.bytes.subarray(96, 96 + page.bytes.readUInt16LE(98)))
        writer.seal()
        assertSamePage(bytes, page, [writer.usedBytes + 96 - 2, PAGE_SIZE - 2])
      }
    })
  }
})

function* systemPages(file: string, types: ReadonlySet<number>): Generator<Page> {
  const source = PageFile.open(corpusFile(file))
  try {
    const pfs = readVerifiedPage(source, 1, 1)
    for (let number = 1; number < source.pageCount; number++) {
      const isAllocated = ((pfs.bytes[100 + number] ?? 0) & 0x40) !== 0
      if (!isAllocated) continue
      const page = readVerifiedPage(source, 1, number)
      const hasUsualFlags = page.bytes.readUInt16LE(4) === HAS_CHECKSUM_ONLY
      if (types.has(page.type) && hasUsualFlags) yield page
    }
  } finally {
    source.close()
  }
}

function identityOf(page: Page, fixedLength: number) {
  const { fileId, pageNumber, type, bytes } = page
  const allocationUnitId =
    (BigInt(bytes.readUInt16LE(6)) << 48n) | (BigInt(bytes.readUInt32LE(24)) << 16n)
  const lsn = readLsn(bytes, 40)
  return { fileId, pageNumber, type, level: 0, fixedLength, allocationUnitId, lsn }
}

/** Unused bytes of a real page are garbage; so is the id of its last transaction. */
function assertSamePage(
  made: Buffer,
  page: Page,
  [unusedStart, unusedEnd]: [number, number],
): void {
  const real = Buffer.from(page.bytes)
  const mine = Buffer.from(made)
  for (const bytes of [real, mine]) {
    bytes.fill(0, unusedStart, unusedEnd)
    bytes.fill(0, 60, 64)
  }
  real.fill(0, 50, 58)
  assert.deepEqual(mine, real, `page ${page.pageNumber}`)
}
