import type { PlatformError } from '../../base/index.ts'
import { recordType } from './fixed-var-record.ts'
import { PAGE_TYPES, type Page, type PageReader } from './page.ts'
import { RECORD_TYPES } from './record-format.ts'

// Out-of-row storage (format reference 6.3). A value is reached through a text pointer (16 bytes: RID
// at 8) or an inline root (12 bytes, then links of 12 bytes). LOB records: u16 length @2, kind u16 @12.
const TEXT_POINTER_SIZE = 16
const TEXT_POINTER_RID = 8
const INLINE_ROOT_HEADER = 12
const SHORT_LINK_SIZE = 12
const LONG_LINK_SIZE = 16
const KIND_OFFSET = 12
const DATA_START = 14
const SMALL_ROOT_DATA_START = 20
const LINK_COUNT_OFFSET = 16
const INTERNAL_LINKS_START = 20
const LARGE_ROOT_LINKS_START = 24
const KINDS = {
  smallRoot: 0,
  internal: 2,
  data: 3,
  largeRoot2000: 4,
  largeRoot: 5,
  null: 8,
} as const
const MAX_DEPTH = 16
/** A value has at most 2 GiB, in fragments of up to 8,040 bytes; shorter ones are exceptions. */
const MAX_RECORDS = 1_000_000
const MAX_LENGTH_BYTES = 2 ** 31 - 1

/** A row address: page and slot. */
interface Rid {
  readonly fileId: number
  readonly pageNumber: number
  readonly slot: number
}

/** A part of a value: its record and the length that its parent promises. */
interface Link extends Rid {
  readonly length: number
}

/** A pointer in a row: `bytes[start, end)` of `page`. */
export interface LobPointer {
  readonly page: Page
  readonly start: number
  readonly end: number
}

/**
 * The whole value behind a complex column of a row; undefined when the pointer stands for NULL.
 * @throws PlatformError FILE_DAMAGED
 */
export function readLob(reader: PageReader, pointer: LobPointer): Buffer | undefined {
  const { page, start, end } = pointer
  const assembly = new LobAssembly(reader)
  const size = end - start
  if (size === TEXT_POINTER_SIZE) {
    const rid = readRid(page.bytes, start + TEXT_POINTER_RID)
    if (rid.fileId === 0 && rid.pageNumber === 0) return undefined
    return assembly.appendRoot(rid) ? assembly.bytes() : undefined
  }
  const links = (size - INLINE_ROOT_HEADER) / SHORT_LINK_SIZE
  if (links < 0 || !Number.isInteger(links)) {
    throw page.damaged('lob', `a pointer to a large value has ${size} bytes`)
  }
  assembly.appendLinks(readLinks(page, start + INLINE_ROOT_HEADER, links, SHORT_LINK_SIZE), 0)
  return assembly.bytes()
}

/** Collects the parts of one value; a value of a damaged file cannot visit more records than exist. */
class LobAssembly {
  readonly #reader: PageReader
  readonly #parts: Buffer[] = []
  #length = 0
  #recordsLeft = MAX_RECORDS

  constructor(reader: PageReader) {
    this.#reader = reader
  }

