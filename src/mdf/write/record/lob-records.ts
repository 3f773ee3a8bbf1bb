import { RECORD_TYPES } from '../../page/record-format.ts'
import { blobId, type LobLink } from './large-value-pointers.ts'
import { writeRecordAddress } from './record-format.ts'

// Records of LOB pages (format reference 6.3): status A, status B, u16 length, u64 blob id, u16 kind.
const KIND_OFFSET = 12
const DATA_HEADER_SIZE = 14
const SMALL_ROOT_HEADER_SIZE = 20
const INTERNAL_HEADER_SIZE = 20
const ROOT_HEADER_SIZE = 24
const ROOT_LINK_SIZE = 12
const INTERNAL_LINK_SIZE = 16
const KINDS = { smallRoot: 0, internal: 2, data: 3, root: 5 } as const

/** Value bytes of one data record: it fills a page. */
export const LOB_FRAGMENT_SIZE = 8040
/** Values of up to this size are in their root. */
export const SMALL_ROOT_CAPACITY = 64
/** Links of a root, in its record or in a row. */
export const ROOT_LINKS = 5
/** Links of an internal record. */
export const INTERNAL_LINKS = 501

/** One fragment of a value. */
export function lobDataRecord(number: number, data: Uint8Array): Buffer {
  const record = lobRecord(number, KINDS.data, DATA_HEADER_SIZE + data.length)
  record.set(data, DATA_HEADER_SIZE)
  return record
}

/** A root that holds its value; it has room for the links it may need one day. */
export function smallRootRecord(number: number, data: Uint8Array): Buffer {
  const record = lobRecord(number, KINDS.smallRoot, SMALL_ROOT_HEADER_SIZE + SMALL_ROOT_CAPACITY)
  record.writeUInt16LE(data.length, DATA_HEADER_SIZE)
  record.set(data, SMALL_ROOT_HEADER_SIZE)
  return record
}

/** The root of a text, ntext or image value; it has room for all its links. */
export function rootRecord(number: number, level: number, links: readonly LobLink[]): Buffer {
  const record = lobRecord(number, KINDS.root, ROOT_HEADER_SIZE + ROOT_LINKS * ROOT_LINK_SIZE)
  writeLinkCounts(record, { most: ROOT_LINKS, count: links.length, level })
  let position = ROOT_HEADER_SIZE
  for (const link of links) {
    record.writeUInt32LE(link.end, position)
    position = writeRecordAddress(record, position + 4, link)
  }
  return record
}

/** A record between a root and the data; ends count from the start of its own part. */
export function internalRecord(number: number, level: number, links: readonly LobLink[]): Buffer {
  const length = INTERNAL_HEADER_SIZE + links.length * INTERNAL_LINK_SIZE
  const record = lobRecord(number, KINDS.internal, length)
  writeLinkCounts(record, { most: INTERNAL_LINKS, count: links.length, level })
  let position = INTERNAL_HEADER_SIZE
  for (const link of links) {
    record.writeBigUInt64LE(BigInt(link.end), position)
    position = writeRecordAddress(record, position + 8, link)
  }
  return record
}

function lobRecord(number: number, kind: number, length: number): Buffer {
  const record = Buffer.alloc(length)
  record[0] = RECORD_TYPES.blobFragment << 1
  record.writeUInt16LE(length, 2)
  record.writeBigUInt64LE(blobId(number), 4)
  record.writeUInt16LE(kind, KIND_OFFSET)
  return record
}

function writeLinkCounts(
  record: Buffer,
  { most, count, level }: { most: number; count: number; level: number },
): void {
  record.writeUInt16LE(most, 14)
  record.writeUInt16LE(count, 16)
  record.writeUInt16LE(level, 18)
}
