import { PlatformError } from '../base/index.ts'
import { databaseNameOf } from './database-name.ts'
import { DatabaseReader, readHeaderOf } from './database-reader.ts'
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
} from './file-set-checks.ts'
import type { FileKind } from './page/file-header.ts'
import { sqlServerVersionName } from './page/sql-server-version.ts'
import { PageFile } from './page-file.ts'

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

type InspectedFile = HeadedFile<PageFile>

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
  const { set, reader } = openFileSet(paths)
  reader.close()
  return set
}

/**
 * Checks the files as `inspectFileSet` does and leaves the data files open to be read.
 * @throws PlatformError as `inspectFileSet`
 */
export function openFileSet(paths: readonly string[]): {
  readonly set: FileSet
  /** To be closed. */
  readonly reader: DatabaseReader
} {
  const [primaryPath] = paths
  if (primaryPath === undefined) {
    throw new PlatformError('INVALID_ARGUMENT', 'no database file was given')
  }
  const opened: PageFile[] = []
  try {
    for (const path of paths) opened.push(PageFile.open(path))
    refuseRepeatedPaths(paths)
    const files = opened.map(inspectFile)
    const found = inspectTogether(files)
    for (const { source, header } of files) if (header.kind === 'log') source.close()
    return found
  } catch (error) {
    for (const file of opened) file.close()
    throw error
  }
}

function inspectFile(source: PageFile, position: number): InspectedFile {
  refuseOtherFormats(source)
  const file = { source, header: readHeaderOf(source) }
  if (position === 0) refuseOtherKinds(file)
  refuseOtherLength(file)
  return file
}

function inspectTogether(files: readonly InspectedFile[]): ReturnType<typeof openFileSet> {
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
  const set = {
    databaseName: databaseNameOf(bootPage.databaseName, members[0]?.logicalName ?? ''),
    internalVersion: bootPage.internalVersion,
    sqlServerVersion: sqlServerVersionName(bootPage.internalVersion),
    compatibilityLevel: bootPage.compatibilityLevel,
    collationId: bootPage.collationId,
    clean: bootPage.isCleanlyShutDown,
    files: members,
  }
  return { set, reader }
}

/** Damage in the catalog is better found now than at the first query. */
function readCatalog({ catalog }: DatabaseReader): void {
  for (const { objectId } of catalog.objects) {
    catalog.columns(objectId)
    catalog.rowCount(objectId)
  }
}
