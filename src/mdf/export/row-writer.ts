import type { SqlType, SqlValue } from '../sql-type.ts'

/** A column of the rows to write. */
export interface ExportColumn {
  readonly name: string
  readonly type: SqlType
}

/** A row as one line, its line break included; the values are in the columns' order. */
export type RowWriter = (values: readonly SqlValue[]) => string

const CHUNK_LENGTH = 128 * 1024

/**
 * Lines joined to chunks of 128 Ki characters or more, to be written at once. When the rows end in an
 * error, what came before it is a chunk still, and then the error is thrown.
 */
export function* textChunks(
  rows: Iterable<readonly SqlValue[]>,
  write: RowWriter,
  head = '',
): Generator<string> {
  let text = head
  try {
    for (const row of rows) {
      text += write(row)
      if (text.length < CHUNK_LENGTH) continue
      const chunk = text
      text = ''
      yield chunk
    }
  } catch (error) {
    if (text !== '') yield text
    throw error
  }
  if (text !== '') yield text
}
