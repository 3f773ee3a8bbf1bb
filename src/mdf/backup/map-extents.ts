import { PlatformError } from '../../base/index.ts'
import {
  BITMAP_BYTES,
  EXTENTS_PER_INTERVAL,
  PAGES_PER_EXTENT,
  PAGES_PER_INTERVAL,
} from '../page/allocation.ts'
import { type FileHeader, readFileHeader } from '../page/file-header.ts'
import { PAGE_TYPES, type Page, readVerifiedPage } from '../page/page.ts'
import { PAGE_SIZE } from '../page-file.ts'
import { ExtentMap } from './extent-map.ts'
import { damagedBackup } from './mtf-block.ts'
import type { PageStream } from './page-stream.ts'

// Order of the pages (format reference 9.3): file after file, each with the extents its GAM pages call
// allocated (bit 0), ascending; then pages of type 101 that only fill up.
const FILLER_TYPE = 101
const PAGE_NUMBER_OFFSET = 32
const FILE_ID_OFFSET = 36
const FLAG_BITS_OFFSET = 4
const IS_ENCRYPTED = 0x8
/** The GAM page is page 2 of the first interval, and the first page of every other one. */
const FIRST_GAM_PAGE = 2
const GAM_BITMAP_START = 194
const GAM_RECORD_START = 190
/** Header of the bitmap's record: no null bitmap, 7,992 bytes. */
const GAM_RECORD_HEADER = 0x1f380000

/** A data file as it is in a backup. */
export interface MappedFile {
  readonly header: FileHeader
  readonly extents: ExtentMap
}

/**
 * Finds out which page of which file every page of a set is. Reads one page per file and one per 4 GB.
 * @throws PlatformError BACKUP_DAMAGED, UNSUPPORTED_BACKUP for encrypted pages
 */
export function mapExtents(stream: PageStream): readonly MappedFile[] {
  const files: MappedFile[] = []
  for (const [index, { firstPage, endPage }] of stream.parts.entries()) {
    let ordinal = firstPage
    while (ordinal < endPage && pageType(stream, ordinal) !== FILLER_TYPE) {
      if (index > 0 && !isNewFile(stream, ordinal, files)) {
        ordinal = placeLateExtent(stream, { ordinal, end: endPage, files })
        continue
      }
      const file = openFile(stream, ordinal, files)
      ordinal = placeExtents(stream, { file, first: ordinal, end: endPage })
      files.push(file)
    }
  }
  return stream.parts.length > 1 ? files.map((file) => rereadHeader(stream, file)) : files
}

function isNewFile(stream: PageStream, ordinal: number, files: readonly MappedFile[]): boolean {
  const page = readPage(stream, ordinal)
  const fileId = page.readUInt16LE(FILE_ID_OFFSET)
  return (
    page.readUInt8(1) === PAGE_TYPES.fileHeader &&
    page.readUInt32LE(PAGE_NUMBER_OFFSET) === 0 &&
    !files.some(({ header }) => header.fileId === fileId)
  )
}

/** The file may have grown while it was saved: the header saved last holds. */
function rereadHeader(stream: PageStream, { header, extents }: MappedFile): MappedFile {
  const page = verifiedPage(stream, extents.ordinalOf(0) ?? 0, header.fileId, 0)
  const last = toBackupDamage(() => readFileHeader(page))
  extents.sizePages = last.sizePages
  return { header: last, extents }
}

function pageType(stream: PageStream, ordinal: number): number {
  return readPage(stream, ordinal).readUInt8(1)
}

function readPage(stream: PageStream, ordinal: number): Buffer {
  const page = Buffer.allocUnsafeSlow(PAGE_SIZE)
  if (!stream.read(ordinal, page)) {
    throw damagedBackup(stream.file.path, `page ${ordinal} of the saved pages is missing`)
  }
  return page
}

/** The page at `ordinal`, which has to be this page of this file. */
function verifiedPage(
  stream: PageStream,
  ordinal: number,
  fileId: number,
  pageNumber: number,
): Page {
  const bytes = readPage(stream, ordinal)
  const { path } = stream.file
  const source = {
    path,
    pageCount: pageNumber + 1,
    readPage: () => bytes,
    close: () => undefined,
  }
  try {
    return readVerifiedPage(source, fileId, pageNumber)
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    throw isEncryptedPage(bytes)
      ? encryptedPages(path)
      : new PlatformError('BACKUP_DAMAGED', error.message, { cause: error, details: error.details })
  }
}

function openFile(stream: PageStream, ordinal: number, known: readonly MappedFile[]): MappedFile {
  const fileId = readPage(stream, ordinal).readUInt16LE(FILE_ID_OFFSET)
  const page = verifiedPage(stream, ordinal, fileId, 0)
  const header = toBackupDamage(() => readFileHeader(page))
  if (header.fileId !== fileId || known.some((file) => file.header.fileId === fileId)) {
    throw damagedBackup(stream.file.path, `the pages of file ${fileId} begin at a wrong place`)
  }
  return { header, extents: new ExtentMap(fileId, header.sizePages) }
}

