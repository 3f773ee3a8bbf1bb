import type { ObjectName } from './ast.ts'
import { isStatementStart } from './keywords.ts'
import { isIdentifier, parseObjectName } from './parse-name.ts'
import type { TokenCursor } from './token-cursor.ts'

/** The name of what is written; none for a variable, a query in parentheses, … */
export function parseTarget(cursor: TokenCursor): { target?: ObjectName } {
  return isIdentifier(cursor.token) ? { target: parseObjectName(cursor) } : {}
}

/** To the semicolon or the first word of another statement. */
export function skipRest(cursor: TokenCursor, verb: string): void {
  let openCases = 0
  while (!cursor.isAtEnd && !cursor.at(';')) {
    if (cursor.at('CASE')) openCases++
    else if (cursor.at('END') && openCases > 0) openCases--
    else if (openCases === 0 && isNextStatement(cursor, verb)) return
    skipToken(cursor)
  }
}

/** One token, or all between a pair of parentheses. */
export function skipToken(cursor: TokenCursor): void {
  const closer = cursor.at('(') ? cursor.closerOf(cursor.position) : cursor.position
  while (cursor.position <= closer && !cursor.isAtEnd) cursor.advance()
}

/**
 * Words of statements also stand within others: ON DELETE SET NULL, FOR UPDATE, WITH GRANT OPTION,
 * ALTER TABLE … DROP COLUMN.
 */
function isNextStatement(cursor: TokenCursor, verb: string): boolean {
  const { key } = cursor.token
  if (!isStatementStart(key)) return false
  const previous = cursor.previous.key
  const next = cursor.peek().key
  if (['ON', 'FOR', 'WITH'].includes(previous)) return false
  if (key === 'SET') return !['(', 'NULL', 'DEFAULT'].includes(next)
  if (!verb.startsWith('ALTER ')) return true
  if (key === 'ALTER') return next !== 'COLUMN'
  if (key === 'DROP') return !['COLUMN', 'CONSTRAINT', 'MEMBER', 'PERIOD', 'VALUE'].includes(next)
  return true
}
