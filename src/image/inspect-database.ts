import path from 'node:path'
import { createId, PlatformError } from '../base/index.ts'
import type { ImageFileRecord, ImageRecord, ImageTableRecord } from '../catalog/index.ts'
import {
  Backup,
  type BackupChoice,
  collationName,
  DatabaseReader,
  type FileSet,
  type FileSetMember,
  inspectBackupSet,
  inspectFileSet,
  PageFile,
} from '../mdf/index.ts'

/**
 * The record of an image to be imported from `files`, the primary file first. The files are only read.
 *
 * @throws PlatformError INVALID_ARGUMENT for a relative path, and as `inspectFileSet`
 */
export function inspectDatabase(options: {
  readonly name: string
  readonly files: readonly string[]
  readonly createdAt: string
}): ImageRecord {
  const { name, files, createdAt } = options
  refuseRelativePaths(files)
  const set = inspectFileSet(files)
  return { ...describeDatabase(set), name, createdAt, files: nameFiles(set.files) }
}

/**
 * The record of an image to be restored from a set of the backup `file`, which is only read.
 *
 * @throws PlatformError INVALID_ARGUMENT for a relative path, and as `Backup.open`, `Backup.select` and
 *   `inspectBackupSet`
 */
export async function inspectBackup(options: {
  readonly name: string
  readonly file: string
  readonly choice: BackupChoice
  readonly createdAt: string
}): Promise<ImageRecord> {
  const { name, file, choice, createdAt } = options
  refuseRelativePaths([file])
  const backup = Backup.open(file)
  try {
    const chosen = backup.select(choice)
    const set = await inspectBackupSet(chosen)
    const files = nameFiles(set.files).map((each) => ({ ...each, sourcePath: file }))
    const backupPosition = chosen.position
    return { ...describeDatabase(set), name, createdAt, files, backupPosition }
  } finally {
    backup.close()
  }
}

function refuseRelativePaths(files: readonly string[]): void {
  const relative = files.find((file) => !path.isAbsolute(file))
  if (relative === undefined) return
  throw new PlatformError('INVALID_ARGUMENT', `${relative}: give an absolute path`)
}

function describeDatabase(set: FileSet) {
  return {
    id: createId(),
    status: 'importing' as const,
    databaseName: set.databaseName,
    sqlServerVersion: set.sqlServerVersion,
    internalVersion: set.internalVersion,
    compatibilityLevel: set.compatibilityLevel,
    collation: collationName(set.collationId) ?? `collation ${set.collationId}`,
  }
}

/**
 * The tables of the database in `files`, which are checked once more: they are copies, and the originals
 * may have changed after they were inspected.
 *
 * @throws PlatformError FILE_CHANGED
 */
export function readTables(image: ImageRecord, files: readonly string[]): ImageTableRecord[] {
  try {
    inspectFileSet(files)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new PlatformError(
      'FILE_CHANGED',
      `the files of ${image.name} changed meanwhile: ${why}`,
      {
        cause: error,
      },
    )
  }
  const opened: PageFile[] = []
  try {
    for (const file of files) opened.push(PageFile.open(file))
    return listTables(DatabaseReader.open(opened))
  } finally {
    for (const file of opened) file.close()
  }
}

function listTables({ catalog }: DatabaseReader): ImageTableRecord[] {
  const schemas = new Map(catalog.schemas.map(({ schemaId, name }) => [schemaId, name]))
  return catalog.objects
    .filter(({ type, isMsShipped }) => type === 'U' && !isMsShipped)
    .map(({ objectId, schemaId, name }) => ({
      schema: schemas.get(schemaId) ?? String(schemaId),
      name,
      rowCount: catalog.rowCount(objectId),
    }))
    .sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Their own file names; the file id goes first where two would be the same. */
function nameFiles(members: readonly FileSetMember[]): ImageFileRecord[] {
  const taken = new Set<string>()
  return members.map((member) => {
    const own = path.basename(member.path)
    const name = taken.has(own.toLowerCase()) ? `${member.fileId}-${own}` : own
    taken.add(name.toLowerCase())
    return {
      fileId: member.fileId,
      kind: member.kind === 'log' ? 'log' : 'data',
      logicalName: member.logicalName,
      name,
      sourcePath: member.path,
      sizeBytes: member.sizeBytes,
    }
  })
}
