import {
  PAGES_PER_EXTENT,
  PAGES_PER_PFS,
  PFS_ALLOCATED,
  PFS_BYTES_START,
  pfsPageOf,
} from '../page/allocation.ts'
import { PAGE_TYPES, type Page, readVerifiedPage } from '../page/page.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import { type MappedFile, toBackupDamage } from './map-extents.ts'
import { nextTurn } from './next-turn.ts'
import type { TargetFile } from './target-file.ts'

/** Extents between two turns of the event loop: about 20 ms of checksums. */
const EXTENTS_PER_TURN = 64

export interface DataFileToRestore {
  readonly mapped: MappedFile
  readonly source: PageSource
  readonly target: TargetFile
  /** Pages to write instead of the saved ones, already protected. */
  readonly replaced: ReadonlyMap<number, Buffer>
  readonly signal: AbortSignal | undefined
  /** Called with the bytes of each extent done. */
  readonly onBytes: (bytes: number) => void
}

/**
 * Writes the extents of a data file, each allocated page verified first (checksum or torn bits, page id).
 * @throws PlatformError BACKUP_DAMAGED that names the page, DISK_FULL, the signal's reason
 */
export async function restoreDataFile(file: DataFileToRestore): Promise<void> {
  const { mapped, source, target, replaced, signal, onBytes } = file
  const { extents } = mapped
  const verifier = new ExtentVerifier(source, mapped.header.fileId)
  let written = 0
  for (let extent = 0; extent < extents.extentCount; extent++) {
    if (extents.ordinalOf(extent) === undefined) continue
    const firstPage = extent * PAGES_PER_EXTENT
    const pages = Math.min(PAGES_PER_EXTENT, extents.sizePages - firstPage)
    // A buffer of its own, not of Node's pool: pages are 4-byte aligned in it for the checksum.
    const bytes = Buffer.allocUnsafeSlow(pages * PAGE_SIZE)
    toBackupDamage(() => {
      source.readPages?.(firstPage, bytes)
      verifier.verify(firstPage, bytes)
    })
    for (const [pageNumber, page] of replaced) {
      const offset = (pageNumber - firstPage) * PAGE_SIZE
      if (offset >= 0 && offset < bytes.length) page.copy(bytes, offset)
    }
    await target.write(bytes, firstPage * PAGE_SIZE)
    onBytes(bytes.length)
    if (++written % EXTENTS_PER_TURN === 0) await nextTurn(signal)
  }
  signal?.throwIfAborted()
}

/** Verifies the pages of extents that their PFS page calls allocated. */
class ExtentVerifier {
  readonly #source: PageSource
  readonly #fileId: number
  #pfs: Page | undefined

  constructor(source: PageSource, fileId: number) {
    this.#source = source
    this.#fileId = fileId
  }

  verify(firstPage: number, bytes: Buffer): void {
    const extent: PageSource = {
      path: this.#source.path,
      pageCount: this.#source.pageCount,
      readPage: (page) => bytes.subarray((page - firstPage) * PAGE_SIZE),
      close: () => undefined,
    }
    for (let page = firstPage; page < firstPage + bytes.length / PAGE_SIZE; page++) {
      if (this.#isAllocated(page)) readVerifiedPage(extent, this.#fileId, page)
    }
  }

  #isAllocated(pageNumber: number): boolean {
    const pfs = this.#pfsOf(pageNumber)
    const status = pfs.bytes.readUInt8(PFS_BYTES_START + (pageNumber % PAGES_PER_PFS))
    return (status & PFS_ALLOCATED) !== 0
  }

  #pfsOf(pageNumber: number): Page {
    const number = pfsPageOf(pageNumber)
    if (this.#pfs?.pageNumber === number) return this.#pfs
    const page = readVerifiedPage(this.#source, this.#fileId, number)
    if (page.type !== PAGE_TYPES.pfs) {
      throw page.damaged('page-type', `it should be a PFS page, and its type is ${page.type}`)
    }
    this.#pfs = page
    return page
  }
}
