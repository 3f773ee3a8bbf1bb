import { existsSync } from 'node:fs'
import path from 'node:path'
import { PlatformError } from '../../../base/index.ts'
import { DatabaseReader, type FileHeader, PageFile, readHeaderOf } from '../../../mdf/index.ts'

/** The files to attach a database from. */
export interface FoundFiles {
  /** The primary file first. */
  readonly paths: readonly string[]
  /** Log files that the database had and that were not found, as recorded. */
  readonly missingLogs: readonly string[]
}

/**
 * Completes a list of files: those the database has and that were not named are looked for where it
 * last had them, then beside the primary file, where files that moved together are.
 */
export function findFiles(
  named: readonly string[],
  options: { readonly rebuildLog: boolean },
): FoundFiles {
  const [primary = ''] = named
  const recorded = recordedFiles(primary)
  const dataAndLogs = named.filter((file) => !options.rebuildLog || !isLogFile(file))
  const ids = new Set(dataAndLogs.map(fileIdOf))
  const names = new Set(dataAndLogs.map(baseName))
  const paths: string[] = []
  const missingLogs: string[] = []
  for (const { fileId, physicalPath, isLog } of recorded) {
    const isNamed = ids.has(fileId) || (isLog && names.has(baseName(physicalPath)))
    if (isNamed || (isLog && options.rebuildLog)) continue
    const found = whereItIs(physicalPath, primary)
    if (found !== undefined) paths.push(found)
    else if (isLog) missingLogs.push(physicalPath)
  }
  const absentLogs = dataAndLogs.filter((file) => isNamedLog(file) && !existsSync(file))
  return {
    paths: [...dataAndLogs.filter((file) => !absentLogs.includes(file)), ...paths],
    missingLogs: [...absentLogs, ...missingLogs],
  }
}

interface RecordedFile {
  readonly fileId: number
  readonly physicalPath: string
  readonly isLog: boolean
}

function recordedFiles(primary: string): readonly RecordedFile[] {
  const files = readingFile(primary, (source) => DatabaseReader.open([source]).catalog.files)
  return (files ?? []).map(({ fileId, physicalPath, type }) => ({
    fileId,
    physicalPath,
    isLog: type === 'LOG',
  }))
}

function whereItIs(recordedPath: string, primary: string): string | undefined {
  const beside = path.join(path.dirname(primary), lastPart(recordedPath))
  return [recordedPath, beside].find((candidate) => existsSync(candidate) && candidate !== primary)
}

/** The last part of a path of Windows or Linux. */
function lastPart(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file
}

function baseName(file: string): string {
  return lastPart(file).toLowerCase()
}

function isNamedLog(file: string): boolean {
  return file.toLowerCase().endsWith('.ldf')
}

/** Whether a file is a transaction log; false when it cannot be read. */
export function isLogFile(file: string): boolean {
  return headerOf(file)?.kind === 'log' || (!existsSync(file) && isNamedLog(file))
}

function fileIdOf(file: string): number | undefined {
  return headerOf(file)?.fileId
}

function headerOf(file: string): FileHeader | undefined {
  return readingFile(file, readHeaderOf)
}

/** Undefined when the file cannot be read: the check of the whole set says what is wrong with it. */
function readingFile<T>(file: string, read: (source: PageFile) => T): T | undefined {
  let source: PageFile | undefined
  try {
    source = PageFile.open(file)
    return read(source)
  } catch (error) {
    if (error instanceof PlatformError) return undefined
    throw error
  } finally {
    source?.close()
  }
}
