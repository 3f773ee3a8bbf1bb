import path from 'node:path'
import { PlatformError } from '../../base/index.ts'
import type { FileKind } from '../page/file-header.ts'
import type { PageSource } from '../page-file.ts'
import type { BackupFileEntry } from './backup-description.ts'
import type { BackupSet } from './backup-set.ts'
import { BOOT_PAGE_NUMBER, type CleanBootPage, cleanBootPage } from './boot-page-copy.ts'
import { findMissingChanges } from './find-missing-changes.ts'
import { type LogLayout, layOutLog, logHeaderPage, virtualLogFilePage } from './log-file-image.ts'
import { type LogPart, type LogPlace, readLog, readLogPart } from './log-part.ts'
import { type MappedFile, toBackupDamage } from './map-extents.ts'
import { damagedBackup } from './mtf-block.ts'
import { restoreDataFile } from './restore-data-file.ts'
import { restoreFileNames } from './restore-file-names.ts'
import { TargetFile } from './target-file.ts'

const LOG_CHUNK_BYTES = 64 * 1024
const PAGE_0 = 0
const PRIMARY_FILE_ID = 1

export interface RestoreOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?:
    | ((progress: { readonly doneBytes: number; readonly totalBytes: number }) => void)
    | undefined
}

/** A file that a restore wrote. */
export interface RestoredFile {
  readonly fileId: number
  readonly kind: FileKind
  readonly logicalName: string
  readonly path: string
  readonly sizeBytes: number
}

/** What a set has to be before anything of it is written. */
export interface RestorableSet {
  readonly set: BackupSet
  readonly files: readonly { readonly mapped: MappedFile; readonly source: PageSource }[]
  readonly primary: PageSource
  readonly boot: CleanBootPage
}

/**
 * Finds out whether a set can be restored without a SQL Server; reads its log and its maps, not all of
 * its pages, and writes nothing.
 * @throws PlatformError UNSUPPORTED_BACKUP, BACKUP_DAMAGED, and DATABASE_NOT_CLEAN when the database
 *   changed while the backup was taken, so that its log would have to be applied to the pages
 */
export async function checkRestorable(
  set: BackupSet,
  options: Pick<RestoreOptions, 'signal'> = {},
): Promise<RestorableSet> {
  const mapped = set.mappedFiles()
  const files = set.dataFiles().flatMap((source, index) => {
    const file = mapped[index]
    return file === undefined ? [] : [{ mapped: file, source }]
  })
  const primary = files.find(({ mapped }) => mapped.header.fileId === PRIMARY_FILE_ID)?.source
  if (primary === undefined) {
    throw damagedBackup(set.path, `backup set ${set.position} holds no primary data file`)
  }
  const sources = new Map(files.map(({ mapped, source }) => [mapped.header.fileId, source]))
  const { redo, undo } = await findMissingChanges(set, sources, options.signal)
  if (redo > 0 || undo > 0) throw notClean(set, redo, undo)
  return { set, files, primary, boot: toBackupDamage(() => cleanBootPage(primary)) }
}

function notClean(set: BackupSet, redo: number, undo: number): PlatformError {
  const changes = `${redo} changes have to be applied from its log and ${undo} open transactions taken back`
  return new PlatformError(
    'DATABASE_NOT_CLEAN',
    `${set.path}: the database was in use when backup set ${set.position} was taken: ${changes}, which only SQL Server can do; restore it on a SQL Server, or back the database up while nobody uses it`,
    { details: { path: set.path, position: set.position, redo, undo } },
  )
}

/**
 * Writes the files of a database from its backup: the data files with every allocated page verified, the
 * boot page marked as cleanly shut down, and a log file. What was not allocated is a hole in the file.
 * Files have their names only when all of them are whole and on the disk; a failure removes them.
 *
 * The log file has the virtual log files of the server and the saved log blocks at their places, with the
 * checkpoint that the boot page names, so that a SQL Server that attaches the files finds what a clean
 * database has. Where the backup does not describe the log whole, the log file is an empty one instead:
 * Slipway needs no more, but a SQL Server refuses it (error 9003) and has to be given the data files alone
 * (CREATE DATABASE … FOR ATTACH_REBUILD_LOG). Neither was tried with a real server.
 *
 * @param targets a folder, where files get the names they had on the server, or a path for each file id
 * @throws PlatformError UNSUPPORTED_BACKUP, BACKUP_DAMAGED, DATABASE_NOT_CLEAN, INVALID_ARGUMENT when a
 *   file exists or can't be made, DISK_FULL, the signal's reason
 */
