import { type BootPage, bootRecord, parseBootRecord } from '../page/boot-page.ts'
import { type FileHeader, readFileHeader } from '../page/file-header.ts'
import { type Lsn, readLsn } from '../page/lsn.ts'
import { readVerifiedPage } from '../page/page.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import { readBytes } from './read-bytes.ts'

const FILE_ID_OFFSET = 36
/** Slot 1 of a log file's page 0 repeats the boot page (format reference 8.1). */
const BOOT_SLOT = 1

// Header of a virtual log file (format reference 8.2).
const SIGNATURE = 0xab
const PARITY_OFFSET = 1
const FORMAT_OFFSET = 2
const SEQUENCE_OFFSET = 4
const SIZE_OFFSET = 0x10
const START_OFFSET = 0x18
const CREATE_LSN_OFFSET = 0x20
const HEADER_SIZE = 0x2a
/** The first one begins behind page 0, and none is shorter than its own header page. */
const FIRST_START = PAGE_SIZE
const LEAST_SIZE = PAGE_SIZE

/** A part of a log file that is used and reused as one. */
export interface VirtualLogFile {
  /** FSeqNo, the first part of the LSNs in it; 0 when it was never used. */
  readonly sequence: number
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly sizeBytes: number
  /** 64 or 128, in turn at each use; 0 when it was never used. */
  readonly parity: number
  /** 2 (SQL Server 2005), 4 (2008) or 5 (2012 and later): of the server that made it. */
  readonly formatVersion: number
  readonly createLsn: Lsn
  /** `active` from the last checkpoint on: recovery starts there. */
  readonly status: 'active' | 'inactive' | 'unused'
}

/** What a log file says of itself, of its database and of its parts. */
export interface LogFile {
  readonly header: FileHeader
  /** The boot page as it was when the log was written last. */
  readonly boot: BootPage
  readonly virtualLogFiles: readonly VirtualLogFile[]
  /** Why the list of virtual log files ends before the file does; undefined when it doesn't. */
  readonly damage: string | undefined
}

/**
 * Reads a log file (ldf): its header, its copy of the boot page and its virtual log files, not their
 * contents (format reference 8.1, 8.2).
 * @throws PlatformError FILE_DAMAGED when page 0 cannot be read
 */
export function readLogFile(source: PageSource): LogFile {
  const stored = source.readPage(0)
  const fileId = new DataView(stored.buffer, stored.byteOffset).getUint16(FILE_ID_OFFSET, true)
  const page = readVerifiedPage(source, fileId, 0)
  const boot = parseBootRecord(bootRecord(page, BOOT_SLOT))
  return { header: readFileHeader(page), boot, ...readVirtualLogFiles(source, boot) }
}

function readVirtualLogFiles(source: PageSource, { checkpointLsn }: BootPage) {
  const virtualLogFiles: VirtualLogFile[] = []
  const end = source.pageCount * PAGE_SIZE
  let offset = FIRST_START
  while (offset < end) {
    const header = readBytes(source, offset, HEADER_SIZE)
    const damage = damageOf(header, offset, end)
    if (damage !== undefined) return { virtualLogFiles, damage }
    const file = parseVirtualLogFile(header, checkpointLsn.virtualLogFile)
    virtualLogFiles.push(file)
    offset += file.sizeBytes
  }
  return { virtualLogFiles, damage: undefined }
}

function damageOf(header: Buffer, offset: number, end: number): string | undefined {
  const at = `the virtual log file at ${offset}`
  if (header[0] !== SIGNATURE) return `${at} does not begin with 0xab`
  const start = header.readBigUInt64LE(START_OFFSET)
  if (start !== BigInt(offset)) return `${at} says it begins at ${start}`
  const size = header.readBigUInt64LE(SIZE_OFFSET)
  if (size < LEAST_SIZE || size > end - offset) {
    return `${at} says it has ${size} bytes, and the file goes on for ${end - offset}`
  }
  return undefined
}

function parseVirtualLogFile(header: Buffer, checkpointSequence: number): VirtualLogFile {
  const sequence = header.readUInt32LE(SEQUENCE_OFFSET)
  const parity = header.readUInt8(PARITY_OFFSET)
  return {
    sequence,
    offset: Number(header.readBigUInt64LE(START_OFFSET)),
    sizeBytes: Number(header.readBigUInt64LE(SIZE_OFFSET)),
    parity,
    formatVersion: header.readUInt8(FORMAT_OFFSET),
    createLsn: readLsn(header, CREATE_LSN_OFFSET),
    status: statusOf(parity, sequence >= checkpointSequence),
  }
}

function statusOf(parity: number, isSinceCheckpoint: boolean): VirtualLogFile['status'] {
  if (parity === 0) return 'unused'
  return isSinceCheckpoint ? 'active' : 'inactive'
}
