import type { CommonTableExpression, Expression, Literal, TopClause } from './ast.ts'
import type {
  DeleteStatement,
  IdentityInsertStatement,
  InsertStatement,
  SetClause,
  TruncateStatement,
  UpdateStatement,
  WriteTarget,
} from './ast-change.ts'
import { parseCursorReference } from './parse-cursor.ts'
import { parseExecute } from './parse-execute.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { parseHints, parseOptionClause } from './parse-hint.ts'
import { parseIdentifierList, parseNameParts, parseObjectName } from './parse-name.ts'
import { parseOutput } from './parse-output.ts'
import { parseQuery } from './parse-query.ts'
import { ASSIGNMENT_OPERATORS, parseTop } from './parse-select.ts'
import { parseFrom } from './parse-table.ts'
import type { TokenCursor } from './token-cursor.ts'

type Ctes = readonly CommonTableExpression[]

/** `INSERT [TOP (n)] [INTO] target [(columns)] [OUTPUT …] VALUES … | SELECT … | EXEC … | DEFAULT VALUES` */
export function parseInsert(cursor: TokenCursor, ctes: Ctes): InsertStatement {
  const { line } = cursor.advance()
  const top = parseOptionalTop(cursor)
  cursor.accept('INTO')
  const target = parseWriteTarget(cursor)
  const columns = isColumnList(cursor) ? parseIdentifierList(cursor) : []
  const output = parseOutput(cursor)
  const source = parseInsertSource(cursor)
  return { kind: 'insert', with: ctes, ...top, target, columns, ...output, source, line }
}

/** A parenthesis behind the target opens a query when SELECT or another one stands in it. */
function isColumnList(cursor: TokenCursor): boolean {
  return cursor.at('(') && !['SELECT', '(', 'WITH'].includes(cursor.peek().key)
}

function parseInsertSource(cursor: TokenCursor): InsertStatement['source'] {
  if (cursor.acceptSequence('DEFAULT', 'VALUES')) return { kind: 'default-values' }
  if (cursor.accept('VALUES')) return { kind: 'values', rows: parseRows(cursor) }
  if (cursor.at('EXEC') || cursor.at('EXECUTE')) {
    const execute = parseExecute(cursor)
    if (execute.kind !== 'execute') cursor.fail()
    return { kind: 'execute', execute }
  }
  const query = parseQuery(cursor)
  return { kind: 'query', query: { ...query, ...parseOptionClause(cursor) } }
}

function parseRows(cursor: TokenCursor): Expression[][] {
  const rows: Expression[][] = []
  do {
    cursor.expect('(')
    const row = [parseValueOrDefault(cursor)]
    while (cursor.accept(',')) row.push(parseValueOrDefault(cursor))
    cursor.expect(')')
    rows.push(row)
  } while (cursor.accept(','))
  return rows
}

export function parseValueOrDefault(cursor: TokenCursor): Expression {
  const { text, line } = cursor.token
  if (!cursor.accept('DEFAULT')) return parseValue(cursor)
  return { kind: 'literal', literalType: 'default', text, line } satisfies Literal
}

/** `UPDATE [TOP (n)] target SET … [OUTPUT …] [FROM …] [WHERE …]` */
export function parseUpdate(cursor: TokenCursor, ctes: Ctes): UpdateStatement {
  const { line } = cursor.advance()
  const top = parseOptionalTop(cursor)
  const target = parseWriteTarget(cursor)
  cursor.expect('SET')
  const set = parseSetClauses(cursor)
  const output = parseOutput(cursor)
  const from = cursor.accept('FROM') ? parseFrom(cursor) : []
  const where = parseWhere(cursor)
  parseOptionClause(cursor)
  return { kind: 'update', with: ctes, ...top, target, set, ...output, from, ...where, line }
}

export function parseSetClauses(cursor: TokenCursor): SetClause[] {
  const clauses = [parseSetClause(cursor)]
  while (cursor.accept(',')) clauses.push(parseSetClause(cursor))
  return clauses
}

