import type { SqlValue } from '../../../mdf/index.ts'
import { type Cursor, sessionCursors } from '../cursor/index.ts'
import type { Bound } from '../query/index.ts'
import { SMALLINT } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'

const ABSENT = -3
const UNALLOCATED = -2
const CLOSED = -1

/** CURSOR_STATUS('local' | 'global' | 'variable', name). */
export function findCursorFunction(
  name: string,
  operands: () => readonly Bound[],
  state: BatchState,
): Bound | undefined {
  if (name !== 'CURSOR_STATUS') return undefined
  return {
    kind: 'call',
    label: name,
    operands: operands(),
    deterministic: false,
    evaluate: ([kind = null, cursor = null]) => cursorStatus(kind, cursor, state),
    type: SMALLINT,
    nullable: true,
  }
}

function cursorStatus(kind: SqlValue, name: SqlValue, state: BatchState): SqlValue {
  const written = `${name ?? ''}`
  switch (`${kind ?? ''}`.toLowerCase()) {
    case 'local':
      return statusOf(state.cursors.local.find(written))
    case 'global':
      return statusOf(sessionCursors(state.host.session).global.find(written))
    case 'variable': {
      const variable = state.cursors.findVariable(written)
      if (variable === undefined) return ABSENT
      return variable.cursor === undefined ? UNALLOCATED : statusOf(variable.cursor)
    }
    default:
      return ABSENT
  }
}

/** 1 when it is open with rows, 0 when it has none; what is dynamic counts as having rows. */
function statusOf(cursor: Cursor | undefined): number {
  if (cursor === undefined) return ABSENT
  if (!cursor.isOpen) return CLOSED
  return cursor.rowCount === 0 ? 0 : 1
}
