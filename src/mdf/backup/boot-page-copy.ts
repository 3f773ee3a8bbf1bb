import { bootRecord } from '../page/boot-page.ts'
import { readVerifiedPage } from '../page/page.ts'
import {
  FLAG_BITS_OFFSET,
  HAS_CHECKSUM,
  PROTECTION_OFFSET,
  pageChecksum,
} from '../page/page-checksum.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'

export const BOOT_PAGE_NUMBER = 9
const PRIMARY_FILE_ID = 1
// dbi_status (format reference 3.6). The record begins in the page's first sector, and so does this: torn
// bits, which are in the last byte of every other sector, stay as they are.
const STATUS_OFFSET = 0x24
const CLEANLY_SHUT_DOWN = 0x40000000

/** The boot page of a database that needs no recovery, and the record on it. */
export interface CleanBootPage {
  /** As it is stored, protection included. */
  readonly page: Buffer
  readonly record: Buffer
}

/** The boot page of a primary file, marked as cleanly shut down. */
export function cleanBootPage(primary: PageSource): CleanBootPage {
  const verified = readVerifiedPage(primary, PRIMARY_FILE_ID, BOOT_PAGE_NUMBER)
  const record = Buffer.from(bootRecord(verified, 0))
  const status = (record.readUInt32LE(STATUS_OFFSET) | CLEANLY_SHUT_DOWN) >>> 0
  record.writeUInt32LE(status, STATUS_OFFSET)
  const page = Buffer.allocUnsafeSlow(PAGE_SIZE)
  page.set(primary.readPage(BOOT_PAGE_NUMBER))
  page.writeUInt32LE(status, verified.slotOffset(0) + STATUS_OFFSET)
  seal(page)
  return { page, record }
}

/** Gives a page that has a checksum the right one. */
export function seal(page: Buffer): void {
  if ((page.readUInt16LE(FLAG_BITS_OFFSET) & HAS_CHECKSUM) === 0) return
  page.writeUInt32LE(pageChecksum(page), PROTECTION_OFFSET)
}
