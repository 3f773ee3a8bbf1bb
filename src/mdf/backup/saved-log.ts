import { hasRightChecksum } from '../log/log-blocks.ts'
import type { ByteFile } from './byte-file.ts'
import { type LogPart, readLog } from './log-part.ts'
import { type LogRecord, readLogRecords } from './log-record.ts'
import { damagedBackup } from './mtf-block.ts'

// Log block (format reference 8.3).
const SECTOR_SIZE = 512
const HEADER_SIZE = 0x1c
const MARKER = { firstSector: 0x10, parity: 0xc0 } as const
const SIZE_OFFSET = 6
const FLAGS_OFFSET = 8
const SEQUENCE_OFFSET = 0xc
const BLOCK_NUMBER_OFFSET = 0x10
const HAS_CHECKSUM = 2
const LARGEST_BLOCK = 120 * SECTOR_SIZE

/** A block of the log that a backup holds. */
export interface SavedLogBlock {
  /** The virtual log file's FSeqNo and the block's place in it: the LSN without its slot. */
  readonly virtualLogFile: number
  readonly block: number
  readonly sizeBytes: number
  readonly records: readonly LogRecord[]
}

/**
 * The blocks of a part of the log, one after the other, until no block continues it. They say themselves
 * which ones they are.
 * @throws PlatformError BACKUP_DAMAGED for a block with a wrong checksum or contents
 */
export function* savedLogBlocks(file: ByteFile, part: LogPart): Generator<SavedLogBlock> {
  let expected: { readonly virtualLogFile: number; readonly block: number } | undefined
  for (let offset = 0; offset + HEADER_SIZE <= part.length; ) {
    const header = readLog(file, part, { offset, length: HEADER_SIZE })
    const sizeBytes = blockSize(header)
    if (sizeBytes === undefined) return
    const virtualLogFile = header.readUInt32LE(SEQUENCE_OFFSET)
    const block = header.readUInt32LE(BLOCK_NUMBER_OFFSET)
    const isNext = expected?.virtualLogFile === virtualLogFile && expected.block === block
    if (expected !== undefined && !isNext) return
    const stored = readLog(file, part, { offset, length: sizeBytes })
    const place = { virtualLogFile, block }
    const records = isIntact(stored, sizeBytes) ? readLogRecords(stored, place) : undefined
    if (records === undefined) {
      throw damagedBackup(file.path, `log block ${virtualLogFile}:${block} is damaged`)
    }
    yield { ...place, sizeBytes, records }
    offset += sizeBytes
    expected = { virtualLogFile, block: block + sizeBytes / SECTOR_SIZE }
  }
}

function isIntact(stored: Buffer, sizeBytes: number): boolean {
  if (stored.length < sizeBytes) return false
  const hasChecksum = (stored.readUInt16LE(FLAGS_OFFSET) & HAS_CHECKSUM) !== 0
  return !hasChecksum || hasRightChecksum(stored)
}

/** undefined where no block begins. */
function blockSize(header: Buffer): number | undefined {
  if (header.length < HEADER_SIZE) return undefined
  const marker = header.readUInt8(0)
  if ((marker & MARKER.firstSector) === 0 || (marker & MARKER.parity) === 0) return undefined
  const size = header.readUInt16LE(SIZE_OFFSET)
  return size > 0 && size % SECTOR_SIZE === 0 && size <= LARGEST_BLOCK ? size : undefined
}
