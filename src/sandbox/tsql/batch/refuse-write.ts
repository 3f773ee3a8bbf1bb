import { SqlError } from '../../sql-error.ts'
import type { WriteStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/**
 * A statement the sandbox does not have fails before it does anything.
 * @throws SqlError 40517 for a clause of a statement it has otherwise, 40510 for a whole statement; 3906,
 * after a message that says why, in a database that is served read-only
 */
export function refuseWrite(
  { verb, target, feature, line }: WriteStatement,
  state: BatchState,
): Flow {
  if (feature !== undefined) {
    throw new SqlError(
      40517,
      `Keyword or statement option '${feature}' is not supported in this version of SQL Server.`,
      { severity: 15, line },
    )
  }
  const database = databaseOf(target, state)
  if (state.host.isChangeable(database)) {
    throw new SqlError(
      40510,
      `Statement '${verb}' is not supported in this version of SQL Server.`,
      { severity: 15, line },
    )
  }
  explainReadOnly({ verb, line }, state)
  throw new SqlError(
    3906,
    `Failed to update database "${database}" because the database is read-only.`,
    { line },
  )
}

/** Attached files are served read-only: the message before 3906. */
export function explainReadOnly(
  { verb, line }: Pick<WriteStatement, 'verb' | 'line'>,
  { out }: BatchState,
): void {
  out.info({
    number: 0,
    severity: 0,
    state: 1,
    message: `This version of the sandbox engine serves attached files read-only: ${verb} was not carried out.`,
    line,
    procedure: '',
  })
}

function databaseOf(target: WriteStatement['target'], { host }: BatchState): string {
  if (target === undefined) return host.session.database
  if (target.name.startsWith('#') || target.name.startsWith('@')) return 'tempdb'
  return target.database === '' ? host.session.database : target.database
}
