import type { PageSource } from '../page-file.ts'
import type { LogFile, VirtualLogFile } from './log-file.ts'
import { readBytes } from './read-bytes.ts'

// Log block (format reference 8.3).
const SECTOR_SIZE = 512
const SIZE_OFFSET = 6
const FLAGS_OFFSET = 8
const SEQUENCE_OFFSET = 0xc
const BLOCK_NUMBER_OFFSET = 0x10
const CHECKSUM_OFFSET = 0x18
const HEADER_SIZE = 0x1c
const HAS_CHECKSUM = 2
const LARGEST_BLOCK = 120 * SECTOR_SIZE
/** The blocks of a virtual log file begin behind its header page. */
const FIRST_BLOCK = 16

/** A block of log records, as it lies in the file. */
export interface LogBlock {
  readonly virtualLogFile: VirtualLogFile
  /** Its place in the virtual log file, in sectors: the second part of the LSNs in it. */
  readonly block: number
  readonly sizeBytes: number
  /** undefined when the block has no checksum. */
  readonly isIntact: boolean | undefined
}

/**
 * The blocks from the last checkpoint to the end of the log, each with its checksum compared. The log
 * ends where no block continues it: what lies there is of an earlier use.
 * @throws PlatformError FILE_DAMAGED when the file can't be read
 */
export function* activeLogBlocks(source: PageSource, log: LogFile): Generator<LogBlock> {
  const { checkpointLsn } = log.boot
  const bySequence = new Map(
    log.virtualLogFiles.filter(({ parity }) => parity !== 0).map((file) => [file.sequence, file]),
  )
  let sequence = checkpointLsn.virtualLogFile
  let block = checkpointLsn.block
  for (let file = bySequence.get(sequence); file !== undefined; file = bySequence.get(sequence)) {
    yield* blocksOf(source, file, block)
    sequence += 1
    block = FIRST_BLOCK
  }
}

function* blocksOf(
  source: PageSource,
  file: VirtualLogFile,
  firstBlock: number,
): Generator<LogBlock> {
  let block = firstBlock
  while (block * SECTOR_SIZE + HEADER_SIZE <= file.sizeBytes) {
    const offset = file.offset + block * SECTOR_SIZE
    const header = readBytes(source, offset, HEADER_SIZE)
    const sizeBytes = blockSize(header, file, block)
    if (sizeBytes === undefined) return
    const hasChecksum = (header.readUInt16LE(FLAGS_OFFSET) & HAS_CHECKSUM) !== 0
    const isIntact = hasChecksum
      ? hasRightChecksum(readBytes(source, offset, sizeBytes))
      : undefined
    yield { virtualLogFile: file, block, sizeBytes, isIntact }
    block += sizeBytes / SECTOR_SIZE
  }
}

/** undefined when no block of this use of the virtual log file begins here. */
function blockSize(header: Buffer, file: VirtualLogFile, block: number): number | undefined {
  if (header.length < HEADER_SIZE) return undefined
  if (header.readUInt32LE(SEQUENCE_OFFSET) !== file.sequence) return undefined
  if (header.readUInt32LE(BLOCK_NUMBER_OFFSET) !== block) return undefined
  const size = header.readUInt16LE(SIZE_OFFSET)
  const isPossible =
    size > 0 &&
    size % SECTOR_SIZE === 0 &&
    size <= LARGEST_BLOCK &&
    block * SECTOR_SIZE + size <= file.sizeBytes
  return isPossible ? size : undefined
}

/** The fold of a page's checksum, over as many sectors as the block has. */
export function hasRightChecksum(block: Buffer): boolean {
  let sum = 0
  for (let sector = 0; sector < block.length; sector += SECTOR_SIZE) {
    let folded = 0
    for (let offset = sector; offset < sector + SECTOR_SIZE; offset += 4) {
      if (offset !== CHECKSUM_OFFSET) folded ^= block.readInt32LE(offset)
    }
    sum = ((sum << 1) | (sum >>> 31)) ^ folded
  }
  return sum >>> 0 === block.readUInt32LE(CHECKSUM_OFFSET)
}
