import { type Lsn, readLsn } from '../page/lsn.ts'
import type { ByteFile } from './byte-file.ts'
import type { MtfBlock } from './mtf-block.ts'
import { DATA_PREFIX_SIZE } from './page-stream.ts'

// MSTL, a part of the log: where it was in the log file, and the virtual log file that it is of (found in
// backups of 2008 R2 and 2019; every virtual log file has a block, most of them without data).
const MSTL = {
  start: 0x3c,
  end: 0x44,
  fileId: 0x4c,
  virtualLogFile: 0x5c,
} as const
const VIRTUAL_LOG_FILE = {
  sequence: 0x00,
  size: 0x04,
  start: 0x0c,
  parity: 0x16,
  createLsn: 0x18,
  formatVersion: 0x22,
} as const
const SHORTEST_MSTL = MSTL.virtualLogFile + 0x24

/** A virtual log file as it was when the backup was taken. */
export interface SavedVirtualLogFile {
  /** FSeqNo; 0 when it was never used. */
  readonly sequence: number
  readonly sizeBytes: number
  /** Bytes from the start of the log file. */
  readonly start: number
  readonly parity: number
  readonly createLsn: Lsn | undefined
  readonly formatVersion: number
}

/** Where a part of the log was in its log file. */
export interface LogPlace {
  readonly fileId: number
  /** Bytes from the start of the log file. */
  readonly start: number
  readonly length: number
  readonly virtualLogFile: SavedVirtualLogFile
}

/** Bytes of the log, perhaps none, in the pieces that a backup holds them in. */
export interface LogPart {
  readonly length: number
  readonly chunks: readonly LogChunk[]
  /** undefined when the block does not tell, or nothing possible. */
  readonly place: LogPlace | undefined
}

interface LogChunk {
  /** Of its first byte in the part. */
  readonly offset: number
  /** The same byte in the backup. */
  readonly position: number
  readonly length: number
}

/** What a block MSTL says and holds. */
export function readLogPart({ start, streams }: MtfBlock): LogPart {
  const chunks: LogChunk[] = []
  let saved = 0
  for (const { id, dataStart, length } of streams) {
    if (id !== 'MQTL' || length <= DATA_PREFIX_SIZE) continue
    const bytes = length - DATA_PREFIX_SIZE
    chunks.push({ offset: saved, position: dataStart + DATA_PREFIX_SIZE, length: bytes })
    saved += bytes
  }
  const place = readPlace(start)
  const isPossible = place !== undefined && place.length <= saved
  return isPossible
    ? { chunks, place, length: place.length }
    : { chunks, place: undefined, length: saved }
}

function readPlace(block: Buffer): LogPlace | undefined {
  if (block.length < SHORTEST_MSTL) return undefined
  const start = Number(block.readBigUInt64LE(MSTL.start))
  const length = Number(block.readBigUInt64LE(MSTL.end)) - start
  if (length < 0) return undefined
  return {
    fileId: block.readUInt16LE(MSTL.fileId),
    start,
    length,
    virtualLogFile: readVirtualLogFile(block.subarray(MSTL.virtualLogFile)),
  }
}

function readVirtualLogFile(bytes: Buffer): SavedVirtualLogFile {
  const createLsn = readLsn(bytes, VIRTUAL_LOG_FILE.createLsn)
  return {
    sequence: bytes.readUInt32LE(VIRTUAL_LOG_FILE.sequence),
    sizeBytes: Number(bytes.readBigUInt64LE(VIRTUAL_LOG_FILE.size)),
    start: Number(bytes.readBigUInt64LE(VIRTUAL_LOG_FILE.start)),
    parity: bytes.readUInt8(VIRTUAL_LOG_FILE.parity),
    createLsn: createLsn.virtualLogFile === 0 ? undefined : createLsn,
    formatVersion: bytes.readUInt16LE(VIRTUAL_LOG_FILE.formatVersion),
  }
}

/** Up to `length` bytes of a part, from `offset` in it on; fewer at its end. */
export function readLog(
  file: ByteFile,
  { chunks, length: partLength }: LogPart,
  { offset, length }: { readonly offset: number; readonly length: number },
): Buffer {
  const end = Math.min(partLength, offset + length)
  const pieces: Buffer[] = []
  let position = offset
  for (let index = chunkAt(chunks, offset); position < end; index++) {
    const chunk = chunks[index]
    if (chunk === undefined) break
    const inChunk = position - chunk.offset
    const wanted = Math.min(end - position, chunk.length - inChunk)
    pieces.push(file.read(chunk.position + inChunk, wanted))
    position += wanted
  }
  return pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces)
}

/** Index of the chunk that holds a byte: a long log comes in many. */
function chunkAt(chunks: readonly LogChunk[], offset: number): number {
  let low = 0
  let high = chunks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((chunks[middle]?.offset ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
