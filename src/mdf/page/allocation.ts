import { PAGE_SIZE } from '../page-file.ts'
import {
  PAGE_TYPES,
  type Page,
  type PagePointer,
  type PageReader,
  readPagePointer,
} from './page.ts'

// Allocation pages (format reference 3.2 to 3.4).
export const PAGES_PER_EXTENT = 8
/** A PFS page describes itself and the pages up to the next one. */
export const PAGES_PER_PFS = 8088
/** GAM, SGAM, DCM, BCM and IAM pages each cover this many extents. */
export const EXTENTS_PER_INTERVAL = 63_904
export const PAGES_PER_INTERVAL = EXTENTS_PER_INTERVAL * PAGES_PER_EXTENT
export const PFS_BYTES_START = 100
export const PFS_ALLOCATED = 0x40
export const IAM_INTERVAL_START = 0x88
export const IAM_SINGLE_PAGES = 0x8e
export const IAM_SINGLE_PAGE_COUNT = 8
const POINTER_SIZE = 6
const BITMAP_RECORD_HEADER = 4
export const BITMAP_BYTES = EXTENTS_PER_INTERVAL / 8
const BITMAP_SLOT = 1

/** Pages of a file, by file id. */
export interface FileExtents extends PageReader {
  /** @throws PlatformError FILE_DAMAGED when the database has no such file */
  pageCountOf(fileId: number): number
}

/** Number of the PFS page that describes a page. */
export function pfsPageOf(pageNumber: number): number {
  return pageNumber < PAGES_PER_PFS ? 1 : Math.floor(pageNumber / PAGES_PER_PFS) * PAGES_PER_PFS
}

/**
 * The allocated pages of an allocation unit, in the order of its IAM chain: single pages of mixed
 * extents, then extents.
 * @throws PlatformError FILE_DAMAGED
 */
export function* iamPages(files: FileExtents, firstIam: PagePointer | undefined) {
  let pointer = firstIam
  const visited = new Set<string>()
  while (pointer !== undefined) {
    const iam: Page = files.readPage(pointer.fileId, pointer.pageNumber)
    if (iam.type !== PAGE_TYPES.iam) {
      throw iam.damaged('page-type', `an IAM chain points to it, and its type is ${iam.type}`)
    }
    const key = `${iam.fileId}:${iam.pageNumber}`
    if (visited.has(key)) throw iam.damaged('chain', 'its IAM chain runs in a circle')
    visited.add(key)
    yield* allocatedPages(files, singlePages(iam))
    yield* allocatedPages(files, extentPages(files, iam))
    pointer = iam.nextPage
  }
}

function* singlePages(iam: Page): Generator<PagePointer> {
  for (let index = 0; index < IAM_SINGLE_PAGE_COUNT; index++) {
    const pointer = readPagePointer(iam.bytes, IAM_SINGLE_PAGES + index * POINTER_SIZE)
    if (pointer !== undefined) yield pointer
  }
}

function* extentPages(files: FileExtents, iam: Page): Generator<PagePointer> {
  const interval = readPagePointer(iam.bytes, IAM_INTERVAL_START)
  if (interval === undefined) return
  const { fileId } = interval
  const pageCount = files.pageCountOf(fileId)
  const bitmap = bitmapStart(iam)
  for (let byte = 0; byte < BITMAP_BYTES; byte++) {
    const bits = iam.bytes.readUInt8(bitmap + byte)
    for (let bit = 0; bits >> bit !== 0; bit++) {
      if (((bits >> bit) & 1) === 0) continue
      const first = interval.pageNumber + (byte * 8 + bit) * PAGES_PER_EXTENT
      // Bits past the end of the file mean nothing.
      for (let page = first; page < Math.min(first + PAGES_PER_EXTENT, pageCount); page++) {
        yield { fileId, pageNumber: page }
      }
    }
  }
}

/** At 194 as a rule; the IAM page of sysfiles1 has it at 196. */
function bitmapStart(iam: Page): number {
  const start = iam.slotOffset(BITMAP_SLOT) + BITMAP_RECORD_HEADER
  if (start + BITMAP_BYTES > PAGE_SIZE) throw iam.damaged('allocation', 'its bitmap is misplaced')
  return start
}

/** The IAM page reserves whole extents; only the PFS page knows which of their pages are in use. */
function* allocatedPages(files: FileExtents, pages: Iterable<PagePointer>): Generator<PagePointer> {
  let pfs: Page | undefined
  for (const pointer of pages) {
    const pfsPage = pfsPageOf(pointer.pageNumber)
    if (pfs?.fileId !== pointer.fileId || pfs.pageNumber !== pfsPage) {
      pfs = files.readPage(pointer.fileId, pfsPage)
      if (pfs.type !== PAGE_TYPES.pfs) {
        throw pfs.damaged('page-type', `it should be a PFS page, and its type is ${pfs.type}`)
      }
    }
    const status = pfs.bytes.readUInt8(PFS_BYTES_START + (pointer.pageNumber % PAGES_PER_PFS))
    if ((status & PFS_ALLOCATED) !== 0) yield pointer
  }
}
