import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { PlatformError, systemErrorCode } from '../base/index.ts'

/** Bytes of a page: page n of a file is at byte n * PAGE_SIZE. */
export const PAGE_SIZE = 8192

/** Pages of one disk read: 64 KiB, as SQL Server reads an extent. */
const PAGES_PER_RUN = 8

const DEFAULT_CACHE_BYTES = 16 * 1024 * 1024

/** Where pages come from: a file, or something that answers for one. */
export interface PageSource {
  readonly path: string
  /** Whole pages of the file. */
  readonly pageCount: number
  /**
   * The 8,192 bytes of a page as they are stored. They belong to the source: never change them.
   * @throws PlatformError FILE_DAMAGED when the page is outside the file or cannot be read
   */
  readPage(pageNumber: number): Uint8Array
  /**
   * Fills `into`, a whole number of pages, with consecutive pages from `firstPage`, past any cache:
   * for reading a file from end to end. A source without it is read page by page.
   * @throws PlatformError FILE_DAMAGED when not all of them can be read
   */
  readPages?(firstPage: number, into: Buffer): void
  close(): void
}

export interface PageFileOptions {
  /** Bytes of pages kept in memory; at least one run of 64 KiB is. */
  readonly cacheBytes?: number
}

/** A database file opened read-only, with a bounded cache of its most recently read pages. */
export class PageFile implements PageSource {
  readonly path: string
  readonly sizeBytes: number
  readonly pageCount: number
  readonly #maxRuns: number
  readonly #memory: Uint8Array | undefined
  #descriptor: number | undefined
  /** Runs in the order of their last use, the oldest first. */
  readonly #runs = new Map<number, Buffer>()

  private constructor(
    path: string,
    source: { descriptor: number; sizeBytes: number } | { memory: Uint8Array },
    options: PageFileOptions,
  ) {
    this.path = path
    this.#memory = 'memory' in source ? source.memory : undefined
    this.#descriptor = 'descriptor' in source ? source.descriptor : undefined
    this.sizeBytes = 'memory' in source ? source.memory.length : source.sizeBytes
    this.pageCount = Math.floor(this.sizeBytes / PAGE_SIZE)
    const cacheBytes = options.cacheBytes ?? DEFAULT_CACHE_BYTES
    this.#maxRuns = Math.max(1, Math.floor(cacheBytes / (PAGES_PER_RUN * PAGE_SIZE)))
  }

  /**
   * Opens a file for reading.
   * @throws PlatformError FILE_NOT_FOUND when it is absent or may not be read, NOT_A_DATABASE_FILE
   *   when it is not a regular file
   */
  static open(path: string, options: PageFileOptions = {}): PageFile {
    let descriptor: number | undefined
    try {
      refuseSpecialFile(path)
      descriptor = openSync(path, 'r')
      return new PageFile(path, { descriptor, sizeBytes: fstatSync(descriptor).size }, options)
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor)
      if (error instanceof PlatformError) throw error
      throw openFailure(path, error)
    }
  }

  /** A file that is only in memory; `path` appears in messages. */
  static overBytes(bytes: Uint8Array, path = 'memory'): PageFile {
    return new PageFile(path, { memory: bytes }, {})
  }

  readPage(pageNumber: number): Uint8Array {
    if (pageNumber < 0 || pageNumber >= this.pageCount) {
      throw this.#unreadable(pageNumber, 'is outside the file')
    }
    if (this.#memory !== undefined) {
      return this.#memory.subarray(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
    }
    const run = Math.floor(pageNumber / PAGES_PER_RUN)
    const start = (pageNumber % PAGES_PER_RUN) * PAGE_SIZE
    const bytes = this.#run(run)
    if (bytes.length < start + PAGE_SIZE) throw this.#unreadable(pageNumber, 'could not be read')
    return bytes.subarray(start, start + PAGE_SIZE)
  }

  readPages(firstPage: number, into: Buffer): void {
    if (this.#memory !== undefined) {
      const start = firstPage * PAGE_SIZE
      const bytes = this.#memory.subarray(start, start + into.length)
      if (bytes.length < into.length) throw this.#unreadable(firstPage, 'is outside the file')
      into.set(bytes)
      return
    }
    const filled = this.#fill(into, firstPage)
    if (filled === into.length) return
    throw this.#unreadable(firstPage + Math.floor(filled / PAGE_SIZE), 'could not be read')
  }

  /** Closes the file. A second call does nothing. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
    this.#runs.clear()
  }

  #run(run: number): Buffer {
    const known = this.#runs.get(run)
    if (known !== undefined) {
      this.#runs.delete(run)
      this.#runs.set(run, known)
      return known
    }
    const bytes = this.#readRun(run)
    this.#runs.set(run, bytes)
    const oldest = this.#runs.keys().next()
    if (this.#runs.size > this.#maxRuns && !oldest.done) this.#runs.delete(oldest.value)
    return bytes
  }

  #readRun(run: number): Buffer {
    const firstPage = run * PAGES_PER_RUN
    const pages = Math.min(PAGES_PER_RUN, this.pageCount - firstPage)
    // A buffer of its own, not of Node's pool: pages are 4-byte aligned in it for the checksum.
    const bytes = Buffer.allocUnsafeSlow(pages * PAGE_SIZE)
    return bytes.subarray(0, this.#fill(bytes, firstPage))
  }

  /** Bytes that could be read: fewer than asked for at the end of the file. */
  #fill(bytes: Buffer, firstPage: number): number {
    if (this.#descriptor === undefined) {
      throw new PlatformError('INTERNAL', `${this.path} was read after it was closed`)
    }
    let filled = 0
    while (filled < bytes.length) {
      const count = this.#readAt(bytes, filled, firstPage)
      if (count === 0) break
      filled += count
    }
    return filled
  }

  #readAt(bytes: Buffer, filled: number, firstPage: number): number {
    const position = firstPage * PAGE_SIZE + filled
    try {
      return readSync(this.#descriptor ?? -1, bytes, filled, bytes.length - filled, position)
    } catch (error) {
      const page = firstPage + Math.floor(filled / PAGE_SIZE)
      throw this.#unreadable(page, `could not be read (${systemErrorCode(error) ?? 'error'})`)
    }
  }

  #unreadable(pageNumber: number, what: string): PlatformError {
    return new PlatformError('FILE_DAMAGED', `${this.path}: page ${pageNumber} ${what}`, {
      details: { path: this.path, pageNumber, reason: 'read' },
    })
  }
}

/** Asked before opening: opening a named pipe would wait for its other end. */
function refuseSpecialFile(path: string): void {
  const status = statSync(path)
  if (status.isFile()) return
  const what = status.isDirectory() ? 'a folder' : 'not a regular file'
  throw new PlatformError('NOT_A_DATABASE_FILE', `${path} is ${what}`, { details: { path } })
}

function openFailure(path: string, error: unknown): PlatformError {
  const why = systemErrorCode(error)
  const details = { path }
  if (why === 'ENOENT' || why === 'ENOTDIR') {
    return new PlatformError('FILE_NOT_FOUND', `${path} does not exist`, { cause: error, details })
  }
  const reason = why === 'EACCES' || why === 'EPERM' ? 'permission denied' : (why ?? 'error')
  return new PlatformError('FILE_NOT_FOUND', `${path} cannot be read: ${reason}`, {
    cause: error,
    details,
  })
}
