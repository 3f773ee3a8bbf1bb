import { PAGE_HEADER_SIZE } from '../page/page.ts'
import { PAGE_SIZE } from '../page-file.ts'
import { checkRecords } from './check-records.ts'
import type { FindingSink, PageToCheck } from './page-to-check.ts'

// Page header (format reference 1.1).
const TYPE_OFFSET = 1
const SLOT_COUNT_OFFSET = 22
const FREE_COUNT_OFFSET = 28
const FREE_DATA_OFFSET = 30
const PAGE_NUMBER_OFFSET = 32
const FILE_ID_OFFSET = 36
const RESERVED_OFFSET = 64
const HEADER_VERSION = 1
const MOST_FREE = PAGE_SIZE - PAGE_HEADER_SIZE

const UNREADABLE = 'the rows on it cannot be read, or not be trusted'

/** Checks a page by itself: its header, its slot array and where its records lie (format reference 10.2). */
export function checkPage(page: PageToCheck, find: FindingSink): void {
  if (!checkHeader(page, find)) return
  const { bytes } = page
  const slotCount = bytes.readUInt16LE(SLOT_COUNT_OFFSET)
  const freeData = bytes.readUInt16LE(FREE_DATA_OFFSET)
  const slotArray = PAGE_SIZE - 2 * slotCount
  if (slotArray < PAGE_HEADER_SIZE) {
    find({ kind: 'slot', message: `it claims ${slotCount} slots`, consequence: UNREADABLE })
    return
  }
  if (freeData < PAGE_HEADER_SIZE || freeData > slotArray) {
    find({
      kind: 'page-header',
      message: `its records end at ${freeData}, outside ${PAGE_HEADER_SIZE} to ${slotArray}`,
      consequence: UNREADABLE,
    })
    return
  }
  checkRecords({ ...page, slotCount, freeData, type: bytes.readUInt8(TYPE_OFFSET) }, find)
}

function checkHeader(page: PageToCheck, find: FindingSink): boolean {
  const { bytes, fileId, pageNumber } = page
  const header = (message: string, severity: 'error' | 'warning' = 'error') =>
    find({ kind: 'page-header', severity, message, consequence: UNREADABLE })
  if (bytes[0] !== HEADER_VERSION) {
    header(`header version ${bytes[0]}, where only ${HEADER_VERSION} exists`)
    return false
  }
  const actualPage = bytes.readUInt32LE(PAGE_NUMBER_OFFSET)
  const actualFile = bytes.readUInt16LE(FILE_ID_OFFSET)
  if (actualPage !== pageNumber || actualFile !== fileId) {
    header(
      `incorrect page id (expected ${fileId}:${pageNumber}; actual ${actualFile}:${actualPage})`,
    )
    return false
  }
  const odd = page.isVouchedFor ? 'warning' : 'error'
  if (hasReservedBytes(bytes)) header('bytes 64 to 95 of its header are not zero', odd)
  const freeCount = bytes.readUInt16LE(FREE_COUNT_OFFSET)
  if (freeCount > MOST_FREE) header(`${freeCount} free bytes on a page of ${MOST_FREE}`, odd)
  return true
}

function hasReservedBytes(bytes: Buffer): boolean {
  for (let offset = RESERVED_OFFSET; offset < PAGE_HEADER_SIZE; offset += 4) {
    if (bytes.readInt32LE(offset) !== 0) return true
  }
  return false
}
