import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultSink } from '../../tds/index.ts'
import type { ProcedureArgument } from '../../tsql/index.ts'
import type { ViewContext, ViewRow } from '../catalog/catalog-view.ts'
import { listColumns } from '../catalog/column-list.ts'

export interface ProcedureContext extends ViewContext {
  readonly out: ResultSink
  /** Aborts when the client asks to stop, or is gone. */
  readonly signal: AbortSignal
}

/** A procedure of the engine; resolves to its return status. */
export type EngineProcedure = (
  args: readonly ProcedureArgument[],
  context: ProcedureContext,
) => Promise<number>

/**
 * The value of a parameter, named or at its position; undefined when it was left out.
 *
 * @param position from 0
 */
export function argument(
  args: readonly ProcedureArgument[],
  name: string,
  position: number,
): SqlValue | undefined {
  const named = args.find((candidate) => candidate.name.toLowerCase() === `@${name}`)
  if (named !== undefined) return named.value
  const positional = args[position]
  return positional?.name === '' ? positional.value : undefined
}

/** A parameter that is a name or pattern; undefined when it is absent or NULL. */
export function textArgument(
  args: readonly ProcedureArgument[],
  name: string,
  position: number,
): string | undefined {
  const value = argument(args, name, position)
  return value === undefined || value === null ? undefined : String(value)
}

/** @throws SqlError 201 when the parameter was not given */
export function requiredText(
  args: readonly ProcedureArgument[],
  parameter: { readonly name: string; readonly position: number; readonly procedure: string },
): string {
  const { name, position, procedure } = parameter
  const text = textArgument(args, name, position)
  if (text !== undefined) return text
  throw new SqlError(
    201,
    `Procedure or function '${procedure}' expects parameter '@${name}', which was not supplied.`,
    { state: 4, procedure },
  )
}

/** Sends one result set; columns as in `listColumns`. */
export async function sendRows(
  { out, database }: ProcedureContext,
  columnList: string,
  rows: Iterable<ViewRow>,
): Promise<void> {
  const collationId = database.content.settings.collationId
  const columns = listColumns(columnList, collationId)
  out.columns(
    columns.map(({ name, type, nullable, identity }) => ({
      name,
      type,
      nullable,
      identity,
      computed: false,
    })),
  )
  let rowCount = 0
  for (const row of rows) {
    rowCount += 1
    const wantsMore = out.row(columns.map(({ name, absent }) => row[name] ?? absent))
    if (!wantsMore) await out.drained()
  }
  out.doneInProc({ rowCount })
}
