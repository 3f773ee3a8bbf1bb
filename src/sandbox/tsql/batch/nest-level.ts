import { SqlError } from '../../sql-error.ts'
import type { BatchState } from './batch-state.ts'

const MAX_NEST_LEVEL = 32

/** What the batch calls would be beyond the deepest level there is. @throws SqlError 217 */
export function refuseDeeperNesting({ nestLevel }: BatchState, procedure = ''): void {
  if (nestLevel < MAX_NEST_LEVEL) return
  throw new SqlError(
    217,
    'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
    { procedure },
  )
}
