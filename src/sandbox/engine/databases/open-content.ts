import { stat } from 'node:fs/promises'
import {
  type DatabaseReader,
  type FileSet,
  openFileSet,
  PAGE_SIZE,
  type SqlValue,
} from '../../../mdf/index.ts'
import { type FileLock, tryLockFile } from '../../../platform/index.ts'
import type { ContentFile, DatabaseContent } from './database-content.ts'
import {
  ACCESS_DENIED,
  cannotOpenFile,
  FILE_IN_USE,
  operatingSystemError,
} from './operating-system-error.ts'
import { pageError } from './page-error.ts'

/**
 * Locks, checks and opens the files of a database, the primary file first.
 *
 * @throws SqlError 5120 when a file is missing, forbidden or in use; PlatformError of `openFileSet`
 */
export async function openContent(
  paths: readonly string[],
  databaseId: number,
): Promise<DatabaseContent> {
  const locks = await lockFiles(paths)
  try {
    return openLocked(paths, databaseId, locks)
  } catch (error) {
    await releaseAll(locks)
    throw error
  }
}

/** @throws SqlError 5120 */
export async function lockFiles(paths: readonly string[]): Promise<readonly FileLock[]> {
  const locks: FileLock[] = []
  try {
    for (const path of paths) locks.push(await lockDataFile(path))
    return locks
  } catch (error) {
    await releaseAll(locks)
    throw error
  }
}

async function lockDataFile(path: string): Promise<FileLock> {
  try {
    // Asked first: opening a named pipe would wait for its other end.
    if (!(await stat(path)).isFile()) throw cannotOpenFile(path, ACCESS_DENIED)
  } catch (error) {
    throw toOpenError(path, error)
  }
  const lock = await tryLockFile(path).catch((error: unknown) => {
    throw toOpenError(path, error)
  })
  if (lock === undefined) throw cannotOpenFile(path, FILE_IN_USE)
  return lock
}

function toOpenError(path: string, error: unknown): unknown {
  const isSystemError = error instanceof Error && 'syscall' in error
  return isSystemError ? cannotOpenFile(path, operatingSystemError(error)) : error
}

async function releaseAll(locks: readonly FileLock[]): Promise<void> {
  await Promise.all(locks.map((lock) => lock.release()))
}

function openLocked(
  paths: readonly string[],
  databaseId: number,
  locks: readonly FileLock[],
): DatabaseContent {
  const { set, reader } = openFileSet(paths)
  const { bootPage } = reader
  return {
    settings: {
      collationId: bootPage.collationId,
      compatibilityLevel: bootPage.compatibilityLevel,
      recoveryModel: bootPage.recoveryModel,
      pageVerify: bootPage.pageVerify,
      isAutoClose: bootPage.isAutoClose,
      isAutoShrink: bootPage.isAutoShrink,
      internalVersion: bootPage.internalVersion,
      createDate: bootPage.creationDate,
    },
    files: contentFiles(set, reader),
    catalog: reader.catalog,
    scanTable: (objectId, columnIds) =>
      scanWithSqlErrors(reader.scanTable(objectId, columnIds), databaseId),
    indexes: {
      of: (objectId) => reader.searchableIndexes(objectId),
      seek: (objectId, columnIds, seek) =>
        scanWithSqlErrors(reader.seekTable(objectId, columnIds, seek), databaseId),
    },
    storedColumnIds: (objectId) => reader.storedColumnIds(objectId),
    // Where files keep the numbers of sequences is not published.
    sequences: [],
    get tableTypes() {
      return reader.details.tableTypes.map(({ userType: { userTypeId }, objectId }) => {
        return { userTypeId, objectId }
      })
    },
    synonymTarget: (objectId) => reader.details.synonymTarget(objectId),
    async close() {
      reader.close()
      await releaseAll(locks)
    },
  }
}

function* scanWithSqlErrors(rows: Iterable<SqlValue[]>, databaseId: number): Generator<SqlValue[]> {
  try {
    yield* rows
  } catch (error) {
    throw pageError(error, databaseId)
  }
}

function contentFiles(set: FileSet, reader: DatabaseReader): readonly ContentFile[] {
  const guids = new Map(reader.fileHeaders.map(({ fileId, fileGuid }) => [fileId, fileGuid]))
  const recorded = new Map(reader.catalog.files.map((file) => [file.fileId, file]))
  return set.files.map(({ fileId, kind, logicalName, path, sizeBytes }) => {
    const entry = recorded.get(fileId)
    return {
      fileId,
      filegroupId: entry?.filegroupId ?? 0,
      isLog: kind === 'log',
      logicalName,
      path,
      fileGuid: guids.get(fileId) ?? '',
      sizePages: Math.floor(sizeBytes / PAGE_SIZE),
      maxSizePages: entry?.maxSizePages ?? -1,
      growth: entry?.growth ?? 0,
      growthIsPercent: entry?.growthIsPercent ?? false,
    }
  })
}
