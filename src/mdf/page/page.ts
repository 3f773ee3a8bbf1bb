import { PlatformError } from '../../base/index.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import {
  FLAG_BITS_OFFSET,
  HAS_CHECKSUM,
  HAS_TORN_BITS,
  PROTECTION_OFFSET,
  pageChecksum,
  restoreTornBits,
} from './page-checksum.ts'

// Page header (format reference 1.1): version u8 @0, type u8 @1, level u8 @3, flag bits u16 @4,
// previous page @8, pminlen u16 @14, next page @16, slot count u16 @22, this page @32.
const TYPE_OFFSET = 1
const PREVIOUS_PAGE_OFFSET = 8
const FIXED_LENGTH_OFFSET = 14
const NEXT_PAGE_OFFSET = 16
export const SLOT_COUNT_OFFSET = 22
const PAGE_NUMBER_OFFSET = 32
const FILE_ID_OFFSET = 36
export const PAGE_HEADER_SIZE = 96

/** Page types (format reference 1.2). */
export const PAGE_TYPES = {
  data: 1,
  index: 2,
  textMix: 3,
  textTree: 4,
  gam: 8,
  sgam: 9,
  iam: 10,
  pfs: 11,
  boot: 13,
  fileHeader: 15,
  differentialMap: 16,
  bulkChangedMap: 17,
} as const

/** What is wrong with a page; the first three are what SQL Server reports as error 824. */
export type DamageReason =
  | 'checksum'
  | 'torn'
  | 'page-id'
  | 'page-type'
  | 'read'
  | 'slot'
  | 'record'
  | 'value'
  | 'lob'
  | 'chain'
  | 'allocation'

export interface PagePointer {
  readonly fileId: number
  readonly pageNumber: number
}

/** Where a page belongs, for checks and messages. */
export interface PageOrigin extends PagePointer {
  readonly path: string
}

/** Reads verified pages of a database. */
export interface PageReader {
  /** @throws PlatformError FILE_DAMAGED */
  readPage(fileId: number, pageNumber: number): Page
}

/** A verified page: its bytes have their original values, its slots are inside it. */
export class Page implements PageOrigin {
  readonly bytes: Buffer
  readonly path: string
  readonly fileId: number
  readonly pageNumber: number
  readonly type: number
  readonly slotCount: number
  /** Where the slot array begins: no record reaches it. */
  readonly recordLimit: number

  constructor(bytes: Buffer, origin: PageOrigin) {
    this.bytes = bytes
    this.path = origin.path
    this.fileId = origin.fileId
    this.pageNumber = origin.pageNumber
    this.type = bytes.readUInt8(TYPE_OFFSET)
    this.slotCount = bytes.readUInt16LE(SLOT_COUNT_OFFSET)
    this.recordLimit = PAGE_SIZE - 2 * this.slotCount
    if (this.recordLimit < PAGE_HEADER_SIZE) {
      throw damagedPage(origin, 'slot', `it claims ${this.slotCount} slots`)
    }
  }

  get previousPage(): PagePointer | undefined {
    return readPagePointer(this.bytes, PREVIOUS_PAGE_OFFSET)
  }

  get nextPage(): PagePointer | undefined {
    return readPagePointer(this.bytes, NEXT_PAGE_OFFSET)
  }

  /** Length of the fixed part of this page's records (pminlen). */
  get fixedLength(): number {
    return this.bytes.readUInt16LE(FIXED_LENGTH_OFFSET)
  }

  /** Offset of a slot's record; 0 for an empty slot. */
  slotOffset(slot: number): number {
    if (slot >= this.slotCount) throw this.damaged('slot', `it has no slot ${slot}`)
    const offset = this.bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
    if (offset !== 0 && (offset < PAGE_HEADER_SIZE || offset >= this.recordLimit)) {
      throw this.damaged('slot', `slot ${slot} points outside its records`)
    }
    return offset
  }

  damaged(reason: DamageReason, what: string): PlatformError {
    return damagedPage(this, reason, what)
  }
}

/** The page pointer at `offset`; undefined for (0:0), no page. */
export function readPagePointer(bytes: Buffer, offset: number): PagePointer | undefined {
  const pageNumber = bytes.readUInt32LE(offset)
  const fileId = bytes.readUInt16LE(offset + 4)
  return pageNumber === 0 && fileId === 0 ? undefined : { fileId, pageNumber }
}

/**
 * Reads a page and checks it: checksum or torn bits, then its own page id.
 * @throws PlatformError FILE_DAMAGED
 */
export function readVerifiedPage(source: PageSource, fileId: number, pageNumber: number): Page {
  const origin = { path: source.path, fileId, pageNumber }
  if (pageNumber >= source.pageCount) {
    throw damagedPage(
      origin,
      'read',
      `it lies outside the file, which has ${source.pageCount} pages`,
    )
  }
  const stored = source.readPage(pageNumber)
  const bytes = unprotect(Buffer.from(stored.buffer, stored.byteOffset, PAGE_SIZE), origin)
  const actualPage = bytes.readUInt32LE(PAGE_NUMBER_OFFSET)
  const actualFile = bytes.readUInt16LE(FILE_ID_OFFSET)
  if (actualPage !== pageNumber || actualFile !== fileId) {
    const expected = `${fileId}:${pageNumber}`
    const actual = `${actualFile}:${actualPage}`
    throw damagedPage(
      origin,
      'page-id',
      `incorrect page id (expected ${expected}; actual ${actual})`,
      { expected, actual },
    )
  }
  return new Page(bytes, origin)
}

function unprotect(bytes: Buffer, origin: PageOrigin): Buffer {
  const flags = bytes.readUInt16LE(FLAG_BITS_OFFSET)
  if ((flags & HAS_CHECKSUM) !== 0) {
    const actual = bytes.readUInt32LE(PROTECTION_OFFSET)
    const expected = pageChecksum(bytes)
    if (expected === actual) return bytes
    const texts = { expected: hexadecimal(expected), actual: hexadecimal(actual) }
    throw damagedPage(
      origin,
      'checksum',
      `incorrect checksum (expected ${texts.expected}; actual ${texts.actual})`,
      texts,
    )
  }
  if ((flags & HAS_TORN_BITS) === 0) return bytes
  const restored = restoreTornBits(bytes)
  if (restored !== undefined) return restored
  const actual = hexadecimal(bytes.readUInt32LE(PROTECTION_OFFSET))
  throw damagedPage(origin, 'torn', `torn page (torn bits ${actual})`, { actual })
}

/** The error for a page that cannot be trusted. */
export function damagedPage(
  origin: PageOrigin,
  reason: DamageReason,
  what: string,
  values: { readonly expected?: string; readonly actual?: string } = {},
): PlatformError {
  const { path, fileId, pageNumber } = origin
  return new PlatformError(
    'FILE_DAMAGED',
    `${path}: page (${fileId}:${pageNumber}) is damaged: ${what}`,
    { details: { path, fileId, pageNumber, reason, ...values } },
  )
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
