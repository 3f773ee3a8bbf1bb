import type { Lsn } from '../page/lsn.ts'
import type { PagePointer } from '../page/page.ts'

// Log block (format reference 8.3): marker u8 @0, record count u16 @2, used bytes u16 @4, size u16 @6.
const RECORD_COUNT_OFFSET = 2
const USED_OFFSET = 4
const SECTOR_SIZE = 512
const HEADER_SIZE = 0x1c
// Log record: transaction id u32 + u16 @0x10, operation u8 @0x16; a change of a page has the page's
// number u32 @0x18 and file id u16 @0x1c. Compared with data files of 2008 to 2016 that were shut down
// cleanly: each of 5,200 records of operations below 0x80 has such a page, and the page's own LSN is not
// below the record's.
const RECORD = { transactionId: 0x10, operation: 0x16, pageNumber: 0x18, fileId: 0x1c } as const
const SHORTEST_RECORD = 0x18
const SHORTEST_CHANGE = 0x1e
const FIRST_OPERATION_WITHOUT_PAGE = 0x80

export const OPERATIONS = {
  countDelta: 0x12,
  beginTransaction: 0x80,
  commitTransaction: 0x81,
  abortTransaction: 0x82,
} as const

/** A log record, as far as a restore has to know it. */
export interface LogRecord {
  readonly lsn: Lsn
  readonly operation: number
  /** '0:0' for none. */
  readonly transactionId: string
  /** The page that it changed; undefined for what changes none. */
  readonly page: PagePointer | undefined
}

/** The records of a block whose size is known; undefined when it is not one. */
export function readLogRecords(
  stored: Buffer,
  place: { readonly virtualLogFile: number; readonly block: number },
): readonly LogRecord[] | undefined {
  const block = restoreSectors(stored)
  const count = block.readUInt16LE(RECORD_COUNT_OFFSET)
  const used = block.readUInt16LE(USED_OFFSET)
  if (used > block.length || HEADER_SIZE + 2 * count > used) return undefined
  const records: LogRecord[] = []
  for (let slot = 1; slot <= count; slot++) {
    const start = block.readUInt16LE(used - 2 * slot)
    if (start < HEADER_SIZE || start + SHORTEST_RECORD > used) return undefined
    records.push(readRecord(block.subarray(start, used), { ...place, slot }))
  }
  return records
}

/** The first byte of each sector is a marker; what it stands for is kept at the end of the block. */
function restoreSectors(stored: Buffer): Buffer {
  const block = Buffer.from(stored)
  for (let sector = 1; sector * SECTOR_SIZE < block.length; sector++) {
    block[sector * SECTOR_SIZE] = block.readUInt8(block.length - 1 - sector)
  }
  return block
}

function readRecord(bytes: Buffer, lsn: Lsn): LogRecord {
  const operation = bytes.readUInt8(RECORD.operation)
  const low = bytes.readUInt32LE(RECORD.transactionId)
  const high = bytes.readUInt16LE(RECORD.transactionId + 4)
  const hasPage =
    operation > 0 && operation < FIRST_OPERATION_WITHOUT_PAGE && bytes.length >= SHORTEST_CHANGE
  return {
    lsn,
    operation,
    transactionId: `${high}:${low}`,
    page: hasPage
      ? {
          fileId: bytes.readUInt16LE(RECORD.fileId),
          pageNumber: bytes.readUInt32LE(RECORD.pageNumber),
        }
      : undefined,
  }
}