/** Answers the ordinal behind the file's pages. */
function placeExtents(
  stream: PageStream,
  { file, first, end }: { file: MappedFile; first: number; end: number },
): number {
  const { extents } = file
  let ordinal = first
  for (let start = 0; start < extents.extentCount; start += EXTENTS_PER_INTERVAL) {
    const gam = readGam(stream, { ordinal, fileId: extents.fileId, interval: start })
    const count = Math.min(EXTENTS_PER_INTERVAL, extents.extentCount - start)
    for (let index = 0; index < count; index++) {
      if (((gam[index >> 3] ?? 0) & (1 << (index & 7))) !== 0) continue
      if (ordinal + PAGES_PER_EXTENT > end) {
        throw damagedBackup(
          stream.file.path,
          `the pages of ${file.header.logicalName} end early: extent ${start + index} is missing`,
        )
      }
      extents.place(start + index, ordinal)
      ordinal += PAGES_PER_EXTENT
    }
  }
  return ordinal
}

/** The bitmap of the interval whose first extent is at `ordinal`. */
function readGam(
  stream: PageStream,
  { ordinal, fileId, interval }: { ordinal: number; fileId: number; interval: number },
): Buffer {
  const index = interval === 0 ? FIRST_GAM_PAGE : 0
  const pageNumber = (interval / EXTENTS_PER_INTERVAL) * PAGES_PER_INTERVAL + index
  const page = verifiedPage(stream, ordinal + index, fileId, pageNumber)
  if (
    page.type === PAGE_TYPES.gam &&
    page.bytes.readUInt32LE(GAM_RECORD_START) === GAM_RECORD_HEADER
  ) {
    const gam = page.bytes.subarray(GAM_BITMAP_START, GAM_BITMAP_START + BITMAP_BYTES)
    // It tells of itself: the extent it lies in is allocated.
    if (((gam[0] ?? 0) & 1) === 0) return gam
  }
  if (isEncryptedPage(page.bytes)) throw encryptedPages(stream.file.path)
  throw damagedBackup(stream.file.path, `page (${fileId}:${pageNumber}) should be a GAM page`)
}

/** An extent that was saved once more, after it had changed: what was saved last holds. */
function placeLateExtent(
  stream: PageStream,
  { ordinal, end, files }: { ordinal: number; end: number; files: readonly MappedFile[] },
): number {
  const next = ordinal + PAGES_PER_EXTENT
  const place = next <= end ? findPlace(stream, ordinal, files) : undefined
  if (place === undefined) {
    throw damagedBackup(stream.file.path, `saved page ${ordinal} belongs to no file`)
  }
  place.extents.place(place.extent, ordinal)
  return next
}

/** By the ids its pages carry: a page that is in use says where it belongs. */
function findPlace(stream: PageStream, first: number, files: readonly MappedFile[]) {
  const votes = new Map<string, { extents: ExtentMap; extent: number; count: number }>()
  for (let index = 0; index < PAGES_PER_EXTENT; index++) {
    const page = readPage(stream, first + index)
    const pageNumber = page.readUInt32LE(PAGE_NUMBER_OFFSET)
    const fileId = page.readUInt16LE(FILE_ID_OFFSET)
    const extents = files.find(({ header }) => header.fileId === fileId)?.extents
    const extent = Math.floor(pageNumber / PAGES_PER_EXTENT)
    if (page.readUInt8(0) !== 1 || pageNumber % PAGES_PER_EXTENT !== index) continue
    if (extents === undefined || extent >= extents.knownExtents) continue
    const key = `${fileId}:${extent}`
    const vote = votes.get(key) ?? { extents, extent, count: 0 }
    vote.count++
    votes.set(key, vote)
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0]
}

function isEncryptedPage(bytes: Buffer): boolean {
  return (
    (bytes.readUInt16LE(FLAG_BITS_OFFSET) & IS_ENCRYPTED) !== 0 &&
    bytes.readUInt8(1) === PAGE_TYPES.gam
  )
}

function encryptedPages(path: string): PlatformError {
  return new PlatformError(
    'UNSUPPORTED_BACKUP',
    `${path} holds an encrypted database (TDE); its pages can be read only with the server's certificate`,
    { details: { path, reason: 'encrypted' } },
  )
}

/** Damage that page readers call a file's is the backup's here. */
export function toBackupDamage<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'FILE_DAMAGED') throw error
    throw new PlatformError('BACKUP_DAMAGED', error.message, {
      cause: error,
      details: error.details,
    })
  }
}
