import type { SessionState } from '../host.ts'
import { hashKeyOf, sysnameType } from '../values/index.ts'
import type { FetchStatus } from './cursor.ts'
import { CursorNames } from './cursor-names.ts'

/** What a connection knows of cursors, whatever batch is running. */
export interface SessionCursors {
  readonly global: CursorNames
  /** @@FETCH_STATUS: of the last FETCH from any cursor. */
  fetchStatus: FetchStatus
  /** @@CURSOR_ROWS: of the cursor opened last. */
  rowCount: number
}

const sessions = new WeakMap<SessionState, SessionCursors>()

export function sessionCursors(session: SessionState): SessionCursors {
  const known = sessions.get(session)
  if (known !== undefined) return known
  const type = sysnameType(session.collationId)
  const global = new CursorNames((name) => `${hashKeyOf(name, type)}`)
  const made: SessionCursors = { global, fetchStatus: 0, rowCount: 0 }
  sessions.set(session, made)
  return made
}

/** Deallocates the cursors of a session that is used again for another client. */
export function forgetCursors(session: SessionState): void {
  sessions.delete(session)
}
