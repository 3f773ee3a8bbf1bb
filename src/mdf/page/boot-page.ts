import type { SqlDateTime } from '../sql-type.ts'
import { readDateTime, tryReadDateTime } from '../value/date-time-value.ts'
import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { type ForkPoint, readForkPoint, readOptionalGuid } from './fork-point.ts'
import { type Lsn, readLsn, readOptionalLsn } from './lsn.ts'
import { PAGE_TYPES, type Page, type PagePointer, readPagePointer } from './page.ts'

// DBINFO (format reference 3.5): the record of page 9, repeated in slot 1 of a log file's page 0.
// Its length is the u16 at 2; offsets are from the record's start, which is byte 96 of page 9.
const LENGTH_OFFSET = 2
const OFFSETS = {
  internalVersion: 0x04,
  createVersion: 0x06,
  status: 0x24,
  nextObjectId: 0x28,
  creationDate: 0x2c,
  databaseName: 0x34,
  nameLength: 0x134,
  databaseId: 0x138,
  compatibilityLevel: 0x13a,
  maxTimestamp: 0x13c,
  lastBackupLsn: 0x144,
  differentialBaseLsn: 0x150,
  checkpointLsn: 0x15c,
  dbccFlags: 0x166,
  collationId: 0x188,
  familyGuid: 0x198,
  maxLogSpaceUsed: 0x1a8,
  recoveryFork: 0x1bc,
  recoveryForkGuid: 0x1c8,
  previousRecoveryFork: 0x1d8,
  differentialBaseGuid: 0x1f4,
  firstSysIndexes: 0x204,
  versionChangeLsn: 0x218,
  logBackupChainOrigin: 0x280,
  lastGoodCheckDate: 0x28c,
  modificationDate: 0x2a4,
  engineBuild: 0x2ac,
  serviceBrokerGuid: 0x2b4,
  brokerOptions: 0x2c4,
  nextAllocationUnitId: 0x2e0,
} as const
const DATABASE_NAME_BYTES = 256
/** What every database has lies before this; the shortest record (2005) has 732 bytes. */
const LEAST_LENGTH = 0x20a

// dbi_status (format reference 3.6).
const STATUS = {
  autoClose: 0x1,
  bulkLogged: 0x4,
  simpleRecovery: 0x8,
  tornPageDetection: 0x10,
  readOnly: 0x400,
  singleUser: 0x1000,
  pageChecksum: 0x10000,
  autoShrink: 0x400000,
  cleanlyShutDown: 0x40000000,
} as const
const DATA_PURITY_FLAG = 0x2

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
  readonly isSingleUser: boolean
  /** All of dbi_status, of which the booleans here are bits. */
  readonly status: number
  /** Whether the files are consistent without their log. */
  readonly isCleanlyShutDown: boolean
  readonly checkpointLsn: Lsn
  readonly familyGuid: string
  readonly recoveryForkGuid: string
  /** First page of sysallocunits, from which everything else is found. */
  readonly firstSysIndexes: PagePointer | undefined
  /** Where the server looks next for a free object id. */
  readonly nextObjectId: number
  /** The rowversion given last (`@@DBTS`). */
  readonly maxTimestamp: bigint
  /** Undefined in a database that was never backed up. */
  readonly lastBackupLsn: Lsn | undefined
  /** The full backup that a differential backup builds on; undefined without one. */
  readonly differentialBaseLsn: Lsn | undefined
  readonly differentialBaseGuid: string | undefined
  /** What DBCC CHECKDB left behind; bit 2 says that column values were checked. */
  readonly dbccFlags: number
  readonly hasDataPurity: boolean
  /** The most bytes of log that transactions have held at once. */
  readonly maxLogSpaceUsed: bigint
  /** Where the present line of the database's log began; the first since its creation has LSN 0. */
  readonly recoveryFork: ForkPoint | undefined
  /** The line before it, as of the last restore. */
  readonly previousRecoveryFork: ForkPoint | undefined
  /** When the files were upgraded to the present version; undefined when they never were. */
  readonly versionChangeLsn: Lsn | undefined
  /** Where a chain of log backups can begin; undefined without one. */
  readonly logBackupChainOrigin: Lsn | undefined
  /** When DBCC CHECKDB last found no error; undefined when it never ran. */
  readonly lastGoodCheckDate: SqlDateTime | undefined
  readonly modificationDate: SqlDateTime | undefined
  /** The server that wrote the files last, such as `16.0.4185`. */
  readonly engineBuild: string | undefined
  readonly serviceBrokerGuid: string | undefined
  /** 1 when Service Broker is enabled. */
  readonly brokerOptions: number | undefined
  /** Undefined in SQL Server 2005, whose record ends before it. */
  readonly nextAllocationUnitId: bigint | undefined
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
    ...parseHistory(record),
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
    isSingleUser: has(STATUS.singleUser),
    status,
    isCleanlyShutDown: has(STATUS.cleanlyShutDown),
    checkpointLsn: readLsn(record, OFFSETS.checkpointLsn),
    familyGuid: readUniqueIdentifier(record, OFFSETS.familyGuid),
    recoveryForkGuid: readUniqueIdentifier(record, OFFSETS.recoveryForkGuid),
    firstSysIndexes: readPagePointer(record, OFFSETS.firstSysIndexes),
    nextObjectId: record.readUInt32LE(OFFSETS.nextObjectId),
    maxTimestamp: record.readBigUInt64LE(OFFSETS.maxTimestamp),
    serviceBrokerGuid: readOptionalGuid(record, OFFSETS.serviceBrokerGuid),
    brokerOptions: has32(record, OFFSETS.brokerOptions)
      ? record.readUInt32LE(OFFSETS.brokerOptions)
      : undefined,
    nextAllocationUnitId: has64(record, OFFSETS.nextAllocationUnitId)
      ? record.readBigUInt64LE(OFFSETS.nextAllocationUnitId)
      : undefined,
  }
}

