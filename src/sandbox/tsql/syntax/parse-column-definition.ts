import type { ColumnDefinition, ConstraintDefinition, TableElement } from './ast-definition.ts'
import { parseColumnConstraint } from './parse-constraint.ts'
import { parseValue } from './parse-expression.ts'
import { parseInlineIndex } from './parse-index-definition.ts'
import { parseIdentifier, parseTypeName } from './parse-name.ts'
import { RefusedClause } from './refused-clause.ts'
import type { TokenCursor } from './token-cursor.ts'

/** What stands behind the type of a column, gathered word by word. */
interface ColumnParts {
  collation?: string
  nullable?: boolean
  identity?: { readonly seed: string; readonly increment: string }
  isRowGuid: boolean
  isSparse: boolean
  readonly constraints: ConstraintDefinition[]
  /** `INDEX name` behind a column. */
  readonly indexes: TableElement[]
}

/** `name type …`, `name AS expression …`; an INDEX written behind it follows as an element of its own. */
export function parseColumnDefinition(cursor: TokenCursor): readonly TableElement[] {
  const { line } = cursor
  const name = parseIdentifier(cursor)
  const parts: ColumnParts = { isRowGuid: false, isSparse: false, constraints: [], indexes: [] }
  if (cursor.accept('AS')) {
    const computed = parseComputed(cursor, parts)
    return [column({ name, line, computed }, parts), ...parts.indexes]
  }
  // A column may be called timestamp and leave its type out.
  const isTimestamp = name.toLowerCase() === 'timestamp' && [',', ')'].includes(cursor.token.key)
  const type = isTimestamp ? TIMESTAMP : parseTypeName(cursor)
  while (parseColumnOption(cursor, name, parts));
  return [column({ name, line, type }, parts), ...parts.indexes]
}

const TIMESTAMP = { schema: '', name: 'timestamp', arguments: [] } as const

function column(
  named: Pick<ColumnDefinition, 'name' | 'line' | 'type' | 'computed'>,
  { indexes: _apart, ...parts }: ColumnParts,
): ColumnDefinition {
  return { kind: 'column', ...named, ...parts }
}

/** `expression [PERSISTED [NOT NULL]]` and constraints; AS has been read. */
function parseComputed(
  cursor: TokenCursor,
  parts: ColumnParts,
): { readonly text: string; readonly isPersisted: boolean } {
  const start = cursor.position
  parseValue(cursor)
  const text = cursor.textFrom(start)
  const isPersisted = cursor.accept('PERSISTED')
  if (cursor.acceptSequence('NOT', 'NULL')) parts.nullable = false
  while (acceptConstraint(cursor, parts));
  return { text, isPersisted }
}

/** @returns whether one was there */
function parseColumnOption(cursor: TokenCursor, column: string, parts: ColumnParts): boolean {
  if (cursor.accept('COLLATE')) parts.collation = parseIdentifier(cursor)
  else if (cursor.accept('NULL')) parts.nullable = true
  else if (cursor.acceptSequence('NOT', 'NULL')) parts.nullable = false
  else if (cursor.accept('IDENTITY')) parts.identity = parseIdentity(cursor)
  else if (cursor.accept('ROWGUIDCOL')) parts.isRowGuid = true
  else if (cursor.accept('SPARSE')) parts.isSparse = true
  else if (cursor.at('INDEX')) parts.indexes.push(parseInlineIndex(cursor, column))
  else if (!acceptIgnored(cursor)) return acceptConstraint(cursor, parts)
  return true
}

function acceptConstraint(cursor: TokenCursor, parts: ColumnParts): boolean {
  const name = cursor.accept('CONSTRAINT') ? parseIdentifier(cursor) : undefined
  // A name may stand before NULL and NOT NULL as well; it is not kept.
  if (name !== undefined && (cursor.at('NULL') || cursor.at('NOT'))) return true
  const constraint = parseColumnConstraint(cursor, name)
  if (constraint === undefined) return name === undefined ? false : cursor.fail()
  parts.constraints.push(constraint)
  return true
}

/** `IDENTITY`, `IDENTITY(1, 1)`; the word has been read. */
function parseIdentity(cursor: TokenCursor): { seed: string; increment: string } {
  if (!cursor.accept('(')) return { seed: '1', increment: '1' }
  const seed = parseWholeNumber(cursor)
  cursor.expect(',')
  const increment = parseWholeNumber(cursor)
  cursor.expect(')')
  return { seed, increment }
}

/** `-5`, `10` */
export function parseWholeNumber(cursor: TokenCursor): string {
  const sign = cursor.accept('-') ? '-' : ''
  if (sign === '') cursor.accept('+')
  const { kind, text } = cursor.token
  const isWhole = kind === 'integer' || (kind === 'decimal' && /^\d+\.0*$/.test(text))
  if (!isWhole) cursor.fail()
  cursor.advance()
  return `${sign}${text.split('.')[0] ?? '0'}`
}

const REFUSED = ['ENCRYPTED', 'FILESTREAM', 'GENERATED', 'MASKED', 'HIDDEN', 'COLUMN_SET'] as const

function acceptIgnored(cursor: TokenCursor): boolean {
  const refused = REFUSED.find((word) => cursor.at(word))
  if (refused !== undefined) throw new RefusedClause(refused)
  return cursor.acceptSequence('NOT', 'FOR', 'REPLICATION')
}
