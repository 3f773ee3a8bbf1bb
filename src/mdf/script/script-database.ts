import { header, noteOtherObjects } from './header.ts'
import { SchemaScript } from './schema-script.ts'
import {
  type ScriptBootPage,
  type ScriptCatalog,
  ScriptContext,
  type ScriptDetails,
} from './script-context.ts'

/** What a script says of itself. */
export interface ScriptOptions {
  /** What the script was made from, for its first comment: a path, or several. */
  readonly source?: string
}

/** A `DatabaseReader`, or what has the same to say. */
export interface ScriptSource {
  readonly bootPage: ScriptBootPage
  readonly catalog: ScriptCatalog
  readonly details: ScriptDetails
}

/**
 * The batches of T-SQL that make the schema of a database anew in an empty one, in an order that runs.
 * A batch ends without a line break and without GO: write `GO` on a line of its own after each. The
 * first is a comment that says what the script was made from and what it leaves out.
 * @throws PlatformError FILE_DAMAGED
 */
export function* scriptDatabase(
  reader: ScriptSource,
  options: ScriptOptions = {},
): Generator<string> {
  const context = new ScriptContext(reader.catalog, reader.details, reader.bootPage)
  noteOtherObjects(context)
  // Once for the notes that the header needs: all batches at a time may be too large to be kept.
  for (const _ of new SchemaScript(context).batches());
  yield header(context, options.source)
  yield* new SchemaScript(context).batches()
}
