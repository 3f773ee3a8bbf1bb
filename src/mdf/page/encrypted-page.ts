import { PAGE_SIZE } from '../page-file.ts'
import { PAGE_HEADER_SIZE, SLOT_COUNT_OFFSET } from './page.ts'
import { FLAG_BITS_OFFSET } from './page-checksum.ts'

/** Set on the pages of databases with transparent data encryption, and on others here and there. */
const MAY_BE_ENCRYPTED = 0x8

/**
 * Whether a page with records is encrypted (TDE): it is marked, and what should be its slot array is
 * none. The page header is never encrypted.
 */
export function isEncryptedPage(bytes: Buffer): boolean {
  if ((bytes.readUInt16LE(FLAG_BITS_OFFSET) & MAY_BE_ENCRYPTED) === 0) return false
  const slotCount = bytes.readUInt16LE(SLOT_COUNT_OFFSET)
  const recordLimit = PAGE_SIZE - 2 * slotCount
  if (recordLimit < PAGE_HEADER_SIZE) return true
  for (let position = recordLimit; position < PAGE_SIZE; position += 2) {
    const offset = bytes.readUInt16LE(position)
    if (offset !== 0 && (offset < PAGE_HEADER_SIZE || offset >= recordLimit)) return true
  }
  return false
}
