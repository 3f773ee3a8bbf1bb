import { type FileExtents, iamPages } from '../page/allocation.ts'
import { isCompressedRecord, recordType } from '../page/fixed-var-record.ts'
import { PAGE_TYPES, type Page, type PagePointer, readPagePointer } from '../page/page.ts'
import { CHILD_POINTER_SIZE, RECORD_TYPES, STUB_SIZE } from '../page/record-format.ts'

const RID_SLOT_OFFSET = 6
const STUB_RID_OFFSET = 1

/** Where a record is. */
export interface RecordPosition {
  readonly page: Page
  readonly offset: number
}

/**
 * The data pages of a clustered index, in the order of its key: down from the root (or along from a
 * leaf) by way of each page's first child, then along the leaves. Pages are told apart by type: the
 * level is not to be trusted in system tables (format reference 1.6).
 * @throws PlatformError FILE_DAMAGED
 */
export function* clusteredPages(
  files: FileExtents,
  start: PagePointer | undefined,
): Generator<Page> {
  let pointer = start
  let milestone: Page | undefined
  let pages = 0
  while (pointer !== undefined) {
    const page: Page = files.readPage(pointer.fileId, pointer.pageNumber)
    if (isSamePage(page, milestone)) throw page.damaged('chain', 'its index runs in a circle')
    // Brent's search for a cycle: remember the 1st, 2nd, 4th, 8th, … page; a circle comes back to one.
    pages += 1
    if ((pages & (pages - 1)) === 0) milestone = page
    if (page.type === PAGE_TYPES.index) {
      pointer = firstChild(page)
      continue
    }
    if (page.type !== PAGE_TYPES.data) {
      throw page.damaged('page-type', `an index points to it, and its type is ${page.type}`)
    }
    yield page
    pointer = page.nextPage
  }
}

/**
 * The data pages of a clustered index with compressed rows, in the order of its key. Its upper pages
 * are compressed too, and where their records keep the child is not known for certain: the first leaf
 * is the one page that no other precedes.
 * @throws PlatformError FILE_DAMAGED
 */
export function* compressedClusteredPages(
  files: FileExtents,
  root: PagePointer | undefined,
  firstIam: PagePointer | undefined,
): Generator<Page> {
  if (root === undefined) return
  const rootPage = files.readPage(root.fileId, root.pageNumber)
  const first = rootPage.type === PAGE_TYPES.index ? firstLeaf(files, firstIam) : root
  if (first === undefined) throw rootPage.damaged('chain', 'its index has no first leaf')
  yield* clusteredPages(files, first)
}

function firstLeaf(files: FileExtents, firstIam: PagePointer | undefined): PagePointer | undefined {
  for (const page of heapPages(files, firstIam)) {
    if (page.previousPage === undefined) return page
  }
  return undefined
}

/** The data pages of a heap. */
export function* heapPages(files: FileExtents, firstIam: PagePointer | undefined): Generator<Page> {
  for (const { fileId, pageNumber } of iamPages(files, firstIam)) {
    const page = files.readPage(fileId, pageNumber)
    if (page.type === PAGE_TYPES.data) yield page
  }
}

/**
 * The rows' records on a page, with forwarding stubs followed: ghosts are deleted rows, and a
 * forwarded record is met through its stub.
 * @throws PlatformError FILE_DAMAGED
 */
export function* pageRecords(files: FileExtents, page: Page): Generator<RecordPosition> {
  for (let slot = 0; slot < page.slotCount; slot++) {
    const offset = page.slotOffset(slot)
    if (offset === 0) continue
    if (isCompressedRecord(page, offset)) {
      throw page.damaged('record', `slot ${slot} holds a compressed record in a table without`)
    }
    const type = recordType(page, offset)
    if (type === RECORD_TYPES.primary) yield { page, offset }
    else if (type === RECORD_TYPES.forwardingStub) yield forwardedRecord(files, page, offset)
  }
}

function isSamePage(page: Page, other: Page | undefined): boolean {
  return other?.pageNumber === page.pageNumber && other.fileId === page.fileId
}

function firstChild(page: Page): PagePointer | undefined {
  const offset = page.slotCount === 0 ? 0 : page.slotOffset(0)
  const child = offset + page.fixedLength - CHILD_POINTER_SIZE
  if (offset === 0 || child <= offset || child + CHILD_POINTER_SIZE > page.recordLimit) {
    throw page.damaged('record', 'an index page has no first child')
  }
  return readPagePointer(page.bytes, child)
}

function forwardedRecord(files: FileExtents, stubPage: Page, stub: number): RecordPosition {
  const position = forwardedPosition(files, stubPage, stub)
  const { page, offset } = position
  if (isCompressedRecord(page, offset) || recordType(page, offset) !== RECORD_TYPES.forwarded) {
    throw page.damaged('record', `a stub points to ${offset}, which is no forwarded record`)
  }
  return position
}

/**
 * Where a forwarding stub points: it has 9 bytes, a status and a row's address (page u32, file u16,
 * slot u16).
 * @throws PlatformError FILE_DAMAGED
 */
export function forwardedPosition(
  files: FileExtents,
  stubPage: Page,
  stub: number,
): RecordPosition {
  if (stub + STUB_SIZE > stubPage.recordLimit) {
    throw stubPage.damaged('record', 'a forwarding stub reaches outside the page')
  }
  const rid = stub + STUB_RID_OFFSET
  const pageNumber = stubPage.bytes.readUInt32LE(rid)
  const fileId = stubPage.bytes.readUInt16LE(rid + 4)
  const slot = stubPage.bytes.readUInt16LE(rid + RID_SLOT_OFFSET)
  const page = files.readPage(fileId, pageNumber)
  const offset = page.type === PAGE_TYPES.data ? page.slotOffset(slot) : 0
  if (offset === 0) throw page.damaged('record', `a stub points to its empty slot ${slot}`)
  return { page, offset }
}
