import { RECORD_TYPES, STUB_SIZE } from '../../page/record-format.ts'

/** The most bytes a record has in its page. */
export const MAX_RECORD_LENGTH = 8060
/** (max) values of up to this many bytes stay in the row when it has room. */
export const MAX_IN_ROW_LENGTH = 8000

const BACK_POINTER_TAG = 0x0400

/** Where a record is or will be. */
export interface RecordAddress {
  readonly fileId: number
  readonly pageNumber: number
  readonly slot: number
}

/** Writes page u32, file u16, slot u16 and returns where they end. */
export function writeRecordAddress(bytes: Buffer, start: number, address: RecordAddress): number {
  bytes.writeUInt32LE(address.pageNumber, start)
  bytes.writeUInt16LE(address.fileId, start + 4)
  return bytes.writeUInt16LE(address.slot, start + 6)
}

/** What a heap keeps where a row was before it moved: status, then where it is now. */
export function forwardingStub(address: RecordAddress): Buffer {
  const bytes = Buffer.alloc(STUB_SIZE)
  bytes[0] = RECORD_TYPES.forwardingStub << 1
  writeRecordAddress(bytes, 1, address)
  return bytes
}

/** The last variable column of a forwarded record: where its stub is. */
export function backPointer(stub: RecordAddress): Buffer {
  const bytes = Buffer.alloc(10)
  bytes.writeUInt16LE(BACK_POINTER_TAG)
  writeRecordAddress(bytes, 2, stub)
  return bytes
}
