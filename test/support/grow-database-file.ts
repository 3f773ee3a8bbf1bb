import { copyFile, type FileHandle, open } from 'node:fs/promises'
import { PAGE_SIZE, PageFile, pageChecksum, readVerifiedPage } from '../../src/mdf/index.ts'

// Structure of a data file: format reference 1.1, 1.3, 3.1 to 3.3.
const PAGES_PER_EXTENT = 8
const PAGES_PER_PFS = 8088
const PAGES_PER_INTERVAL = 63_904 * PAGES_PER_EXTENT
const PFS_BYTES_START = 100
const PFS_ALLOCATED_FULL = 0x44
const BITMAP_START = 194
const BITMAP_BYTES = 63_904 / 8
const SIZE_VARIABLE = 4
/** Map pages by their place in an interval; only the GAM's bits mean "free". */
const MAPS = { gam: 2, sgam: 3, dcm: 6, bcm: 7 } as const
const FIRST_PFS_PAGE = 1

/**
 * A copy of a primary data file that is `sizeBytes` long (rounded down to whole extents) and takes
 * hardly more room than the original: the new pages are free and, but for the allocation pages among
 * them, holes. Headers, PFS and map pages are as SQL Server lays them out, so that the copy is a valid
 * file of that size. The source must be shorter than one GAM interval (4 GB).
 */
export async function growDatabaseFile(
  sourcePath: string,
  targetPath: string,
  sizeBytes: number,
): Promise<void> {
  await copyFile(sourcePath, targetPath)
  const source = PageFile.open(sourcePath)
  const target = await open(targetPath, 'r+')
  try {
    const pages = Math.floor(sizeBytes / PAGE_SIZE / PAGES_PER_EXTENT) * PAGES_PER_EXTENT
    if (pages < source.pageCount) throw new RangeError(`${sizeBytes} bytes are no growth`)
    await target.truncate(pages * PAGE_SIZE)
    await writeSize(source, target, pages)
    await growFirstInterval(source, target)
    await addPfsPages(source, target, pages)
    await addIntervals(source, target, pages)
  } finally {
    source.close()
    await target.close()
  }
}

async function writeSize(source: PageFile, target: FileHandle, pages: number): Promise<void> {
  const page = template(source, 0)
  const record = page.readUInt16LE(PAGE_SIZE - 2)
  const columns = record + page.readUInt16LE(record + 2)
  const bitmapBytes = Math.ceil(page.readUInt16LE(columns) / 8)
  const ends = columns + 2 + bitmapBytes + 2
  const size = record + page.readUInt16LE(ends + 2 * (SIZE_VARIABLE - 1))
  page.writeUInt32LE(pages, size)
  await writePage(target, 0, page)
}

/** The extents behind the old end become free, except those that get a PFS page. */
async function growFirstInterval(source: PageFile, target: FileHandle): Promise<void> {
  const gam = template(source, MAPS.gam)
  freeExtents(gam, 0, source.pageCount / PAGES_PER_EXTENT)
  await writePage(target, MAPS.gam, gam)
}

async function addPfsPages(source: PageFile, target: FileHandle, pages: number): Promise<void> {
  const pfs = template(source, FIRST_PFS_PAGE)
  for (let number = PAGES_PER_PFS; number < pages; number += PAGES_PER_PFS) {
    pfs.fill(0, PFS_BYTES_START, PFS_BYTES_START + PAGES_PER_PFS)
    pfs[PFS_BYTES_START] = PFS_ALLOCATED_FULL
    for (const page of mapPagesWithin(number, number + PAGES_PER_PFS)) {
      pfs[PFS_BYTES_START + page - number] = PFS_ALLOCATED_FULL
    }
    await writePage(target, number, pfs)
  }
}

async function addIntervals(source: PageFile, target: FileHandle, pages: number): Promise<void> {
  for (let start = PAGES_PER_INTERVAL; start < pages; start += PAGES_PER_INTERVAL) {
    for (const [kind, place] of Object.entries(MAPS)) {
      const map = template(source, place)
      map.fill(0, BITMAP_START, BITMAP_START + BITMAP_BYTES)
      if (kind === 'gam') freeExtents(map, start, 1)
      await writePage(target, mapPage(start, place), map)
    }
  }
}

/** In the first interval the file header and the first PFS page come before the GAM. */
function mapPage(intervalStart: number, place: number): number {
  return intervalStart + (place <= MAPS.sgam ? place - MAPS.gam : place)
}

function mapPagesWithin(first: number, end: number): number[] {
  const start = Math.floor((end - 1) / PAGES_PER_INTERVAL) * PAGES_PER_INTERVAL
  if (start === 0) return []
  return Object.values(MAPS)
    .map((place) => mapPage(start, place))
    .filter((page) => page >= first && page < end)
}

function freeExtents(gam: Buffer, intervalStart: number, firstExtent: number): void {
  for (let extent = firstExtent; extent < BITMAP_BYTES * 8; extent++) {
    const page = intervalStart + extent * PAGES_PER_EXTENT
    const byte = BITMAP_START + (extent >> 3)
    const bit = 1 << (extent & 7)
    const holdsPfs = page % PAGES_PER_PFS === 0
    gam[byte] = holdsPfs ? gam.readUInt8(byte) & ~bit : gam.readUInt8(byte) | bit
  }
}

function template(source: PageFile, number: number): Buffer {
  return Buffer.from(readVerifiedPage(source, 1, number).bytes)
}

/** Sets the page's number and its checksum; a page with torn bits loses that protection. */
async function writePage(target: FileHandle, number: number, page: Buffer): Promise<void> {
  const flags = page.readUInt16LE(4) & ~0x100
  page.writeUInt16LE(flags, 4)
  page.writeUInt32LE(number, 32)
  page.writeUInt32LE((flags & 0x200) === 0 ? 0 : pageChecksum(page), 60)
  await target.write(page, 0, PAGE_SIZE, number * PAGE_SIZE)
}
