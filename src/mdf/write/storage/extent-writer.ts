import { PAGES_PER_EXTENT } from '../../page/allocation.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { DataFile } from './data-file.ts'

/** Buffers of extents that are written, for the next ones. */
export class ExtentBuffers {
  readonly #free: Buffer[] = []

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(PAGES_PER_EXTENT * PAGE_SIZE)
  }

  give(bytes: Buffer): void {
    this.#free.push(bytes)
  }
}

/** The pages of one extent in memory; it is written when all of them are complete. */
export class ExtentWriter {
  readonly file: DataFile
  readonly firstPage: number
  readonly #buffers: ExtentBuffers
  readonly #bytes: Buffer
  #allocated = 0
  #complete = 0

  constructor(file: DataFile, firstPage: number, buffers: ExtentBuffers) {
    this.file = file
    this.firstPage = firstPage
    this.#buffers = buffers
    this.#bytes = buffers.take()
  }

  get isFull(): boolean {
    return this.#allocated === PAGES_PER_EXTENT
  }

  /** The next page of the extent, all zero. */
  allocatePage(): { readonly pageNumber: number; readonly bytes: Buffer } {
    const index = this.#allocated
    this.#allocated += 1
    return { pageNumber: this.firstPage + index, bytes: this.#page(index) }
  }

  /** One of the pages is complete. */
  pageCompleted(): void {
    this.#complete += 1
    if (this.#complete === PAGES_PER_EXTENT) this.#write()
  }

  /** No more pages are allocated; those that are have to be complete. */
  close(): void {
    if (this.isFull) return
    while (!this.isFull) this.allocatePage()
    this.#write()
  }

  #page(index: number): Buffer {
    return this.#bytes.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE).fill(0)
  }

  #write(): void {
    this.file.writePages(this.#bytes, PAGES_PER_EXTENT, this.firstPage)
    this.#buffers.give(this.#bytes)
  }
}
