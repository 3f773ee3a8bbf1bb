import { PlatformError, toPlatformError } from '../../base/index.ts'
import {
  Backup,
  type BackupSet,
  type BootPage,
  DatabaseReader,
  isBackupFile,
  scriptDatabase,
} from '../../mdf/index.ts'
import { argument, type Command, type CommandContext, stringOption } from '../command.ts'
import {
  type DatabaseContents,
  readContents,
  summarizeDatabase,
} from '../inspect/database-summary.ts'
import {
  describeDatabase,
  describeFiles,
  describeSpace,
  describeTables,
  describeTotals,
} from '../inspect/describe.ts'
import { describeBackupSet } from '../inspect/describe-backup.ts'
import {
  bootPageOfLog,
  type FileSetSummary,
  summarizeFileSet,
} from '../inspect/file-set-summary.ts'
import { type OpenedFiles, openFiles } from '../inspect/open-files.ts'
import {
  reportReadError,
  rowFormatOf,
  rowLimitOf,
  streamTable,
  writeToStandardOutput,
} from '../inspect/stream-table.ts'

const MOST_FILES = 32_767

/** `slipway inspect FILE` */
export const inspect: Command = {
  path: ['inspect'],
  usage: [
    'FILE... [--space | --schema | --table [SCHEMA.]TABLE] [--set N | --database NAME]',
    '',
    'Reads mdf, ndf, ldf and bak files without SQL Server: what they are and what is in them.',
    '',
    '  --space            which indexes and large values take how much space',
    '  --schema           CREATE statements of everything, to run in an empty database',
    '  --table T          the rows of a table: T, schema.T or [schema].[T]',
    '    --format csv     RFC 4180 with a header line, lines end with LF; NULL is an empty field and',
    '                     the empty string is "" (the default)',
    '    --format jsonl   an object a line; bigint, decimal, numeric and money are strings, so that no',
    '                     digit is lost; sql_variant is {"type", "value"}',
    '    --columns A,B    only these columns',
    '    --limit N        only the first N rows',
    '  --set N, --database NAME   which set of a backup file',
    '  --json             everything as one JSON document; with --table the same as --format jsonl',
    '',
    'Binary values are 0x and hexadecimal digits, dates are ISO 8601, bit is 1 or 0 (CSV) or true or',
    'false (JSON). Status 1 when damage ended the rows: those before it are written.',
  ].join('\n'),
  summary: 'show what database files or a backup hold: tables, space, schema, rows',
  options: {
    table: { type: 'string' },
    columns: { type: 'string' },
    limit: { type: 'string' },
    format: { type: 'string' },
    space: { type: 'boolean' },
    schema: { type: 'boolean' },
    set: { type: 'string' },
    database: { type: 'string' },
  },
  arguments: { min: 1, max: MOST_FILES },
  async run(context) {
    refuseOptionsThatExclude(context)
    if (isBackupFile(argument(context, 0))) await inspectBackup(context)
    else await inspectFiles(context)
  },
}

function refuseOptionsThatExclude({ options }: CommandContext): void {
  const chosen = ['table', 'schema', 'space'].filter((name) => options[name] !== undefined)
  if (chosen.length > 1) {
    throw new PlatformError('INVALID_ARGUMENT', `--${chosen.join(' and --')} exclude each other`)
  }
  const loose = ['columns', 'limit', 'format'].find(
    (name) => options[name] !== undefined && options['table'] === undefined,
  )
  if (loose !== undefined) {
    throw new PlatformError('INVALID_ARGUMENT', `--${loose} goes with --table`)
  }
}

async function inspectFiles(context: CommandContext): Promise<void> {
  const given = openFiles(context.positionals)
  try {
    if (wantsContents(context)) {
      await writeContents(context, readerOf(given))
      return
    }
    showFiles(context, given)
  } finally {
    given.close()
  }
}

