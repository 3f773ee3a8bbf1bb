import type { ObjectName, TypeName } from './ast.ts'
import { isReserved } from './keywords.ts'
import { emptyName, tooManyPrefixes } from './syntax-error.ts'
import type { SyntaxToken } from './syntax-token.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Types of more than one word, by their words, and the one word they mean. */
const LONG_TYPE_NAMES: readonly (readonly [words: readonly string[], name: string])[] = [
  [['DOUBLE', 'PRECISION'], 'float'],
  [['NATIONAL', 'CHARACTER', 'VARYING'], 'nvarchar'],
  [['NATIONAL', 'CHAR', 'VARYING'], 'nvarchar'],
  [['NATIONAL', 'CHARACTER'], 'nchar'],
  [['NATIONAL', 'CHAR'], 'nchar'],
  [['NATIONAL', 'TEXT'], 'ntext'],
  [['CHARACTER', 'VARYING'], 'varchar'],
  [['CHAR', 'VARYING'], 'varchar'],
  [['BINARY', 'VARYING'], 'varbinary'],
]

export function isIdentifier(token: SyntaxToken): boolean {
  return token.kind === 'quoted-identifier' || (token.kind === 'word' && !isReserved(token.key))
}

/** `name:` of a label: the statement before it ends there. */
export function isLabelAhead(cursor: TokenCursor): boolean {
  return isIdentifier(cursor.token) && cursor.peek().key === ':'
}

export function isString(token: SyntaxToken): boolean {
  return token.kind === 'string' || token.kind === 'unicode-string'
}

/** @throws SqlError 102, 156, 1038 */
export function parseIdentifier(cursor: TokenCursor): string {
  if (!isIdentifier(cursor.token)) cursor.fail()
  return nonEmpty(cursor.advance())
}

/** A name, also as a string: column aliases, logical file names. */
export function parseIdentifierOrString(cursor: TokenCursor): string {
  if (!isString(cursor.token)) return parseIdentifier(cursor)
  return nonEmpty(cursor.advance())
}

function nonEmpty(token: SyntaxToken): string {
  if (token.text === '') throw emptyName(token.line)
  return token.text
}

/** `(a, b)` */
export function parseIdentifierList(cursor: TokenCursor): string[] {
  cursor.expect('(')
  const names = [parseIdentifier(cursor)]
  while (cursor.accept(',')) names.push(parseIdentifier(cursor))
  cursor.expect(')')
  return names
}

/** Names joined by points; a part between two points may be missing: `Northwind..Customers`. */
export function parseNameParts(cursor: TokenCursor): string[] {
  const parts = [parseIdentifier(cursor)]
  while (cursor.at('.') && cursor.peek().key !== '*') {
    cursor.advance()
    parts.push(cursor.at('.') ? '' : parseIdentifier(cursor))
  }
  return parts
}

/** @throws SqlError 117 with more than four parts */
export function parseObjectName(cursor: TokenCursor): ObjectName {
  const line = cursor.line
  return toObjectName(parseNameParts(cursor), line)
}

/** @throws SqlError 117 with more than four parts */
export function toObjectName(parts: readonly string[], line: number): ObjectName {
  if (parts.length > 4) throw tooManyPrefixes(parts.join('.'), 3, line)
  const [name = '', schema = '', database = '', server = ''] = parts.toReversed()
  return { server, database, schema, name, line }
}

export function parseTypeName(cursor: TokenCursor): TypeName {
  const long = LONG_TYPE_NAMES.find(([words]) => cursor.acceptSequence(...words))
  if (long !== undefined)
    return { schema: '', name: long[1], arguments: parseTypeArguments(cursor) }
  const parts = parseNameParts(cursor)
  if (parts.length > 2) throw tooManyPrefixes(parts.join('.'), 1, cursor.previous.line)
  const [name = '', schema = ''] = parts.toReversed()
  return { schema, name, arguments: parseTypeArguments(cursor) }
}

function parseTypeArguments(cursor: TokenCursor): (number | 'max')[] {
  if (!cursor.accept('(')) return []
  const values = [parseTypeArgument(cursor)]
  if (cursor.accept(',')) values.push(parseTypeArgument(cursor))
  cursor.expect(')')
  return values
}

function parseTypeArgument(cursor: TokenCursor): number | 'max' {
  if (cursor.accept('MAX')) return 'max'
  if (cursor.token.kind !== 'integer') cursor.fail()
  return Number(cursor.advance().text)
}
