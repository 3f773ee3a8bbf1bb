import { type RecordAddress, writeRecordAddress } from './record-format.ts'

// What a row keeps of a value that is elsewhere (format reference 6.3).
const TEXT_POINTER_SIZE = 16
const ROOT_HEADER_SIZE = 12
const LINK_SIZE = 12
const ROW_OVERFLOW = 2
const INLINE_ROOT = 4
const FIRST_UPDATE_SEQUENCE = 1

/** Large values are told apart by a number; records and text pointers hold it shifted. */
const BLOB_ID_SHIFT = 16n

/** The id in LOB records and text pointers of the value with a number. */
export function blobId(number: number): bigint {
  return BigInt(number) << BLOB_ID_SHIFT
}

/** A part of a large value: where it is, and where in the value (or subtree) it ends. */
export interface LobLink extends RecordAddress {
  readonly end: number
}

/** The pointer of a text, ntext or image column. */
export function textPointer(number: number, root: RecordAddress): Buffer {
  const bytes = Buffer.alloc(TEXT_POINTER_SIZE)
  bytes.writeBigUInt64LE(blobId(number), 0)
  writeRecordAddress(bytes, 8, root)
  return bytes
}

/** The pointer of a column that was pushed out of its row. */
export function overflowPointer(number: number, link: LobLink): Buffer {
  return root(ROW_OVERFLOW, { number, level: 0, links: [link] })
}

/** The root of a (max) value. */
export function inlineRoot(number: number, level: number, links: readonly LobLink[]): Buffer {
  return root(INLINE_ROOT, { number, level, links })
}

/** Kind u16, level u8, unused u8, update sequence u32, the value's number u32, links. */
function root(
  kind: number,
  { number, level, links }: { number: number; level: number; links: readonly LobLink[] },
): Buffer {
  const bytes = Buffer.alloc(ROOT_HEADER_SIZE + LINK_SIZE * links.length)
  bytes.writeUInt16LE(kind, 0)
  bytes[2] = level
  bytes.writeUInt32LE(FIRST_UPDATE_SEQUENCE, 4)
  bytes.writeUInt32LE(number, 8)
  let position = ROOT_HEADER_SIZE
  for (const link of links) {
    bytes.writeUInt32LE(link.end, position)
    position = writeRecordAddress(bytes, position + 4, link)
  }
  return bytes
}
