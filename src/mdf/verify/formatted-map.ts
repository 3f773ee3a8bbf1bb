import { PAGE_TYPES } from '../page/page.ts'
import { PAGE_SIZE } from '../page-file.ts'

const LSN_OFFSET = 40
const LSN_SLOT_OFFSET = 48
const FILE_ID_OFFSET = 36
const PAGE_NUMBER_OFFSET = 32
const TYPE_OFFSET = 1
const FIRST_IAM_PAGE = 12
const FIRST_IAM_SINGLE_PAGE = 32
/** More bits than this, and the page has been written to rather than damaged. */
const FEW_BITS = 4
/** More bits than this with the LSN still as formatted, and the page is of another shape. */
const MANY_BITS = 64

/**
 * Bits that differ on a map page which nobody has written to since the file was made. Two maps carry no
 * checksum until they are first written, often never: the bulk changed map, and the IAM page of
 * sysfiles1 at (1:12). As formatted, their bytes are the same in all files and their LSN is (0:0:1), so
 * damage shows nevertheless.
 * @returns 0 for an undamaged page, and for one that has been written to
 */
export function bitsOffFormatted(page: Buffer, fileId: number, pageNumber: number): number {
  const formatted = formattedMap(fileId, pageNumber, page.readUInt8(TYPE_OFFSET))
  if (formatted === undefined) return 0
  let bits = 0
  for (let offset = 0; offset < PAGE_SIZE; offset++) {
    bits += ones(page.readUInt8(offset) ^ formatted.readUInt8(offset))
  }
  // Whoever writes to the page writes its LSN, which has more than these bits.
  return bits <= (isFormattedLsn(page) ? MANY_BITS : FEW_BITS) ? bits : 0
}

function formattedMap(fileId: number, pageNumber: number, type: number): Buffer | undefined {
  if (pageNumber === FIRST_IAM_PAGE && fileId === 1) return formattedFirstIam()
  if (type !== PAGE_TYPES.bulkChangedMap) return undefined
  return emptyMap({ fileId, pageNumber, type, objectId: 99, bitmapStart: 190 })
}

function formattedFirstIam(): Buffer {
  const page = emptyMap({
    fileId: 1,
    pageNumber: FIRST_IAM_PAGE,
    type: PAGE_TYPES.iam,
    objectId: 8,
    bitmapStart: 192,
  })
  page.writeUInt16LE(2, 4)
  page.writeUInt16LE(1, 140) // its interval begins at (1:0)
  page.writeUInt32LE(FIRST_IAM_SINGLE_PAGE, 142)
  page.writeUInt16LE(1, 146)
  return page
}

interface MapShape {
  readonly fileId: number
  readonly pageNumber: number
  readonly type: number
  readonly objectId: number
  readonly bitmapStart: number
}

/** A map page with two records, the second an empty bitmap (format reference 3.3, 3.4). */
function emptyMap({ fileId, pageNumber, type, objectId, bitmapStart }: MapShape): Buffer {
  const page = Buffer.alloc(PAGE_SIZE)
  page[0] = 1
  page[TYPE_OFFSET] = type
  page.writeUInt16LE(90, 14) // fixed length of records
  page.writeUInt16LE(2, 22) // slots
  page.writeUInt32LE(objectId, 24)
  page.writeUInt16LE(196 - bitmapStart, 28) // free bytes
  page.writeUInt16LE(7992 + bitmapStart, 30) // end of records
  page.writeUInt32LE(pageNumber, PAGE_NUMBER_OFFSET)
  page.writeUInt16LE(fileId, FILE_ID_OFFSET)
  page.writeUInt16LE(1, LSN_SLOT_OFFSET)
  page.writeUInt16LE(94, 98) // length of the first record
  page.writeUInt16LE(7992, bitmapStart + 2) // length of the bitmap's
  page.writeUInt16LE(bitmapStart, PAGE_SIZE - 4)
  page.writeUInt16LE(96, PAGE_SIZE - 2)
  return page
}

function isFormattedLsn(page: Buffer): boolean {
  return page.readBigUInt64LE(LSN_OFFSET) === 0n && page.readUInt16LE(LSN_SLOT_OFFSET) === 1
}

function ones(byte: number): number {
  let count = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1
  return count
}
