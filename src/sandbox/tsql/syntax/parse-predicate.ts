import type { ComparisonOperator, Expression, QueryExpression } from './ast.ts'
import { parseValue, parseValueList } from './parse-expression.ts'
import { isQueryAhead, parseNestedQuery } from './parse-query.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Comparison signs as written, and the one each means. */
const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['!>', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['!<', '>='],
])

/** The predicate whose left operand has been read: `= …`, `IS NULL`, `NOT IN (…)`, … */
export function parsePredicateTail(cursor: TokenCursor, operand: Expression): Expression {
  const { line } = cursor.token
  if (cursor.accept('IS')) return parseIs(cursor, operand, line)
  const negated = cursor.accept('NOT')
  if (cursor.accept('IN')) return { kind: 'in', operand, ...parseCandidates(cursor), negated, line }
  if (cursor.accept('LIKE'))
    return { kind: 'like', operand, ...parsePattern(cursor), negated, line }
  if (!cursor.accept('BETWEEN')) return parseComparison(cursor, operand)
  const low = parseValue(cursor)
  cursor.expect('AND')
  return { kind: 'between', operand, low, high: parseValue(cursor), negated, line }
}

function parseIs(cursor: TokenCursor, operand: Expression, line: number): Expression {
  const negated = cursor.accept('NOT')
  if (!cursor.acceptSequence('DISTINCT', 'FROM')) {
    cursor.expect('NULL')
    return { kind: 'is-null', operand, negated, line }
  }
  return { kind: 'is-distinct', left: operand, right: parseValue(cursor), negated, line }
}

function parseCandidates(cursor: TokenCursor): {
  candidates: readonly Expression[] | QueryExpression
} {
  if (isQueryAhead(cursor)) return { candidates: parseNestedQuery(cursor) }
  cursor.expect('(')
  const candidates = parseValueList(cursor)
  cursor.expect(')')
  return { candidates }
}

function parsePattern(cursor: TokenCursor): { pattern: Expression; escape?: Expression } {
  const pattern = parseValue(cursor)
  if (cursor.accept('ESCAPE')) return { pattern, escape: parseValue(cursor) }
  // JDBC and ODBC: LIKE 'a!_%' {escape '!'}
  if (!cursor.acceptSequence('{', 'ESCAPE')) return { pattern }
  const character = parseValue(cursor)
  cursor.expect('}')
  return { pattern, escape: character }
}

function parseComparison(cursor: TokenCursor, left: Expression): Expression {
  const operator = COMPARISONS.get(cursor.token.key)
  if (operator === undefined) cursor.fail()
  const { line } = cursor.advance()
  const quantifier = cursor.acceptAny(['ALL', 'ANY', 'SOME'])
  if (quantifier === undefined) {
    return { kind: 'comparison', operator, left, right: parseValue(cursor), line }
  }
  return {
    kind: 'quantified',
    operator,
    quantifier: quantifier === 'ALL' ? 'all' : 'any',
    operand: left,
    query: parseNestedQuery(cursor),
    line,
  }
}
