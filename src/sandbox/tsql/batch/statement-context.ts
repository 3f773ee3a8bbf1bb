import { SqlDateTime } from '../../../mdf/index.ts'
import type { CallContext } from '../functions/index.ts'
import type { ExecutionHost } from '../host.ts'
import {
  type BatchNames,
  ColumnFactory,
  MemoryGrant,
  processMemoryPool,
  type Run,
  type StatementContext,
  type TimeSlice,
} from '../query/index.ts'
import { atOffset, fromJsDate } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import { findErrorFunction } from './error-functions.ts'
import { findGlobalVariable } from './global-variables.ts'

const DEFAULT_MAX_RECURSION = 100

/** What a statement is bound in: its moment, the session's database and the batch's names. */
export function statementContext(state: BatchState): StatementContext {
  const names: BatchNames = {
    findVariable: (name) => state.findVariable(name),
    findFunction: (name) => findErrorFunction(name, state),
    findGlobal: (name) => findGlobalVariable(name, state),
  }
  return contextOf(state.host, names)
}

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
