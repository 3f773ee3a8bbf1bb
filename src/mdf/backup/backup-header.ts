import { readOptionalGuid } from '../page/fork-point.ts'
import type { BackupDescription } from './backup-description.ts'
import { readMtfDate, readString } from './mtf-block.ts'
import type { ScannedSet } from './scan-sets.ts'

// SSET, the start of a backup set (format reference 9.2).
const SSET = {
  attributes: 52,
  vendorId: 60,
  setNumber: 62,
  name: 64,
  description: 68,
  userName: 76,
  writeDate: 88,
  backupSetGuid: 100,
} as const

/** Kinds of backup: SQL Server's letter, number and words (backupset.type, RESTORE HEADERONLY). */
export const BACKUP_TYPES = [
  { letter: 'D', number: 1, name: 'Database' },
  { letter: 'L', number: 2, name: 'Transaction Log' },
  { letter: 'F', number: 4, name: 'File' },
  { letter: 'I', number: 5, name: 'Differential Database' },
  { letter: 'G', number: 6, name: 'Differential File' },
  { letter: 'P', number: 7, name: 'Partial' },
  { letter: 'Q', number: 8, name: 'Differential Partial' },
] as const

/**
 * A backup set as RESTORE HEADERONLY shows it, in its order and under its names. What the file does not
 * tell is undefined. Dates are local times of the server, ISO 8601 without a zone; sizes are bytes.
 */
export interface BackupHeader {
  /** What BACKUP … WITH NAME gave it. */
  readonly backupName: string | undefined
  readonly backupDescription: string | undefined
  /** 1 database, 2 log, 4 file, 5 differential, 6 differential file, 7 partial, 8 differential partial. */
  readonly backupType: number | undefined
  readonly backupTypeDescription: string | undefined
  readonly compressed: boolean
  /** From 1. */
  readonly position: number
  readonly userName: string | undefined
  readonly serverName: string | undefined
  readonly databaseName: string | undefined
  readonly databaseVersion: number | undefined
  readonly databaseCreationDate: string | undefined
  readonly backupSize: bigint | undefined
  readonly firstLsn: string | undefined
  readonly lastLsn: string | undefined
  readonly checkpointLsn: string | undefined
  readonly databaseBackupLsn: string | undefined
  readonly backupStartDate: string | undefined
  readonly backupFinishDate: string | undefined
  readonly sortOrder: number | undefined
  readonly unicodeLocaleId: number | undefined
  readonly unicodeComparisonStyle: number | undefined
  readonly compatibilityLevel: number | undefined
  readonly softwareVendorId: number
  readonly softwareVersionMajor: number | undefined
  readonly softwareVersionMinor: number | undefined
  readonly softwareVersionBuild: number | undefined
  readonly bindingId: string | undefined
  readonly recoveryForkId: string | undefined
  readonly collation: string | undefined
  readonly familyGuid: string | undefined
  readonly isReadOnly: boolean | undefined
  readonly isSingleUser: boolean | undefined
  readonly hasBackupChecksums: boolean
  readonly firstRecoveryForkId: string | undefined
  readonly forkPointLsn: string | undefined
  readonly recoveryModel: string | undefined
  readonly differentialBaseGuid: string | undefined
  /** Of the set itself. */
  readonly backupSetGuid: string | undefined
}

const HAS_CHECKSUM_STREAM = 0x100

/** Puts a set's header together from its SSET block and its description of the database. */
export function backupHeaderOf(
  scanned: ScannedSet,
  position: number,
  description: BackupDescription | undefined,
): BackupHeader {
  const { start } = scanned.start
  const set: Partial<BackupDescription['set']> = description?.set ?? {}
  const type = BACKUP_TYPES.find(({ letter }) => letter === set.typeLetter)
  return {
    backupName: readString(start, SSET.name) || undefined,
    backupDescription: readString(start, SSET.description) || undefined,
    backupType: type?.number,
    backupTypeDescription: type?.name,
    compressed: false,
    position,
    userName: readString(start, SSET.userName) || undefined,
    serverName: set.serverName || undefined,
    databaseName: set.databaseName,
    databaseVersion: set.databaseVersion,
    databaseCreationDate: set.databaseCreationDate,
    backupSize: set.backupSize,
    firstLsn: set.firstLsn,
    lastLsn: set.lastLsn,
    checkpointLsn: set.checkpointLsn,
    databaseBackupLsn: set.databaseBackupLsn,
    backupStartDate: set.backupStartDate ?? readMtfDate(start, SSET.writeDate),
    backupFinishDate: set.backupFinishDate,
    sortOrder: set.sortOrder,
    unicodeLocaleId: set.unicodeLocaleId,
    unicodeComparisonStyle: set.unicodeComparisonStyle,
    compatibilityLevel: set.compatibilityLevel,
    softwareVendorId: start.length < SSET.vendorId + 2 ? 0 : start.readUInt16LE(SSET.vendorId),
    softwareVersionMajor: set.softwareVersionMajor,
    softwareVersionMinor: set.softwareVersionMinor,
    softwareVersionBuild: set.softwareVersionBuild,
    bindingId: set.bindingId,
    recoveryForkId: set.recoveryForkId,
    collation: set.collation,
    familyGuid: set.familyGuid,
    isReadOnly: set.isReadOnly,
    isSingleUser: set.isSingleUser,
    hasBackupChecksums: hasChecksums(scanned),
    firstRecoveryForkId: set.firstRecoveryForkId,
    forkPointLsn: set.forkPointLsn,
    recoveryModel: set.recoveryModel,
    differentialBaseGuid: set.differentialBaseGuid,
    backupSetGuid: readOptionalGuid(start, SSET.backupSetGuid),
  }
}

function hasChecksums({ data, log }: ScannedSet): boolean {
  const streams = [...data, ...log].flatMap((block) => block.streams)
  return streams.some(({ mediaAttributes }) => (mediaAttributes & HAS_CHECKSUM_STREAM) !== 0)
}
