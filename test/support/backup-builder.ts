import { PAGE_SIZE, type PageSource } from '../../src/mdf/index.ts'

// Backups in Microsoft Tape Format as SQL Server writes them: format reference 9.
const PAGES_PER_EXTENT = 8
const HAS_CHECKSUM_STREAM = 0x100
const UTF16_STRINGS = 2
const FILLER_PAGE_TYPE = 101
const SECTOR_SIZE = 512
const BLOCK_ALIGNMENT = 1024
const LOG_SEQUENCE = 30
const LOG_FIRST_BLOCK = 16
const VIRTUAL_LOG_SIZE = 0x3e000
const FIRST_VIRTUAL_LOG = 0x2000
const LOG_STREAM_SIZE = 65_536

export interface BackupFile {
  readonly source: PageSource
  readonly fileId: number
  readonly logicalName: string
  /** Its allocated extents; by default as its GAM page is stored, without a look at torn bits. */
  readonly extents?: readonly number[]
}

/** A record of the log: an operation, of a transaction, on a page. */
export interface BackupLogRecord {
  readonly operation: number
  readonly transaction?: number
  readonly page?: { readonly fileId: number; readonly pageNumber: number }
}

export interface BackupSetOptions {
  readonly databaseName: string
  readonly name?: string
  readonly files: readonly BackupFile[]
  /** D full, I differential, L log, F file, P partial. */
  readonly type?: string
  readonly version?: number
  /** Extents that a second MSDA block repeats, of the first file; the pages come from `late`. */
  readonly lateExtents?: readonly number[]
  readonly late?: PageSource
  /** WITH CHECKSUM. */
  readonly checksums?: boolean
  /** Every block of the log has one of these lists; a checkpoint's two records when none is given. */
  readonly log?: readonly (readonly BackupLogRecord[])[]
  /** Leave these files out of the pages, not out of the list. */
  readonly withoutFiles?: readonly number[]
  readonly physicalName?: (fileId: number) => string
  /** Each file in a block MSDA of its own. */
  readonly blockPerFile?: boolean
  /** Bytes of log in each MQTL stream. */
  readonly logStreamBytes?: number
  /** Whether the log's blocks say where in the log file they were. */
  readonly hasLogPlaces?: boolean
}

export interface BackupOptions {
  readonly sets: readonly BackupSetOptions[]
  /** 512 or 4096: of filemarks and of what follows them. */
  readonly blockSize?: number
  readonly family?: { readonly count: number; readonly number: number }
}

interface Stream {
  readonly id: string
  readonly data: Buffer
  readonly mediaAttributes?: number
}

/** The bytes of a backup file with these sets. */
export function buildBackup(options: BackupOptions): Buffer {
  const { sets, blockSize = 512, family = { count: 1, number: 1 } } = options
  const tape = new MediaWriter(blockSize)
  const raid = Buffer.alloc(32)
  raid.writeUInt16LE(family.count, 20)
  raid.writeUInt16LE(1, 22)
  raid.writeUInt16LE(family.number, 24)
  tape.lastBlock('TAPE', Buffer.alloc(88), [{ id: 'RAID', data: raid }])
  tape.filemark()
  for (const [index, set] of sets.entries()) writeSet(tape, set, index + 1)
  return tape.bytes()
}

function writeSet(tape: MediaWriter, set: BackupSetOptions, number: number): void {
  const description = [{ id: 'MQCI', data: describe(set) }]
  tape.block('SSET', setFields(set, number), [])
  tape.block('VOLB', Buffer.alloc(56), [])
  tape.block('MSCI', Buffer.alloc(4), description)
  if (set.type !== 'L') {
    const blocks = set.blockPerFile === true ? set.files.map((file) => [file]) : [set.files]
    for (const files of blocks) {
      tape.block('MSDA', Buffer.alloc(8), dataStreams(set, allPages({ ...set, files })))
    }
    const late = latePages(set)
    if (late !== undefined) tape.block('MSDA', Buffer.alloc(8), dataStreams(set, late))
  }
  const log = logBytes(set)
  const fields = (length: number) =>
    set.hasLogPlaces === false ? Buffer.alloc(8) : logFields(length)
  tape.block('MSTL', fields(log.length), logStreams(set, log))
  tape.block('MSTL', fields(0), [])
  tape.lastBlock('MSLS', Buffer.alloc(4), description)
  tape.filemark()
  tape.lastBlock('ESET', Buffer.alloc(36), [])
  tape.lastBlock('ESET', Buffer.alloc(36), [])
  tape.filemark()
}