type History = Pick<
  BootPage,
  | 'lastBackupLsn'
  | 'differentialBaseLsn'
  | 'differentialBaseGuid'
  | 'dbccFlags'
  | 'hasDataPurity'
  | 'maxLogSpaceUsed'
  | 'recoveryFork'
  | 'previousRecoveryFork'
  | 'versionChangeLsn'
  | 'logBackupChainOrigin'
  | 'lastGoodCheckDate'
  | 'modificationDate'
  | 'engineBuild'
>

/** What backups, restores, upgrades and checks left in the record. */
function parseHistory(record: Buffer): History {
  const dbccFlags = record.readUInt16LE(OFFSETS.dbccFlags)
  return {
    lastBackupLsn: readOptionalLsn(record, OFFSETS.lastBackupLsn),
    differentialBaseLsn: readOptionalLsn(record, OFFSETS.differentialBaseLsn),
    differentialBaseGuid: readOptionalGuid(record, OFFSETS.differentialBaseGuid),
    dbccFlags,
    hasDataPurity: (dbccFlags & DATA_PURITY_FLAG) !== 0,
    maxLogSpaceUsed: record.readBigUInt64LE(OFFSETS.maxLogSpaceUsed),
    recoveryFork: readForkPoint(record, OFFSETS.recoveryFork),
    previousRecoveryFork: readForkPoint(record, OFFSETS.previousRecoveryFork),
    versionChangeLsn: readOptionalLsn(record, OFFSETS.versionChangeLsn),
    logBackupChainOrigin: readOptionalLsn(record, OFFSETS.logBackupChainOrigin),
    lastGoodCheckDate: readOptionalDate(record, OFFSETS.lastGoodCheckDate),
    modificationDate: readOptionalDate(record, OFFSETS.modificationDate),
    engineBuild: readEngineBuild(record),
  }
}

/** Major version in the highest byte, minor in the next, build in the low half. */
function readEngineBuild(record: Buffer): string | undefined {
  if (!has32(record, OFFSETS.engineBuild)) return undefined
  const build = record.readUInt32LE(OFFSETS.engineBuild)
  return build === 0 ? undefined : `${build >>> 24}.${(build >>> 16) & 0xff}.${build & 0xffff}`
}

/** Undefined for zeros, and for what is no date: nothing depends on it. */
function readOptionalDate(record: Buffer, start: number): SqlDateTime | undefined {
  if (!has64(record, start) || record.readBigUInt64LE(start) === 0n) return undefined
  return tryReadDateTime(record, start)
}

function has32(record: Buffer, start: number): boolean {
  return start + 4 <= record.length
}

function has64(record: Buffer, start: number): boolean {
  return start + 8 <= record.length
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
