import {
  EXTENTS_PER_INTERVAL,
  PAGES_PER_EXTENT,
  PAGES_PER_INTERVAL,
  PAGES_PER_PFS,
} from '../../page/allocation.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { PartialFile } from './partial-file.ts'

/** PFS byte (format reference 3.2); the low bits say how full a page of a heap or of LOBs is. */
export const PFS = {
  fullMask: 0x07,
  full: 0x04,
  hasGhosts: 0x08,
  isIam: 0x10,
  isMixed: 0x20,
  isAllocated: 0x40,
} as const

/** Places of the maps in the first extent of an interval; the first interval begins with page 0. */
export const MAP_PLACES = { gam: 0, sgam: 1, dcm: 6, bcm: 7 } as const
export const FIRST_MAP_PAGES = { gam: 2, sgam: 3, dcm: 6, bcm: 7 } as const
const PFS_EXTENT_STEP = PAGES_PER_PFS / PAGES_PER_EXTENT
/** Files are made of whole MiB. */
const SIZE_STEP = 128
/** In the primary file's first extent for pages of several units, page 9 is the boot page. */
export const BOOT_PAGE_NUMBER = 9

/** What `DataFile.save` keeps. */
export interface SpaceState {
  readonly nextExtent: number
  readonly mixedPages: readonly number[]
}

export interface DataFileOptions {
  readonly fileId: number
  readonly isPrimary: boolean
  readonly minimumPages: number
  readonly file: PartialFile
}

/**
 * The space of one data file: extents are given out one after the other, single pages from mixed
 * extents. Remembers a byte for each page and writes what it is given.
 */
export class DataFile {
  readonly fileId: number
  readonly isPrimary: boolean
  readonly file: PartialFile
  /** Nothing is written or remembered while this is set. */
  isRehearsing = false
  readonly #minimumPages: number
  #nextExtent = 1
  /** Pages of mixed extents that nobody has. */
  #mixedPages: number[] = []
  /** The bytes of each PFS page's interval. */
  readonly #pfs: Buffer[] = []

  constructor({ fileId, isPrimary, minimumPages, file }: DataFileOptions) {
    this.fileId = fileId
    this.isPrimary = isPrimary
    this.#minimumPages = minimumPages
    this.file = file
    this.#reserveMaps(0)
    if (isPrimary) this.#takeMixedExtent()
  }

  /** Pages the file has to have; whole MiB. */
  get sizePages(): number {
    const pages = Math.max(this.#nextExtent * PAGES_PER_EXTENT, this.#minimumPages)
    return Math.ceil(pages / SIZE_STEP) * SIZE_STEP
  }

  /** First page of an extent for one unit alone. */
  allocateExtent(): number {
    for (;;) {
      const extent = this.#nextExtent
      this.#nextExtent += 1
      if (!this.#reserve(extent)) return extent * PAGES_PER_EXTENT
    }
  }

  /** A page of an extent that several units share. */
  allocateMixedPage(): number {
    if (this.#mixedPages.length === 0) this.#takeMixedExtent()
    return this.#mixedPages.shift() ?? 0
  }

  /** Mixed extents with a page that nobody has. */
  extentsWithFreePages(): ReadonlySet<number> {
    return new Set(this.#mixedPages.map((page) => Math.floor(page / PAGES_PER_EXTENT)))
  }

  isAllocated(extent: number): boolean {
    return extent < this.#nextExtent || isMapExtent(extent) || isPfsExtent(extent)
  }

  setPageStatus(pageNumber: number, status: number): void {
    if (this.isRehearsing) return
    this.#pfsOf(Math.floor(pageNumber / PAGES_PER_PFS))[pageNumber % PAGES_PER_PFS] = status
  }

  /** The status bytes of a PFS page's interval. */
  statusBytes(interval: number): Buffer {
    return this.#pfsOf(interval)
  }

  writePages(bytes: Buffer, pageCount: number, firstPage: number): void {
    if (!this.isRehearsing) {
      this.file.write(bytes, pageCount * PAGE_SIZE, firstPage * PAGE_SIZE)
    }
  }

  /** Gives the file its size; what is written is on the disk then. */
  flush(): void {
    this.file.flush(this.sizePages * PAGE_SIZE)
  }

  save(): SpaceState {
    return {
      nextExtent: this.#nextExtent,
      mixedPages: [...this.#mixedPages],
    }
  }

  restore(state: SpaceState): void {
    this.#nextExtent = state.nextExtent
    this.#mixedPages = [...state.mixedPages]
  }

  /** Takes the map and PFS pages up to the file's end, as far as nobody has come to them yet. */
  reserveToEnd(): void {
    const end = this.sizePages / PAGES_PER_EXTENT
    for (let extent = this.#nextExtent; extent < end; extent++) this.#reserve(extent)
  }

  #takeMixedExtent(): void {
    const first = this.allocateExtent()
    for (let page = first; page < first + PAGES_PER_EXTENT; page++) {
      if (!this.isPrimary || page !== BOOT_PAGE_NUMBER) this.#mixedPages.push(page)
    }
  }

  /** Whether the extent is one of those that begin with a map or PFS page. */
  #reserve(extent: number): boolean {
    if (isMapExtent(extent)) {
      this.#reserveMaps(extent * PAGES_PER_EXTENT)
      return true
    }
    if (!isPfsExtent(extent)) return false
    const first = extent * PAGES_PER_EXTENT
    this.setPageStatus(first, PFS.isAllocated | PFS.isMixed | PFS.full)
    for (let page = first + 1; page < first + PAGES_PER_EXTENT; page++) this.#mixedPages.push(page)
    return true
  }

  #reserveMaps(first: number): void {
    const pages = first === 0 ? [0, 1, 2, 3, 6, 7] : Object.values(MAP_PLACES)
    for (const page of pages) this.setPageStatus(first + page, PFS.isAllocated | PFS.full)
  }

  #pfsOf(interval: number): Buffer {
    let bytes = this.#pfs[interval]
    if (bytes === undefined) {
      bytes = Buffer.alloc(PAGES_PER_PFS)
      this.#pfs[interval] = bytes
    }
    return bytes
  }
}

function isMapExtent(extent: number): boolean {
  return extent % EXTENTS_PER_INTERVAL === 0
}

function isPfsExtent(extent: number): boolean {
  return extent % PFS_EXTENT_STEP === 0
}

/** The maps' pages of an allocation interval. */
export function mapPage(map: keyof typeof MAP_PLACES, interval: number): number {
  return interval === 0 ? FIRST_MAP_PAGES[map] : interval * PAGES_PER_INTERVAL + MAP_PLACES[map]
}