/** Writes blocks one after the other, each filled up with SPAD. */
class MediaWriter {
  readonly #parts: Buffer[] = []
  readonly #blockSize: number
  #length = 0

  constructor(blockSize: number) {
    this.#blockSize = blockSize
  }

  /** Before a filemark blocks end at a multiple of the block size. */
  lastBlock(type: string, fields: Buffer, streams: readonly Stream[]): void {
    this.block(type, fields, streams, Math.max(BLOCK_ALIGNMENT, this.#blockSize))
  }

  /** `fields` stand behind the 52 bytes of the header. */
  block(
    type: string,
    fields: Buffer,
    streams: readonly Stream[],
    alignment = BLOCK_ALIGNMENT,
  ): void {
    const header = Buffer.alloc(52)
    header.write(type, 'latin1')
    header.writeUInt16LE(52 + fields.length, 8)
    header.writeUInt8(UTF16_STRINGS, 48)
    header.writeUInt16LE(xor(header, 50), 50)
    this.#push(header)
    this.#push(fields)
    for (const stream of streams) {
      this.#push(streamHeader(stream))
      this.#push(stream.data)
      this.#push(Buffer.alloc(-this.#length & 3))
    }
    const used = this.#length + 22
    const padding = Buffer.alloc(Math.ceil(used / alignment) * alignment - used)
    this.#push(streamHeader({ id: 'SPAD', data: padding }))
    this.#push(padding)
  }

  filemark(): void {
    const mark = Buffer.alloc(this.#blockSize)
    mark.write('SFMB', 'latin1')
    mark.writeUInt16LE(this.#blockSize, 8)
    mark.writeUInt16LE(xor(mark, 50), 50)
    this.#push(mark)
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }

  #push(part: Buffer): void {
    this.#parts.push(part)
    this.#length += part.length
  }
}

function streamHeader({ id, data, mediaAttributes = 0 }: Stream): Buffer {
  const header = Buffer.alloc(22)
  header.write(id, 'latin1')
  header.writeUInt16LE(mediaAttributes, 6)
  header.writeBigUInt64LE(BigInt(data.length), 8)
  header.writeUInt16LE(xor(header, 20), 20)
  return header
}

function xor(bytes: Buffer, end: number): number {
  let sum = 0
  for (let offset = 0; offset < end; offset += 2) sum ^= bytes.readUInt16LE(offset)
  return sum
}

function setFields({ name, databaseName }: BackupSetOptions, number: number): Buffer {
  const text = Buffer.from(name ?? `${databaseName} backup`, 'utf16le')
  const fields = Buffer.alloc(80 + text.length)
  fields.writeUInt16LE(number, 62 - 52)
  fields.writeUInt16LE(text.length, 64 - 52)
  fields.writeUInt16LE(52 + 80, 66 - 52)
  text.copy(fields, 80)
  return fields
}

function dataStreams(set: BackupSetOptions, pages: Buffer): Stream[] {
  const data = Buffer.concat([Buffer.alloc(2), pages])
  const attributes = 2 | (set.checksums === true ? HAS_CHECKSUM_STREAM : 0)
  return [
    { id: 'MQDA', data, mediaAttributes: attributes },
    ...checksumStream(set, data),
    { id: 'MQDA', data: Buffer.alloc(0), mediaAttributes: 6 },
  ]
}

function logStreams(set: BackupSetOptions, log: Buffer): Stream[] {
  const size = set.logStreamBytes ?? LOG_STREAM_SIZE
  const attributes = set.checksums === true ? HAS_CHECKSUM_STREAM : 0
  const streams: Stream[] = []
  for (let start = 0; start < log.length; start += size) {
    const data = Buffer.alloc(2 + size)
    log.copy(data, 2, start)
    streams.push({ id: 'MQTL', data, mediaAttributes: attributes }, ...checksumStream(set, data))
  }
  return streams
}

function checksumStream(set: BackupSetOptions, data: Buffer): Stream[] {
  if (set.checksums !== true) return []
  let sum = 0
  for (let sector = 2; sector < data.length; sector += SECTOR_SIZE) {
    let folded = 0
    for (let offset = sector; offset < sector + SECTOR_SIZE; offset += 4) {
      folded ^= data.readInt32LE(offset)
    }
    sum = ((sum << 1) | (sum >>> 31)) ^ folded
  }
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(sum)
  return [{ id: 'CSUM', data: bytes }]
}

function allPages({ files, withoutFiles = [] }: BackupSetOptions): Buffer {
  const extents = files
    .filter(({ fileId }) => !withoutFiles.includes(fileId))
    .flatMap(({ source, extents = allocatedExtents(source) }) =>
      extents.map((extent) => extentBytes(source, extent)),
    )
  return Buffer.concat([...extents, fillerExtent()])
}

function latePages({ files, lateExtents, late }: BackupSetOptions): Buffer | undefined {
  const source = late ?? files[0]?.source
  if (lateExtents === undefined || source === undefined) return undefined
  return Buffer.concat(lateExtents.map((extent) => extentBytes(source, extent)))
}

/** By the GAM page of the first interval. */
function allocatedExtents(source: PageSource): number[] {
  const gam = source.readPage(2)
  const count = source.pageCount / PAGES_PER_EXTENT
  return Array.from({ length: count }, (_, extent) => extent).filter(
    (extent) => ((gam[194 + (extent >> 3)] ?? 0) & (1 << (extent & 7))) === 0,
  )
}

function extentBytes(source: PageSource, extent: number): Buffer {
  const pages = Array.from({ length: PAGES_PER_EXTENT }, (_, index) =>
    source.readPage(extent * PAGES_PER_EXTENT + index),
  )
  return Buffer.concat(pages.map((page) => Buffer.from(page)))
}

function fillerExtent(): Buffer {
  const extent = Buffer.alloc(PAGES_PER_EXTENT * PAGE_SIZE)
  for (let page = 0; page < PAGES_PER_EXTENT; page++)
    extent[page * PAGE_SIZE + 1] = FILLER_PAGE_TYPE
  return extent
}

function logFields(length: number): Buffer {
  const fields = Buffer.alloc(0x250 - 52)
  const at = (offset: number) => offset - 52
  const isActive = length > 0
  const start = FIRST_VIRTUAL_LOG + (isActive ? 0 : VIRTUAL_LOG_SIZE)
  if (isActive) {
    const first = start + LOG_FIRST_BLOCK * SECTOR_SIZE
    fields.writeBigUInt64LE(BigInt(first), at(0x3c))
    fields.writeBigUInt64LE(BigInt(first + length), at(0x44))
  }
  fields.writeUInt16LE(2, at(0x4c))
  fields.writeUInt32LE(isActive ? LOG_SEQUENCE : 0, at(0x5c))
  fields.writeBigUInt64LE(BigInt(VIRTUAL_LOG_SIZE), at(0x60))
  fields.writeBigUInt64LE(BigInt(start), at(0x68))
  fields.writeUInt8(isActive ? 0x40 : 0, at(0x72))
  fields.writeUInt16LE(4, at(0x7e))
  return fields
}

const CHECKPOINT: readonly (readonly BackupLogRecord[])[] = [
  [{ operation: 0x96 }],
  [{ operation: 0x99 }],
]

function logBytes({ log = CHECKPOINT }: BackupSetOptions): Buffer {
  let block = LOG_FIRST_BLOCK
  const blocks = log.map((records) => {
    const bytes = logBlock(records, block)
    block += bytes.length / SECTOR_SIZE
    return bytes
  })
  return Buffer.concat(blocks)
}

const LOG_BLOCK_HEADER = 0x48
const LOG_RECORD_SIZE = 62

function logBlock(records: readonly BackupLogRecord[], number: number): Buffer {
  const content = LOG_BLOCK_HEADER + records.length * (LOG_RECORD_SIZE + 2)
  const sectors = Math.ceil((content + 130) / SECTOR_SIZE)
  const block = Buffer.alloc(sectors * SECTOR_SIZE)
  const used = LOG_BLOCK_HEADER + records.length * (LOG_RECORD_SIZE + 2)
  block.writeUInt16LE(records.length, 2)
  block.writeUInt16LE(used, 4)
  block.writeUInt16LE(block.length, 6)
  block.writeUInt16LE(1, 8)
  block.writeUInt32LE(LOG_SEQUENCE, 0xc)
  block.writeUInt32LE(number, 0x10)
  block.writeUInt16LE(1, 0x14)
  records.forEach(({ operation, page, transaction = 0 }, slot) => {
    const start = LOG_BLOCK_HEADER + slot * LOG_RECORD_SIZE
    block.writeUInt16LE(start, used - 2 * (slot + 1))
    block.writeUInt16LE(LOG_RECORD_SIZE, start + 2)
    block.writeUInt32LE(transaction, start + 0x10)
    block.writeUInt8(operation, start + 0x16)
    if (page === undefined) return
    block.writeUInt32LE(page.pageNumber, start + 0x18)
    block.writeUInt16LE(page.fileId, start + 0x1c)
  })
  markSectors(block)
  return block
}

function markSectors(block: Buffer): void {
  const sectors = block.length / SECTOR_SIZE
  for (let sector = 0; sector < sectors; sector++) {
    const start = sector * SECTOR_SIZE
    if (sector > 0) block[block.length - 1 - sector] = block.readUInt8(start)
    block[start] = 0x40 | (sector === 0 ? 0x10 : 0) | (sector === sectors - 1 ? 0x08 : 0)
  }
  block[block.length - 1] = 4
}

function describe(set: BackupSetOptions): Buffer {
  const files = set.files.map(({ fileId, logicalName, source }) =>
    fileRecord(set, { fileId, logicalName, pages: source.pageCount, isLog: false }),
  )
  const pages = (FIRST_VIRTUAL_LOG + 2 * VIRTUAL_LOG_SIZE) / PAGE_SIZE
  const log = { fileId: 2, logicalName: `${set.databaseName}_log`, pages, isLog: true }
  return Buffer.concat([setRecord(set), ...files, fileRecord(set, log)])
}

function setRecord(set: BackupSetOptions): Buffer {
  const { databaseName, type = 'D', version = 661 } = set
  const logSectors = logBytes(set).length / SECTOR_SIZE
  const fixed = Buffer.alloc(0x190)
  fixed.write('SCIN', 'latin1')
  fixed.writeUInt16LE(1600, 0x18)
  fixed.writeUInt8(50, 0x1a)
  fixed.writeUInt8(10, 0x1b)
  writeLsn(fixed, 0x20, LOG_FIRST_BLOCK)
  writeLsn(fixed, 0x2a, LOG_FIRST_BLOCK + logSectors)
  writeLsn(fixed, 0x34, LOG_FIRST_BLOCK)
  fixed.write(type, 0x57, 'latin1')
  fixed.writeUInt16LE(version, 0x5e)
  return withStrings(fixed, [[0x68, databaseName]])
}

function fileRecord(
  set: BackupSetOptions,
  file: { fileId: number; logicalName: string; pages: number; isLog: boolean },
): Buffer {
  const { fileId, logicalName, pages, isLog } = file
  const fixed = Buffer.alloc(0x400)
  fixed.write('SFIN', 'latin1')
  fixed.writeUInt32LE(fileId, 0x14)
  fixed.writeUInt32LE(isLog ? 0 : pages, 0x18)
  fixed.writeUInt32LE(isLog ? 2 : 1, 0x1c)
  fixed.writeUInt32LE(512, 0x20)
  fixed.writeUInt32LE(isLog ? 0 : 1, 0x24)
  fixed.writeBigUInt64LE(BigInt(pages * PAGE_SIZE), 0x28)
  const ending = isLog ? 'ldf' : fileId === 1 ? 'mdf' : 'ndf'
  const physicalName = set.physicalName?.(fileId) ?? `C:\\data\\${logicalName}.${ending}`
  return withStrings(fixed, [
    [0x30, logicalName],
    [0x34, physicalName],
  ])
}

/** Strings go behind the fixed part, where `u16 size, u16 offset` at their reference finds them. */
function withStrings(fixed: Buffer, strings: readonly (readonly [number, string])[]): Buffer {
  const parts = [fixed]
  let end = fixed.length
  for (const [reference, text] of strings) {
    const bytes = Buffer.from(text, 'utf16le')
    fixed.writeUInt16LE(bytes.length, reference)
    fixed.writeUInt16LE(end, reference + 2)
    parts.push(bytes)
    end += bytes.length
  }
  fixed.writeUInt32LE(end, 4)
  return Buffer.concat(parts)
}

function writeLsn(bytes: Buffer, offset: number, block: number): void {
  bytes.writeUInt32LE(LOG_SEQUENCE, offset)
  bytes.writeUInt32LE(block, offset + 4)
  bytes.writeUInt16LE(1, offset + 8)
}
