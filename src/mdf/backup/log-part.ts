import { type Lsn, readLsn } from '../page/lsn.ts'
import type { ByteFile } from './byte-file.ts'
import { damagedBackup, type MtfBlock } from './mtf-block.ts'
import { DATA_PREFIX_SIZE } from './page-stream.ts'

// MSTL, a part of the log: where it was in the log file, and the header of the virtual log file that it
// is of, without its first four bytes in front but in the same terms (found in backups of 2008 R2 and
// 2019; every virtual log file of the log has a block, most of them without data).
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

/** A part of a log file, perhaps empty. */
export interface LogPart {
  readonly fileId: number
  /** Bytes from the start of the log file. */
  readonly start: number
  readonly length: number
  readonly virtualLogFile: SavedVirtualLogFile
  readonly chunks: readonly { readonly position: number; readonly length: number }[]
}

/**
 * What a block MSTL says.
 * @throws PlatformError BACKUP_DAMAGED
 */
export function readLogPart(path: string, { start, streams, position }: MtfBlock): LogPart {
  const chunks = streams
    .filter(({ id, length }) => id === 'MQTL' && length > DATA_PREFIX_SIZE)
    .map(({ dataStart, length }) => ({
      position: dataStart + DATA_PREFIX_SIZE,
      length: length - DATA_PREFIX_SIZE,
    }))
  const saved = chunks.reduce((sum, { length }) => sum + length, 0)
  if (start.length < SHORTEST_MSTL) {
    throw damagedBackup(path, `the log block at ${position} is too short`)
  }
  const first = Number(start.readBigUInt64LE(MSTL.start))
  const length = Number(start.readBigUInt64LE(MSTL.end)) - first
  if (length < 0 || length > saved) {
    throw damagedBackup(path, `the log block at ${position} claims ${length} bytes of log`)
  }
  return {
    fileId: start.readUInt16LE(MSTL.fileId),
    start: first,
    length,
    virtualLogFile: readVirtualLogFile(start.subarray(MSTL.virtualLogFile)),
    chunks,
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
  part: LogPart,
  { offset, length }: { readonly offset: number; readonly length: number },
): Buffer {
  const wanted = Math.max(0, Math.min(length, part.length - offset))
  const pieces: Buffer[] = []
  let chunkStart = 0
  let missing = wanted
  for (const chunk of part.chunks) {
    const inChunk = offset + wanted - missing - chunkStart
    if (missing > 0 && inChunk < chunk.length) {
      const piece = file.read(chunk.position + inChunk, Math.min(missing, chunk.length - inChunk))
      pieces.push(piece)
      missing -= piece.length
    }
    chunkStart += chunk.length
  }
  return pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces)
}
