import {
  END_OFFSET_MASK,
  HAS_NULL_BITMAP,
  HAS_VARIABLE_SECTION,
  HAS_VERSION_TAG,
  RECORD_TYPES,
  STUB_SIZE,
  VERSION_TAG_SIZE,
} from '../page/record-format.ts'
import { PAGE_SIZE } from '../page-file.ts'

// Records (format reference 2.1, 2.5).
const FIXED_LENGTH_OFFSET = 14

/**
 * Bytes of an uncompressed record that begins at `start`, which it does not store; undefined when a
 * part of it would lie outside the page.
 */
export function recordLength(page: Buffer, start: number, isIndex: boolean): number | undefined {
  const status = page.readUInt8(start)
  if (!isIndex && ((status >> 1) & 7) === RECORD_TYPES.forwardingStub) return STUB_SIZE
  if (start + 4 > PAGE_SIZE) return undefined
  const fixed = page.readUInt16LE(isIndex ? FIXED_LENGTH_OFFSET : start + 2)
  let end = start + fixed
  if ((status & HAS_NULL_BITMAP) !== 0) {
    if (end + 2 > PAGE_SIZE) return undefined
    end += 2 + ((page.readUInt16LE(end) + 7) >> 3)
  }
  if ((status & HAS_VARIABLE_SECTION) !== 0) {
    if (end + 2 > PAGE_SIZE) return undefined
    const count = page.readUInt16LE(end)
    end += 2 + 2 * count
    if (end > PAGE_SIZE) return undefined
    // The last end counts from the start of the record.
    if (count > 0) end = Math.max(end, start + (page.readUInt16LE(end - 2) & END_OFFSET_MASK))
  }
  if ((status & HAS_VERSION_TAG) !== 0) end += VERSION_TAG_SIZE
  return end > PAGE_SIZE ? undefined : end - start
}
