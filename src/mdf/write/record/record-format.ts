// FixedVar and index records (format reference 2.1, 2.4, 2.5).

/** Bits 1 to 3 of status A. */
export const RECORD_KINDS = {
  primary: 0,
  forwarded: 1,
  forwardingStub: 2,
  index: 3,
  blobFragment: 4,
  ghostIndex: 5,
  ghostData: 6,
} as const
export const HAS_NULL_BITMAP = 0x10
export const HAS_VARIABLE_SECTION = 0x20
export const HAS_VERSION_TAG = 0x40
/** Where in the version store the row's last version is, and of which transaction (2.4). */
export const VERSION_TAG_SIZE = 14
/** In an end offset: the column holds a pointer or a vector instead of a value. */
export const COMPLEX_BIT = 0x8000
export const COUNT_SIZE = 2
export const END_OFFSET_SIZE = 2
export const CHILD_POINTER_SIZE = 6
/** The most bytes a record has in its page. */
export const MAX_RECORD_LENGTH = 8060
/** (max) values of up to this many bytes stay in the row when it has room. */
export const MAX_IN_ROW_LENGTH = 8000

const STUB_SIZE = 9
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
  bytes[0] = RECORD_KINDS.forwardingStub << 1
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
