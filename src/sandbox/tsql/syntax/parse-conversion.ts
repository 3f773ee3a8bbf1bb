import type { CastExpression, Expression } from './ast.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { parseTypeName } from './parse-name.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `CAST(value AS type)` */
export function parseCast(cursor: TokenCursor): CastExpression {
  const { key, line } = cursor.advance()
  cursor.expect('(')
  const operand = parseValue(cursor)
  cursor.expect('AS')
  const type = parseTypeName(cursor)
  cursor.expect(')')
  return { kind: 'cast', operand, type, form: 'cast', isTry: key === 'TRY_CAST', line }
}

/** `CONVERT(type, value [, style])` */
export function parseConvert(cursor: TokenCursor): CastExpression {
  const { key, line } = cursor.advance()
  cursor.expect('(')
  const type = parseTypeName(cursor)
  cursor.expect(',')
  const operand = parseValue(cursor)
  const style = cursor.accept(',') ? { style: parseValue(cursor) } : {}
  cursor.expect(')')
  const isTry = key === 'TRY_CONVERT'
  return { kind: 'cast', operand, type, ...style, form: 'convert', isTry, line }
}

/** `PARSE(value AS type [USING culture])` */
export function parseParse(cursor: TokenCursor): CastExpression {
  const { key, line } = cursor.advance()
  cursor.expect('(')
  const operand = parseValue(cursor)
  cursor.expect('AS')
  const type = parseTypeName(cursor)
  const culture = cursor.accept('USING') ? { culture: parseValue(cursor) } : {}
  cursor.expect(')')
  return {
    kind: 'cast',
    operand,
    type,
    ...culture,
    form: 'parse',
    isTry: key === 'TRY_PARSE',
    line,
  }
}

/** `CASE input WHEN value THEN …` or `CASE WHEN condition THEN …`. */
export function parseCase(cursor: TokenCursor): Expression {
  const { line } = cursor.advance()
  const input = cursor.at('WHEN') ? {} : { input: parseValue(cursor) }
  const branches: { when: Expression; then: Expression }[] = []
  do {
    cursor.expect('WHEN')
    const when = 'input' in input ? parseValue(cursor) : parseCondition(cursor)
    cursor.expect('THEN')
    const then = parseValue(cursor)
    branches.push({ when, then })
  } while (cursor.at('WHEN'))
  const otherwise = cursor.accept('ELSE') ? { otherwise: parseValue(cursor) } : {}
  cursor.expect('END')
  return { kind: 'case', ...input, branches, ...otherwise, line }
}
