import type { DeclareStatement, Statement } from './ast.ts'
import { isStatementStart } from './keywords.ts'
import { parseCursorDeclaration } from './parse-cursor.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { CURSOR_TYPE } from './parse-module-parameter.ts'
import { isIdentifier, isLabelAhead, parseIdentifier, parseTypeName } from './parse-name.ts'
import { parseStatement, parseStatementList } from './parse-statement.ts'
import { parseBeginTransaction } from './parse-transaction.ts'
import { parseTableDeclaration } from './parse-write.ts'
import type { TokenCursor } from './token-cursor.ts'

export function parseIf(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  const condition = parseCondition(cursor)
  const then = parseStatement(cursor)
  const otherwise = cursor.accept('ELSE') ? { otherwise: parseStatement(cursor) } : {}
  return { kind: 'if', condition, then, ...otherwise, line }
}

export function parseWhile(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  const condition = parseCondition(cursor)
  return { kind: 'while', condition, body: parseStatement(cursor), line }
}

/** BEGIN … END, BEGIN TRY … END TRY BEGIN CATCH … END CATCH, BEGIN TRANSACTION. */
export function parseBegin(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  if (cursor.accept('TRY')) return parseTry(cursor, line)
  if (['TRAN', 'TRANSACTION', 'DISTRIBUTED'].includes(cursor.token.key)) {
    return parseBeginTransaction(cursor, line)
  }
  const statements = parseStatementList(cursor)
  cursor.expect('END')
  return { kind: 'block', statements, line }
}

function parseTry(cursor: TokenCursor, line: number): Statement {
  const body = parseStatementList(cursor)
  cursor.expect('END', 'TRY')
  cursor.accept(';')
  cursor.expect('BEGIN', 'CATCH')
  while (cursor.accept(';'));
  const handler = cursor.at('END') ? [] : parseStatementList(cursor)
  cursor.expect('END', 'CATCH')
  return { kind: 'try', body, catch: handler, line }
}

/** Variables, one variable that is a table, or a cursor. */
export function parseDeclare(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  if (isIdentifier(cursor.token)) return parseCursorDeclaration(cursor, line)
  const variables: DeclareStatement['variables'][number][] = []
  do {
    if (cursor.token.kind !== 'variable') cursor.fail()
    const name = cursor.advance().text
    cursor.accept('AS')
    if (cursor.at('TABLE')) return parseTableDeclaration(cursor, name, line)
    const type = cursor.accept('CURSOR') ? CURSOR_TYPE : parseTypeName(cursor)
    const initial = cursor.accept('=') ? { initial: parseValue(cursor) } : {}
    variables.push({ name, type, ...initial })
  } while (cursor.accept(','))
  return { kind: 'declare', variables, line }
}

export function parseUse(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  return { kind: 'use', database: parseIdentifier(cursor), line }
}

export function parsePrint(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  return { kind: 'print', value: parseValue(cursor), line }
}

export function parseReturn(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  const { key } = cursor.token
  const isEnd = cursor.isAtEnd || key === ';' || isStatementStart(key)
  const isBare = isEnd || isLabelAhead(cursor)
  return isBare ? { kind: 'return', line } : { kind: 'return', value: parseValue(cursor), line }
}

/** `THROW` within CATCH, or `THROW number, message, state`. */
export function parseThrow(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  if (
    cursor.isAtEnd ||
    cursor.at(';') ||
    isStatementStart(cursor.token.key) ||
    isLabelAhead(cursor)
  ) {
    return { kind: 'throw', line }
  }
  const number = parseValue(cursor)
  cursor.expect(',')
  const message = parseValue(cursor)
  cursor.expect(',')
  return { kind: 'throw', error: { number, message, state: parseValue(cursor) }, line }
}

export function parseWaitfor(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  const mode = cursor.acceptAny(['DELAY', 'TIME']) ?? cursor.fail()
  const value = parseValue(cursor)
  return { kind: 'waitfor', mode: mode === 'DELAY' ? 'delay' : 'time', value, line }
}
