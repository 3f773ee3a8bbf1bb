import { collationName } from '../collation/collation.ts'
import { collationFromWire } from '../collation/wire-collation.ts'
import { formatLsn, readLsn } from '../page/lsn.ts'
import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { readMtfDate, readString } from './mtf-block.ts'

// MQCI, a set's description of its database (format reference 9.5): records of tag (4 characters),
// u32 size and body. SCIN is the set, SFGI a filegroup, SFIN a file; offsets count from the tag.
const RECORD_HEADER_SIZE = 8
const SET = {
  build: 0x18,
  minorVersion: 0x1a,
  majorVersion: 0x1b,
  firstLsn: 0x20,
  lastLsn: 0x2a,
  checkpointLsn: 0x34,
  databaseBackupLsn: 0x3e,
  creationDate: 0x48,
  startDate: 0x4d,
  finishDate: 0x52,
  type: 0x57,
  sortOrder: 0x58,
  compatibilityLevel: 0x5b,
  databaseVersion: 0x5e,
  backupSize: 0x60,
  databaseName: 0x68,
  serverName: 0x6c,
  locale: 0x74,
  comparisonStyle: 0x78,
  bindingId: 0x7c,
  forkPointLsn: 0x90,
  recoveryForkId: 0x9c,
  firstRecoveryForkId: 0xb8,
  differentialBaseGuid: 0xc8,
  collationLocale: 0xd8,
  collationSortId: 0xdc,
  familyGuid: 0xe0,
  databaseStatus: 0xf4,
} as const
const SHORTEST_SET = 0xf8
const FILE = {
  flags: 0x08,
  fileId: 0x14,
  pages: 0x18,
  type: 0x1c,
  sectorSize: 0x20,
  filegroupId: 0x24,
  size: 0x28,
  logicalName: 0x30,
  physicalName: 0x34,
  maxSize: 0x56,
  growth: 0x5e,
  differentialBaseLsn: 0x9e,
  differentialBaseGuid: 0xaa,
  uniqueId: 0xba,
} as const
const SHORTEST_FILE = 0xca
const FILEGROUP = { filegroupId: 0x0c, name: 0x10 } as const
const GROWTH_IS_PERCENT = 0x8
const LOG_FILE = 2
const NO_GUID = '00000000-0000-0000-0000-000000000000'
const STATUS = {
  bulkLogged: 0x4,
  simpleRecovery: 0x8,
  readOnly: 0x400,
  singleUser: 0x1000,
} as const

/** A file of a backed-up database, as RESTORE FILELISTONLY lists it. */
export interface BackupFileEntry {
  readonly logicalName: string
  /** Where the server had it. */
  readonly physicalName: string
  /** D for data, L for log. */
  readonly type: 'D' | 'L'
  /** undefined for a log file. */
  readonly fileGroupName: string | undefined
  /** Bytes. */
  readonly size: bigint
  /** Bytes; 35,184,372,080,640 stands for unlimited. */
  readonly maxSize: bigint
  readonly fileId: number
  readonly uniqueId: string
  /** Bytes of the file that are in the backup. */
  readonly backupSizeInBytes: bigint
  /** Sector size, 512 or 4096. */
  readonly sourceBlockSize: number
  readonly fileGroupId: number
  readonly differentialBaseLsn: string | undefined
  readonly differentialBaseGuid: string | undefined
  /** Bytes, or percent when `growthIsPercent`. */
  readonly growth: bigint
  readonly growthIsPercent: boolean
}

/** What the description says of the backup set itself; see `BackupHeader`. */
export interface SetDescription {
  readonly typeLetter: string
  readonly databaseName: string
  readonly databaseVersion: number
  readonly databaseCreationDate: string | undefined
  readonly serverName: string
  readonly backupSize: bigint
  readonly firstLsn: string
  readonly lastLsn: string
  readonly checkpointLsn: string
  readonly databaseBackupLsn: string
  readonly backupStartDate: string | undefined
  readonly backupFinishDate: string | undefined
  readonly sortOrder: number
  readonly unicodeLocaleId: number
  readonly unicodeComparisonStyle: number
  readonly compatibilityLevel: number
  readonly softwareVersionMajor: number
  readonly softwareVersionMinor: number
  readonly softwareVersionBuild: number
  readonly bindingId: string
  readonly recoveryForkId: string
  readonly firstRecoveryForkId: string | undefined
  readonly forkPointLsn: string | undefined
  readonly familyGuid: string
  readonly differentialBaseGuid: string | undefined
  readonly collation: string | undefined
  readonly recoveryModel: 'FULL' | 'BULK-LOGGED' | 'SIMPLE'
  readonly isReadOnly: boolean
  readonly isSingleUser: boolean
}

export interface BackupDescription {
  readonly set: SetDescription
  readonly files: readonly BackupFileEntry[]
}

/** Reads the data of an MQCI stream; undefined when it holds no description of a set. */
export function readBackupDescription(bytes: Buffer): BackupDescription | undefined {
  let set: SetDescription | undefined
  const files: BackupFileEntry[] = []
  let filegroup = { id: 0, name: '' }
  for (const { tag, record } of records(bytes)) {
    if (tag === 'SCIN' && record.length >= SHORTEST_SET) set ??= readSet(record)
    // The files of a group follow it.
    if (tag === 'SFGI' && record.length > FILEGROUP.name + 4) filegroup = readFilegroup(record)
    if (tag === 'SFIN' && record.length >= SHORTEST_FILE) files.push(readFile(record, filegroup))
  }
  return set === undefined ? undefined : { set, files }
}

