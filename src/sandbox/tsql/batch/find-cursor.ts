import { SqlError } from '../../sql-error.ts'
import { type Cursor, sessionCursors } from '../cursor/index.ts'
import type { CursorReference } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { CursorVariable } from './cursor-scope.ts'

/**
 * The cursor a statement names: a local one before a global one.
 * @throws SqlError 16916 (no such cursor), 16950 (a variable without one)
 */
export function findCursor({ name, isGlobal }: CursorReference, state: BatchState): Cursor {
  if (name.startsWith('@')) {
    const { cursor } = findCursorVariable(name, state)
    if (cursor === undefined) throw unallocated(name)
    return cursor
  }
  const local = isGlobal ? undefined : state.cursors.local.find(name)
  const cursor = local ?? sessionCursors(state.host.session).global.find(name)
  if (cursor === undefined) throw noSuchCursor(name)
  return cursor
}

/** @throws SqlError 137 (not declared), 16948 (a variable that is no cursor) */
export function findCursorVariable(name: string, state: BatchState): CursorVariable {
  const variable = state.cursors.findVariable(name)
  if (variable !== undefined) return variable
  if (state.findVariable(name) !== undefined) {
    throw new SqlError(
      16948,
      `The variable '${name}' is not a cursor variable, but it is used in a place where a cursor variable is expected.`,
    )
  }
  throw new SqlError(137, `Must declare the scalar variable "${name}".`, { severity: 15 })
}

/** 16950. */
export function unallocated(name: string): SqlError {
  return new SqlError(
    16950,
    `The variable '${name}' does not currently have a cursor allocated to it.`,
  )
}

/** 16916. */
export function noSuchCursor(name: string): SqlError {
  return new SqlError(16916, `A cursor with the name '${name}' does not exist.`)
}
