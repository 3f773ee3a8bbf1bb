import type { ConstraintDefinition, IndexColumn, ReferentialAction } from './ast-definition.ts'
import { parseCondition, parseValue } from './parse-expression.ts'
import { parseIndexOptions, parseStoragePlaces } from './parse-index-options.ts'
import { parseIdentifier, parseIdentifierList, parseObjectName } from './parse-name.ts'
import { RefusedClause } from './refused-clause.ts'
import type { TokenCursor } from './token-cursor.ts'

type Constraint = ConstraintDefinition['constraint']

/** First words of a constraint; CONSTRAINT with a name may come before. */
const CONSTRAINT_STARTS = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'DEFAULT']

export function isConstraintAhead(cursor: TokenCursor): boolean {
  return CONSTRAINT_STARTS.includes(cursor.token.key)
}

/** A constraint of a table: `[CONSTRAINT name] PRIMARY KEY (…) | UNIQUE | FOREIGN KEY | CHECK | DEFAULT` */
export function parseTableConstraint(cursor: TokenCursor): ConstraintDefinition {
  const { line } = cursor
  const name = cursor.accept('CONSTRAINT') ? { name: parseIdentifier(cursor) } : {}
  return { kind: 'constraint', ...name, constraint: parseBody(cursor, 'table'), line }
}

/** A constraint behind a column, or undefined when none comes; its name has been read. */
export function parseColumnConstraint(
  cursor: TokenCursor,
  name: string | undefined,
): ConstraintDefinition | undefined {
  const { line } = cursor
  if (!isConstraintAhead(cursor) && !cursor.at('REFERENCES')) return undefined
  const constraint = parseBody(cursor, 'column')
  return { kind: 'constraint', ...(name === undefined ? {} : { name }), constraint, line }
}

function parseBody(cursor: TokenCursor, place: 'table' | 'column'): Constraint {
  if (cursor.accept('DEFAULT')) return parseDefault(cursor)
  if (cursor.accept('CHECK')) return parseCheck(cursor)
  if (cursor.acceptSequence('PRIMARY', 'KEY')) return parseKey(cursor, 'primary-key', place)
  if (cursor.accept('UNIQUE')) return parseKey(cursor, 'unique', place)
  if (cursor.acceptSequence('FOREIGN', 'KEY')) {
    return parseReferences(cursor, cursor.at('(') ? parseIdentifierList(cursor) : [])
  }
  if (place === 'column' && cursor.at('REFERENCES')) return parseReferences(cursor, [])
  return cursor.fail()
}

/** `DEFAULT value [FOR column] [WITH VALUES]` */
function parseDefault(cursor: TokenCursor): Constraint {
  const start = cursor.position
  parseValue(cursor)
  const text = cursor.textFrom(start)
  const column = cursor.accept('FOR') ? { column: parseIdentifier(cursor) } : {}
  const withValues = cursor.acceptSequence('WITH', 'VALUES')
  return { kind: 'default', text, ...column, withValues }
}

function parseCheck(cursor: TokenCursor): Constraint {
  cursor.acceptSequence('NOT', 'FOR', 'REPLICATION')
  cursor.expect('(')
  const start = cursor.position
  parseCondition(cursor)
  const text = cursor.textFrom(start)
  cursor.expect(')')
  return { kind: 'check', text }
}

function parseKey(
  cursor: TokenCursor,
  kind: 'primary-key' | 'unique',
  place: 'table' | 'column',
): Constraint {
  const clustered = parseClustered(cursor)
  if (cursor.at('HASH')) throw new RefusedClause('HASH')
  const columns = place === 'table' || cursor.at('(') ? parseIndexColumns(cursor) : []
  const { ignoreDuplicateKeys = false } = parseIndexOptions(cursor)
  parseStoragePlaces(cursor)
  return { kind, columns, ...clustered, ignoreDuplicateKeys }
}

export function parseClustered(cursor: TokenCursor): { readonly clustered?: boolean } {
  const word = cursor.acceptAny(['CLUSTERED', 'NONCLUSTERED'])
  return word === undefined ? {} : { clustered: word === 'CLUSTERED' }
}

/** `(a, b DESC)` */
export function parseIndexColumns(cursor: TokenCursor): IndexColumn[] {
  const columns: IndexColumn[] = []
  cursor.expect('(')
  do {
    const name = parseIdentifier(cursor)
    columns.push({ name, descending: cursor.acceptAny(['ASC', 'DESC']) === 'DESC' })
  } while (cursor.accept(','))
  cursor.expect(')')
  return columns
}

/** `REFERENCES table [(columns)] [ON DELETE …] [ON UPDATE …]` */
function parseReferences(cursor: TokenCursor, columns: readonly string[]): Constraint {
  cursor.expect('REFERENCES')
  const table = parseObjectName(cursor)
  const referencedColumns = cursor.at('(') ? parseIdentifierList(cursor) : []
  let onDelete: ReferentialAction = 'no-action'
  let onUpdate: ReferentialAction = 'no-action'
  for (;;) {
    if (cursor.acceptSequence('ON', 'DELETE')) onDelete = parseAction(cursor)
    else if (cursor.acceptSequence('ON', 'UPDATE')) onUpdate = parseAction(cursor)
    else if (!cursor.acceptSequence('NOT', 'FOR', 'REPLICATION')) break
  }
  return { kind: 'foreign-key', columns, table, referencedColumns, onDelete, onUpdate }
}

function parseAction(cursor: TokenCursor): ReferentialAction {
  if (cursor.acceptSequence('NO', 'ACTION')) return 'no-action'
  if (cursor.accept('CASCADE')) return 'cascade'
  if (cursor.acceptSequence('SET', 'NULL')) return 'set-null'
  cursor.expect('SET', 'DEFAULT')
  return 'set-default'
}
