import type { TransactionStatement } from './ast.ts'
import { isIdentifier, isLabelAhead, isString } from './parse-name.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `BEGIN` has been read. */
export function parseBeginTransaction(cursor: TokenCursor, line: number): TransactionStatement {
  cursor.accept('DISTRIBUTED')
  if (cursor.acceptAny(['TRAN', 'TRANSACTION']) === undefined) cursor.fail()
  const name = parseName(cursor)
  if (cursor.acceptSequence('WITH', 'MARK') && isString(cursor.token)) cursor.advance()
  return { kind: 'transaction', action: 'begin', name, line }
}

export function parseCommit(cursor: TokenCursor): TransactionStatement {
  const { line } = cursor.advance()
  const name = parseOptionalName(cursor)
  if (cursor.acceptSequence('WITH', '(', 'DELAYED_DURABILITY', '=')) {
    if (cursor.acceptAny(['ON', 'OFF']) === undefined) cursor.fail()
    cursor.expect(')')
  }
  return { kind: 'transaction', action: 'commit', name, line }
}

export function parseRollback(cursor: TokenCursor): TransactionStatement {
  const { line } = cursor.advance()
  return { kind: 'transaction', action: 'rollback', name: parseOptionalName(cursor), line }
}

export function parseSave(cursor: TokenCursor): TransactionStatement {
  const { line } = cursor.advance()
  if (cursor.acceptAny(['TRAN', 'TRANSACTION']) === undefined) cursor.fail()
  const name = parseName(cursor)
  if (name === '') cursor.fail()
  return { kind: 'transaction', action: 'save', name, line }
}

/** A name follows TRAN only: `COMMIT x` would be a call of x. */
function parseOptionalName(cursor: TokenCursor): string {
  if (cursor.accept('WORK')) return ''
  return cursor.acceptAny(['TRAN', 'TRANSACTION']) === undefined ? '' : parseName(cursor)
}

function parseName(cursor: TokenCursor): string {
  if (isLabelAhead(cursor)) return ''
  if (!isIdentifier(cursor.token) && cursor.token.kind !== 'variable') return ''
  return cursor.advance().text
}
