import { PAGE_SIZE } from '../page-file.ts'
import type { ByteFile } from './byte-file.ts'
import type { MtfBlock } from './mtf-block.ts'

/** Two bytes stand before the data of MQDA and MQTL streams (format reference 9.3). */
export const DATA_PREFIX_SIZE = 2

interface Segment {
  /** Ordinal of its first page among all pages of the set. */
  readonly firstPage: number
  readonly pageCount: number
  /** Byte of the file where its first page begins. */
  readonly position: number
}

/** The pages of a set in the order they lie in the backup, over all its MQDA streams. */
export class PageStream {
  readonly file: ByteFile
  readonly pageCount: number
  /** Ordinals of the first page of each MSDA block: a later one repeats extents. */
  readonly parts: readonly { readonly firstPage: number; readonly endPage: number }[]
  readonly #segments: readonly Segment[]

  constructor(file: ByteFile, blocks: readonly MtfBlock[]) {
    this.file = file
    const segments: Segment[] = []
    const parts: { firstPage: number; endPage: number }[] = []
    let pages = 0
    for (const block of blocks) {
      const firstPage = pages
      for (const { id, length, dataStart } of block.streams) {
        const pageCount = Math.floor((length - DATA_PREFIX_SIZE) / PAGE_SIZE)
        if (id !== 'MQDA' || pageCount <= 0) continue
        segments.push({ firstPage: pages, pageCount, position: dataStart + DATA_PREFIX_SIZE })
        pages += pageCount
      }
      parts.push({ firstPage, endPage: pages })
    }
    this.pageCount = pages
    this.parts = parts
    this.#segments = segments
  }

  /** Fills `into`, a whole number of pages, from page `ordinal` on; false where the file ends before. */
  read(ordinal: number, into: Buffer): boolean {
    let filled = 0
    while (filled < into.length) {
      const page = ordinal + filled / PAGE_SIZE
      const segment = this.#segmentOf(page)
      if (segment === undefined) return false
      const inSegment = page - segment.firstPage
      const length = Math.min(into.length - filled, (segment.pageCount - inSegment) * PAGE_SIZE)
      const part = into.subarray(filled, filled + length)
      if (this.file.readInto(segment.position + inSegment * PAGE_SIZE, part) < length) return false
      filled += length
    }
    return true
  }

  #segmentOf(page: number): Segment | undefined {
    let low = 0
    let high = this.#segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#segments[middle]?.firstPage ?? 0) <= page) low = middle
      else high = middle - 1
    }
    const segment = this.#segments[low]
    const isInside = segment !== undefined && page - segment.firstPage < segment.pageCount
    return isInside ? segment : undefined
  }
}
