import type { Expression, TableReference } from './ast.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { parseHints } from './parse-hint.ts'
import {
  isIdentifier,
  isLabelAhead,
  parseIdentifier,
  parseIdentifierList,
  parseNameParts,
  toObjectName,
} from './parse-name.ts'
import { parsePivot, parseUnpivot } from './parse-pivot.ts'
import { isQueryAhead, parseNestedQuery } from './parse-query.ts'
import { parseTableFunction } from './parse-table-function.ts'
import { nestedTooDeeply, unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type JoinType = Extract<TableReference, { kind: 'join' }>['type']

/** Joins lean to the left: as many as these make a tree that can still be walked. */
const MAX_JOINS = 500

const SIDES = { LEFT: 'left', RIGHT: 'right', FULL: 'full' } as const

/** The list after FROM. */
export function parseFrom(cursor: TokenCursor): TableReference[] {
  const tables = [parseTableReference(cursor)]
  while (cursor.accept(',')) tables.push(parseTableReference(cursor))
  return tables
}

/** One table with the joins behind it. */
export function parseTableReference(cursor: TokenCursor): TableReference {
  cursor.enter()
  let left = parseTable(cursor)
  for (let count = 0; ; count++) {
    const { line } = cursor.token
    const type = acceptJoin(cursor)
    if (type === undefined) break
    if (count > MAX_JOINS) throw nestedTooDeeply(line)
    left = parseJoin(cursor, left, { type, line })
  }
  cursor.leave()
  return left
}

/** The words of a join, with its hint: `LEFT OUTER HASH JOIN`. */
function acceptJoin(cursor: TokenCursor): JoinType | undefined {
  if (cursor.accept('JOIN')) return 'inner'
  if (cursor.acceptSequence('CROSS', 'JOIN')) return 'cross'
  if (cursor.acceptSequence('CROSS', 'APPLY')) return 'cross-apply'
  if (cursor.acceptSequence('OUTER', 'APPLY')) return 'outer-apply'
  const side = cursor.acceptAny(['LEFT', 'RIGHT', 'FULL'])
  if (side !== undefined) cursor.accept('OUTER')
  else if (!cursor.accept('INNER')) return undefined
  cursor.acceptAny(['HASH', 'LOOP', 'MERGE', 'REMOTE'])
  cursor.expect('JOIN')
  return side === undefined ? 'inner' : SIDES[side]
}

/** The rest of a join; the right side may be joins of its own: `a JOIN b JOIN c ON … ON …`. */
function parseJoin(
  cursor: TokenCursor,
  left: TableReference,
  { type, line }: { readonly type: JoinType; readonly line: number },
): TableReference {
  cursor.enter()
  let right = parseTable(cursor)
  if (type === 'cross' || type === 'cross-apply' || type === 'outer-apply') {
    cursor.leave()
    return { kind: 'join', type, left, right, line }
  }
  while (!cursor.at('ON')) {
    const inner = cursor.token
    const innerType = acceptJoin(cursor) ?? cursor.fail()
    right = parseJoin(cursor, right, { type: innerType, line: inner.line })
  }
  cursor.expect('ON')
  const on = parseCondition(cursor)
  cursor.leave()
  return { kind: 'join', type, left, right, on, line }
}

/** One table, with the PIVOTs behind it. */
function parseTable(cursor: TokenCursor): TableReference {
  let table = parsePlainTable(cursor)
  for (;;) {
    if (cursor.at('PIVOT')) table = parsePivot(cursor, table)
    else if (cursor.at('UNPIVOT')) table = parseUnpivot(cursor, table)
    else return table
  }
}

function parsePlainTable(cursor: TokenCursor): TableReference {
  const { kind, key, text, line } = cursor.token
  if (key === '(') return parseParenthesizedTable(cursor)
  if (key === '{') return parseOuterJoinEscape(cursor)
  if (kind === 'variable') return parseTableVariable(cursor)
  // The old way to name a function of the system: FROM ::fn_helpcollations().
  if (key === '::') cursor.advance()
  if (isIdentifier(cursor.token)) return parseNamedTable(cursor)
  if (['OPENQUERY', 'OPENROWSET', 'OPENDATASOURCE', 'OPENXML'].includes(key)) {
    throw unsupportedOption(text.toUpperCase(), line)
  }
  return cursor.fail()
}

function parseParenthesizedTable(cursor: TokenCursor): TableReference {
  const { line } = cursor.token
  if (cursor.peek().key === 'VALUES') return parseValues(cursor)
  if (isQueryAhead(cursor)) {
    const query = parseNestedQuery(cursor)
    return { kind: 'derived', query, ...parseTableAlias(cursor), line }
  }
  cursor.advance()
  const table = parseTableReference(cursor)
  cursor.expect(')')
  return table
}

/** `(VALUES (1, 'a'), (2, 'b')) AS v(id, name)` */
function parseValues(cursor: TokenCursor): TableReference {
  const { line } = cursor.advance()
  cursor.expect('VALUES')
  const rows: Expression[][] = []
  do {
    cursor.expect('(')
    const row = [parseValue(cursor)]
    while (cursor.accept(',')) row.push(parseValue(cursor))
    cursor.expect(')')
    rows.push(row)
  } while (cursor.accept(','))
  cursor.expect(')')
  return { kind: 'values', rows, ...parseTableAlias(cursor), line }
}

/** A derived table must have a name; its columns may be named too. */
function parseTableAlias(cursor: TokenCursor): { alias: string; columns: string[] } {
  cursor.accept('AS')
  const alias = parseIdentifier(cursor)
  return { alias, columns: cursor.at('(') ? parseIdentifierList(cursor) : [] }
}

/** ODBC and JDBC: `{oj a LEFT OUTER JOIN b ON …}` */
function parseOuterJoinEscape(cursor: TokenCursor): TableReference {
  cursor.expect('{', 'OJ')
  const table = parseTableReference(cursor)
  cursor.expect('}')
  return table
}

function parseTableVariable(cursor: TokenCursor): TableReference {
  const { text: name, line } = cursor.advance()
  if (cursor.at('.')) throw unsupportedOption(cursor.peek().text, line)
  return { kind: 'table-variable', name, ...parseOptionalAlias(cursor), line }
}

function parseNamedTable(cursor: TokenCursor): TableReference {
  const { line } = cursor.token
  const parts = parseNameParts(cursor)
  // The old form has hints before the alias: FROM t (NOLOCK) a.
  const before = parseHints(cursor)
  if (before.length === 0 && cursor.at('(')) return parseTableFunction(cursor, parts, line)
  const name = toObjectName(parts, line)
  if (cursor.atSequence('FOR', 'SYSTEM_TIME')) throw unsupportedOption('FOR SYSTEM_TIME', line)
  const alias = parseOptionalAlias(cursor)
  if (cursor.at('TABLESAMPLE')) throw unsupportedOption('TABLESAMPLE', line)
  return { kind: 'table', name, ...alias, hints: [...before, ...parseHints(cursor)], line }
}

export function parseOptionalAlias(cursor: TokenCursor): { alias?: string } {
  if (!cursor.accept('AS') && (!isIdentifier(cursor.token) || isLabelAhead(cursor))) return {}
  return { alias: parseIdentifier(cursor) }
}
