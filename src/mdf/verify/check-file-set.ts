import { PlatformError } from '../../base/index.ts'
import { DatabaseReader, readHeaderOf } from '../database-reader.ts'
import {
  type HeadedFile,
  refuseLogOfAnotherTime,
  refuseMissingFiles,
  refuseOtherFormats,
  refuseOtherKinds,
  refuseOtherLength,
  refuseRepeatedPaths,
  refuseStrangers,
  refuseUnclean,
} from '../file-set-checks.ts'
import type { FileHeader } from '../page/file-header.ts'
import { PAGE_SIZE, PageFile, type PageSource } from '../page-file.ts'
import { checkLogFile } from './check-log-file.ts'
import { type DataFile, openDataFile } from './data-file.ts'
import type { ProblemKind } from './problem.ts'
import { TolerantSource } from './tolerant-source.ts'
import type { VerifyReport } from './verify-report.ts'

const PRIMARY_FILE_ID = 1
const FILE_ID_OFFSET = 36

/** A database's files, as far as they are good for further checks. */
export interface FileSetToVerify {
  /** Data files by file id; the primary file is among them. */
  readonly files: ReadonlyMap<number, DataFile>
  readonly primary: DataFile
  /** Of the primary file; '' where its header can't be read. */
  readonly logicalName: string
  /** Over the data files, with damaged pages made readable; undefined when no catalog can be found. */
  readonly reader: DatabaseReader | undefined
}

/**
 * Checks the files by their headers, boot page and list of files, and the log: what an import would
 * refuse is reported, and the rest goes on with what fits.
 * @throws PlatformError where there is nothing to verify; see `verifyFiles`
 */
export function checkFileSet(
  sources: readonly PageSource[],
  report: VerifyReport,
  { isBackup = false }: { readonly isBackup?: boolean } = {},
): FileSetToVerify {
  const onDisk = sources.filter((source) => source instanceof PageFile)
  refuseRepeatedPaths(onDisk.map(({ path }) => path))
  for (const source of onDisk) refuseOtherFormats(source)
  const headed = headFiles(sources, report)
  const files = dataFilesOf(sources, headed)
  const primary = files.get(PRIMARY_FILE_ID)
  if (primary === undefined) throw new PlatformError('INTERNAL', 'no primary file to verify')
  const logicalName =
    headed.find(({ header }) => header.kind === 'primary')?.header.logicalName ?? ''
  const reader = openReader(files, primary, report)
  const set = { files, primary, logicalName, reader }
  if (reader === undefined) return set
  const { bootPage } = reader
  const logs = headed.filter(({ header }) => header.kind === 'log')
  const [first] = headed
  if (!isBackup && first !== undefined) {
    attempt(report, { path: first.source.path, kind: 'log', severity: 'warning' }, () =>
      refuseUnclean(first, bootPage, logs),
    )
    report.needsRecovery = !bootPage.isCleanlyShutDown
  }
  attempt(report, { path: primary.path, kind: 'file' }, () => refuseMissingFiles(reader, headed))
  for (const log of logs) {
    attempt(report, { path: log.source.path, kind: 'log' }, () =>
      refuseLogOfAnotherTime(log, bootPage),
    )
    checkLogFile(log.source, report)
  }
  return set
}

/** The files with their headers; those of another database are reported and left out. */
function headFiles(sources: readonly PageSource[], report: VerifyReport): HeadedFile[] {
  const headed: HeadedFile[] = []
  sources.forEach((source, position) => {
    const header = headerOf(source, position, report)
    if (header === undefined) return
    const file = { source, header }
    checkLength(file, report)
    const [primary = file] = headed
    const fits = attempt(report, { path: source.path, kind: 'file' }, () =>
      refuseStrangers(primary, [...headed, file]),
    )
    if (fits) headed.push(file)
  })
  return headed
}

