import { PlatformError, toPlatformError } from '../../base/index.ts'
import { Backup, DatabaseReader, isBackupFile, scriptDatabase } from '../../mdf/index.ts'
import { argument, type Command, type CommandContext, stringOption } from '../command.ts'
import { type OpenedFiles, openFiles } from '../inspect/open-files.ts'
import { showBackup } from '../inspect/show-backup.ts'
import { showFiles } from '../inspect/show-files.ts'
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
