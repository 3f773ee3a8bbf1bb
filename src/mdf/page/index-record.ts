import { readCompressedRecord } from '../compression/compressed-record.ts'
import { type Page, type PagePointer, readPagePointer } from './page.ts'
import { CHILD_POINTER_SIZE } from './record-format.ts'
import type { RecordFrame } from './record-frame.ts'

// Records of index pages (format reference 2.5).

/** Record type of the records of index pages that are not deleted. */
export const INDEX_RECORD = 3

/**
 * The page that a record of an index page above the leaves points to: the last bytes of its fixed
 * part. No file with compressed upper pages was at hand: theirs is there, or in the last column.
 */
export function childPointer(page: Page, frame: RecordFrame): PagePointer | undefined {
  const end = frame.start + page.fixedLength
  if (page.fixedLength <= CHILD_POINTER_SIZE || end > page.recordLimit) return undefined
  return readPagePointer(page.bytes, end - CHILD_POINTER_SIZE)
}

/**
 * The page that the last column of a compressed record points to; compression cuts zeros off its end.
 * @throws PlatformError FILE_DAMAGED when it is no compressed record
 */
export function childInLastColumn(page: Page, { start }: RecordFrame): PagePointer | undefined {
  const cell = readCompressedRecord(page, start).at(-1)
  if (cell?.kind !== 'bytes' || cell.bytes.length > CHILD_POINTER_SIZE) return undefined
  const pointer = Buffer.alloc(CHILD_POINTER_SIZE)
  cell.bytes.copy(pointer)
  return readPagePointer(pointer, 0)
}
