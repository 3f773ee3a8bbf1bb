import { SqlDateTime } from '../../../mdf/index.ts'
import type { CallContext } from '../functions/index.ts'
import type { ExecutionHost } from '../host.ts'
import { atOffset, fromJsDate } from '../values/index.ts'
import type { BatchNames, StatementContext } from './bind/statement-context.ts'
import { ColumnFactory } from './plan/column.ts'
import { MemoryGrant, processMemoryPool } from './run/memory.ts'
import type { Run } from './run/run.ts'
import type { TimeSlice } from './run/time-slice.ts'

const DEFAULT_MAX_RECURSION = 100

/** What a statement is bound in: its moment, the session's database and these names. */
export function contextOf(host: ExecutionHost, names: BatchNames): StatementContext {
  const { database, collationId } = host.session
  return {
    host,
    database,
    collationId,
    columns: new ColumnFactory(),
    call: callContext(host),
    names,
    maxRecursion: DEFAULT_MAX_RECURSION,
    tables: [],
    viewDepth: 0,
  }
}

function callContext(host: ExecutionHost): CallContext {
  const moment = host.now()
  const offsetMinutes = -moment.getTimezoneOffset()
  const utcNow = fromJsDate(moment)
  const { days, ticks } = atOffset(utcNow, offsetMinutes)
  return { host, now: new SqlDateTime(days, ticks), utcNow, offsetMinutes }
}

/** One execution of a statement; dispose of its memory when it ends. */
export function startRun(
  statement: StatementContext,
  slice: TimeSlice,
): Run & { readonly memory: MemoryGrant } {
  return { call: statement.call, memory: new MemoryGrant(processMemoryPool), slice }
}