/** The header, from a damaged page 0 as well; of a data file the page pass reports that page. */
function headerOf(
  source: PageSource,
  position: number,
  report: VerifyReport,
): FileHeader | undefined {
  try {
    const header = readHeaderOf(source)
    if (position === 0) refuseOtherKinds({ source, header })
    return header
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'FILE_DAMAGED') throw error
    const header = tolerantHeaderOf(source, position)
    if (header !== undefined && header.kind !== 'log') return header
    report.add(
      { path: source.path, pageNumber: 0 },
      {
        kind: 'file',
        message: error.message,
        consequence:
          'the file cannot be told to belong to the database, and was not checked further',
      },
    )
    return header
  }
}

function tolerantHeaderOf(source: PageSource, position: number): FileHeader | undefined {
  try {
    const fileId = position === 0 ? PRIMARY_FILE_ID : storedFileId(source)
    return readHeaderOf(new TolerantSource(source, fileId))
  } catch {
    return undefined // damaged beyond what tolerance can mend: the caller reports it
  }
}

function storedFileId(source: PageSource): number {
  const page = source.readPage(0)
  return new DataView(page.buffer, page.byteOffset).getUint16(FILE_ID_OFFSET, true)
}

function checkLength(file: HeadedFile, report: VerifyReport): void {
  const { source, header } = file
  if (!(source instanceof PageFile)) return
  const isLonger = source.sizeBytes > header.sizePages * PAGE_SIZE
  attempt(
    report,
    { path: source.path, kind: 'file', severity: isLonger ? 'warning' : 'error' },
    () => refuseOtherLength({ source, header }),
  )
}

/** The primary file is one of them even when its header can't be read. */
function dataFilesOf(
  sources: readonly PageSource[],
  headed: readonly HeadedFile[],
): Map<number, DataFile> {
  const files = new Map<number, DataFile>()
  for (const { source, header } of headed) {
    if (header.kind === 'log') continue
    files.set(header.fileId, openDataFile(source, header.fileId, header.sizePages))
  }
  const [first] = sources
  if (first !== undefined && !files.has(PRIMARY_FILE_ID)) {
    files.set(PRIMARY_FILE_ID, openDataFile(first, PRIMARY_FILE_ID))
  }
  return files
}

function openReader(
  files: ReadonlyMap<number, DataFile>,
  primary: DataFile,
  report: VerifyReport,
): DatabaseReader | undefined {
  try {
    return DatabaseReader.over(
      new Map([...files].map(([fileId, { tolerant }]) => [fileId, tolerant])),
    )
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'FILE_DAMAGED') throw error
    report.add(
      { path: primary.path },
      {
        kind: 'catalog',
        message: `the boot page cannot be read: ${error.message}`,
        consequence: 'SQL Server cannot open the database; only its pages were checked',
      },
    )
    return undefined
  }
}

const CONSEQUENCES: Readonly<Record<string, string>> = {
  FILE_TRUNCATED: 'SQL Server refuses to attach the file; what lay behind its end is lost',
  FILE_OF_ANOTHER_DATABASE: 'SQL Server refuses to attach it with the others; it was left out',
  FILE_SET_INCOMPLETE:
    'SQL Server refuses to attach the database; tables in those files are missing',
  FILE_SET_INCONSISTENT: 'SQL Server refuses to attach the files together',
  DATABASE_NOT_CLEAN: 'the files alone may be inconsistent until SQL Server recovers them',
}

/** Runs a check that throws: its error becomes a problem. Returns whether there was none. */
function attempt(
  report: VerifyReport,
  place: {
    readonly path: string
    readonly kind: ProblemKind
    readonly severity?: 'error' | 'warning'
  },
  check: () => void,
): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    report.add(
      { path: place.path },
      {
        kind: error.code === 'FILE_DAMAGED' ? 'catalog' : place.kind,
        severity: place.severity ?? 'error',
        message: error.message,
        consequence: CONSEQUENCES[error.code] ?? 'the file was not checked further',
      },
    )
    return false
  }
}
