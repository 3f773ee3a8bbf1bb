import type { Lsn } from '../../page/lsn.ts'
import { PAGE_HEADER_SIZE, type PagePointer } from '../../page/page.ts'
import { HAS_CHECKSUM, PROTECTION_OFFSET, pageChecksum } from '../../page/page-checksum.ts'
import { PAGE_SIZE } from '../../page-file.ts'

// Page header (format reference 1.1).
const HEADER_VERSION = 1
const SLOT_SIZE = 2
/** Type flag of a page that begins with compression information. */
const HAS_COMPRESSION_INFORMATION = 0x80
/** Bytes of a page for records and slots. */
const PAGE_CAPACITY = PAGE_SIZE - PAGE_HEADER_SIZE

/** The parts of a page header that are known when the page is allocated. */
export interface PageKind {
  /** One of `PAGE_TYPES`. */
  readonly type: number
  /** Of an index, 0 for leaves. */
  readonly level: number
  /** pminlen. */
  readonly fixedLength: number
  /** Flag bits besides the checksum's. */
  readonly flags?: number
}

export interface PageIdentity extends PagePointer, PageKind {
  readonly allocationUnitId: bigint
  readonly lsn: Lsn
}

/** Fills a page with records, from its start, and its slot array, from its end. */
export class PageWriter {
  readonly pointer: PagePointer
  readonly type: number
  previous: PagePointer | undefined
  next: PagePointer | undefined
  ghostCount = 0
  #slotCount = 0
  #typeFlags = 0
  #freeData = PAGE_HEADER_SIZE
  readonly #bytes: Buffer
  readonly #identity: PageIdentity

  /** `bytes` are the page's 8,192 bytes, all zero. */
  constructor(bytes: Buffer, identity: PageIdentity) {
    this.#bytes = bytes
    this.#identity = identity
    this.pointer = { fileId: identity.fileId, pageNumber: identity.pageNumber }
    this.type = identity.type
  }

  get slotCount(): number {
    return this.#slotCount
  }

  /** Bytes that records and slots take. */
  get usedBytes(): number {
    return this.#freeData - PAGE_HEADER_SIZE + SLOT_SIZE * this.#slotCount
  }

  /** Share of the page that records and slots take: 0 empty, 1 full. */
  get fullness(): number {
    return this.usedBytes / PAGE_CAPACITY
  }

  /** Whether a record fits when at most `capacity` bytes of the page are to be used. */
  hasRoom(length: number, capacity = PAGE_CAPACITY): boolean {
    return this.usedBytes + length + SLOT_SIZE <= capacity
  }

  /** Adds the first `length` bytes of `record`; returns its slot. */
  add(record: Buffer, length = record.length): number {
    const slot = this.#slotCount
    record.copy(this.#bytes, this.#freeData, 0, length)
    this.#bytes.writeUInt16LE(this.#freeData, PAGE_SIZE - SLOT_SIZE * (slot + 1))
    this.#freeData += length
    this.#slotCount = slot + 1
    return slot
  }

  /** Replaces the records by as many others, with what they have in common before them. */
  replaceRecords(information: Buffer, records: readonly Buffer[]): void {
    this.#bytes.fill(0, PAGE_HEADER_SIZE, this.#freeData)
    information.copy(this.#bytes, PAGE_HEADER_SIZE)
    this.#freeData = PAGE_HEADER_SIZE + information.length
    this.#slotCount = 0
    this.#typeFlags = HAS_COMPRESSION_INFORMATION
    for (const record of records) this.add(record)
  }

  /** Writes the header and the checksum: the page is complete. */
  seal(): void {
    const bytes = this.#bytes
    const { type, level, fixedLength, flags = 0, allocationUnitId, lsn } = this.#identity
    bytes[0] = HEADER_VERSION
    bytes[1] = type
    bytes[2] = this.#typeFlags
    bytes[3] = level
    bytes.writeUInt16LE(HAS_CHECKSUM | flags, 4)
    bytes.writeUInt16LE(Number((allocationUnitId >> 48n) & 0xffffn), 6)
    writePointer(bytes, 8, this.previous)
    bytes.writeUInt16LE(fixedLength, 14)
    writePointer(bytes, 16, this.next)
    bytes.writeUInt16LE(this.#slotCount, 22)
    bytes.writeUInt32LE(Number((allocationUnitId >> 16n) & 0xffff_ffffn), 24)
    bytes.writeUInt16LE(PAGE_CAPACITY - this.usedBytes, 28)
    bytes.writeUInt16LE(this.#freeData, 30)
    writePointer(bytes, 32, this.pointer)
    writeLsn(bytes, 40, lsn)
    bytes.writeUInt16LE(this.ghostCount, 58)
    bytes.writeUInt32LE(pageChecksum(bytes), PROTECTION_OFFSET)
  }
}

/** Page u32, file u16; zeros for no page. */
export function writePointer(
  bytes: Buffer,
  start: number,
  pointer: PagePointer | undefined,
): number {
  bytes.writeUInt32LE(pointer?.pageNumber ?? 0, start)
  return bytes.writeUInt16LE(pointer?.fileId ?? 0, start + 4)
}

function writeLsn(bytes: Buffer, start: number, { virtualLogFile, block, slot }: Lsn): void {
  bytes.writeUInt32LE(virtualLogFile, start)
  bytes.writeUInt32LE(block, start + 4)
  bytes.writeUInt16LE(slot, start + 8)
}
