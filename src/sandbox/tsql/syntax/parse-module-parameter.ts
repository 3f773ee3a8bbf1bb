import type { Expression } from './ast.ts'
import type { ModuleParameter } from './ast-module.ts'
import { isIdentifier, parseTypeName } from './parse-name.ts'
import { parseLiteral } from './parse-primary.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `@a int = 1 OUTPUT, @b dbo.List READONLY`, in parentheses or not; none where none begins. */
export function parseModuleParameters(cursor: TokenCursor): ModuleParameter[] {
  const isEnclosed = cursor.accept('(')
  const parameters: ModuleParameter[] = []
  if (cursor.token.kind === 'variable') {
    do {
      parameters.push(parseParameter(cursor))
    } while (cursor.accept(','))
  }
  if (isEnclosed) cursor.expect(')')
  return parameters
}

/** Of cursor variables and CURSOR VARYING parameters. */
export const CURSOR_TYPE = { schema: '', name: 'cursor', arguments: [] } as const

function parseParameter(cursor: TokenCursor): ModuleParameter {
  const { line } = cursor
  if (cursor.token.kind !== 'variable') cursor.fail()
  const name = cursor.advance().text
  cursor.accept('AS')
  const isCursor = cursor.acceptSequence('CURSOR', 'VARYING')
  const type = isCursor ? CURSOR_TYPE : parseTypeName(cursor)
  if (!cursor.acceptSequence('NOT', 'NULL')) cursor.accept('NULL')
  const initial = cursor.accept('=') ? { initial: parseConstant(cursor) } : {}
  const isOutput = cursor.acceptAny(['OUTPUT', 'OUT']) !== undefined
  const isReadOnly = cursor.accept('READONLY')
  return { name, type, ...initial, isOutput, isReadOnly, isCursor, line }
}

/** A constant, with its sign; a bare word is a string. */
function parseConstant(cursor: TokenCursor): Expression {
  const literal = parseLiteral(cursor)
  if (literal !== undefined) return literal
  const { token } = cursor
  if (cursor.at('-') || cursor.at('+')) {
    cursor.advance()
    const operand = parseLiteral(cursor) ?? cursor.fail()
    return token.key === '-' ? { kind: 'unary', operator: '-', operand, line: token.line } : operand
  }
  if (token.kind === 'global-variable') {
    cursor.advance()
    return { kind: 'global-variable', name: token.text, line: token.line }
  }
  if (!isIdentifier(token) && token.key !== 'ON' && token.key !== 'OFF') cursor.fail()
  cursor.advance()
  return { kind: 'literal', literalType: 'unicode-string', text: token.text, line: token.line }
}
