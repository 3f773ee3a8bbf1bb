import { toPlatformError } from '../../base/index.ts'
import type { BootPage, DatabaseReader } from '../../mdf/index.ts'
import type { CommandContext } from '../command.ts'
import { type DatabaseContents, readContents, summarizeDatabase } from './database-summary.ts'
import {
  describeDatabase,
  describeFiles,
  describeSpace,
  describeTables,
  describeTotals,
} from './describe.ts'
import { bootPageOfLog, type FileSetSummary, summarizeFileSet } from './file-set-summary.ts'
import type { OpenedFiles } from './open-files.ts'

/** Prints what the files are and, where the mdf is among them, what is in the database. */
export function showFiles(context: CommandContext, given: OpenedFiles): void {
  const { reader } = given
  const fileSet = summarizeFileSet(given)
  const notes = [...fileSet.notes]
  if (given.failure !== undefined) notes.push(given.failure.message)
  const contents = reader === undefined ? undefined : tryReadContents(reader, notes)
  if (given.failure !== undefined || (reader !== undefined && contents === undefined)) {
    process.exitCode = 1
  }
  show(context, {
    fileSet: { ...fileSet, notes },
    boot: reader?.bootPage ?? bootPageOfLog(given),
    contents,
  })
}

function tryReadContents(reader: DatabaseReader, notes: string[]): DatabaseContents | undefined {
  try {
    return readContents(reader)
  } catch (error) {
    notes.push(toPlatformError(error).message)
    return undefined
  }
}

interface Shown {
  readonly fileSet: FileSetSummary
  readonly boot: BootPage | undefined
  readonly contents: DatabaseContents | undefined
}

function show({ output, options }: CommandContext, { fileSet, boot, contents }: Shown): void {
  const primary = fileSet.files.find(({ fileId }) => fileId === 1)
  const database = boot && summarizeDatabase(boot, primary?.logicalName ?? '')
  output.result({ database, ...fileSet, ...contents }, () => {
    const parts = [
      database && describeDatabase(database, fileSet),
      describeFiles(fileSet),
      fileSet.notes.map((note) => `Note: ${note}`).join('\n'),
      contents &&
        (options['space'] ? describeSpace(contents.space) : describeTables(contents.tables)),
      contents && describeTotals(contents, dataBytesOf(fileSet)),
    ]
    return parts.filter((part) => part !== undefined && part !== '').join('\n\n')
  })
}

function dataBytesOf({ files }: FileSetSummary): number {
  return files
    .filter(({ kind, path }) => kind !== 'log' && path !== undefined)
    .reduce((total, { sizeBytes }) => total + sizeBytes, 0)
}