export async function restoreBackup(
  set: BackupSet,
  targets: { readonly folder: string } | { readonly paths: ReadonlyMap<number, string> },
  options: RestoreOptions = {},
): Promise<readonly RestoredFile[]> {
  const restorable = await checkRestorable(set, options)
  await refuseWrongChecksums(set, options.signal)
  const pathOf = targetPaths(set, targets)
  const written: TargetFile[] = []
  try {
    const files = await writeFiles(restorable, { pathOf, written, options })
    for (const target of written) await target.flush()
    for (const target of written) await target.publish()
    return files
  } catch (error) {
    await Promise.allSettled(written.map((target) => target.discard()))
    throw error
  }
}

/** A checksum over a whole stream also covers what no page has one for. */
async function refuseWrongChecksums(set: BackupSet, signal: AbortSignal | undefined) {
  const messages: string[] = []
  const onProblem = ({ message }: { readonly message: string }) => {
    if (messages.length === 0) messages.push(message)
  }
  await set.verifyChecksums({ onProblem }, signal)
  if (messages[0] !== undefined) throw damagedBackup(set.path, messages[0])
}

function targetPaths(
  set: BackupSet,
  targets: { readonly folder: string } | { readonly paths: ReadonlyMap<number, string> },
): (fileId: number) => string {
  const names = restoreFileNames(set)
  return (fileId) => {
    const known = 'paths' in targets ? targets.paths.get(fileId) : undefined
    if (known !== undefined) return known
    if ('folder' in targets) return path.join(targets.folder, names.get(fileId) ?? `file${fileId}`)
    throw new PlatformError('INVALID_ARGUMENT', `no path was given for file ${fileId}`)
  }
}

interface Writing {
  readonly pathOf: (fileId: number) => string
  /** Every file made, for the caller to publish or discard. */
  readonly written: TargetFile[]
  readonly options: RestoreOptions
}

async function writeFiles(
  restorable: RestorableSet,
  { pathOf, written, options }: Writing,
): Promise<RestoredFile[]> {
  const { set, files, boot } = restorable
  const totalBytes = set.savedBytes
  let doneBytes = 0
  const restored: RestoredFile[] = []
  const create = async (file: Omit<RestoredFile, 'path'>) => {
    const target = await TargetFile.create(pathOf(file.fileId), file.sizeBytes)
    written.push(target)
    restored.push({ ...file, path: target.path })
    return target
  }
  for (const { mapped, source } of files) {
    const { fileId, kind, logicalName } = mapped.header
    const target = await create({ fileId, kind, logicalName, sizeBytes: mapped.extents.sizeBytes })
    await restoreDataFile({
      mapped,
      source,
      target,
      replaced: fileId === PRIMARY_FILE_ID ? new Map([[BOOT_PAGE_NUMBER, boot.page]]) : new Map(),
      signal: options.signal,
      onBytes(bytes) {
        doneBytes += bytes
        options.onProgress?.({ doneBytes, totalBytes })
      },
    })
  }
  for (const entry of set.files.filter(({ type }) => type === 'L')) {
    await restoreLogFile(restorable, entry, create)
  }
  return restored
}

async function restoreLogFile(
  { set, primary, boot }: RestorableSet,
  entry: BackupFileEntry,
  create: (file: Omit<RestoredFile, 'path'>) => Promise<TargetFile>,
): Promise<void> {
  const { layout, parts } = planLogFile(set, entry)
  const { fileId, logicalName } = entry
  const { sizeBytes } = layout
  const target = await create({ fileId, kind: 'log', logicalName, sizeBytes })
  const header = toBackupDamage(() =>
    logHeaderPage(primary, { entry, sizeBytes, boot: boot.record }),
  )
  await target.write(header, PAGE_0)
  for (const file of layout.virtualLogFiles) {
    await target.write(virtualLogFilePage(file), file.start)
  }
  if (!layout.isOriginal) return
  for (const placed of parts) await writeLogBlocks(set, placed, target)
}

interface PlacedLogPart {
  readonly part: LogPart
  readonly place: LogPlace
}

/** How a log file of the set will be, and what of it the backup holds. */
export function planLogFile(
  set: BackupSet,
  entry: BackupFileEntry,
): { readonly layout: LogLayout; readonly parts: readonly PlacedLogPart[] } {
  const all = set.scanned.log.map(readLogPart)
  const parts = all.flatMap((part) =>
    part.place?.fileId === entry.fileId ? [{ part, place: part.place }] : [],
  )
  // A part whose place is not known could be missing from any of the log files.
  const places = all.every(({ place }) => place !== undefined)
    ? parts.map(({ place }) => place)
    : []
  return { layout: layOutLog(entry, places, set.header.databaseVersion ?? 0), parts }
}

async function writeLogBlocks(
  set: BackupSet,
  { part, place }: PlacedLogPart,
  target: TargetFile,
): Promise<void> {
  for (let offset = 0; offset < part.length; offset += LOG_CHUNK_BYTES) {
    const bytes = readLog(set.file, part, { offset, length: LOG_CHUNK_BYTES })
    await target.write(bytes, place.start + offset)
  }
}
