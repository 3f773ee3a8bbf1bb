import { PAGE_SIZE, type PageSource, pageChecksum } from '../../src/mdf/index.ts'
import { fileHeaderRecord } from '../../src/mdf/write/storage/file-header-record.ts'

// Structure of a data file: format reference 1.1, 1.5, 3.1 to 3.5.
const PAGES_PER_EXTENT = 8
const HEADER_SIZE = 96
const HAS_CHECKSUM = 0x200
const HAS_TORN_BITS = 0x100
const FIRST_GAM_PAGE = 2
const PAGE_TYPES = { data: 1, gam: 8, sgam: 9, pfs: 11, boot: 13, header: 15, dcm: 16, bcm: 17 }
const ALLOCATED_FULL = 0x44
const BITMAP_BYTES = 7988
const BOOT_LENGTH = 1444
const BOOT = {
  length: 2,
  internalVersion: 4,
  createVersion: 6,
  status: 0x24,
  name: 0x34,
  nameLength: 0x134,
  compatibilityLevel: 0x13a,
  checkpointLsn: 0x15c,
} as const

export const TINY_BINDING_ID = '01234567-89AB-CDEF-0123-456789ABCDEF'

export interface TinyFileOptions {
  readonly name?: string
  readonly fileId?: number
  /** Extents that are allocated; the first of them holds the map pages. */
  readonly allocated?: readonly number[]
  readonly extents?: number
  readonly version?: number
  readonly protection?: 'checksum' | 'torn'
  /** First byte of the content of data pages, to tell databases apart. */
  readonly fill?: number
}

/**
 * A data file of a few extents in memory: file header, maps, boot page (in file 1) and data pages that
 * hold no rows of any table. For backups, which copy pages without reading their rows.
 */
export function tinyFile(options: TinyFileOptions = {}): PageSource {
  const { fileId = 1, allocated = [0, 1, 3], extents = 6, name = 'tiny', fill = 1 } = options
  const pages = new Map<number, Buffer>()
  const pageAt = (number: number): Buffer => {
    const page = pages.get(number) ?? Buffer.allocUnsafeSlow(PAGE_SIZE)
    pages.set(number, page)
    return page
  }
  for (const extent of allocated) {
    for (let index = 0; index < PAGES_PER_EXTENT; index++) {
      const number = extent * PAGES_PER_EXTENT + index
      writePage(pageAt(number), { fileId, number, type: PAGE_TYPES.data }, [
        Buffer.alloc(600, fill + (number % 16)),
      ])
    }
  }
  writeSystemPages(pageAt, { ...options, fileId, allocated, extents, name })
  for (const extent of allocated) {
    for (let index = 0; index < PAGES_PER_EXTENT; index++) {
      protect(pageAt(extent * PAGES_PER_EXTENT + index), options.protection ?? 'checksum')
    }
  }
  return {
    path: `${name}-${fileId}`,
    pageCount: extents * PAGES_PER_EXTENT,
    readPage: (number) => pages.get(number) ?? Buffer.alloc(PAGE_SIZE),
    close: () => undefined,
  }
}

