import { PlatformError } from '../../base/index.ts'
import {
  type BootPage,
  type DatabaseFile,
  PAGE_SIZE,
  readLogFile,
  refuseLogOfAnotherTime,
  refuseOtherLength,
} from '../../mdf/index.ts'
import type { GivenFile, OpenedFiles } from './open-files.ts'

/** A file of a database, given or only listed by it. Sizes are bytes. */
export interface FileSummary {
  readonly fileId: number
  readonly kind: string
  readonly logicalName: string
  /** Undefined for a file that was not given. */
  readonly path: string | undefined
  /** Where the server last had it; undefined when the catalog can't be read. */
  readonly lastKnownPath: string | undefined
  readonly filegroupId: number
  readonly sizeBytes: number
  /** Undefined when unlimited. */
  readonly maxSizeBytes: number | undefined
  readonly growthBytes: number | undefined
  readonly growthPercent: number | undefined
  /** Log files that were given: how many parts they have, and how many of them hold live log. */
  readonly virtualLogFiles: number | undefined
  readonly activeVirtualLogFiles: number | undefined
}

export interface FileSetSummary {
  readonly bindingId: string
  readonly files: readonly FileSummary[]
  /** Whether every data file that the database uses was given; undefined when it can't be known. */
  readonly isComplete: boolean | undefined
  /** What is wrong with the set, a line each. */
  readonly notes: readonly string[]
}

const UNUSABLE_STATES = [6, 7] // offline, defunct: SQL Server does without them too
const MAX_SIZE_UNLIMITED = -1

export function summarizeFileSet({ files, reader }: OpenedFiles): FileSetSummary {
  const notes: string[] = files.flatMap((file) => noteOf(() => refuseOtherLength(file)))
  const listed = readList(() => reader?.catalog.files ?? [], notes)
  const boot = reader?.bootPage
  const known = listed.filter(({ fileId }) => !files.some(({ header }) => header.fileId === fileId))
  const missing = known.filter(({ state }) => !UNUSABLE_STATES.includes(state))
  for (const file of files) notes.push(...logNotes(file, boot))
  for (const { type, logicalName, physicalPath } of missing) {
    const what = type === 'LOG' ? 'log file' : 'data file'
    notes.push(
      `the ${what} ${logicalName} was not given; the server last had it at ${physicalPath}`,
    )
  }
  if (boot !== undefined && !boot.isCleanlyShutDown) {
    notes.push(
      'the database was not shut down cleanly: what is only in its log is missing here, and what was being changed may be half done',
    )
  }
  const isListed = listed.length > 0
  return {
    bindingId: files[0]?.header.bindingId ?? '',
    files: [
      ...files.map((file) => summarizeGiven(file, listed)),
      ...known.map((file) => summarizeListed(file)),
    ].sort((left, right) => left.fileId - right.fileId),
    isComplete: isListed ? !missing.some(({ type }) => type === 'ROWS') : undefined,
    notes,
  }
}

function summarizeGiven(
  { source, header }: GivenFile,
  listed: readonly DatabaseFile[],
): FileSummary {
  const entry = listed.find(({ fileId }) => fileId === header.fileId)
  const log = header.kind === 'log' ? readVirtualLogFiles(source) : undefined
  return {
    fileId: header.fileId,
    kind: header.kind,
    // SQL Server 2000 kept the logical name in the catalog only.
    logicalName: header.logicalName || (entry?.logicalName ?? ''),
    path: source.path,
    lastKnownPath: entry?.physicalPath,
    filegroupId: header.filegroupId,
    sizeBytes: source.sizeBytes,
    ...growthOf(header),
    virtualLogFiles: log?.length,
    activeVirtualLogFiles: log?.filter(({ status }) => status === 'active').length,
  }
}

function summarizeListed(file: DatabaseFile): FileSummary {
  return {
    fileId: file.fileId,
    kind:
      file.type === 'LOG' ? 'log' : file.type === 'ROWS' ? 'secondary' : file.type.toLowerCase(),
    logicalName: file.logicalName,
    path: undefined,
    lastKnownPath: file.physicalPath,
    filegroupId: file.filegroupId,
    sizeBytes: file.sizePages * PAGE_SIZE,
    ...growthOf(file),
    virtualLogFiles: undefined,
    activeVirtualLogFiles: undefined,
  }
}

function growthOf(file: {
  readonly maxSizePages: number
  readonly growth: number
  readonly growthIsPercent: boolean
}): Pick<FileSummary, 'maxSizeBytes' | 'growthBytes' | 'growthPercent'> {
  const { maxSizePages, growth, growthIsPercent } = file
  return {
    maxSizeBytes: maxSizePages === MAX_SIZE_UNLIMITED ? undefined : maxSizePages * PAGE_SIZE,
    growthBytes: growthIsPercent ? undefined : growth * PAGE_SIZE,
    growthPercent: growthIsPercent ? growth : undefined,
  }
}

function readVirtualLogFiles(source: GivenFile['source']) {
  try {
    return readLogFile(source).virtualLogFiles
  } catch (error) {
    if (error instanceof PlatformError) return undefined // the notes say so
    throw error
  }
}

function logNotes(file: GivenFile, boot: BootPage | undefined): string[] {
  if (file.header.kind !== 'log') return []
  return noteOf(() => {
    const { damage } = readLogFile(file.source)
    if (damage !== undefined)
      throw new PlatformError('FILE_DAMAGED', `${file.source.path}: ${damage}`)
    if (boot !== undefined) refuseLogOfAnotherTime(file, boot)
  })
}

function noteOf(check: () => void): string[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof PlatformError) return [error.message]
    throw error
  }
}

function readList(read: () => readonly DatabaseFile[], notes: string[]): readonly DatabaseFile[] {
  let list: readonly DatabaseFile[] = []
  notes.push(
    ...noteOf(() => {
      list = read()
    }),
  )
  return list
}

/** The boot page as a log file repeats it, for one that comes alone. */
export function bootPageOfLog({ files }: OpenedFiles): BootPage | undefined {
  const log = files.find(({ header }) => header.kind === 'log')
  return log === undefined ? undefined : readLogFile(log.source).boot
}
