import { PlatformError, systemErrorCode, toPlatformError } from '../../base/index.ts'
import {
  csvHeader,
  csvRowWriter,
  type DatabaseReader,
  jsonRowWriter,
  type SqlValue,
  textChunks,
} from '../../mdf/index.ts'
import { findColumns, findTable } from './find-table.ts'

export const ROW_FORMATS = ['csv', 'jsonl'] as const
export type RowFormat = (typeof ROW_FORMATS)[number]

export interface TableRequest {
  readonly table: string
  /** Names with commas between them; all stored columns when undefined. */
  readonly columns: string | undefined
  readonly format: RowFormat
  readonly limit: number | undefined
}

/**
 * Writes the rows of a table to standard output, as fast as it takes them. Damage ends them: what came
 * before is written first, and the error is thrown then.
 * @throws PlatformError TABLE_NOT_FOUND, INVALID_ARGUMENT, UNSUPPORTED_STORAGE before the first row,
 *   FILE_DAMAGED behind the last one that could be read
 */
export async function streamTable(reader: DatabaseReader, request: TableRequest): Promise<void> {
  const table = findTable(reader, request.table)
  const columns = findColumns(reader, table, request.columns)
  if (request.columns === undefined) noteColumnsLeftOut(reader, table.objectId)
  const columnIds = columns.map(({ columnId }) => columnId)
  const rows = firstRows(reader.scanTable(table.objectId, columnIds), request.limit)
  const write = request.format === 'csv' ? csvRowWriter(columns) : jsonRowWriter(columns)
  const head = request.format === 'csv' ? csvHeader(columns) : ''
  await writeToStandardOutput(textChunks(rows, write, head))
}

/** Writes text, each chunk when the one before has gone; a reader that went away ends it silently. */
export async function writeToStandardOutput(chunks: Iterable<string>): Promise<void> {
  const ignore = () => {} // each write tells its own error; the stream's event would end the process
  process.stdout.on('error', ignore)
  try {
    for (const chunk of chunks) await writeChunk(chunk)
  } catch (error) {
    if (systemErrorCode(error) !== 'EPIPE') throw error
  } finally {
    process.stdout.off('error', ignore)
  }
}

function writeChunk(chunk: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => {
      if (error === null || error === undefined) resolve()
      else reject(error)
    })
  })
}

/** Reads no page behind the last row that is wanted. */
function* firstRows(
  rows: Iterable<SqlValue[]>,
  limit: number | undefined,
): Generator<readonly SqlValue[]> {
  let left = limit ?? Number.POSITIVE_INFINITY
  if (left === 0) return
  for (const row of rows) {
    yield row
    left -= 1
    if (left === 0) return
  }
}

function noteColumnsLeftOut(reader: DatabaseReader, objectId: number): void {
  const stored = new Set(reader.storedColumnIds(objectId))
  const names = reader.catalog
    .columns(objectId)
    .filter(({ columnId }) => !stored.has(columnId))
    .map(({ name }) => name)
  if (names.length === 0) return
  process.stderr.write(
    `slipway: without the computed columns that are not stored: ${names.join(', ')}\n`,
  )
}

/** What went wrong while rows were read ends the command with status 1, after what was written. */
export function reportReadError(error: unknown): void {
  const { message } = toPlatformError(error)
  process.stderr.write(`slipway: ${message}\n`)
  process.exitCode = 1
}

/** @throws PlatformError INVALID_ARGUMENT */
export function rowFormatOf(text: string | undefined): RowFormat {
  const format = ROW_FORMATS.find((name) => name === (text ?? 'csv'))
  if (format !== undefined) return format
  throw new PlatformError(
    'INVALID_ARGUMENT',
    `--format ${text} is none of ${ROW_FORMATS.join(', ')}`,
  )
}

/** @throws PlatformError INVALID_ARGUMENT */
export function rowLimitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new PlatformError('INVALID_ARGUMENT', `--limit ${text} is not a number of rows`)
}
