import { PlatformError } from '../../base/index.ts'
import { PFS_ALLOCATED } from '../page/allocation.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import type { DataFile } from './data-file.ts'
import { systemPageAt } from './system-pages.ts'

/** 2 MiB a read: long enough that the disk, not the call, sets the pace. */
const PAGES_PER_READ = 256

/** An allocated page. Its bytes are overwritten when the next one is asked for. */
export interface AllocatedPage {
  readonly pageNumber: number
  readonly bytes: Buffer
}

export interface PagesOptions {
  /** Called for a page that can't be read, which is left out. */
  readonly onUnreadable?: (pageNumber: number, error: PlatformError) => void
  /** Called after each read with the pages passed so far. */
  readonly onProgress?: (pagesDone: number) => void
  /** Whether a page is to be looked at whose PFS page can't be read. */
  readonly isOwned?: (pageNumber: number) => boolean
}

/**
 * The allocated pages of a data file from its first to its last: those that its PFS pages call
 * allocated, and its header, boot and map pages. Reads in big runs and leaves out runs without any.
 */
export function* allocatedPages(
  file: DataFile,
  damage: 'as-stored' | 'tolerant',
  options: PagesOptions = {},
): Generator<AllocatedPage> {
  const buffer = Buffer.allocUnsafeSlow(PAGES_PER_READ * PAGE_SIZE)
  const wanted = new Uint8Array(PAGES_PER_READ)
  for (let first = 0; first < file.pageCount; first += PAGES_PER_READ) {
    const count = Math.min(PAGES_PER_READ, file.pageCount - first)
    if (markWanted(file, { first, count, wanted }, options.isOwned)) {
      const bytes = buffer.subarray(0, count * PAGE_SIZE)
      const isWhole = damage === 'as-stored' && readRun(file.source, first, bytes)
      for (let index = 0; index < count; index++) {
        if (wanted[index] === 0) continue
        const page = bytes.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE)
        const pageNumber = first + index
        const source = damage === 'tolerant' ? file.tolerant : file.source
        if (isWhole || readOne(source, pageNumber, page, options)) yield { pageNumber, bytes: page }
      }
    }
    options.onProgress?.(first + count)
  }
}

interface Run {
  readonly first: number
  readonly count: number
  readonly wanted: Uint8Array
}

function markWanted(
  { fileId, maps }: DataFile,
  { first, count, wanted }: Run,
  isOwned: PagesOptions['isOwned'],
): boolean {
  let any = false
  for (let index = 0; index < count; index++) {
    const pageNumber = first + index
    const status = maps.pfsByte(pageNumber)
    const isWanted =
      (status === undefined ? isOwned?.(pageNumber) === true : (status & PFS_ALLOCATED) !== 0) ||
      systemPageAt(fileId, pageNumber) !== undefined
    wanted[index] = isWanted ? 1 : 0
    any ||= isWanted
  }
  return any
}

/** False when the run has to be read page by page, to find out which of them can't be. */
function readRun(source: PageSource, first: number, into: Buffer): boolean {
  if (source.readPages === undefined) return false
  try {
    source.readPages(first, into)
    return true
  } catch (error) {
    if (error instanceof PlatformError) return false
    throw error
  }
}

function readOne(
  source: PageSource,
  pageNumber: number,
  into: Buffer,
  options: PagesOptions,
): boolean {
  try {
    into.set(source.readPage(pageNumber))
    return true
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    options.onUnreadable?.(pageNumber, error)
    return false
  }
}
