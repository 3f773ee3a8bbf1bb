import type { Expression, GroupingItem } from './ast.ts'
import { parseValue, parseValueList } from './parse-expression.ts'
import { isQueryAhead } from './parse-query.ts'
import { unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `GROUP BY …`, also with the old `WITH ROLLUP` and `WITH CUBE`. */
export function parseGroupBy(cursor: TokenCursor): GroupingItem[] {
  cursor.expect('GROUP', 'BY')
  if (cursor.at('ALL')) throw unsupportedOption('GROUP BY ALL', cursor.line)
  const items = [parseGroupingItem(cursor)]
  while (cursor.accept(',')) items.push(parseGroupingItem(cursor))
  if (!cursor.atSequence('WITH', 'ROLLUP') && !cursor.atSequence('WITH', 'CUBE')) return items
  const columns = items.map((item) =>
    item.kind === 'expression' ? [item.expression] : cursor.fail(),
  )
  cursor.advance()
  return [{ kind: cursor.advance().key === 'CUBE' ? 'cube' : 'rollup', items: columns }]
}

function parseGroupingItem(cursor: TokenCursor): GroupingItem {
  if (cursor.atSequence('ROLLUP', '(')) return parseRollup(cursor, 'rollup')
  if (cursor.atSequence('CUBE', '(')) return parseRollup(cursor, 'cube')
  if (cursor.acceptSequence('GROUPING', 'SETS')) return parseGroupingSets(cursor)
  if (cursor.acceptSequence('(', ')')) return { kind: 'set', expressions: [] }
  return { kind: 'expression', expression: parseValue(cursor) }
}

function parseRollup(cursor: TokenCursor, kind: 'rollup' | 'cube'): GroupingItem {
  cursor.advance()
  cursor.expect('(')
  const items = [parseComposite(cursor)]
  while (cursor.accept(',')) items.push(parseComposite(cursor))
  cursor.expect(')')
  return { kind, items }
}

function parseGroupingSets(cursor: TokenCursor): GroupingItem {
  cursor.enter()
  cursor.expect('(')
  const items = [parseGroupingSet(cursor)]
  while (cursor.accept(',')) items.push(parseGroupingSet(cursor))
  cursor.expect(')')
  cursor.leave()
  return { kind: 'grouping-sets', items }
}

function parseGroupingSet(cursor: TokenCursor): GroupingItem {
  if (!isComposite(cursor)) return parseGroupingItem(cursor)
  return { kind: 'set', expressions: parseComposite(cursor) }
}

/** `a` or `(a, b)` */
function parseComposite(cursor: TokenCursor): Expression[] {
  if (!isComposite(cursor)) return [parseValue(cursor)]
  cursor.expect('(')
  const expressions = cursor.at(')') ? [] : parseValueList(cursor)
  cursor.expect(')')
  return expressions
}

/** A list in parentheses, and not an expression that starts with one: `(a + b) * 2`. */
function isComposite(cursor: TokenCursor): boolean {
  if (!cursor.at('(') || isQueryAhead(cursor)) return false
  return [',', ')'].includes(cursor.tokenAt(cursor.closerOf(cursor.position) + 1).key)
}
