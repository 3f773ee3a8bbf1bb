import { recordType } from '../../page/fixed-var-record.ts'
import { PAGE_TYPES, type Page } from '../../page/page.ts'
import { RECORD_TYPES } from '../../page/record-format.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import { describeOwner } from '../page-owners.ts'
import type { VerifyContext } from '../verify-context.ts'
import { type Hash, hashAddress, MultisetDigest, startHash } from './multiset-digest.ts'
import type { StructureReport } from './structure-report.ts'

// Out-of-row storage (format reference 6.3).
const TEXT_POINTER_SIZE = 16
const TEXT_POINTER_RID = 8
const INLINE_HEADER = 12
const SHORT_LINK = 12
const LONG_LINK = 16
const BLOB_ID = 4
const KIND = 12
const DATA_START = 14
const LINK_COUNT = 16
const INTERNAL_LINKS = 20
const LARGE_ROOT_LINKS = 24
const SMALL_ROOT_DATA = 20
/** Roots that are said to exist and whose layout is not known. */
const KNOWN_TO_EXIST: readonly number[] = [1, 6, 7]
const KINDS = { smallRoot: 0, internal: 2, data: 3, largeRoot2000: 4, largeRoot: 5, null: 8 }
const MAX_DEPTH = 16
const OVERFLOW_ROOT = 2
const LOB_ROOT = 4
const IN_ROW = 1
/** More fragments than a page has room for. */
const MOST_PER_PAGE = 600
const UNKNOWN_LENGTH = -1
const BROKEN = -2

export interface FragmentAddress {
  readonly fileId: number
  readonly pageNumber: number
  readonly slot: number
}

/** Walks large values part by part, without putting them together. */
export class LargeValues {
  /** Whether all values of the rowset are kept in a way that is known. */
  isUnderstood = true
  /** Every part that values of the rowset refer to. */
  references = new MultisetDigest()
  /** Called for every part, for a second look. */
  onReference: ((hash: Hash, address: FragmentAddress) => void) | undefined
  readonly #context: VerifyContext
  readonly #report: StructureReport
  readonly #hash: Hash = { low: 0, high: 0 }
  #rowsetId = 0n
  #partsLeft: number
  #problem = ''
  #blobId: bigint | undefined

  constructor(context: VerifyContext, report: StructureReport) {
    this.#context = context
    this.#report = report
    let pages = 0
    for (const source of context.sources.values()) pages += source.pageCount
    this.#partsLeft = 3 * MOST_PER_PAGE * pages
  }

  begin(rowsetId: bigint): void {
    this.#rowsetId = rowsetId
    this.isUnderstood = true
    this.references = new MultisetDigest()
  }

  /** What is wrong with the value that `bytes[start, end)` points to; undefined when nothing is. */
  walk(bytes: Buffer, start: number, end: number): string | undefined {
    const size = end - start
    this.#problem = ''
    this.#blobId = undefined
    if (size === TEXT_POINTER_SIZE) {
      const address = readAddress(bytes, start + TEXT_POINTER_RID)
      if (address.fileId === 0 && address.pageNumber === 0) return undefined
      return this.#visit(address, UNKNOWN_LENGTH, 0) === BROKEN ? this.#problem : undefined
    }
    const id = size === 0 ? 0 : bytes.readUInt8(start)
    const links = (size - INLINE_HEADER) / SHORT_LINK
    if (id !== OVERFLOW_ROOT && id !== LOB_ROOT) {
      this.#notUnderstood()
      return undefined
    }
    if (links < 1 || !Number.isInteger(links)) {
      return `its pointer has ${size} bytes, which are no whole number of links`
    }
    const where = { bytes, start: start + INLINE_HEADER, count: links, size: SHORT_LINK }
    return this.#visitLinks(where, 0) === BROKEN ? this.#problem : undefined
  }

