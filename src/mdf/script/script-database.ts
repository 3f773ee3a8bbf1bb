import type { DatabaseReader } from '../database-reader.ts'

/** What a script says of itself. */
export interface ScriptOptions {
  /** What the script was made from, for its first comment: a path, or several. */
  readonly source?: string
}

/**
 * The batches of T-SQL that make the schema of a database anew in an empty one, in an order that runs.
 * A batch ends without a line break and without GO: write `GO` on a line of its own after each.
 * @throws PlatformError FILE_DAMAGED
 */
export function* scriptDatabase(
  reader: DatabaseReader,
  options: ScriptOptions = {},
): Generator<string> {
  const { databaseName } = reader.bootPage
  yield `-- Schema of ${databaseName}${options.source === undefined ? '' : `, from ${options.source}`}`
}
