import type { CommonTableExpression, Expression } from './ast.ts'
import type { MergeClause, MergeStatement } from './ast-change.ts'
import {
  parseOptionalTop,
  parseSetClauses,
  parseValueOrDefault,
  parseWriteTarget,
} from './parse-change.ts'
import { parseCondition } from './parse-expression.ts'
import { parseOptionClause } from './parse-hint.ts'
import { parseIdentifierList } from './parse-name.ts'
import { parseOutput } from './parse-output.ts'
import { parseOptionalAlias, parseTableReference } from './parse-table.ts'
import { unterminatedMerge } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `MERGE [TOP (n)] [INTO] target [AS alias] USING source ON condition WHEN … THEN … ;` */
export function parseMerge(
  cursor: TokenCursor,
  ctes: readonly CommonTableExpression[],
): MergeStatement {
  const { line } = cursor.advance()
  const top = parseOptionalTop(cursor)
  cursor.accept('INTO')
  const target = parseWriteTarget(cursor)
  const alias = cursor.at('USING') ? undefined : parseOptionalAlias(cursor)
  cursor.expect('USING')
  const using = parseTableReference(cursor)
  cursor.expect('ON')
  const on = parseCondition(cursor)
  const clauses = [parseWhen(cursor)]
  while (cursor.at('WHEN')) clauses.push(parseWhen(cursor))
  const output = parseOutput(cursor)
  parseOptionClause(cursor)
  if (!cursor.at(';')) throw unterminatedMerge(line)
  return {
    kind: 'merge',
    with: ctes,
    ...top,
    target,
    ...alias,
    using,
    on,
    clauses,
    ...output,
    line,
  }
}

/** `WHEN [NOT] MATCHED [BY TARGET | BY SOURCE] [AND condition] THEN action` */
function parseWhen(cursor: TokenCursor): MergeClause {
  const { line } = cursor.token
  cursor.expect('WHEN')
  const isNegated = cursor.accept('NOT')
  cursor.expect('MATCHED')
  const side = isNegated && cursor.accept('BY') ? cursor.acceptAny(['TARGET', 'SOURCE']) : undefined
  const condition: { condition?: Expression } = cursor.accept('AND')
    ? { condition: parseCondition(cursor) }
    : {}
  cursor.expect('THEN')
  const when =
    side === 'SOURCE' ? 'not-matched-by-source' : isNegated ? 'not-matched-by-target' : 'matched'
  return { when, ...condition, action: parseAction(cursor), line }
}

function parseAction(cursor: TokenCursor): MergeClause['action'] {
  if (cursor.accept('DELETE')) return { kind: 'delete' }
  if (cursor.accept('UPDATE')) {
    cursor.expect('SET')
    return { kind: 'update', set: parseSetClauses(cursor) }
  }
  cursor.expect('INSERT')
  const columns = cursor.at('(') ? parseIdentifierList(cursor) : []
  if (cursor.acceptSequence('DEFAULT', 'VALUES')) return { kind: 'insert', columns }
  cursor.expect('VALUES', '(')
  const values = [parseValueOrDefault(cursor)]
  while (cursor.accept(',')) values.push(parseValueOrDefault(cursor))
  cursor.expect(')')
  return { kind: 'insert', columns, values }
}
