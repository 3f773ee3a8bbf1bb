import { FixedVarRecord } from '../page/fixed-var-record.ts'
import { PAGE_HEADER_SIZE, readVerifiedPage } from '../page/page.ts'
import { FLAG_BITS_OFFSET, HAS_CHECKSUM } from '../page/page-checksum.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import type { BackupFileEntry } from './backup-description.ts'
import { seal } from './boot-page-copy.ts'
import type { LogPlace, SavedVirtualLogFile } from './log-part.ts'

// Header of a virtual log file (format reference 8.2).
const SIGNATURE = 0xab
const VIRTUAL_LOG_FILE = {
  parity: 1,
  formatVersion: 2,
  sequence: 4,
  useCount: 0xc,
  size: 0x10,
  start: 0x18,
  createLsn: 0x20,
} as const
const FIRST_START = PAGE_SIZE
const LARGEST_LOG = 2 ** 41
// What a log file without a known layout gets: two virtual log files that were never used.
const LEAST_SIZE = 64 * PAGE_SIZE
const FORMAT_VERSIONS: readonly (readonly [firstVersion: number, format: number])[] = [
  [662, 5],
  [613, 4],
  [0, 2],
]

// Page 0 (format reference 8.1): slot 0 the file header, slot 1 the DBINFO record.
const PRIMARY_FILE_ID = 1
const LOG_KIND = 2
const KIND_OFFSET = 4
const SLOT_COUNT_OFFSET = 22
const FREE_COUNT_OFFSET = 28
const FREE_DATA_OFFSET = 30
const PAGE_NUMBER_OFFSET = 32
const FILE_ID_OFFSET = 36
const PAGE_LSN_OFFSET = 40
const PAGE_LSN_SIZE = 10
const OFFSET_MASK = 0x7fff
const GUID_SIZE = 16
const GROWTH_IS_PERCENT = 0x100000
/** Variable columns that differ between the files of a database (format reference 3.1). */
const VARIABLES = {
  fileId: 2,
  filegroupId: 3,
  sizePages: 4,
  maxSizePages: 5,
  growth: 6,
  minSizePages: 12,
  status: 13,
  fileGuid: 23,
  logicalName: 27,
} as const
/** LSNs and GUIDs of the primary file's own past, which say nothing of the log. */
const HISTORY: readonly number[] = [8, 9, 10, 16, 17, 18, 19, 20, 21, 22]

/** Where the virtual log files of a log are. */
export interface LogLayout {
  readonly sizeBytes: number
  readonly virtualLogFiles: readonly SavedVirtualLogFile[]
  /** Whether they are those of the server, so that the saved log blocks have their places. */
  readonly isOriginal: boolean
}

/**
 * The layout of a log file: that of the backup when it describes it whole, else two virtual log files
 * that were never used.
 */
export function layOutLog(
  entry: BackupFileEntry,
  places: readonly LogPlace[],
  internalVersion: number,
): LogLayout {
  const saved = places
    .map(({ virtualLogFile }) => virtualLogFile)
    .filter((file, index, all) => all.findIndex(({ start }) => start === file.start) === index)
    .sort((a, b) => a.start - b.start)
  const sizeBytes = endOfChain(saved)
  if (sizeBytes !== undefined && places.every(isInside)) {
    return { sizeBytes, virtualLogFiles: saved, isOriginal: true }
  }
  return emptyLayout(entry, internalVersion)
}

/** undefined when they don't follow one another from the first possible place on. */
function endOfChain(files: readonly SavedVirtualLogFile[]): number | undefined {
  let end = FIRST_START
  for (const { start, sizeBytes } of files) {
    if (start !== end || sizeBytes < PAGE_SIZE || end + sizeBytes > LARGEST_LOG) return undefined
    end += sizeBytes
  }
  return files.length > 0 && end % PAGE_SIZE === 0 ? end : undefined
}

function isInside({ start, length, virtualLogFile }: LogPlace): boolean {
  if (length === 0) return true
  const firstBlock = virtualLogFile.start + PAGE_SIZE
  return start >= firstBlock && start + length <= virtualLogFile.start + virtualLogFile.sizeBytes
}

function emptyLayout({ size }: BackupFileEntry, internalVersion: number): LogLayout {
  const wanted = Math.min(Number(size), LARGEST_LOG)
  const pages = Math.floor(Math.max(wanted, LEAST_SIZE) / PAGE_SIZE)
  const firstPages = pages >> 1
  const formatVersion = FORMAT_VERSIONS.find(([first]) => internalVersion >= first)?.[1] ?? 2
  const unused = (start: number, end: number) => ({
    sequence: 0,
    sizeBytes: (end - start) * PAGE_SIZE,
    start: start * PAGE_SIZE,
    parity: 0,
    createLsn: undefined,
    formatVersion,
  })
  return {
    sizeBytes: pages * PAGE_SIZE,
    virtualLogFiles: [unused(1, firstPages), unused(firstPages, pages)],
    isOriginal: false,
  }
}

