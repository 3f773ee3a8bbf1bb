import { SqlError } from '../../../sql-error.ts'
import type {
  CursorDefinition,
  CursorReference,
  CursorStatement,
  DeclareCursorStatement,
  FetchStatement,
  SetCursorStatement,
} from '../../syntax/index.ts'
import { convert } from '../../values/index.ts'
import { notSupported } from '../bind/statement-context.ts'
import type { Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { FunctionFrame } from './function-frame.ts'
import type { FunctionCursor } from './function-services.ts'

export type CursorNode =
  | DeclareCursorStatement
  | SetCursorStatement
  | CursorStatement
  | FetchStatement

/** Cursor statements in a function; `offset` is that of FETCH. @throws SqlError 16915, 16916, 16924, … */
export function* useFunctionCursor(
  node: CursorNode,
  frame: FunctionFrame,
  { offset, run }: { readonly offset: number; readonly run: Run },
): Generator<Tick, void> {
  switch (node.kind) {
    case 'declare-cursor': {
      const key = frame.key(node.name)
      if (frame.cursors.has(key)) {
        throw new SqlError(16915, `A cursor with the name '${node.name}' already exists.`)
      }
      frame.cursors.set(key, declared(node.definition, frame, node.line))
      return
    }
    case 'set-cursor': {
      const variable = frame.findCursorVariable(node.variable)
      if (variable !== undefined) variable.cursor = declared(node.definition, frame, node.line)
      return
    }
    case 'open-cursor': {
      const cursor = findCursor(node.cursor, frame)
      cursor.prepareAgain()
      yield* cursor.open(run)
      return
    }
    case 'close-cursor':
      findCursor(node.cursor, frame).close()
      return
    case 'deallocate-cursor': {
      findCursor(node.cursor, frame)
      const variable = frame.findCursorVariable(node.cursor.name)
      if (variable === undefined) frame.cursors.delete(frame.key(node.cursor.name))
      else variable.cursor = undefined
      return
    }
    case 'fetch':
      yield* fetched(node, frame, { offset, run })
  }
}

function declared(
  definition: CursorDefinition,
  frame: FunctionFrame,
  line: number,
): FunctionCursor {
  const { services } = frame.context.names
  if (services === undefined) throw notSupported('CURSOR', line)
  return services.declareCursor(definition, frame.frozenContext())
}

function findCursor({ name }: CursorReference, frame: FunctionFrame): FunctionCursor {
  if (name.startsWith('@')) {
    const cursor = frame.findCursorVariable(name)?.cursor
    if (cursor !== undefined) return cursor
    throw new SqlError(
      16950,
      `The variable '${name}' does not currently have a cursor allocated to it.`,
    )
  }
  const cursor = frame.cursors.get(frame.key(name))
  if (cursor !== undefined) return cursor
  throw new SqlError(16916, `A cursor with the name '${name}' does not exist.`)
}

function* fetched(
  { cursor: reference, direction, into, line }: FetchStatement,
  frame: FunctionFrame,
  { offset, run }: { readonly offset: number; readonly run: Run },
): Generator<Tick, void> {
  const cursor = findCursor(reference, frame)
  if (into === undefined) {
    throw new SqlError(
      444,
      'Select statements included within a function cannot return data to a client.',
      { state: 16, line },
    )
  }
  if (into.length !== cursor.columns.length) {
    throw new SqlError(
      16924,
      'Cursorfetch: The number of variables declared in the INTO list must match that of selected columns.',
    )
  }
  const { status, row } = yield* cursor.fetch({ direction, offset }, run)
  frame.fetchStatus = status
  frame.rowCount = row === undefined ? 0 : 1
  for (const [index, name] of into.entries()) {
    const variable = frame.findVariable(name)
    const value = row?.[index] ?? null
    const { type } = cursor.columns[index] ?? variable
    if (row !== undefined) {
      variable.value = value === null ? null : convert(value, type, variable.type)
    }
  }
}
