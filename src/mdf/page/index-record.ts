import { readCompressedRecord } from '../compression/compressed-record.ts'
import { type Page, type PagePointer, readPagePointer } from './page.ts'
import type { RecordFrame } from './record-frame.ts'

// Records of index pages (format reference 2.5).
const CHILD_POINTER_SIZE = 6

/** Record type of the records of index pages that are not deleted. */
export const INDEX_RECORD = 3

/**
 * The page that a record of an index page above the leaves points to: the last bytes of its fixed
 * part, or the last column of a compressed record. undefined when there is none.
 */
export function childPointer(page: Page, frame: RecordFrame): PagePointer | undefined {
  if (frame.isCompressed) return compressedChildPointer(page, frame.start)
  if (frame.fixedEnd <= CHILD_POINTER_SIZE) return undefined
  return readPagePointer(page.bytes, frame.start + frame.fixedEnd - CHILD_POINTER_SIZE)
}

/** Compression cuts zeros off the end. */
function compressedChildPointer(page: Page, start: number): PagePointer | undefined {
  const cell = readCompressedRecord(page, start).at(-1)
  if (cell?.kind !== 'bytes' || cell.bytes.length > CHILD_POINTER_SIZE) return undefined
  const pointer = Buffer.alloc(CHILD_POINTER_SIZE)
  cell.bytes.copy(pointer)
  return readPagePointer(pointer, 0)
}
