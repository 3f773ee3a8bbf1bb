import type { OutputClause, WriteTarget } from './ast-change.ts'
import { parseIdentifierList, parseObjectName } from './parse-name.ts'
import { parseItems } from './parse-select.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `OUTPUT items [INTO target [(columns)]] [OUTPUT items]`, when it stands here. */
export function parseOutput(cursor: TokenCursor): { output?: OutputClause } {
  const { line } = cursor.token
  if (!cursor.accept('OUTPUT')) return {}
  const items = parseItems(cursor)
  if (!cursor.accept('INTO')) return { output: { items, line } }
  const target = parseIntoTarget(cursor)
  const isList = cursor.at('(') && !['SELECT', '('].includes(cursor.peek().key)
  const into = { target, columns: isList ? parseIdentifierList(cursor) : [] }
  if (!cursor.accept('OUTPUT')) return { output: { items, into, line } }
  return { output: { items, into, toClient: parseItems(cursor), line } }
}

function parseIntoTarget(cursor: TokenCursor): WriteTarget {
  const { kind, text: name, line } = cursor.token
  if (kind !== 'variable') return { kind: 'table', name: parseObjectName(cursor), hints: [], line }
  cursor.advance()
  return { kind: 'table-variable', name, line }
}