/** The header page of a virtual log file. */
export function virtualLogFilePage(file: SavedVirtualLogFile): Buffer {
  const page = Buffer.alloc(PAGE_SIZE)
  page[0] = SIGNATURE
  page.writeUInt8(file.parity, VIRTUAL_LOG_FILE.parity)
  page.writeUInt8(file.formatVersion & 0xff, VIRTUAL_LOG_FILE.formatVersion)
  page.writeUInt32LE(file.sequence, VIRTUAL_LOG_FILE.sequence)
  page.writeUInt32LE(file.parity === 0 ? 0 : 1, VIRTUAL_LOG_FILE.useCount)
  page.writeBigUInt64LE(BigInt(file.sizeBytes), VIRTUAL_LOG_FILE.size)
  page.writeBigUInt64LE(BigInt(file.start), VIRTUAL_LOG_FILE.start)
  if (file.createLsn !== undefined) {
    const { virtualLogFile, block, slot } = file.createLsn
    page.writeUInt32LE(virtualLogFile, VIRTUAL_LOG_FILE.createLsn)
    page.writeUInt32LE(block, VIRTUAL_LOG_FILE.createLsn + 4)
    page.writeUInt16LE(slot, VIRTUAL_LOG_FILE.createLsn + 8)
  }
  return page
}

/**
 * Page 0 of a log file: the primary file's header with what is different for a log, and a copy of the
 * boot page's record.
 */
export function logHeaderPage(
  primary: PageSource,
  options: { readonly entry: BackupFileEntry; readonly sizeBytes: number; readonly boot: Buffer },
): Buffer {
  const model = readVerifiedPage(primary, PRIMARY_FILE_ID, 0)
  const header = logHeaderRecord(new FixedVarRecord(model, model.slotOffset(0)), options)
  const page = Buffer.alloc(PAGE_SIZE)
  model.bytes.copy(page, 0, 0, PAGE_HEADER_SIZE)
  const bootStart = PAGE_HEADER_SIZE + header.length
  const end = bootStart + options.boot.length
  if (end > PAGE_SIZE - 4) throw model.damaged('record', 'its file header is too long')
  header.copy(page, PAGE_HEADER_SIZE)
  options.boot.copy(page, bootStart)
  page.writeUInt16LE(PAGE_HEADER_SIZE, PAGE_SIZE - 2)
  page.writeUInt16LE(bootStart, PAGE_SIZE - 4)
  page.writeUInt16LE(2, SLOT_COUNT_OFFSET)
  page.writeUInt16LE(PAGE_SIZE - 4 - end, FREE_COUNT_OFFSET)
  page.writeUInt16LE(end, FREE_DATA_OFFSET)
  page.writeUInt32LE(0, PAGE_NUMBER_OFFSET)
  page.writeUInt16LE(options.entry.fileId, FILE_ID_OFFSET)
  page.fill(0, PAGE_LSN_OFFSET, PAGE_LSN_OFFSET + PAGE_LSN_SIZE)
  // Torn bits are not worth imitating; a checksum is understood as well.
  page.writeUInt16LE(HAS_CHECKSUM, FLAG_BITS_OFFSET)
  seal(page)
  return page
}

function logHeaderRecord(
  model: FixedVarRecord,
  { entry, sizeBytes }: { entry: BackupFileEntry; sizeBytes: number },
): Buffer {
  const sizePages = sizeBytes / PAGE_SIZE
  const own: Readonly<Record<number, Buffer>> = {
    [VARIABLES.fileId]: u16(entry.fileId),
    [VARIABLES.filegroupId]: u16(0),
    [VARIABLES.sizePages]: u32(sizePages),
    [VARIABLES.maxSizePages]: u32(inPages(entry.maxSize)),
    [VARIABLES.growth]: u32(entry.growthIsPercent ? Number(entry.growth) : inPages(entry.growth)),
    [VARIABLES.minSizePages]: u32(sizePages),
    [VARIABLES.status]: u32(entry.growthIsPercent ? GROWTH_IS_PERCENT : 0),
    [VARIABLES.fileGuid]: guidBytes(entry.uniqueId),
    [VARIABLES.logicalName]: Buffer.from(entry.logicalName, 'utf16le'),
  }
  const columns = Array.from({ length: model.variableCount }, (_, index) => {
    const bytes = model.variableBytes(index)
    if (HISTORY.includes(index)) return Buffer.alloc(bytes.length)
    return own[index] ?? bytes
  })
  return withColumns(model, columns)
}

/** The record with its fixed part and null bitmap, and other variable columns. */
function withColumns(model: FixedVarRecord, columns: readonly Buffer[]): Buffer {
  const { bytes } = model.page
  const dataStart = model.variableCount === 0 ? model.start : model.variableStart(0)
  const head = Buffer.from(bytes.subarray(model.start, dataStart))
  head.writeUInt32LE(LOG_KIND, KIND_OFFSET)
  let end = head.length
  columns.forEach((column, index) => {
    end += column.length
    head.writeUInt16LE(end & OFFSET_MASK, head.length - 2 * (columns.length - index))
  })
  return Buffer.concat([head, ...columns])
}

/** -1 stands for unlimited. */
function inPages(size: bigint): number {
  const pages = size / BigInt(PAGE_SIZE)
  return pages > 0x7fffffffn ? -1 : Number(pages)
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value & 0xffff)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value | 0)
  return bytes
}

/** The first three groups of a GUID are stored little-endian. */
function guidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex')
  if (bytes.length !== GUID_SIZE) return Buffer.alloc(GUID_SIZE)
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
}
