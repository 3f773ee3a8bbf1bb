import type { ExecuteAsStatement, RevertStatement } from './ast.ts'
import { isString } from './parse-name.ts'
import { unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `EXECUTE AS CALLER | USER = 'name' | LOGIN = 'name' [WITH NO REVERT]`; EXECUTE has been read. */
export function parseExecuteAs(cursor: TokenCursor, line: number): ExecuteAsStatement {
  cursor.expect('AS')
  if (cursor.accept('CALLER')) return { kind: 'execute-as', principal: 'caller', name: '', line }
  const principal = (cursor.acceptAny(['USER', 'LOGIN']) ?? cursor.fail()) === 'USER'
  cursor.expect('=')
  const { token } = cursor
  if (!isString(token) && token.kind !== 'variable') cursor.fail()
  cursor.advance()
  if (cursor.accept('WITH')) {
    if (cursor.at('COOKIE')) throw unsupportedOption('COOKIE', line)
    cursor.expect('NO', 'REVERT')
  }
  return { kind: 'execute-as', principal: principal ? 'user' : 'login', name: token.text, line }
}

export function parseRevert(cursor: TokenCursor): RevertStatement {
  const { line } = cursor.advance()
  if (cursor.at('WITH')) throw unsupportedOption('COOKIE', line)
  return { kind: 'revert', line }
}
