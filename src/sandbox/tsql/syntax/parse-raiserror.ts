import type { Expression, Statement } from './ast.ts'
import { parseValue } from './parse-expression.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `RAISERROR (message, severity, state [, argument …]) [WITH option, …]` */
export function parseRaiserror(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  cursor.expect('(')
  const message = parseValue(cursor)
  cursor.expect(',')
  const severity = parseValue(cursor)
  cursor.expect(',')
  const state = parseValue(cursor)
  const args: Expression[] = []
  while (cursor.accept(',')) args.push(parseValue(cursor))
  cursor.expect(')')
  const options = parseOptions(cursor)
  return { kind: 'raiserror', message, severity, state, arguments: args, options, line }
}

function parseOptions(cursor: TokenCursor): string[] {
  if (!cursor.accept('WITH')) return []
  const options: string[] = []
  do {
    options.push(cursor.acceptAny(['LOG', 'NOWAIT', 'SETERROR']) ?? cursor.fail())
  } while (cursor.accept(','))
  return options
}
