import type { Batch, Expression, QueryExpression, TypeName } from './ast.ts'
import { refuseReturnValues } from './check-module-body.ts'
import { lex } from './lex.ts'
import { parseAnyExpression } from './parse-expression.ts'
import { isIdentifier, parseIdentifierList, parseObjectName, parseTypeName } from './parse-name.ts'
import { parseLiteral } from './parse-primary.ts'
import { parseFullQuery } from './parse-query.ts'
import { parseStatements } from './parse-statement.ts'
import { TokenCursor } from './token-cursor.ts'

/** What the session's settings decide about the reading of a batch. */
export interface ParseOptions {
  /** SET QUOTED_IDENTIFIER: "x" is a name when on, a string when off. */
  readonly quotedIdentifier: boolean
}

/** A view's own column names ([] when it takes those of its query) and its query. */
export interface ViewBody {
  readonly columns: readonly string[]
  readonly query: QueryExpression
  readonly hasCheckOption: boolean
}

/** One parameter of sp_executesql's and sp_prepare's declaration. */
export interface ParameterDeclaration {
  /** With its `@`. */
  readonly name: string
  readonly type: TypeName
  /** `= value`. */
  readonly initial?: Expression
  readonly isOutput: boolean
  /** A table-valued parameter. */
  readonly isReadOnly: boolean
}

/**
 * The statements of one batch. Names are not looked up.
 * @throws SqlError 102, 156 and their kin, severity 15, with the line in the batch; 40510 and 40517 for
 * what the sandbox does not have
 */
export function parseBatch(text: string, options: ParseOptions): Batch {
  const cursor = new TokenCursor(lex(text, options), text)
  const statements = parseStatements(cursor)
  refuseReturnValues(statements)
  return { statements }
}

/**
 * An expression on its own: the text of a computed column, a default or a check constraint.
 * @throws SqlError as `parseBatch`
 */
export function parseExpression(text: string): Expression {
  const cursor = new TokenCursor(lex(text, { quotedIdentifier: true }), text)
  const expression = parseAnyExpression(cursor)
  cursor.expectEnd()
  return expression
}

/**
 * The query of a `CREATE VIEW` text, as sys.sql_modules keeps it.
 * @throws SqlError as `parseBatch`
 */
export function parseViewBody(createViewText: string): ViewBody {
  const tokens = lex(createViewText, { quotedIdentifier: true })
  const cursor = new TokenCursor(tokens, createViewText)
  if (!cursor.accept('ALTER')) {
    cursor.expect('CREATE')
    cursor.acceptSequence('OR', 'ALTER')
  }
  cursor.expect('VIEW')
  parseObjectName(cursor)
  const columns = cursor.at('(') ? parseIdentifierList(cursor) : []
  skipViewAttributes(cursor)
  cursor.expect('AS')
  const query = parseFullQuery(cursor)
  const hasCheckOption = cursor.acceptSequence('WITH', 'CHECK', 'OPTION')
  while (cursor.accept(';'));
  cursor.expectEnd()
  return { columns, query, hasCheckOption }
}

/** WITH SCHEMABINDING, ENCRYPTION, VIEW_METADATA: none changes what the query answers. */
function skipViewAttributes(cursor: TokenCursor): void {
  if (!cursor.accept('WITH')) return
  do {
    if (!isIdentifier(cursor.token)) cursor.fail()
    cursor.advance()
  } while (cursor.accept(','))
}

/**
 * `@a int, @b nvarchar(20) = N'x' OUTPUT`; [] for an empty text.
 * @throws SqlError 102, 156
 */
export function parseParameterList(text: string): ParameterDeclaration[] {
  const cursor = new TokenCursor(lex(text, { quotedIdentifier: true }), text)
  if (cursor.isAtEnd) return []
  const parameters = [parseParameter(cursor)]
  while (cursor.accept(',')) parameters.push(parseParameter(cursor))
  cursor.expectEnd()
  return parameters
}

function parseParameter(cursor: TokenCursor): ParameterDeclaration {
  if (cursor.token.kind !== 'variable') cursor.fail()
  const name = cursor.advance().text
  cursor.accept('AS')
  const type = parseTypeName(cursor)
  const initial = cursor.accept('=') ? { initial: parseLiteral(cursor) ?? cursor.fail() } : {}
  const isOutput = cursor.acceptAny(['OUTPUT', 'OUT']) !== undefined
  const isReadOnly = cursor.accept('READONLY')
  return { name, type, ...initial, isOutput, isReadOnly }
}
