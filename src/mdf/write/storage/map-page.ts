import { EXTENTS_PER_INTERVAL } from '../../page/allocation.ts'
import type { PagePointer } from '../../page/page.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import { type PageIdentity, PageWriter } from './page-writer.ts'

// Map pages (format reference 3.3, 3.4): a record of 94 bytes, then one of a bitmap with a bit for each
// extent of an interval.
const HEADER_RECORD_SIZE = 94
const BITMAP_BYTES = EXTENTS_PER_INTERVAL / 8
const RECORD_HEADER_SIZE = 4
export const MAP_FIXED_LENGTH = HEADER_RECORD_SIZE - RECORD_HEADER_SIZE

/** One bit for each extent of an interval. */
export class ExtentBitmap {
  readonly bytes = Buffer.alloc(BITMAP_BYTES)

  set(extent: number): void {
    const index = (extent % EXTENTS_PER_INTERVAL) >> 3
    this.bytes[index] = (this.bytes[index] ?? 0) | (1 << (extent & 7))
  }

  clear(extent: number): void {
    const index = (extent % EXTENTS_PER_INTERVAL) >> 3
    this.bytes[index] = (this.bytes[index] ?? 0) & ~(1 << (extent & 7))
  }
}

export interface MapPageOptions {
  readonly identity: PageIdentity
  readonly bitmap: ExtentBitmap
  /** What the first record holds behind its length (an IAM page's chain and single pages). */
  readonly header?: Buffer
  readonly previous?: PagePointer | undefined
  readonly next?: PagePointer | undefined
}

/** The bytes of a GAM, SGAM, DCM, BCM or IAM page. */
export function mapPageBytes(options: MapPageOptions): Buffer {
  const bytes = Buffer.alloc(PAGE_SIZE)
  const page = new PageWriter(bytes, options.identity)
  page.previous = options.previous
  page.next = options.next
  page.add(mapRecord(options.header ?? Buffer.alloc(MAP_FIXED_LENGTH)))
  page.add(mapRecord(options.bitmap.bytes))
  page.seal()
  return bytes
}

/** Status 0, then the record's length, as in any record of fixed length. */
export function mapRecord(content: Buffer): Buffer {
  const record = Buffer.alloc(RECORD_HEADER_SIZE + content.length)
  record.writeUInt16LE(record.length, 2)
  content.copy(record, RECORD_HEADER_SIZE)
  return record
}
