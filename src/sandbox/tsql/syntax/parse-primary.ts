import type { Expression, Literal } from './ast.ts'
import { parseCase, parseCast, parseConvert, parseParse } from './parse-conversion.ts'
import { parseAnyExpression, parseValue } from './parse-expression.ts'
import { parseFunctionCall } from './parse-function.ts'
import { isIdentifier, parseIdentifier, parseNameParts, parseObjectName } from './parse-name.ts'
import { parseOdbcEscape } from './parse-odbc.ts'
import { isQueryAhead, parseNestedQuery } from './parse-query.ts'
import { tooManyPrefixes, unsupportedOption } from './syntax-error.ts'
import type { SyntaxToken } from './syntax-token.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Functions written without parentheses. */
const NILADIC = new Set([
  'CURRENT_DATE',
  'CURRENT_TIMESTAMP',
  'CURRENT_USER',
  'SESSION_USER',
  'SYSTEM_USER',
  'USER',
])

/** Functions whose names are reserved words. */
const RESERVED_FUNCTIONS = new Set(['COALESCE', 'LEFT', 'NULLIF', 'RIGHT'])

const LITERAL_TYPES: Partial<Record<SyntaxToken['kind'], Literal['literalType']>> = {
  integer: 'integer',
  decimal: 'decimal',
  float: 'float',
  money: 'money',
  string: 'string',
  'unicode-string': 'unicode-string',
  binary: 'binary',
}

/** What stands between operators. */
export function parsePrimary(
  cursor: TokenCursor,
  options: { readonly isConditionAllowed: boolean } = { isConditionAllowed: false },
): Expression {
  const { token } = cursor
  const literal = parseLiteral(cursor)
  if (literal !== undefined) return literal
  switch (token.kind) {
    case 'variable':
      cursor.advance()
      if (cursor.at('.')) throw unsupportedOption(cursor.peek().text, token.line)
      return { kind: 'variable', name: token.text, line: token.line }
    case 'global-variable':
      cursor.advance()
      return { kind: 'global-variable', name: token.text, line: token.line }
    case 'quoted-identifier':
      return parseName(cursor)
    case 'symbol':
      if (token.key === '(') return parseParenthesized(cursor, options.isConditionAllowed)
      if (token.key === '{') return parseOdbcEscape(cursor)
      return cursor.fail()
    default:
      return parseWord(cursor, options.isConditionAllowed)
  }
}

/** A literal, when there is one. */
export function parseLiteral(cursor: TokenCursor): Literal | undefined {
  const { token } = cursor
  const literalType = LITERAL_TYPES[token.kind]
  if (literalType !== undefined) {
    cursor.advance()
    return { kind: 'literal', literalType, text: token.text, line: token.line }
  }
  if (!cursor.accept('NULL')) return undefined
  return { kind: 'literal', literalType: 'null', text: token.text, line: token.line }
}

function parseParenthesized(cursor: TokenCursor, isConditionAllowed: boolean): Expression {
  const { line } = cursor.token
  if (isQueryAhead(cursor)) return { kind: 'subquery', query: parseNestedQuery(cursor), line }
  cursor.advance()
  const inner = isConditionAllowed ? parseAnyExpression(cursor) : parseValue(cursor)
  cursor.expect(')')
  return inner
}

function parseWord(cursor: TokenCursor, isConditionAllowed: boolean): Expression {
  const { key, line } = cursor.token
  switch (key) {
    case 'CASE':
      return parseCase(cursor)
    case 'CONVERT':
    case 'TRY_CONVERT':
      return parseConvert(cursor)
    case 'CAST':
    case 'TRY_CAST':
      return cursor.peek().key === '(' ? parseCast(cursor) : parseName(cursor)
    case 'PARSE':
    case 'TRY_PARSE':
      return cursor.peek().key === '(' ? parseParse(cursor) : parseName(cursor)
    case 'EXISTS':
      if (!isConditionAllowed) cursor.fail()
      cursor.advance()
      return { kind: 'exists', query: parseNestedQuery(cursor), line }
    case 'UPDATE':
      if (!isConditionAllowed || cursor.peek().key !== '(') cursor.fail()
      return parseUpdateTest(cursor)
    case 'CONTAINS':
    case 'FREETEXT':
      throw unsupportedOption(key, line)
    case 'NEXT':
      return cursor.atSequence('NEXT', 'VALUE', 'FOR') ? parseNextValue(cursor) : parseName(cursor)
  }
  if (NILADIC.has(key)) return parseNiladic(cursor)
  if (RESERVED_FUNCTIONS.has(key) && cursor.peek().key === '(') {
    return parseFunctionCall(cursor, { schema: '', name: cursor.advance().text, line })
  }
  if (key === 'IDENTITYCOL' || key === 'ROWGUIDCOL') throw unsupportedOption(key, line)
  return parseName(cursor)
}

function parseNextValue(cursor: TokenCursor): Expression {
  const { line } = cursor.advance()
  cursor.advance()
  cursor.advance()
  return { kind: 'next-value', sequence: parseObjectName(cursor), line }
}

/** `UPDATE(column)` of a trigger: a function of the column's name that is 1 or 0. */
function parseUpdateTest(cursor: TokenCursor): Expression {
  const { text: name, line } = cursor.advance()
  cursor.expect('(')
  const column = parseIdentifier(cursor)
  cursor.expect(')')
  const argument: Expression = {
    kind: 'literal',
    literalType: 'unicode-string',
    text: column,
    line,
  }
  const left: Expression = {
    kind: 'function',
    schema: '',
    name,
    arguments: [argument],
    star: false,
    distinct: false,
    line,
  }
  const right: Expression = { kind: 'literal', literalType: 'integer', text: '1', line }
  return { kind: 'comparison', operator: '=', left, right, line }
}

function parseNiladic(cursor: TokenCursor): Expression {
  const { text: name, line } = cursor.advance()
  return {
    kind: 'function',
    schema: '',
    name,
    arguments: [],
    star: false,
    distinct: false,
    line,
  }
}

/** A column, or a function when a parenthesis follows. */
function parseName(cursor: TokenCursor): Expression {
  const { token } = cursor
  if (!isIdentifier(token)) cursor.fail()
  const parts = parseNameParts(cursor)
  if (cursor.at(':') || cursor.at('::')) throw unsupportedOption(`${token.text}::`, token.line)
  if (!cursor.at('(')) {
    if (parts.length > 4) throw tooManyPrefixes(parts.join('.'), 3, token.line)
    return { kind: 'column', parts, line: token.line }
  }
  const [name = '', schema = ''] = parts.toReversed()
  // owner.table.column.value('…') of xml, or a function of another database.
  if (parts.length > 2 || isXmlMethod(name, schema)) throw unsupportedOption(name, token.line)
  return parseFunctionCall(cursor, { schema, name, line: token.line })
}

function isXmlMethod(name: string, owner: string): boolean {
  return owner !== '' && ['exist', 'modify', 'nodes', 'query', 'value', 'write'].includes(name)
}