/** @throws PlatformError what kept the database from being read, NOT_A_PRIMARY_FILE without its mdf */
function readerOf({ reader, failure, files }: OpenedFiles): DatabaseReader {
  if (reader !== undefined) return reader
  if (failure !== undefined) throw failure
  const [first] = files
  throw new PlatformError(
    'NOT_A_PRIMARY_FILE',
    `${first?.source.path} is a ${first?.header.kind} file; tables are found through the mdf`,
  )
}

function wantsContents({ options }: CommandContext): boolean {
  return options['table'] !== undefined || options['schema'] === true
}

async function writeContents(context: CommandContext, reader: DatabaseReader): Promise<void> {
  const table = stringOption(context, 'table')
  const format = stringOption(context, 'format') ?? (context.output.json ? 'jsonl' : undefined)
  const request = {
    columns: stringOption(context, 'columns'),
    format: rowFormatOf(format),
    limit: rowLimitOf(stringOption(context, 'limit')),
  }
  const source = context.positionals.join(', ')
  if (table === undefined && context.output.json) {
    context.output.result({ schema: [...scriptDatabase(reader, { source })] }, () => '')
    return
  }
  try {
    if (table === undefined) await writeToStandardOutput(batchLines(reader, source))
    else await streamTable(reader, { table, ...request })
  } catch (error) {
    if (toPlatformError(error).code !== 'FILE_DAMAGED') throw error
    reportReadError(error)
  }
}

function* batchLines(reader: DatabaseReader, source: string): Generator<string> {
  for (const batch of scriptDatabase(reader, { source })) yield `${batch}\nGO\n`
}

function showFiles(context: CommandContext, given: OpenedFiles): void {
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

async function inspectBackup(context: CommandContext): Promise<void> {
  if (context.positionals.length > 1) {
    throw new PlatformError('INVALID_ARGUMENT', 'slipway inspect: give one backup file at a time')
  }
  const backup = Backup.open(argument(context, 0))
  try {
    const choice = {
      position: rowLimitOf(stringOption(context, 'set')),
      databaseName: stringOption(context, 'database'),
    }
    if (wantsContents(context)) {
      const reader = DatabaseReader.open(backup.select(choice).dataFiles())
      await writeContents(context, reader)
      return
    }
    const isChosen = choice.position !== undefined || choice.databaseName !== undefined
    showBackup(context, backup, isChosen ? [backup.select(choice)] : backup.sets)
  } finally {
    backup.close()
  }
}

function showBackup(context: CommandContext, backup: Backup, sets: readonly BackupSet[]): void {
  const shown = sets.map((set) => ({ set, ...readSet(set) }))
  const value = {
    backup: backup.path,
    damage: backup.damage,
    sets: shown.map(({ set, database, contents, note }) => ({
      position: set.position,
      header: set.header,
      files: set.files,
      damage: set.damage,
      database,
      ...contents,
      note,
    })),
  }
  context.output.result(JSON.parse(withoutBigInts(value)), () =>
    [
      ...shown.flatMap(({ set, contents, note }) => [
        describeBackupSet(set),
        note && `Note: ${note}`,
        contents &&
          (context.options['space']
            ? describeSpace(contents.space)
            : describeTables(contents.tables)),
      ]),
      backup.damage && `Note: behind the last set: ${backup.damage}`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n\n'),
  )
}

/** The database inside a set; a set that only SQL Server can read is told by a note. */
function readSet(set: BackupSet) {
  try {
    const reader = DatabaseReader.open(set.dataFiles())
    const boot = reader.bootPage
    const primary = set.files.find(({ fileId }) => fileId === 1)
    const database = summarizeDatabase(boot, primary?.logicalName ?? '')
    return { database, contents: readContents(reader), note: undefined }
  } catch (error) {
    return { database: undefined, contents: undefined, note: toPlatformError(error).message }
  }
}

/** Sizes that fit a number become one; larger integers stay exact as text. */
function withoutBigInts(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'bigint') return item
    return Number.isSafeInteger(Number(item)) ? Number(item) : item.toString()
  })
}