/** `column = value`, `@variable = value`, `@variable = column = value`, `column.WRITE(value, offset, length)` */
function parseSetClause(cursor: TokenCursor): SetClause {
  const { kind, line } = cursor.token
  const variable = kind === 'variable' ? { variable: cursor.advance().text } : {}
  if (kind === 'variable' && !isColumnAssignment(cursor)) {
    return {
      ...variable,
      operator: parseAssignmentOperator(cursor),
      value: parseValue(cursor),
      line,
    }
  }
  if (kind === 'variable') cursor.expect('=')
  const column = parseNameParts(cursor)
  if (cursor.at('(') && column.at(-1)?.toUpperCase() === 'WRITE') {
    return { ...parseWriteMethod(cursor), column: column.slice(0, -1), operator: '=', line }
  }
  const operator = parseAssignmentOperator(cursor)
  return { ...variable, column, operator, value: parseValueOrDefault(cursor), line }
}

/** `@v = column = value`: a name and another sign of equality follow. */
function isColumnAssignment(cursor: TokenCursor): boolean {
  if (!cursor.at('=')) return false
  let distance = 1
  while (cursor.peek(distance + 1).key === '.') distance += 2
  return ASSIGNMENT_OPERATORS.some((operator) => operator === cursor.peek(distance + 1).key)
}

function parseAssignmentOperator(cursor: TokenCursor): SetClause['operator'] {
  return cursor.acceptAny(ASSIGNMENT_OPERATORS) ?? cursor.fail()
}

function parseWriteMethod(cursor: TokenCursor): Pick<SetClause, 'value' | 'write'> {
  cursor.expect('(')
  const value = parseValue(cursor)
  cursor.expect(',')
  const offset = parseValue(cursor)
  cursor.expect(',')
  const length = parseValue(cursor)
  cursor.expect(')')
  return { value, write: { offset, length } }
}

/** `DELETE [TOP (n)] [FROM] target [OUTPUT …] [FROM …] [WHERE …]` */
export function parseDelete(cursor: TokenCursor, ctes: Ctes): DeleteStatement {
  const { line } = cursor.advance()
  const top = parseOptionalTop(cursor)
  cursor.accept('FROM')
  const target = parseWriteTarget(cursor)
  const output = parseOutput(cursor)
  const from = cursor.accept('FROM') ? parseFrom(cursor) : []
  const where = parseWhere(cursor)
  parseOptionClause(cursor)
  return { kind: 'delete', with: ctes, ...top, target, ...output, from, ...where, line }
}

export function parseTruncate(cursor: TokenCursor): TruncateStatement {
  const { line } = cursor.advance()
  cursor.expect('TABLE')
  return { kind: 'truncate', table: parseObjectName(cursor), line }
}

/** `SET IDENTITY_INSERT table ON | OFF`; SET has been read. */
export function parseIdentityInsert(cursor: TokenCursor, line: number): IdentityInsertStatement {
  cursor.expect('IDENTITY_INSERT')
  const table = parseObjectName(cursor)
  const state = cursor.acceptAny(['ON', 'OFF']) ?? cursor.fail()
  return { kind: 'identity-insert', table, isOn: state === 'ON', line }
}

export function parseOptionalTop(cursor: TokenCursor): { top?: TopClause } {
  return cursor.at('TOP') ? { top: parseTop(cursor) } : {}
}

/** A table by its name or a variable, with its hints; no alias can be given here. */
export function parseWriteTarget(cursor: TokenCursor): WriteTarget {
  const { kind, text, line } = cursor.token
  if (kind === 'variable') {
    cursor.advance()
    return { kind: 'table-variable', name: text, line }
  }
  const name = parseObjectName(cursor)
  return { kind: 'table', name, hints: parseHints(cursor), line }
}

function parseWhere(cursor: TokenCursor): Pick<UpdateStatement, 'where' | 'currentOf'> {
  if (!cursor.accept('WHERE')) return {}
  if (cursor.acceptSequence('CURRENT', 'OF')) return { currentOf: parseCursorReference(cursor) }
  return { where: parseCondition(cursor) }
}
