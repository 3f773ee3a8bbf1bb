import type {
  CommonTableExpression,
  Expression,
  OrderItem,
  QueryBody,
  QueryExpression,
  SetOperation,
} from './ast.ts'
import { parseValue } from './parse-expression.ts'
import { parseForClause } from './parse-for.ts'
import { parseOptionClause } from './parse-hint.ts'
import { parseIdentifier, parseIdentifierList } from './parse-name.ts'
import { parseSelect } from './parse-select.ts'
import { nestedTooDeeply, unsupportedOption } from './syntax-error.ts'
import { QUERY_DEPTH, type TokenCursor } from './token-cursor.ts'

/** Set operations lean to the left: as many as these make a tree that can still be walked. */
const MAX_SET_OPERATIONS = 1000

/** A query as a statement or view has it: with WITH before, without OPTION. */
export function parseFullQuery(cursor: TokenCursor): QueryExpression {
  const { line } = cursor.token
  const ctes = cursor.at('WITH') ? parseWith(cursor) : []
  return { ...parseQuery(cursor), with: ctes, line }
}

/** A query without WITH. */
export function parseQuery(cursor: TokenCursor): QueryExpression {
  const { line } = cursor.token
  return continueQuery(cursor, parseSetOperations(cursor), line)
}

/** What may follow a query's body: ORDER BY, OFFSET, FETCH, FOR. */
function continueQuery(cursor: TokenCursor, body: QueryBody, line: number): QueryExpression {
  const orderBy = cursor.at('ORDER') ? parseOrderBy(cursor) : []
  const page = orderBy.length > 0 ? parsePage(cursor) : {}
  return { kind: 'query', with: [], body, orderBy, ...page, ...parseOptionalFor(cursor), line }
}

/** OPTION, also where it stands before FOR. */
export function parseStatementEnd(
  cursor: TokenCursor,
): Partial<Pick<QueryExpression, 'maxRecursion' | 'for'>> {
  return { ...parseOptionClause(cursor), ...parseOptionalFor(cursor) }
}

function parseOptionalFor(cursor: TokenCursor): Pick<QueryExpression, 'for'> {
  return isForClause(cursor) ? { for: parseForClause(cursor) } : {}
}

/** A cursor's query ends with its own FOR UPDATE or FOR READ ONLY. */
function isForClause(cursor: TokenCursor): boolean {
  return cursor.at('FOR') && !['UPDATE', 'READ', 'READ_ONLY'].includes(cursor.peek().key)
}

/** A query in parentheses, which come next. */
export function parseNestedQuery(cursor: TokenCursor): QueryExpression {
  cursor.expect('(')
  cursor.enter(QUERY_DEPTH)
  const query = parseQuery(cursor)
  cursor.leave(QUERY_DEPTH)
  cursor.expect(')')
  return query
}

/**
 * Does the parenthesis here open a query, and not an expression or a join? `((SELECT 1) UNION SELECT 2)`
 * is a query, `((SELECT 1) + 2)` is not: what follows the inner parenthesis decides.
 */
export function isQueryAhead(cursor: TokenCursor): boolean {
  let position = cursor.position
  while (cursor.tokenAt(position).key === '(') {
    const inner = position + 1
    if (cursor.tokenAt(inner).key === 'SELECT') return true
    const follower = cursor.tokenAt(cursor.closerOf(inner) + 1).key
    if (![')', 'UNION', 'EXCEPT', 'INTERSECT', 'ORDER'].includes(follower)) return false
    position = inner
  }
  return false
}

/** `WITH name [(columns)] AS (query), …` */
export function parseWith(cursor: TokenCursor): CommonTableExpression[] {
  const { line } = cursor.token
  cursor.expect('WITH')
  if (cursor.at('XMLNAMESPACES')) throw unsupportedOption('XMLNAMESPACES', line)
  const ctes = [parseCommonTableExpression(cursor)]
  while (cursor.accept(',')) ctes.push(parseCommonTableExpression(cursor))
  return ctes
}

function parseCommonTableExpression(cursor: TokenCursor): CommonTableExpression {
  const { line } = cursor.token
  const name = parseIdentifier(cursor)
  const columns = cursor.at('(') ? parseIdentifierList(cursor) : []
  cursor.expect('AS')
  return { name, columns, query: parseNestedQuery(cursor), line }
}

/** UNION and EXCEPT, from the left. */
function parseSetOperations(cursor: TokenCursor): QueryBody {
  let left = parseIntersections(cursor)
  for (let count = 1; ; count++) {
    const { line } = cursor.token
    const operator = acceptSetOperator(cursor)
    if (operator === undefined) return left
    if (count > MAX_SET_OPERATIONS) throw nestedTooDeeply(line)
    left = { kind: 'set-operation', operator, left, right: parseIntersections(cursor), line }
  }
}

function acceptSetOperator(cursor: TokenCursor): SetOperation['operator'] | undefined {
  if (cursor.accept('EXCEPT')) return 'except'
  if (!cursor.accept('UNION')) return undefined
  return cursor.accept('ALL') ? 'union-all' : 'union'
}

/** INTERSECT binds tighter than the other two. */
function parseIntersections(cursor: TokenCursor): QueryBody {
  let left = parseQueryOperand(cursor)
  for (let count = 1; cursor.at('INTERSECT'); count++) {
    const { line } = cursor.advance()
    if (count > MAX_SET_OPERATIONS) throw nestedTooDeeply(line)
    const right = parseQueryOperand(cursor)
    left = { kind: 'set-operation', operator: 'intersect', left, right, line }
  }
  return left
}

function parseQueryOperand(cursor: TokenCursor): QueryBody {
  return cursor.at('(') ? { kind: 'nested', query: parseNestedQuery(cursor) } : parseSelect(cursor)
}

export function parseOrderBy(cursor: TokenCursor): OrderItem[] {
  cursor.expect('ORDER', 'BY')
  const items: OrderItem[] = []
  do {
    const expression = parseValue(cursor)
    const descending = cursor.accept('DESC')
    if (!descending) cursor.accept('ASC')
    items.push({ expression, descending })
  } while (cursor.accept(','))
  return items
}

/** `OFFSET n ROWS [FETCH NEXT m ROWS ONLY]` */
function parsePage(cursor: TokenCursor): { offset?: Expression; fetch?: Expression } {
  if (!cursor.accept('OFFSET')) return {}
  const offset = parseValue(cursor)
  if (cursor.acceptAny(['ROWS', 'ROW']) === undefined) cursor.fail()
  if (!isFetchClause(cursor)) return { offset }
  cursor.advance()
  cursor.advance()
  const fetch = parseValue(cursor)
  if (cursor.acceptAny(['ROWS', 'ROW']) === undefined) cursor.fail()
  cursor.expect('ONLY')
  return { offset, fetch }
}

/** Without a semicolon, `FETCH NEXT FROM cursor` may follow. */
function isFetchClause(cursor: TokenCursor): boolean {
  if (!cursor.at('FETCH') || !['NEXT', 'FIRST'].includes(cursor.peek().key)) return false
  return cursor.peek(2).key !== 'FROM'
}
