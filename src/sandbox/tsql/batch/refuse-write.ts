import { SqlError } from '../../sql-error.ts'
import type { WriteStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/**
 * Attached files are served read-only: a statement that would change one fails before it does anything.
 * @throws SqlError 3906, after a message that says why
 */
export function refuseWrite({ verb, target, line }: WriteStatement, state: BatchState): Flow {
  state.out.info({
    number: 0,
    severity: 0,
    state: 1,
    message: `This version of the sandbox engine serves attached files read-only: ${verb} was not carried out.`,
    line,
    procedure: '',
  })
  throw new SqlError(
    3906,
    `Failed to update database "${databaseOf(target, state)}" because the database is read-only.`,
    { line },
  )
}

function databaseOf(target: WriteStatement['target'], { host }: BatchState): string {
  if (target === undefined) return host.session.database
  if (target.name.startsWith('#') || target.name.startsWith('@')) return 'tempdb'
  return target.database === '' ? host.session.database : target.database
}
