import { realpathSync } from 'node:fs'
import { PlatformError } from '../base/index.ts'
import { databaseNameOf } from './database-name.ts'
import { DatabaseReader, readHeaderOf } from './database-reader.ts'
import { type BootPage, bootRecord, parseBootRecord } from './page/boot-page.ts'
import type { FileHeader, FileKind } from './page/file-header.ts'
import { formatLsn } from './page/lsn.ts'
import { PAGE_TYPES, readVerifiedPage } from './page/page.ts'
import { sqlServerVersionName } from './page/sql-server-version.ts'
import { PAGE_SIZE, PageFile } from './page-file.ts'

/** One file of an inspected set. */
export interface FileSetMember {
  readonly fileId: number
  readonly kind: FileKind
  readonly logicalName: string
  readonly path: string
  readonly sizeBytes: number
}

/** A database's files, found to be complete and to belong together. */
export interface FileSet {
  readonly databaseName: string
  readonly internalVersion: number
  /** The product of that version, such as `SQL Server 2008`. */
  readonly sqlServerVersion: string
  readonly compatibilityLevel: number
  readonly collationId: number
  /** Always true: a set that is not is refused. */
  readonly clean: boolean
  /** In the given order. Without a log file when none was given. */
  readonly files: readonly FileSetMember[]
}

interface InspectedFile {
  readonly source: PageFile
  readonly header: FileHeader
}

const BOOT_PAGE_NUMBER = 9
const LOG_BOOT_SLOT = 1
const UNUSABLE_STATES = [6, 7] // offline, defunct: SQL Server does without them too

/**
 * Checks the files of a database before they are imported or attached: that each is a whole, undamaged
 * database file, that they are all of one database and from one moment, that no data file is missing,
 * and that the database was shut down cleanly. Reads headers, the boot page and the system catalog, not
 * the tables. A missing log is accepted, as SQL Server makes a new one for a clean database.
 * @param paths the mdf first, then ndf and ldf files in any order
 * @throws PlatformError with one line that names the file: FILE_NOT_FOUND, NOT_A_DATABASE_FILE,
 *   NOT_A_PRIMARY_FILE, FILE_TRUNCATED, FILE_DAMAGED, FILE_SET_INCOMPLETE, FILE_OF_ANOTHER_DATABASE,
 *   FILE_SET_INCONSISTENT, UNSUPPORTED_VERSION, DATABASE_NOT_CLEAN, INVALID_ARGUMENT
 */
export function inspectFileSet(paths: readonly string[]): FileSet {
  const [primaryPath] = paths
  if (primaryPath === undefined) {
    throw new PlatformError('INVALID_ARGUMENT', 'no database file was given')
  }
  const opened: PageFile[] = []
  try {
    for (const path of paths) opened.push(PageFile.open(path))
    refuseRepeatedPaths(paths)
    const files = opened.map(inspectFile)
    return inspectTogether(files)
  } finally {
    for (const file of opened) file.close()
  }
}

function refuseRepeatedPaths(paths: readonly string[]): void {
  const seen = new Set<string>()
  for (const path of paths) {
    const real = realpathSync(path)
    if (seen.has(real)) throw new PlatformError('INVALID_ARGUMENT', `${path} is given twice`)
    seen.add(real)
  }
}

function inspectFile(source: PageFile, position: number): InspectedFile {
  refuseOtherFormats(source)
  const header = readHeaderOf(source)
  if (position === 0 && header.kind !== 'primary') {
    const what = header.kind === 'log' ? 'a log file' : 'a secondary data file'
    throw new PlatformError(
      'NOT_A_PRIMARY_FILE',
      `${source.path} is ${what}; the primary data file (mdf) has to be given first`,
      { details: { path: source.path, kind: header.kind } },
    )
  }
  refuseOtherLength(source, header)
  return { source, header }
}

const FOREIGN_SIGNATURES: readonly (readonly [signature: string, what: string])[] = [
  ['TAPE', 'a backup, which has to be restored'],
  ['MSSQLBAK', 'a compressed backup, which has to be restored'],
  ['SQLite format 3', 'a SQLite database'],
  ['PK\u0003\u0004', 'a zip archive, which has to be unpacked'],
]

function refuseOtherFormats(source: PageFile): void {
  const { path, sizeBytes } = source
  const refuse = (what: string) =>
    new PlatformError('NOT_A_DATABASE_FILE', `${path} is ${what}`, { details: { path } })
  if (sizeBytes === 0) throw refuse('empty')
  if (source.pageCount === 0) throw refuse('too short for a database file')
  const start = Buffer.from(source.readPage(0).subarray(0, 16)).toString('latin1')
  const foreign = FOREIGN_SIGNATURES.find(([signature]) => start.startsWith(signature))
  if (foreign !== undefined) throw refuse(foreign[1])
  // With its first page destroyed, a data file is still known by its boot page.
  if (
    !hasPageType(source, 0, PAGE_TYPES.fileHeader) &&
    !hasPageType(source, BOOT_PAGE_NUMBER, PAGE_TYPES.boot)
  ) {
    throw refuse('not a SQL Server database file')
  }
}

function hasPageType(source: PageFile, pageNumber: number, type: number): boolean {
  if (pageNumber >= source.pageCount) return false
  const [headerVersion, pageType] = source.readPage(pageNumber)
  return headerVersion === 1 && pageType === type
}