function* records(bytes: Buffer): Generator<{ tag: string; record: Buffer }> {
  let position = 0
  while (position + RECORD_HEADER_SIZE <= bytes.length) {
    const size = bytes.readUInt32LE(position + 4)
    if (size < RECORD_HEADER_SIZE || position + size > bytes.length) return
    const record = bytes.subarray(position, position + size)
    yield { tag: record.toString('latin1', 0, 4), record }
    position += size
  }
}

function readSet(record: Buffer): SetDescription {
  const status = record.readUInt32LE(SET.databaseStatus)
  return {
    typeLetter: String.fromCharCode(record.readUInt8(SET.type)),
    databaseName: readString(record, SET.databaseName),
    databaseVersion: record.readUInt16LE(SET.databaseVersion),
    databaseCreationDate: readMtfDate(record, SET.creationDate),
    serverName: readString(record, SET.serverName),
    backupSize: record.readBigUInt64LE(SET.backupSize),
    firstLsn: lsnText(record, SET.firstLsn),
    lastLsn: lsnText(record, SET.lastLsn),
    checkpointLsn: lsnText(record, SET.checkpointLsn),
    databaseBackupLsn: lsnText(record, SET.databaseBackupLsn),
    backupStartDate: readMtfDate(record, SET.startDate),
    backupFinishDate: readMtfDate(record, SET.finishDate),
    sortOrder: record.readUInt8(SET.sortOrder),
    unicodeLocaleId: record.readUInt32LE(SET.locale),
    unicodeComparisonStyle: record.readUInt32LE(SET.comparisonStyle),
    compatibilityLevel: record.readUInt8(SET.compatibilityLevel),
    softwareVersionMajor: record.readUInt8(SET.majorVersion),
    softwareVersionMinor: record.readUInt8(SET.minorVersion),
    softwareVersionBuild: record.readUInt16LE(SET.build),
    bindingId: readUniqueIdentifier(record, SET.bindingId),
    recoveryForkId: readUniqueIdentifier(record, SET.recoveryForkId),
    firstRecoveryForkId: guidText(record, SET.firstRecoveryForkId),
    forkPointLsn: optionalLsn(record, SET.forkPointLsn),
    familyGuid: readUniqueIdentifier(record, SET.familyGuid),
    differentialBaseGuid: guidText(record, SET.differentialBaseGuid),
    collation: collationOf(record),
    recoveryModel: recoveryModelOf(status),
    isReadOnly: (status & STATUS.readOnly) !== 0,
    isSingleUser: (status & STATUS.singleUser) !== 0,
  }
}

function readFilegroup(record: Buffer): { id: number; name: string } {
  return {
    id: record.readUInt32LE(FILEGROUP.filegroupId),
    name: readString(record, FILEGROUP.name),
  }
}

function readFile(record: Buffer, filegroup: { id: number; name: string }): BackupFileEntry {
  const isLog = record.readUInt32LE(FILE.type) === LOG_FILE
  const fileGroupId = record.readUInt32LE(FILE.filegroupId)
  return {
    logicalName: readString(record, FILE.logicalName),
    physicalName: readString(record, FILE.physicalName),
    type: isLog ? 'L' : 'D',
    fileGroupName: !isLog && filegroup.id === fileGroupId ? filegroup.name : undefined,
    size: record.readBigUInt64LE(FILE.size),
    maxSize: record.readBigUInt64LE(FILE.maxSize),
    fileId: record.readUInt32LE(FILE.fileId),
    uniqueId: readUniqueIdentifier(record, FILE.uniqueId),
    backupSizeInBytes: isLog ? 0n : BigInt(record.readUInt32LE(FILE.pages)) * 8192n,
    sourceBlockSize: record.readUInt32LE(FILE.sectorSize),
    fileGroupId,
    differentialBaseLsn: optionalLsn(record, FILE.differentialBaseLsn),
    differentialBaseGuid: guidText(record, FILE.differentialBaseGuid),
    growth: record.readBigUInt64LE(FILE.growth),
    growthIsPercent: (record.readUInt8(FILE.flags) & GROWTH_IS_PERCENT) !== 0,
  }
}

function lsnText(record: Buffer, offset: number): string {
  return formatLsn(readLsn(record, offset))
}

function optionalLsn(record: Buffer, offset: number): string | undefined {
  const lsn = readLsn(record, offset)
  return lsn.virtualLogFile === 0 && lsn.block === 0 ? undefined : formatLsn(lsn)
}

function guidText(record: Buffer, offset: number): string | undefined {
  const guid = readUniqueIdentifier(record, offset)
  return guid === NO_GUID ? undefined : guid
}

/** As TDS carries a collation: locale id and comparison flags, then the SQL sort id. */
function collationOf(record: Buffer): string | undefined {
  const id = collationFromWire({
    bits: record.readUInt32LE(SET.collationLocale),
    sortId: record.readUInt8(SET.collationSortId),
  })
  return id === undefined ? undefined : collationName(id)
}

function recoveryModelOf(status: number): SetDescription['recoveryModel'] {
  if ((status & STATUS.simpleRecovery) !== 0) return 'SIMPLE'
  return (status & STATUS.bulkLogged) !== 0 ? 'BULK-LOGGED' : 'FULL'
}