function writeSystemPages(
  pageAt: (number: number) => Buffer,
  options: TinyFileOptions & {
    readonly fileId: number
    readonly allocated: readonly number[]
    readonly extents: number
    readonly name: string
  },
): void {
  const { fileId, allocated, extents, name } = options
  const pages = extents * PAGES_PER_EXTENT
  const pfs = Buffer.alloc(8092)
  for (const extent of allocated) {
    const first = 4 + extent * PAGES_PER_EXTENT
    if (first < pfs.length) pfs.fill(ALLOCATED_FULL, first, first + PAGES_PER_EXTENT)
  }
  const write = (number: number, type: number, records: readonly Buffer[]) =>
    writePage(pageAt(number), { fileId, number, type }, records)
  write(0, PAGE_TYPES.header, [
    fileHeaderRecord({
      isPrimary: fileId === 1,
      bindingId: TINY_BINDING_ID,
      fileGuid: TINY_BINDING_ID,
      fileId,
      filegroupId: 1,
      logicalName: fileId === 1 ? name : `${name}${fileId}`,
      sizePages: pages,
      minSizePages: pages,
      maxSizePages: -1,
      growth: 128,
      growthIsPercent: false,
    }),
  ])
  write(1, PAGE_TYPES.pfs, [pfs])
  write(FIRST_GAM_PAGE, PAGE_TYPES.gam, mapRecords(gamBits(allocated)))
  write(3, PAGE_TYPES.sgam, mapRecords(Buffer.alloc(BITMAP_BYTES)))
  write(6, PAGE_TYPES.dcm, mapRecords(Buffer.alloc(BITMAP_BYTES)))
  write(7, PAGE_TYPES.bcm, mapRecords(Buffer.alloc(BITMAP_BYTES)))
  if (fileId === 1) write(9, PAGE_TYPES.boot, [bootRecord(name, options.version ?? 661)])
}

function gamBits(allocated: readonly number[]): Buffer {
  const bits = Buffer.alloc(BITMAP_BYTES, 0xff)
  for (const extent of allocated)
    bits[extent >> 3] = (bits[extent >> 3] ?? 0) & ~(1 << (extent & 7))
  return bits
}

function mapRecords(bits: Buffer): Buffer[] {
  const first = Buffer.alloc(94)
  first.writeUInt16LE(94, 2)
  const second = Buffer.alloc(4 + BITMAP_BYTES)
  second.writeUInt16LE(second.length, 2)
  bits.copy(second, 4)
  return [first, second]
}

function bootRecord(name: string, version: number): Buffer {
  const record = Buffer.alloc(BOOT_LENGTH)
  record.writeUInt16LE(BOOT_LENGTH, BOOT.length)
  record.writeUInt16LE(version, BOOT.internalVersion)
  record.writeUInt16LE(version, BOOT.createVersion)
  record.writeUInt32LE(0x10000, BOOT.status)
  record.write(name, BOOT.name, 'utf16le')
  record.writeUInt16LE(2 * name.length, BOOT.nameLength)
  record.writeUInt16LE(100, BOOT.compatibilityLevel)
  record.writeUInt32LE(30, BOOT.checkpointLsn)
  record.writeUInt32LE(16, BOOT.checkpointLsn + 4)
  record.writeUInt16LE(1, BOOT.checkpointLsn + 8)
  return record
}

function writePage(
  page: Buffer,
  { fileId, number, type }: { fileId: number; number: number; type: number },
  records: readonly Buffer[],
): void {
  page.fill(0)
  page[0] = 1
  page[1] = type
  page.writeUInt32LE(number, 32)
  page.writeUInt16LE(fileId, 36)
  page.writeUInt32LE(20, 40) // LSN (20:1:1): before every log record of a test
  page.writeUInt32LE(1, 44)
  page.writeUInt16LE(1, 48)
  page.writeUInt16LE(records.length, 22)
  let end = HEADER_SIZE
  records.forEach((record, slot) => {
    record.copy(page, end)
    page.writeUInt16LE(end, PAGE_SIZE - 2 - 2 * slot)
    end += record.length
  })
  page.writeUInt16LE(end, 30)
}

function protect(page: Buffer, protection: 'checksum' | 'torn'): void {
  if (protection === 'checksum') {
    page.writeUInt16LE(HAS_CHECKSUM, 4)
    page.writeUInt32LE(pageChecksum(page), 60)
    return
  }
  page.writeUInt16LE(HAS_TORN_BITS, 4)
  let torn = 1
  for (let sector = 1; sector < 16; sector++) {
    const last = 512 * sector + 511
    const byte = page.readUInt8(last)
    torn |= (byte & 3) << (2 * sector)
    page[last] = (byte & 0xfc) | 1
  }
  page.writeUInt32LE(torn >>> 0, 60)
}
