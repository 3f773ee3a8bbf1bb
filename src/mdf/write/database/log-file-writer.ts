import type { Lsn } from '../../page/lsn.ts'
import { PAGE_TYPES } from '../../page/page.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { SqlDateTime } from '../../sql-type.ts'
import { parseType } from '../catalog/parse-type.ts'
import { fileHeaderRecord } from '../storage/file-header-record.ts'
import { PageWriter } from '../storage/page-writer.ts'
import { PartialFile } from '../storage/partial-file.ts'
import { encodeValue } from '../value/value-encoder.ts'
import { INTERNAL_VERSION, writeLsn } from './boot-record.ts'
import type { PlannedFile } from './plan-files.ts'

/** Of a log file in its file header record, where data files have 0 or 1. */
const LOG_KIND = 2
const KIND_OFFSET = 4
const HEADER_PAGE_FLAG = 0x8
const LOG_UNIT = 99n << 16n
const VIRTUAL_FILES = 4
/** Virtual log files are made of pages. */
const SIZE_STEP = PAGE_SIZE
const VLF_SIGNATURE = 0xab
const FIRST_PARITY = 0x40
const LOG_FORMAT = 5

// Log block (format reference 8.3).
const SECTOR = 512
const FIRST_BLOCK = 16
const BLOCK_MARKERS = 0x18
const HAS_CHECKSUM = 3
const RECORD_START = 0x30
const CHECKSUM_OFFSET = 0x18
const BEGIN_CHECKPOINT = 0x96
const END_CHECKPOINT = 0x99
const BEGIN_LENGTH = 96
const END_LENGTH = 136
const FIRST_SLOT = 1

/** Pages carry LSNs of the log before; the log itself begins with the last checkpoint. */
const PAGE_LSN_SEQUENCE = 33
export const FIRST_PAGE_LSN: Lsn = {
  virtualLogFile: PAGE_LSN_SEQUENCE,
  block: FIRST_BLOCK,
  slot: 1,
}
export const CHECKPOINT_LSN: Lsn = {
  virtualLogFile: PAGE_LSN_SEQUENCE + 1,
  block: FIRST_BLOCK,
  slot: FIRST_SLOT,
}

export interface LogFacts {
  readonly bindingId: string
  readonly bootRecord: Buffer
  readonly created: SqlDateTime
}

/**
 * Writes the log of a database that was shut down cleanly: its header with the copy of the boot record,
 * four virtual log files, and in the first of them the blocks that begin and end the last checkpoint.
 * The file has a temporary name until it is published.
 * @throws PlatformError DISK_FULL
 */
export function writeLogFile(plan: PlannedFile, facts: LogFacts): PartialFile {
  const file = new PartialFile(plan.path)
  try {
    file.write(headerPage(plan, facts), PAGE_SIZE, 0)
    writeVirtualLogFiles(file, plan.minimumPages * PAGE_SIZE)
    const checkpoint = PAGE_SIZE + FIRST_BLOCK * SECTOR
    file.write(beginBlock(facts), SECTOR, checkpoint)
    file.write(endBlock(facts), SECTOR, checkpoint + SECTOR)
    file.flush(plan.minimumPages * PAGE_SIZE)
    return file
  } catch (error) {
    file.abandon()
    throw error
  }
}

function headerPage(plan: PlannedFile, { bindingId, bootRecord }: LogFacts): Buffer {
  const bytes = Buffer.alloc(PAGE_SIZE)
  const page = new PageWriter(bytes, {
    type: PAGE_TYPES.fileHeader,
    level: 0,
    fixedLength: 0,
    flags: HEADER_PAGE_FLAG,
    fileId: plan.fileId,
    pageNumber: 0,
    allocationUnitId: LOG_UNIT,
    lsn: { virtualLogFile: 0, block: 0, slot: 1 },
  })
  const sizes = { sizePages: plan.minimumPages, minSizePages: plan.minimumPages }
  const record = fileHeaderRecord({ ...plan, ...sizes, isPrimary: false, bindingId })
  record.writeUInt32LE(LOG_KIND, KIND_OFFSET)
  page.add(record)
  page.add(bootRecord)
  page.seal()
  return bytes
}

