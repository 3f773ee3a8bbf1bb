import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { FixedVarRecord } from './fixed-var-record.ts'
import { type ForkPoint, readForkPoint, readOptionalGuid } from './fork-point.ts'
import { type Lsn, readOptionalLsn } from './lsn.ts'
import { PAGE_TYPES, type Page } from './page.ts'

// File header record (format reference 3.1): slot 0 of page 0, fixed dword = kind, the rest variable.
const KIND_OFFSET = 4
const VARIABLES = {
  bindingId: 0,
  fileId: 2,
  filegroupId: 3,
  sizePages: 4,
  maxSizePages: 5,
  growth: 6,
  backupLsn: 8,
  firstUpdateLsn: 9,
  oldestRestoredLsn: 10,
  firstNonloggedUpdateLsn: 11,
  minSizePages: 12,
  status: 13,
  userShrinkSizePages: 14,
  sectorSizeBytes: 15,
  maxLsn: 16,
  redoFork: 17,
  firstLsn: 18,
  createLsn: 19,
  differentialBaseLsn: 20,
  differentialBaseGuid: 21,
  fileOfflineLsn: 22,
  fileGuid: 23,
  restoreStatus: 24,
  redoStartLsn: 25,
  logicalName: 27,
  restoreSourceGuid: 28,
  readOnlyLsn: 38,
  readWriteLsn: 39,
  restoreDifferentialBaseLsn: 41,
  restoreDifferentialBaseGuid: 42,
} as const
const GROWTH_IS_PERCENT = 0x100000
const GUID_SIZE = 16
const NOT_SHRUNK = 0xffffffff

