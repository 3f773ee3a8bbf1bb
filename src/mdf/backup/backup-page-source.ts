import { PlatformError } from '../../base/index.ts'
import { PAGES_PER_EXTENT } from '../page/allocation.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import type { ExtentMap } from './extent-map.ts'
import type { PageStream } from './page-stream.ts'

const EXTENT_SIZE = PAGES_PER_EXTENT * PAGE_SIZE
/** 16 MiB, as an open database file keeps. */
const EXTENTS_KEPT = 256

/**
 * A data file as a restore would write it, its pages read from the backup. Extents that were not
 * allocated are zeros. The backup stays open when it is closed.
 */
export class BackupPageSource implements PageSource {
  readonly path: string
  readonly pageCount: number
  readonly #stream: PageStream
  readonly #extents: ExtentMap
  /** In the order of their last use, the oldest first. */
  readonly #cache = new Map<number, Buffer>()
  readonly #zeros = Buffer.alloc(EXTENT_SIZE)

  constructor(path: string, stream: PageStream, extents: ExtentMap) {
    this.path = path
    this.pageCount = extents.sizePages
    this.#stream = stream
    this.#extents = extents
  }

  readPage(pageNumber: number): Uint8Array {
    if (pageNumber < 0 || pageNumber >= this.pageCount) throw this.#unreadable(pageNumber)
    const start = (pageNumber % PAGES_PER_EXTENT) * PAGE_SIZE
    return this.#extent(Math.floor(pageNumber / PAGES_PER_EXTENT)).subarray(
      start,
      start + PAGE_SIZE,
    )
  }

  readPages(firstPage: number, into: Buffer): void {
    for (let filled = 0; filled < into.length; ) {
      const page = firstPage + filled / PAGE_SIZE
      if (page >= this.pageCount) throw this.#unreadable(page)
      const inExtent = page % PAGES_PER_EXTENT
      const length = Math.min(into.length - filled, (PAGES_PER_EXTENT - inExtent) * PAGE_SIZE)
      const part = into.subarray(filled, filled + length)
      const ordinal = this.#extents.ordinalOf(Math.floor(page / PAGES_PER_EXTENT))
      if (ordinal === undefined) part.fill(0)
      else if (!this.#stream.read(ordinal + inExtent, part)) throw this.#unreadable(page)
      filled += length
    }
  }

  close(): void {
    this.#cache.clear()
  }

  #extent(extent: number): Buffer {
    const ordinal = this.#extents.ordinalOf(extent)
    if (ordinal === undefined) return this.#zeros
    const known = this.#cache.get(extent)
    if (known !== undefined) {
      this.#cache.delete(extent)
      this.#cache.set(extent, known)
      return known
    }
    // A buffer of its own, not of Node's pool: pages are 4-byte aligned in it for the checksum.
    const bytes = Buffer.allocUnsafeSlow(EXTENT_SIZE)
    if (!this.#stream.read(ordinal, bytes)) throw this.#unreadable(extent * PAGES_PER_EXTENT)
    this.#cache.set(extent, bytes)
    const oldest = this.#cache.keys().next()
    if (this.#cache.size > EXTENTS_KEPT && !oldest.done) this.#cache.delete(oldest.value)
    return bytes
  }

  #unreadable(pageNumber: number): PlatformError {
    return new PlatformError('FILE_DAMAGED', `${this.path}: page ${pageNumber} could not be read`, {
      details: { path: this.path, pageNumber, reason: 'read' },
    })
  }
}
