import type { ExecuteStatement, Expression, ObjectName, Statement } from './ast.ts'
import { isStatementStart } from './keywords.ts'
import { parseExecuteAs } from './parse-execute-as.ts'
import { parseValue } from './parse-expression.ts'
import { isIdentifier, isLabelAhead, parseObjectName } from './parse-name.ts'
import { parseLiteral } from './parse-primary.ts'
import { parseExecuteOptions } from './parse-result-sets.ts'
import { nameMissing, unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type Argument = ExecuteStatement['arguments'][number]
type Target = Pick<ExecuteStatement, 'procedure' | 'procedureVariable'>

/** `EXEC [@status =] procedure arguments`, `EXEC ('text' + @more)`, `EXEC @procedure`. */
export function parseExecute(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  if (cursor.at('AS')) return parseExecuteAs(cursor, line)
  if (cursor.at('(')) return parseExecuteText(cursor, line)
  const isStatus = cursor.token.kind === 'variable' && cursor.peek().key === '='
  const status = isStatus ? { statusVariable: cursor.advance().text } : {}
  if (isStatus) cursor.expect('=')
  return { ...parseCall(cursor, line), ...status }
}

/** A call without EXEC. */
export function parseProcedureCall(cursor: TokenCursor): Statement {
  return parseCall(cursor, cursor.line)
}

function parseExecuteText(cursor: TokenCursor, line: number): ExecuteStatement {
  cursor.expect('(')
  const text = parseValue(cursor)
  if (cursor.at(',')) throw unsupportedOption('EXECUTE AT', line)
  cursor.expect(')')
  if (cursor.at('AS') || cursor.at('AT')) {
    throw unsupportedOption(`EXECUTE ${cursor.token.key}`, line)
  }
  return { kind: 'execute', text, arguments: [], ...parseExecuteOptions(cursor), line }
}

function parseCall(cursor: TokenCursor, line: number): ExecuteStatement {
  const target = parseTarget(cursor)
  const args = isArgumentAhead(cursor) ? parseArguments(cursor) : []
  return { kind: 'execute', ...target, arguments: args, ...parseExecuteOptions(cursor), line }
}

function parseTarget(cursor: TokenCursor): Target {
  if (cursor.token.kind === 'variable') return { procedureVariable: cursor.advance().text }
  const procedure: ObjectName = parseObjectName(cursor)
  // A numbered procedure: name;1. Only number 1 exists where there are no groups.
  if (cursor.at(';') && cursor.peek().kind === 'integer') {
    cursor.advance()
    cursor.advance()
  }
  return { procedure }
}

function isArgumentAhead(cursor: TokenCursor): boolean {
  const { kind, key } = cursor.token
  if (kind === 'end' || isStatementStart(key) || isLabelAhead(cursor)) return false
  return key !== ';' && key !== 'WITH' && key !== '}'
}

function parseArguments(cursor: TokenCursor): Argument[] {
  const args: Argument[] = []
  do {
    const { line } = cursor
    const argument = parseArgument(cursor)
    if (argument.name === '' && args.at(-1)?.name) throw nameMissing(args.length + 1, line)
    args.push(argument)
  } while (cursor.accept(','))
  return args
}

function parseArgument(cursor: TokenCursor): Argument {
  const isNamed = cursor.token.kind === 'variable' && cursor.peek().key === '='
  const name = isNamed ? cursor.advance().text : ''
  if (isNamed) cursor.expect('=')
  const value = parseArgumentValue(cursor)
  return { name, value, isOutput: cursor.acceptAny(['OUTPUT', 'OUT']) !== undefined }
}

/** A constant or a variable, no expression; a bare word is a string: `EXEC sp_help Customers`. */
function parseArgumentValue(cursor: TokenCursor): Expression {
  const { token } = cursor
  const { line } = token
  const literal = parseLiteral(cursor)
  if (literal !== undefined) return literal
  if (cursor.at('-') || cursor.at('+')) return parseSignedNumber(cursor)
  if (token.kind === 'variable' || token.kind === 'global-variable') {
    cursor.advance()
    return { kind: token.kind, name: token.text, line }
  }
  if (cursor.accept('DEFAULT')) {
    return { kind: 'literal', literalType: 'default', text: token.text, line }
  }
  const isWord = isIdentifier(token) || token.key === 'ON' || token.key === 'OFF'
  if (!isWord) cursor.fail()
  cursor.advance()
  return { kind: 'literal', literalType: 'unicode-string', text: token.text, line }
}

function parseSignedNumber(cursor: TokenCursor): Expression {
  const { key, line } = cursor.advance()
  if (!['integer', 'decimal', 'float', 'money'].includes(cursor.token.kind)) cursor.fail()
  const operand = parseLiteral(cursor) ?? cursor.fail()
  return key === '-' ? { kind: 'unary', operator: '-', operand, line } : operand
}