  #visitLinks({ bytes, start, count, size }: Links, depth: number): number {
    let previousEnd = 0
    for (let index = 0; index < count; index++) {
      const at = start + index * size
      const end = size === LONG_LINK ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at)
      if (end < previousEnd) return this.#broken(`part ${index + 1} ends before it begins`)
      const address = readAddress(bytes, at + size - 8)
      const length = this.#visit(address, end - previousEnd, depth + 1)
      if (length < 0) return length
      previousEnd = end
    }
    return previousEnd
  }

  /** The length of what a record stands for. */
  #visit(address: FragmentAddress, promised: number, depth: number): number {
    const name = `(${address.fileId}:${address.pageNumber}:${address.slot})`
    this.#partsLeft -= 1
    if (depth > MAX_DEPTH || this.#partsLeft < 0) {
      return this.#broken(`its parts run in a circle at ${name}`)
    }
    const page = this.#report.readPage(address)
    if (typeof page === 'string') return this.#broken(`its part at ${name} cannot be read: ${page}`)
    const bounds = this.#fragment(page, address.slot)
    if (typeof bounds === 'string') return this.#broken(`its part at ${name} ${bounds}`)
    startHash(this.#hash)
    hashAddress(this.#hash, address.fileId, address.pageNumber, address.slot)
    this.references.add(this.#hash)
    this.onReference?.(this.#hash, address)
    const length = this.#lengthOf(page, bounds, { name, depth })
    if (length < 0 || promised === UNKNOWN_LENGTH || length === promised) return length
    return this.#broken(`its part at ${name} has ${length} bytes of the ${promised} promised`)
  }

  #fragment(page: Page, slot: number): { start: number; end: number } | string {
    if (page.type !== PAGE_TYPES.textMix && page.type !== PAGE_TYPES.textTree) {
      return `is on a page of type ${page.type}`
    }
    const owner = this.#context.ownerOf(page.fileId, page.pageNumber)
    if (
      owner !== undefined &&
      (owner.unit.rowsetId !== this.#rowsetId || owner.unit.type === IN_ROW)
    ) {
      return `is on a page of ${describeOwner(owner)}`
    }
    if (slot >= page.slotCount) return `is in a slot that its page does not have`
    const start = page.bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
    if (start < 96 || start + DATA_START > page.recordLimit) return 'is an empty slot'
    if (recordType(page, start) !== RECORD_TYPES.blobFragment) return 'is no part of a large value'
    const end = start + page.bytes.readUInt16LE(start + 2)
    if (end < start + DATA_START || end > page.recordLimit) return 'reaches outside its page'
    const blobId = page.bytes.readBigUInt64LE(start + BLOB_ID)
    this.#blobId ??= blobId
    if (blobId !== this.#blobId) return `is of the large value ${blobId}, not ${this.#blobId}`
    return { start, end }
  }

  #lengthOf(
    page: Page,
    { start, end }: { start: number; end: number },
    { name, depth }: { name: string; depth: number },
  ): number {
    const { bytes } = page
    const kind = bytes.readUInt16LE(start + KIND)
    switch (kind) {
      case KINDS.data:
        return end - start - DATA_START
      case KINDS.null:
        return 0
      case KINDS.smallRoot: {
        if (start + SMALL_ROOT_DATA > end) return this.#broken(`its part at ${name} is too short`)
        const length = bytes.readUInt16LE(start + DATA_START)
        if (start + SMALL_ROOT_DATA + length <= end) return length
        return this.#broken(`its part at ${name} says ${length} bytes and has fewer`)
      }
      case KINDS.internal:
      case KINDS.largeRoot:
      case KINDS.largeRoot2000: {
        const isInternal = kind === KINDS.internal
        const first = start + (isInternal ? INTERNAL_LINKS : LARGE_ROOT_LINKS)
        const size = isInternal ? LONG_LINK : SHORT_LINK
        const count = first > end ? 0 : bytes.readUInt16LE(start + LINK_COUNT)
        if (first > end || first + count * size > end) {
          return this.#broken(`its part at ${name} has no room for its ${count} links`)
        }
        return this.#visitLinks({ bytes, start: first, count, size }, depth)
      }
      default:
        return KNOWN_TO_EXIST.includes(kind)
          ? this.#notUnderstood()
          : this.#broken(`its part at ${name} is of the unknown kind ${kind}`)
    }
  }

  #notUnderstood(): number {
    this.isUnderstood = false
    return UNKNOWN_LENGTH
  }

  #broken(problem: string): number {
    this.#problem = problem
    return BROKEN
  }
}

interface Links {
  readonly bytes: Buffer
  readonly start: number
  readonly count: number
  readonly size: number
}

/** A row's address: page u32, file u16, slot u16. */
export function readAddress(bytes: Buffer, at: number): FragmentAddress {
  return {
    pageNumber: bytes.readUInt32LE(at),
    fileId: bytes.readUInt16LE(at + 4),
    slot: bytes.readUInt16LE(at + 6),
  }
}
