import type { SqlDateTime } from '../sql-type.ts'
import { readDateTime } from '../value/date-time-value.ts'
import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { type Lsn, readLsn } from './lsn.ts'
import { PAGE_TYPES, type Page, type PagePointer, readPagePointer } from './page.ts'

// DBINFO (format reference 3.5): the record of page 9, repeated in slot 1 of a log file's page 0.
// Its length is the u16 at 2; offsets are from the record's start, which is byte 96 of page 9.
const LENGTH_OFFSET = 2
const OFFSETS = {
  internalVersion: 0x04,
  createVersion: 0x06,
  status: 0x24,
  creationDate: 0x2c,
  databaseName: 0x34,
  nameLength: 0x134,
  databaseId: 0x138,
  compatibilityLevel: 0x13a,
  checkpointLsn: 0x15c,
  collationId: 0x188,
  familyGuid: 0x198,
  recoveryForkGuid: 0x1c8,
  firstSysIndexes: 0x204,
} as const
const DATABASE_NAME_BYTES = 256
/** Everything read here lies before this; the shortest record (2005) has 732 bytes. */
const LEAST_LENGTH = 0x20a

// dbi_status (format reference 3.6).
const STATUS = {
  autoClose: 0x1,
  bulkLogged: 0x4,
  simpleRecovery: 0x8,
  tornPageDetection: 0x10,
  readOnly: 0x400,
  pageChecksum: 0x10000,
  autoShrink: 0x400000,
  cleanlyShutDown: 0x40000000,
} as const

export const RECOVERY_MODELS = ['FULL', 'BULK_LOGGED', 'SIMPLE'] as const
export type RecoveryModel = (typeof RECOVERY_MODELS)[number]

/** What a database says of itself: page 9 of the primary file, and page 0 of each log file. */
export interface BootPage {
  /** 611 (SQL Server 2005) to 998 (2025); see `sqlServerVersionName`. */
  readonly internalVersion: number
  /** Internal version of the server that created the database. */
  readonly createVersion: number
  /** As stored; the upper-case path of the file when attached with AttachDbFilename. */
  readonly databaseName: string
  readonly databaseId: number
  /** 80 to 170. */
  readonly compatibilityLevel: number
  readonly collationId: number
  readonly creationDate: SqlDateTime
  readonly recoveryModel: RecoveryModel
  readonly pageVerify: 'CHECKSUM' | 'TORN_PAGE_DETECTION' | 'NONE'
  readonly isAutoClose: boolean
  readonly isAutoShrink: boolean
  readonly isReadOnly: boolean
  /** Whether the files are consistent without their log. */
  readonly isCleanlyShutDown: boolean
  readonly checkpointLsn: Lsn
  readonly familyGuid: string
  readonly recoveryForkGuid: string
  /** First page of sysallocunits, from which everything else is found. */
  readonly firstSysIndexes: PagePointer | undefined
}

/**
 * Reads the boot page, page 9 of a primary data file.
 * @throws PlatformError FILE_DAMAGED when the page holds no such record
 */
export function readBootPage(page: Page): BootPage {
  return parseBootRecord(bootRecord(page, 0))
}

/**
 * The internal version alone: unlike the rest, it is at the same place in files of any version.
 * @throws PlatformError FILE_DAMAGED when the page is no boot page
 */
export function readInternalVersion(page: Page): number {
  const start = page.type === PAGE_TYPES.boot && page.slotCount > 0 ? page.slotOffset(0) : 0
  if (start === 0 || start + OFFSETS.createVersion > page.recordLimit) {
    throw page.damaged('page-type', `it should be a boot page, and its type is ${page.type}`)
  }
  return page.bytes.readUInt16LE(start + OFFSETS.internalVersion)
}

/**
 * The DBINFO record in a slot: slot 0 of the boot page, slot 1 of a log file's page 0.
 * @throws PlatformError FILE_DAMAGED
 */
export function bootRecord(page: Page, slot: number): Buffer {
  const start = page.slotOffset(slot)
  const length = start === 0 ? 0 : page.bytes.readUInt16LE(start + LENGTH_OFFSET)
  if (length < LEAST_LENGTH || start + length > page.recordLimit) {
    throw page.damaged('record', 'it holds no description of a database')
  }
  return page.bytes.subarray(start, start + length)
}

export function parseBootRecord(record: Buffer): BootPage {
  const status = record.readUInt32LE(OFFSETS.status)
  const has = (bit: number) => (status & bit) !== 0
  return {
    internalVersion: record.readUInt16LE(OFFSETS.internalVersion),
    createVersion: record.readUInt16LE(OFFSETS.createVersion),
    databaseName: readName(record),
    databaseId: record.readUInt16LE(OFFSETS.databaseId),
    compatibilityLevel: record.readUInt16LE(OFFSETS.compatibilityLevel),
    collationId: record.readUInt32LE(OFFSETS.collationId),
    creationDate: readDateTime(record, OFFSETS.creationDate),
    recoveryModel: recoveryModelOf(status),
    pageVerify: pageVerifyOf(status),
    isAutoClose: has(STATUS.autoClose),
    isAutoShrink: has(STATUS.autoShrink),
    isReadOnly: has(STATUS.readOnly),
    isCleanlyShutDown: has(STATUS.cleanlyShutDown),
    checkpointLsn: readLsn(record, OFFSETS.checkpointLsn),
    familyGuid: readUniqueIdentifier(record, OFFSETS.familyGuid),
    recoveryForkGuid: readUniqueIdentifier(record, OFFSETS.recoveryForkGuid),
    firstSysIndexes: readPagePointer(record, OFFSETS.firstSysIndexes),
  }
}

/** UTF-16LE, padded with bytes 20 20, which read as daggers (U+2020). */
function readName(record: Buffer): string {
  const length = Math.min(record.readUInt16LE(OFFSETS.nameLength), DATABASE_NAME_BYTES)
  const start = OFFSETS.databaseName
  return record.toString('utf16le', start, start + length).replace(/[\u2020\0 ]+$/, '')
}

function recoveryModelOf(status: number): RecoveryModel {
  if ((status & STATUS.simpleRecovery) !== 0) return 'SIMPLE'
  return (status & STATUS.bulkLogged) !== 0 ? 'BULK_LOGGED' : 'FULL'
}

function pageVerifyOf(status: number): BootPage['pageVerify'] {
  if ((status & STATUS.pageChecksum) !== 0) return 'CHECKSUM'
  return (status & STATUS.tornPageDetection) !== 0 ? 'TORN_PAGE_DETECTION' : 'NONE'
}