/** Equal parts, the last one longer by what is left. */
function writeVirtualLogFiles(file: PartialFile, sizeBytes: number): void {
  const space = sizeBytes - PAGE_SIZE
  const part = Math.floor(space / VIRTUAL_FILES / SIZE_STEP) * SIZE_STEP
  for (let index = 0; index < VIRTUAL_FILES; index++) {
    const offset = PAGE_SIZE + index * part
    const isFirst = index === 0
    const header = Buffer.alloc(SECTOR)
    header[0] = VLF_SIGNATURE
    header[1] = isFirst ? FIRST_PARITY : 0
    header[2] = LOG_FORMAT
    header.writeUInt32LE(isFirst ? CHECKPOINT_LSN.virtualLogFile : 0, 4)
    header.writeUInt32LE(isFirst ? 1 : 0, 0xc)
    const isLast = index === VIRTUAL_FILES - 1
    header.writeBigUInt64LE(BigInt(isLast ? sizeBytes - offset : part), 0x10)
    header.writeBigUInt64LE(BigInt(offset), 0x18)
    file.write(header, SECTOR, offset)
  }
}

/** The checkpoint's record begins with the time and the database's version. */
function beginBlock({ created }: LogFacts): Buffer {
  const record = logRecord(BEGIN_LENGTH, BEGIN_CHECKPOINT)
  encodeDateTime(created).copy(record, 0x18)
  record.writeUInt16LE(INTERNAL_VERSION, 0x2a)
  return logBlock(record, FIRST_BLOCK)
}

/** Its end refers back to its begin. */
function endBlock({ created }: LogFacts): Buffer {
  const record = logRecord(END_LENGTH, END_CHECKPOINT)
  writeLsn(record, 4, CHECKPOINT_LSN)
  encodeDateTime(created).copy(record, 0x18)
  writeLsn(record, 0x20, CHECKPOINT_LSN)
  record.writeUInt16LE(INTERNAL_VERSION, 0x2a)
  return logBlock(record, FIRST_BLOCK + 1)
}

function logRecord(length: number, operation: number): Buffer {
  const record = Buffer.alloc(length)
  record.writeUInt16LE(length, 2)
  record[0x16] = operation
  return record
}

/** A block of one sector with one record. */
function logBlock(record: Buffer, number: number): Buffer {
  const block = Buffer.alloc(SECTOR)
  const used = RECORD_START + record.length + 2
  block[0] = FIRST_PARITY | BLOCK_MARKERS
  block.writeUInt16LE(1, 2)
  block.writeUInt16LE(used, 4)
  block.writeUInt16LE(SECTOR, 6)
  block.writeUInt16LE(HAS_CHECKSUM, 8)
  block.writeUInt16LE(SECTOR, 0xa)
  block.writeUInt32LE(CHECKPOINT_LSN.virtualLogFile, 0xc)
  block.writeUInt32LE(number, 0x10)
  block.writeUInt16LE(FIRST_SLOT, 0x14)
  record.copy(block, RECORD_START)
  block.writeUInt16LE(RECORD_START, used - 2)
  block[SECTOR - 1] = LOG_FORMAT
  block.writeUInt32LE(checksum(block), CHECKSUM_OFFSET)
  return block
}

/** The XOR of its words, as in a page's checksum, of which it is one sector. */
function checksum(block: Buffer): number {
  let sum = 0
  for (let offset = 0; offset < SECTOR; offset += 4) sum ^= block.readInt32LE(offset)
  return sum >>> 0
}

function encodeDateTime(value: SqlDateTime): Buffer {
  return encodeValue(parseType('datetime', 0).type, value)
}