export const FILE_KINDS = ['primary', 'secondary', 'log'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/**
 * What page 0 of a database file says of the file. An LSN or GUID that was never set (zeros) is
 * undefined, and so is what the version that wrote the header did not have.
 */
export interface FileHeader extends FileHistory {
  readonly kind: FileKind
  readonly fileId: number
  /** 0 for a log file. */
  readonly filegroupId: number
  readonly logicalName: string
  /** The same in every file of a database, its log included. */
  readonly bindingId: string
  readonly fileGuid: string
  readonly sizePages: number
  /** -1 when unlimited. */
  readonly maxSizePages: number
  /** Pages, or percent when `growthIsPercent`. */
  readonly growth: number
  readonly growthIsPercent: boolean
  /** The size it was created with, below which it does not shrink. */
  readonly minSizePages: number | undefined
  /** The size that DBCC SHRINKFILE was last asked for. */
  readonly userShrinkSizePages: number | undefined
  /** Of the disk it was created on: 512 or 4096. */
  readonly sectorSizeBytes: number | undefined
  /** All status bits, of which `growthIsPercent` is one. */
  readonly status: number
}

/** Where backups, restores and changes of state left the file. */
export interface FileHistory {
  /** Of the last backup that held the file. */
  readonly backupLsn: Lsn | undefined
  readonly firstUpdateLsn: Lsn | undefined
  readonly oldestRestoredLsn: Lsn | undefined
  /** The first change since the last log backup that the log does not describe (bulk-logged). */
  readonly firstNonloggedUpdateLsn: Lsn | undefined
  readonly maxLsn: Lsn | undefined
  readonly firstLsn: Lsn | undefined
  readonly createLsn: Lsn | undefined
  /** The full backup that a differential backup of the file builds on. */
  readonly differentialBaseLsn: Lsn | undefined
  readonly differentialBaseGuid: string | undefined
  readonly fileOfflineLsn: Lsn | undefined
  /** 0 for a file that is not being restored. */
  readonly restoreStatus: number | undefined
  /** Where a restore that is under way has to apply the log from, and on which line of it. */
  readonly redoStartLsn: Lsn | undefined
  readonly redoFork: ForkPoint | undefined
  readonly restoreSourceGuid: string | undefined
  /** When its filegroup became read-only, and when it became writable again. */
  readonly readOnlyLsn: Lsn | undefined
  readonly readWriteLsn: Lsn | undefined
  readonly restoreDifferentialBaseLsn: Lsn | undefined
  readonly restoreDifferentialBaseGuid: string | undefined
}

/**
 * Reads the file header, page 0 of a data or log file.
 * @throws PlatformError FILE_DAMAGED when the page holds none
 */
export function readFileHeader(page: Page): FileHeader {
  if (page.type !== PAGE_TYPES.fileHeader) {
    throw page.damaged('page-type', `it should be a file header, and its type is ${page.type}`)
  }
  const start = page.slotOffset(0)
  if (start === 0) throw page.damaged('slot', 'it holds no file header')
  const record = new FixedVarRecord(page, start)
  const kindStart = record.fixedStart(KIND_OFFSET, 4)
  const kind = kindStart === undefined ? undefined : FILE_KINDS[page.bytes.readUInt32LE(kindStart)]
  if (kind === undefined) throw page.damaged('record', 'its file is of no known kind')
  const variable = (index: number, size: number) => {
    const bytes = record.variableBytes(index)
    if (bytes.length < size) throw page.damaged('record', 'its file header is too short')
    return bytes
  }
  const status = variable(VARIABLES.status, 4).readUInt32LE()
  const number = (index: number) => optionalNumber(record.variableBytes(index))
  const shrunkTo = number(VARIABLES.userShrinkSizePages)
  return {
    ...readHistory(record),
    kind,
    fileId: variable(VARIABLES.fileId, 2).readUInt16LE(),
    filegroupId: variable(VARIABLES.filegroupId, 2).readUInt16LE(),
    logicalName: variable(VARIABLES.logicalName, 0).toString('utf16le'),
    bindingId: readUniqueIdentifier(variable(VARIABLES.bindingId, GUID_SIZE), 0),
    fileGuid: optionalGuid(record.variableBytes(VARIABLES.fileGuid)),
    sizePages: variable(VARIABLES.sizePages, 4).readUInt32LE(),
    maxSizePages: variable(VARIABLES.maxSizePages, 4).readInt32LE(),
    growth: variable(VARIABLES.growth, 4).readUInt32LE(),
    growthIsPercent: (status & GROWTH_IS_PERCENT) !== 0,
    minSizePages: number(VARIABLES.minSizePages),
    userShrinkSizePages: shrunkTo === NOT_SHRUNK ? undefined : shrunkTo,
    sectorSizeBytes: number(VARIABLES.sectorSizeBytes),
    status,
  }
}

function readHistory(record: FixedVarRecord): FileHistory {
  const lsn = (index: number) => readOptionalLsn(record.variableBytes(index), 0)
  const guid = (index: number) => readOptionalGuid(record.variableBytes(index), 0)
  return {
    backupLsn: lsn(VARIABLES.backupLsn),
    firstUpdateLsn: lsn(VARIABLES.firstUpdateLsn),
    oldestRestoredLsn: lsn(VARIABLES.oldestRestoredLsn),
    firstNonloggedUpdateLsn: lsn(VARIABLES.firstNonloggedUpdateLsn),
    maxLsn: lsn(VARIABLES.maxLsn),
    firstLsn: lsn(VARIABLES.firstLsn),
    createLsn: lsn(VARIABLES.createLsn),
    differentialBaseLsn: lsn(VARIABLES.differentialBaseLsn),
    differentialBaseGuid: guid(VARIABLES.differentialBaseGuid),
    fileOfflineLsn: lsn(VARIABLES.fileOfflineLsn),
    restoreStatus: optionalNumber(record.variableBytes(VARIABLES.restoreStatus)),
    redoStartLsn: lsn(VARIABLES.redoStartLsn),
    redoFork: readForkPoint(record.variableBytes(VARIABLES.redoFork), 0),
    restoreSourceGuid: guid(VARIABLES.restoreSourceGuid),
    readOnlyLsn: lsn(VARIABLES.readOnlyLsn),
    readWriteLsn: lsn(VARIABLES.readWriteLsn),
    restoreDifferentialBaseLsn: lsn(VARIABLES.restoreDifferentialBaseLsn),
    restoreDifferentialBaseGuid: guid(VARIABLES.restoreDifferentialBaseGuid),
  }
}

function optionalNumber(bytes: Buffer): number | undefined {
  return bytes.length < 4 ? undefined : bytes.readUInt32LE()
}

/** Files of databases that SQL Server 2000 created have none. */
function optionalGuid(bytes: Buffer): string {
  return bytes.length < GUID_SIZE
    ? '00000000-0000-0000-0000-000000000000'
    : readUniqueIdentifier(bytes, 0)
}