function refuseOtherLength({ path, sizeBytes }: PageFile, header: FileHeader): void {
  const expectedBytes = header.sizePages * PAGE_SIZE
  if (expectedBytes === sizeBytes) return
  const relation = sizeBytes < expectedBytes ? 'shorter' : 'longer'
  throw new PlatformError(
    'FILE_TRUNCATED',
    `${path} is ${relation} than its header says: ${sizeBytes} bytes instead of ${expectedBytes}`,
    { details: { path, sizeBytes, expectedBytes } },
  )
}

function inspectTogether(files: readonly InspectedFile[]): FileSet {
  const [primary] = files
  if (primary === undefined) throw new PlatformError('INTERNAL', 'no file to inspect')
  refuseStrangers(primary, files)
  const reader = DatabaseReader.open(files.map(({ source }) => source))
  const { bootPage, catalog } = reader
  const logs = files.filter(({ header }) => header.kind === 'log')
  refuseUnclean(primary, bootPage, logs)
  for (const log of logs) refuseLogOfAnotherTime(log, bootPage)
  readCatalog(reader)
  refuseMissingFiles(reader, files)
  const names = new Map(catalog.files.map(({ fileId, logicalName }) => [fileId, logicalName]))
  const members = files.map(({ source, header }) => ({
    fileId: header.fileId,
    kind: header.kind,
    // SQL Server 2000 kept the logical name in the catalog only.
    logicalName: header.logicalName || (names.get(header.fileId) ?? ''),
    path: source.path,
    sizeBytes: source.sizeBytes,
  }))
  return {
    databaseName: databaseNameOf(bootPage.databaseName, members[0]?.logicalName ?? ''),
    internalVersion: bootPage.internalVersion,
    sqlServerVersion: sqlServerVersionName(bootPage.internalVersion),
    compatibilityLevel: bootPage.compatibilityLevel,
    collationId: bootPage.collationId,
    clean: bootPage.isCleanlyShutDown,
    files: members,
  }
}

function refuseStrangers(primary: InspectedFile, files: readonly InspectedFile[]): void {
  const byId = new Map<number, string>()
  for (const { source, header } of files) {
    const { path } = source
    if (header.bindingId !== primary.header.bindingId) {
      throw new PlatformError(
        'FILE_OF_ANOTHER_DATABASE',
        `${path} belongs to another database than ${primary.source.path}`,
        { details: { path, primaryPath: primary.source.path } },
      )
    }
    const twin = byId.get(header.fileId)
    if (twin !== undefined) {
      throw new PlatformError(
        'INVALID_ARGUMENT',
        `${twin} and ${path} are copies of the same file of the database; give one of them`,
        { details: { path, twin } },
      )
    }
    byId.set(header.fileId, path)
  }
}

function refuseUnclean(
  primary: InspectedFile,
  bootPage: BootPage,
  logs: readonly InspectedFile[],
): void {
  if (bootPage.isCleanlyShutDown) return
  const { path } = primary.source
  const why =
    logs.length === 0
      ? 'its log file is missing'
      : 'changes that are only in its log would be lost, and only SQL Server can apply them'
  throw new PlatformError('DATABASE_NOT_CLEAN', `${path} was not shut down cleanly, and ${why}`, {
    details: { path },
  })
}

/** A log file's page 0 repeats the boot page as it was when the log was written last. */
function refuseLogOfAnotherTime({ source, header }: InspectedFile, bootPage: BootPage): void {
  const page = readVerifiedPage(source, header.fileId, 0)
  const ofLog = parseBootRecord(bootRecord(page, LOG_BOOT_SLOT))
  const logLsn = formatLsn(ofLog.checkpointLsn)
  const dataLsn = formatLsn(bootPage.checkpointLsn)
  if (logLsn === dataLsn && ofLog.recoveryForkGuid === bootPage.recoveryForkGuid) return
  throw new PlatformError(
    'FILE_SET_INCONSISTENT',
    `${source.path} was copied at another time than the data file: its last checkpoint is ${logLsn}, not ${dataLsn}`,
    { details: { path: source.path, checkpointLsn: logLsn, expectedCheckpointLsn: dataLsn } },
  )
}

/** Damage in the catalog is better found now than at the first query. */
function readCatalog({ catalog }: DatabaseReader): void {
  for (const { objectId } of catalog.objects) {
    catalog.columns(objectId)
    catalog.rowCount(objectId)
  }
}

function refuseMissingFiles(reader: DatabaseReader, files: readonly InspectedFile[]): void {
  const given = new Set(files.map(({ header }) => header.fileId))
  const missing = reader.catalog.files.filter(
    ({ fileId, type, state }) =>
      type === 'ROWS' && !given.has(fileId) && !UNUSABLE_STATES.includes(state),
  )
  if (missing.length === 0) return
  const list = missing.map(({ logicalName, physicalPath }) => `${logicalName} (${physicalPath})`)
  throw new PlatformError(
    'FILE_SET_INCOMPLETE',
    `${files[0]?.source.path}: the database has data files that were not given: ${list.join(', ')}`,
    {
      details: {
        missing: missing.map(({ fileId, logicalName, physicalPath }) => ({
          fileId,
          logicalName,
          physicalPath,
        })),
      },
    },
  )
}
