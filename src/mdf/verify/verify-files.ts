import { PlatformError } from '../../base/index.ts'
import {
  Backup,
  type BackupChoice,
  type BackupSet,
  checkRestorable,
  isBackupFile,
} from '../backup/index.ts'
import { readHeaderOf } from '../database-reader.ts'
import { PageFile } from '../page-file.ts'
import { checkFileSet } from './check-file-set.ts'
import type { ProblemSink } from './problem.ts'
import { type VerifyProgress, verifyDatabase } from './verify-database.ts'
import { VerifyReport } from './verify-report.ts'

export interface VerifyObserver {
  /** Takes each problem when it is found. */
  readonly onProblem: ProblemSink
  readonly onProgress?: (progress: VerifyProgress) => void
  /** Which set of a backup file to verify. */
  readonly backupSet?: BackupChoice
}

/** What a verification looked at, and how many problems it found. */
export interface VerifySummary {
  /** undefined when the boot page can't be read. */
  readonly databaseName: string | undefined
  readonly internalVersion: number | undefined
  readonly files: readonly string[]
  readonly pagesChecked: number
  /** Pages without a checksum: damage inside them can go unseen. */
  readonly pagesWithTornBits: number
  readonly pagesUnguarded: number
  /** Checksummed streams of a backup; 0 for database files and for backups without checksums. */
  readonly streamsChecked: number
  readonly tablesChecked: number
  readonly rowsChecked: number
  readonly errors: number
  readonly warnings: number
}

/**
 * Verifies the files of a database, or a backup: that they belong together, their log, who owns which
 * page, every allocated page, every table and index. Damage is told to the observer and never thrown;
 * memory stays far below the files' size.
 * @param paths mdf, ndf and ldf files in any order; or one backup file
 * @throws PlatformError where there is nothing to verify: FILE_NOT_FOUND, NOT_A_DATABASE_FILE,
 *   NOT_A_PRIMARY_FILE, UNSUPPORTED_VERSION, INVALID_ARGUMENT; of a backup as `Backup.open`,
 *   `Backup.select` and `BackupSet.dataFiles`
 */
export async function verifyFiles(
  paths: readonly string[],
  observer: VerifyObserver,
): Promise<VerifySummary> {
  const [first] = paths
  if (first === undefined) throw new PlatformError('INVALID_ARGUMENT', 'no file was given')
  if (!isBackupFile(first)) return verifyDatabaseFiles(paths, observer)
  if (paths.length > 1) {
    throw new PlatformError('INVALID_ARGUMENT', `${first} is a backup: give it alone`)
  }
  return verifyBackup(first, observer)
}

function verifyDatabaseFiles(paths: readonly string[], observer: VerifyObserver): VerifySummary {
  const opened: PageFile[] = []
  try {
    for (const path of paths) opened.push(PageFile.open(path))
    const report = new VerifyReport(observer.onProblem)
    const set = checkFileSet(primaryFirst(opened), report)
    const result = verifyDatabase(set, report, observer.onProgress)
    return { ...result, streamsChecked: 0, ...countsOf(report) }
  } finally {
    for (const file of opened) file.close()
  }
}

/** As they were given when none can be told to be the primary file. */
function primaryFirst(files: readonly PageFile[]): PageFile[] {
  return files.toSorted((left, right) => Number(isPrimary(right)) - Number(isPrimary(left)))
}

function isPrimary(file: PageFile): boolean {
  try {
    return readHeaderOf(file).kind === 'primary'
  } catch (error) {
    if (error instanceof PlatformError) return false
    throw error
  }
}

async function verifyBackup(path: string, observer: VerifyObserver): Promise<VerifySummary> {
  const report = new VerifyReport(observer.onProblem)
  let backup: Backup | undefined
  try {
    backup = Backup.open(path)
    const set = backup.select(observer.backupSet)
    const sources = set.dataFiles()
    const streamsChecked = await set.verifyChecksums({
      onProblem: (problem) => report.pass(problem),
      onProgress: ({ doneBytes, totalBytes }) =>
        observer.onProgress?.({ phase: 'backup', done: doneBytes, total: totalBytes }),
    })
    await checkBackupLog(set, report)
    const files = checkFileSet(sources, report, { isBackup: true })
    const result = verifyDatabase(files, report, observer.onProgress)
    return { ...result, streamsChecked, ...countsOf(report) }
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'BACKUP_DAMAGED') throw error
    report.add(
      { path },
      { kind: 'file', message: error.message, consequence: 'the backup cannot be restored' },
    )
    return { ...NOTHING_CHECKED, files: [path], ...countsOf(report) }
  } finally {
    backup?.close()
  }
}

/** Changes that are only in the backup's log leave its pages at odds with each other. */
async function checkBackupLog(set: BackupSet, report: VerifyReport): Promise<void> {
  try {
    await checkRestorable(set)
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'DATABASE_NOT_CLEAN') throw error
    report.needsRecovery = true
    report.add(
      { path: set.path },
      {
        kind: 'log',
        severity: 'warning',
        message: error.message,
        consequence: 'only SQL Server can restore the backup; its pages were checked as they are',
      },
    )
  }
}

const NOTHING_CHECKED = {
  databaseName: undefined,
  internalVersion: undefined,
  pagesChecked: 0,
  pagesWithTornBits: 0,
  pagesUnguarded: 0,
  streamsChecked: 0,
  tablesChecked: 0,
  rowsChecked: 0,
} as const

function countsOf({ errors, warnings }: VerifyReport) {
  return { errors, warnings }
}
