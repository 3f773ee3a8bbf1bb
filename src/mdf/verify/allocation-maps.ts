import {
  BITMAP_BYTES,
  EXTENTS_PER_INTERVAL,
  PAGES_PER_EXTENT,
  PAGES_PER_PFS,
  PFS_BYTES_START,
  pfsPageOf,
} from '../page/allocation.ts'
import { PAGE_TYPES } from '../page/page.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import { checkProtection, originalBytes } from './protection.ts'
import { gamPageOf, sgamPageOf } from './system-pages.ts'

/** Bitmap of a GAM or SGAM page (format reference 3.3). */
const BITMAP_START = 194
const TYPE_OFFSET = 1
/** PFS pages of 4 GB and the GAM and SGAM pages of much more: 600 KiB. */
const MAPS_KEPT = 72

interface MapPage {
  readonly bytes: Buffer
  /** Whether its checksum or torn bits are right: what a damaged map says is no evidence. */
  readonly isTrusted: boolean
}

/** What the PFS, GAM and SGAM pages of one data file say, damaged or not. */
export class AllocationMaps {
  readonly #source: PageSource
  readonly #tolerant: PageSource
  readonly #pages = new Map<number, MapPage | undefined>()

  constructor(source: PageSource, tolerant: PageSource) {
    this.#source = source
    this.#tolerant = tolerant
  }

  /** The PFS byte of a page (format reference 3.2); undefined when its PFS page can't be read. */
  pfsByte(pageNumber: number): number | undefined {
    const pfs = this.#page(pfsPageOf(pageNumber), PAGE_TYPES.pfs)
    return pfs?.bytes[PFS_BYTES_START + (pageNumber % PAGES_PER_PFS)]
  }

  /** Whether what `pfsByte` says of a page can be held against others. */
  isPfsTrusted(pageNumber: number): boolean {
    return this.#page(pfsPageOf(pageNumber), PAGE_TYPES.pfs)?.isTrusted === true
  }

  /** Whether the GAM calls an extent free; undefined when that can't be trusted. */
  isFreeExtent(extent: number): boolean | undefined {
    return this.#bit(gamPageOf(extent * PAGES_PER_EXTENT), PAGE_TYPES.gam, extent)
  }

  /** Whether the SGAM calls it a mixed extent with free pages; undefined when that can't be trusted. */
  isMixedExtent(extent: number): boolean | undefined {
    return this.#bit(sgamPageOf(extent * PAGES_PER_EXTENT), PAGE_TYPES.sgam, extent)
  }

  /** Whether a page's interval has a map to speak of: neither its GAM nor its PFS page is one. */
  isFormatted(pageNumber: number): boolean {
    return (
      this.#page(gamPageOf(pageNumber), PAGE_TYPES.gam) !== undefined ||
      this.#page(pfsPageOf(pageNumber), PAGE_TYPES.pfs) !== undefined
    )
  }

  #bit(mapPage: number, type: number, extent: number): boolean | undefined {
    const map = this.#page(mapPage, type)
    if (map === undefined || !map.isTrusted) return undefined
    const index = extent % EXTENTS_PER_INTERVAL
    if (index >= BITMAP_BYTES * 8) return undefined
    return (map.bytes.readUInt8(BITMAP_START + (index >> 3)) & (1 << (index & 7))) !== 0
  }

  #page(pageNumber: number, type: number): MapPage | undefined {
    if (this.#pages.has(pageNumber)) return this.#pages.get(pageNumber)
    const page = this.#read(pageNumber, type)
    this.#pages.set(pageNumber, page)
    const oldest = this.#pages.keys().next()
    if (this.#pages.size > MAPS_KEPT && !oldest.done) this.#pages.delete(oldest.value)
    return page
  }

  #read(pageNumber: number, type: number): MapPage | undefined {
    try {
      const stored = this.#source.readPage(pageNumber)
      const isTrusted = checkProtection(toBuffer(stored)).damage === undefined
      // A copy: the source may use its buffer again.
      const bytes = Buffer.from(originalBytes(toBuffer(this.#tolerant.readPage(pageNumber))))
      return bytes[TYPE_OFFSET] === type ? { bytes, isTrusted } : undefined
    } catch {
      return undefined // outside the file or not readable: the page pass says so
    }
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, PAGE_SIZE)
}