  bytes(): Buffer {
    return this.#parts.length === 1 && this.#parts[0] !== undefined
      ? this.#parts[0]
      : Buffer.concat(this.#parts, this.#length)
  }

  /** Appends a value whose length only its root knows; false when the root says NULL. */
  appendRoot(rid: Rid): boolean {
    return this.#append(rid, 0) !== undefined
  }

  appendLinks(links: readonly Link[], depth: number): number {
    let total = 0
    for (const link of links) {
      const length = this.#append(link, depth) ?? 0
      if (length !== link.length) {
        const page = this.#reader.readPage(link.fileId, link.pageNumber)
        throw damagedLob(
          page,
          `slot ${link.slot} has ${length} bytes of the ${link.length} promised`,
        )
      }
      total += length
    }
    return total
  }

  /** Appends what a record stands for and returns its length; undefined for a NULL root. */
  #append(rid: Rid, depth: number): number | undefined {
    const page = this.#reader.readPage(rid.fileId, rid.pageNumber)
    this.#recordsLeft -= 1
    if (depth > MAX_DEPTH || this.#recordsLeft < 0 || this.#length > MAX_LENGTH_BYTES) {
      throw damagedLob(page, 'the parts of a large value run in a circle')
    }
    const { start, end } = lobRecord(page, rid.slot)
    const kind = page.bytes.readUInt16LE(start + KIND_OFFSET)
    switch (kind) {
      case KINDS.data:
        return this.#appendBytes(page, start + DATA_START, end)
      case KINDS.smallRoot: {
        if (start + SMALL_ROOT_DATA_START > end) throw tooShort(page, rid.slot)
        const dataStart = start + SMALL_ROOT_DATA_START
        const dataEnd = dataStart + page.bytes.readUInt16LE(start + DATA_START)
        if (dataEnd > end) throw tooShort(page, rid.slot)
        return this.#appendBytes(page, dataStart, dataEnd)
      }
      case KINDS.internal:
        return this.appendLinks(
          recordLinks(page, { start, end, slot: rid.slot }, 'long'),
          depth + 1,
        )
      case KINDS.largeRoot:
      case KINDS.largeRoot2000:
        return this.appendLinks(
          recordLinks(page, { start, end, slot: rid.slot }, 'short'),
          depth + 1,
        )
      case KINDS.null:
        return undefined
      default:
        throw damagedLob(page, `slot ${rid.slot} has the unknown kind ${kind}`)
    }
  }

  #appendBytes(page: Page, start: number, end: number): number {
    this.#parts.push(page.bytes.subarray(start, end))
    this.#length += end - start
    return end - start
  }
}

function lobRecord(page: Page, slot: number): { start: number; end: number } {
  if (page.type !== PAGE_TYPES.textMix && page.type !== PAGE_TYPES.textTree) {
    throw page.damaged('page-type', `a large value points to it, and its type is ${page.type}`)
  }
  const start = page.slotOffset(slot)
  if (start === 0 || recordType(page, start) !== RECORD_TYPES.blobFragment) {
    throw damagedLob(page, `slot ${slot} holds no part of a large value`)
  }
  const end = start + DATA_START > page.recordLimit ? 0 : start + page.bytes.readUInt16LE(start + 2)
  if (end < start + DATA_START || end > page.recordLimit) throw tooShort(page, slot)
  return { start, end }
}

/** Links with ends of 8 bytes begin at 20, those with ends of 4 bytes at 24. */
function recordLinks(
  page: Page,
  { start, end, slot }: { start: number; end: number; slot: number },
  form: 'short' | 'long',
): Link[] {
  const linksStart = start + (form === 'long' ? INTERNAL_LINKS_START : LARGE_ROOT_LINKS_START)
  const linkSize = form === 'long' ? LONG_LINK_SIZE : SHORT_LINK_SIZE
  if (linksStart > end) throw tooShort(page, slot)
  const count = page.bytes.readUInt16LE(start + LINK_COUNT_OFFSET)
  if (linksStart + count * linkSize > end) throw tooShort(page, slot)
  return readLinks(page, linksStart, count, linkSize)
}

function readLinks(page: Page, start: number, count: number, size: number): Link[] {
  const links: Link[] = []
  let previousEnd = 0
  for (let position = start; position < start + count * size; position += size) {
    const end =
      size === LONG_LINK_SIZE
        ? Number(page.bytes.readBigUInt64LE(position))
        : page.bytes.readUInt32LE(position)
    if (end < previousEnd) throw damagedLob(page, 'the parts of a large value are out of order')
    const rid = readRid(page.bytes, position + size - 8)
    links.push({ ...rid, length: end - previousEnd })
    previousEnd = end
  }
  return links
}

function readRid(bytes: Buffer, position: number): Rid {
  return {
    pageNumber: bytes.readUInt32LE(position),
    fileId: bytes.readUInt16LE(position + 4),
    slot: bytes.readUInt16LE(position + 6),
  }
}

function tooShort(page: Page, slot: number): PlatformError {
  return damagedLob(page, `the record of slot ${slot} reaches outside its bounds`)
}

function damagedLob(page: Page, what: string): PlatformError {
  return page.damaged('lob', what)
}
