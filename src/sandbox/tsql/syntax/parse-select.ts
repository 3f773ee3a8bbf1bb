import type {
  AssignmentOperator,
  Expression,
  GroupingItem,
  SelectItem,
  SelectSpecification,
  TopClause,
} from './ast.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { parseGroupBy } from './parse-grouping.ts'
import {
  isIdentifier,
  isLabelAhead,
  isString,
  parseIdentifierOrString,
  parseObjectName,
} from './parse-name.ts'
import { parseFrom } from './parse-table.ts'
import type { SyntaxToken } from './syntax-token.ts'
import type { TokenCursor } from './token-cursor.ts'

export const ASSIGNMENT_OPERATORS = [
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
] as const satisfies readonly AssignmentOperator[]

/** `SELECT … [INTO …] [FROM …] [WHERE …] [GROUP BY …] [HAVING …]` */
export function parseSelect(cursor: TokenCursor): SelectSpecification {
  const { line } = cursor.token
  cursor.expect('SELECT')
  const distinct = cursor.accept('DISTINCT')
  if (!distinct) cursor.accept('ALL')
  const top = cursor.at('TOP') ? { top: parseTop(cursor) } : {}
  const items = parseItems(cursor)
  const into = cursor.accept('INTO') ? { into: parseObjectName(cursor) } : {}
  const from = cursor.accept('FROM') ? parseFrom(cursor) : []
  const where: { where?: Expression } = cursor.accept('WHERE')
    ? { where: parseCondition(cursor) }
    : {}
  const groupBy: GroupingItem[] = cursor.at('GROUP') ? parseGroupBy(cursor) : []
  const having = cursor.accept('HAVING') ? { having: parseCondition(cursor) } : {}
  return {
    kind: 'select',
    distinct,
    ...top,
    items,
    ...into,
    from,
    ...where,
    groupBy,
    ...having,
    line,
  }
}

/** `TOP 10`, `TOP (@n) PERCENT WITH TIES`; without parentheses only a number. */
export function parseTop(cursor: TokenCursor): TopClause {
  cursor.expect('TOP')
  const count = parseTopCount(cursor)
  const percent = cursor.accept('PERCENT')
  return { count, percent, withTies: cursor.acceptSequence('WITH', 'TIES') }
}

function parseTopCount(cursor: TokenCursor): Expression {
  const { kind, text, line } = cursor.token
  if (kind === 'integer' || kind === 'float' || kind === 'decimal') {
    cursor.advance()
    return { kind: 'literal', literalType: kind, text, line }
  }
  cursor.expect('(')
  const count = parseValue(cursor)
  cursor.expect(')')
  return count
}

/** The list behind SELECT or OUTPUT. */
export function parseItems(cursor: TokenCursor): SelectItem[] {
  const items = [parseItem(cursor)]
  while (cursor.accept(',')) items.push(parseItem(cursor))
  return items
}

function parseItem(cursor: TokenCursor): SelectItem {
  const { token } = cursor
  const { line } = token
  const qualifier = acceptStar(cursor)
  if (qualifier !== undefined) return { kind: 'star', qualifier, line }
  if (token.kind === 'variable') {
    const assignment = parseAssignment(cursor)
    if (assignment !== undefined) return assignment
  }
  if (isAliasToken(token) && cursor.peek().key === '=') {
    const alias = parseIdentifierOrString(cursor)
    cursor.advance()
    return { kind: 'expression', expression: parseValue(cursor), alias, line }
  }
  const expression = parseValue(cursor)
  return { kind: 'expression', expression, ...parseAlias(cursor), line }
}

/** The qualifier of `*` or `a.b.*`, when one stands here. */
function acceptStar(cursor: TokenCursor): string[] | undefined {
  let length = 0
  while (isIdentifier(cursor.peek(length)) && cursor.peek(length + 1).key === '.') length += 2
  if (cursor.peek(length).key !== '*') return undefined
  const qualifier: string[] = []
  for (let index = 0; index < length; index++) {
    const part = cursor.advance()
    if (part.key !== '.') qualifier.push(part.text)
  }
  cursor.expect('*')
  return qualifier
}

function parseAssignment(cursor: TokenCursor): SelectItem | undefined {
  const operator = ASSIGNMENT_OPERATORS.find((candidate) => candidate === cursor.peek().key)
  if (operator === undefined) return undefined
  const { text: variable, line } = cursor.advance()
  cursor.advance()
  return { kind: 'assignment', variable, operator, expression: parseValue(cursor), line }
}

function parseAlias(cursor: TokenCursor): { alias?: string } {
  if (cursor.accept('AS') || (isAliasToken(cursor.token) && !isLabelAhead(cursor))) {
    return { alias: parseIdentifierOrString(cursor) }
  }
  return {}
}

function isAliasToken(token: SyntaxToken): boolean {
  return isIdentifier(token) || isString(token)
}
