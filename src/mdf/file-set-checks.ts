import { realpathSync } from 'node:fs'
import { PlatformError } from '../base/index.ts'
import type { DatabaseReader } from './database-reader.ts'
import { type BootPage, bootRecord, parseBootRecord } from './page/boot-page.ts'
import type { FileHeader } from './page/file-header.ts'
import { formatLsn } from './page/lsn.ts'
import { PAGE_TYPES, readVerifiedPage } from './page/page.ts'
import { PAGE_SIZE, type PageFile, type PageSource } from './page-file.ts'

// What makes files a database's file set. Each check raises the PlatformError that says what is wrong:
// an import stops there, a verification lists it and goes on.

/** A file with what its header says. */
export interface HeadedFile<Source extends PageSource = PageSource> {
  readonly source: Source
  readonly header: FileHeader
}

const BOOT_PAGE_NUMBER = 9
const LOG_BOOT_SLOT = 1
const UNUSABLE_STATES = [6, 7] // offline, defunct: SQL Server does without them too

/** @throws PlatformError INVALID_ARGUMENT */
export function refuseRepeatedPaths(paths: readonly string[]): void {
  const seen = new Set<string>()
  for (const path of paths) {
    const real = realpathSync(path)
    if (seen.has(real)) throw new PlatformError('INVALID_ARGUMENT', `${path} is given twice`)
    seen.add(real)
  }
}

/** @throws PlatformError NOT_A_PRIMARY_FILE */
export function refuseOtherKinds({ source, header }: HeadedFile): void {
  if (header.kind === 'primary') return
  const what = header.kind === 'log' ? 'a log file' : 'a secondary data file'
  throw new PlatformError(
    'NOT_A_PRIMARY_FILE',
    `${source.path} is ${what}; the primary data file (mdf) has to be given first`,
    { details: { path: source.path, kind: header.kind } },
  )
}

const FOREIGN_SIGNATURES: readonly (readonly [signature: string, what: string])[] = [
  ['TAPE', 'a backup, which has to be restored'],
  ['MSSQLBAK', 'a compressed backup, which has to be restored'],
  ['SQLite format 3', 'a SQLite database'],
  ['PK\u0003\u0004', 'a zip archive, which has to be unpacked'],
]

/** @throws PlatformError NOT_A_DATABASE_FILE */
export function refuseOtherFormats(source: PageFile): void {
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

/** @throws PlatformError FILE_TRUNCATED for files that are longer, too */
export function refuseOtherLength({ source, header }: HeadedFile<PageFile>): void {
  const { path, sizeBytes } = source
  const expectedBytes = header.sizePages * PAGE_SIZE
  if (expectedBytes === sizeBytes) return
  const relation = sizeBytes < expectedBytes ? 'shorter' : 'longer'
  throw new PlatformError(
    'FILE_TRUNCATED',
    `${path} is ${relation} than its header says: ${sizeBytes} bytes instead of ${expectedBytes}`,
    { details: { path, sizeBytes, expectedBytes } },
  )
}

/** @throws PlatformError FILE_OF_ANOTHER_DATABASE, INVALID_ARGUMENT for a file that comes twice */
export function refuseStrangers(primary: HeadedFile, files: readonly HeadedFile[]): void {
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

/** @throws PlatformError DATABASE_NOT_CLEAN */
export function refuseUnclean(
  primary: HeadedFile,
  bootPage: BootPage,
  logs: readonly HeadedFile[],
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

/**
 * A log file's page 0 repeats the boot page as it was when the log was written last.
 * @throws PlatformError FILE_SET_INCONSISTENT
 */
export function refuseLogOfAnotherTime({ source, header }: HeadedFile, bootPage: BootPage): void {
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

/** @throws PlatformError FILE_SET_INCOMPLETE */
export function refuseMissingFiles(reader: DatabaseReader, files: readonly HeadedFile[]): void {
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
