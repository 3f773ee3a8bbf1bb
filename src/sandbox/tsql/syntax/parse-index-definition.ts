import type {
  AlterIndexStatement,
  CreateIndexStatement,
  DropIndexStatement,
  InlineIndex,
} from './ast-definition.ts'
import { parseClustered, parseIndexColumns } from './parse-constraint.ts'
import { parseCondition } from './parse-expression.ts'
import { parseIndexOptions, parseOptionList, parseStoragePlaces } from './parse-index-options.ts'
import {
  parseIdentifier,
  parseIdentifierList,
  parseNameParts,
  parseObjectName,
  toObjectName,
} from './parse-name.ts'
import { RefusedClause } from './refused-clause.ts'
import { skipToken } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `[UNIQUE] [CLUSTERED | NONCLUSTERED] INDEX name ON table (…) …`; CREATE has been read. */
export function parseCreateIndex(cursor: TokenCursor, line: number): CreateIndexStatement {
  const unique = cursor.accept('UNIQUE')
  const { clustered = false } = parseClustered(cursor)
  cursor.expect('INDEX')
  const name = parseIdentifier(cursor)
  cursor.expect('ON')
  const table = parseObjectName(cursor)
  const columns = parseIndexColumns(cursor)
  const rest = parseIndexRest(cursor)
  const { dropExisting, ...parts } = rest
  const index: InlineIndex = { kind: 'index', name, columns, unique, clustered, ...parts, line }
  return { kind: 'create-index', table, index, dropExisting, line }
}

/** `INDEX name [UNIQUE] [CLUSTERED] [(columns)] …` in CREATE TABLE; behind a column it is on that. */
export function parseInlineIndex(cursor: TokenCursor, column?: string): InlineIndex {
  const { line } = cursor.advance()
  const name = parseIdentifier(cursor)
  const unique = cursor.accept('UNIQUE')
  const { clustered = false } = parseClustered(cursor)
  if (cursor.at('HASH') || cursor.at('COLUMNSTORE')) throw new RefusedClause(cursor.token.key)
  const isOfColumn = column !== undefined && !cursor.at('(')
  const columns = isOfColumn ? [{ name: column, descending: false }] : parseIndexColumns(cursor)
  const { dropExisting: _never, ...parts } = parseIndexRest(cursor)
  return { kind: 'index', name, columns, unique, clustered, ...parts, line }
}

type IndexRest = Pick<InlineIndex, 'include' | 'filterText' | 'ignoreDuplicateKeys'> & {
  readonly dropExisting: boolean
}

/** `[INCLUDE (…)] [WHERE …] [WITH (…)] [ON …]` */
function parseIndexRest(cursor: TokenCursor): IndexRest {
  const include = cursor.accept('INCLUDE') ? parseIdentifierList(cursor) : []
  const filter = cursor.accept('WHERE') ? { filterText: parseConditionText(cursor) } : {}
  const { ignoreDuplicateKeys = false, dropExisting } = parseIndexOptions(cursor)
  parseStoragePlaces(cursor)
  return { include, ...filter, ignoreDuplicateKeys, dropExisting }
}

function parseConditionText(cursor: TokenCursor): string {
  const start = cursor.position
  parseCondition(cursor)
  return cursor.textFrom(start)
}

const INDEX_ACTIONS = ['REBUILD', 'REORGANIZE', 'DISABLE', 'SET'] as const

/** `INDEX name | ALL ON table REBUILD | REORGANIZE | DISABLE | SET (…)`; ALTER has been read. */
export function parseAlterIndex(cursor: TokenCursor, line: number): AlterIndexStatement {
  cursor.expect('INDEX')
  const name = cursor.accept('ALL') ? {} : { name: parseIdentifier(cursor) }
  cursor.expect('ON')
  const table = parseObjectName(cursor)
  const word = cursor.acceptAny(INDEX_ACTIONS) ?? cursor.fail()
  const { ignoreDuplicateKeys } = parseAlterOptions(cursor, word)
  const duplicates = ignoreDuplicateKeys === undefined ? {} : { ignoreDuplicateKeys }
  const action = ACTION_NAMES[word]
  return { kind: 'alter-index', ...name, table, action, ...duplicates, line }
}

const ACTION_NAMES = {
  REBUILD: 'rebuild',
  REORGANIZE: 'reorganize',
  DISABLE: 'disable',
  SET: 'set',
} as const

function parseAlterOptions(cursor: TokenCursor, word: (typeof INDEX_ACTIONS)[number]) {
  if (word === 'SET') {
    cursor.expect('(')
    const options = parseOptionList(cursor, { ignoreDuplicateKeys: undefined, dropExisting: false })
    cursor.expect(')')
    return options
  }
  if (cursor.acceptSequence('PARTITION', '=')) skipToken(cursor)
  return parseIndexOptions(cursor)
}

/** `INDEX [IF EXISTS] name ON table, …`, or of old `table.name`; DROP has been read. */
export function parseDropIndex(cursor: TokenCursor, line: number): DropIndexStatement {
  cursor.expect('INDEX')
  const ifExists = cursor.acceptSequence('IF', 'EXISTS')
  const indexes: DropIndexStatement['indexes'][number][] = []
  do {
    indexes.push(parseDroppedIndex(cursor))
  } while (cursor.accept(','))
  return { kind: 'drop-index', ifExists, indexes, line }
}

function parseDroppedIndex(cursor: TokenCursor): DropIndexStatement['indexes'][number] {
  const { line } = cursor
  const parts = parseNameParts(cursor)
  const name = parts.at(-1) ?? ''
  const isOnTable = cursor.accept('ON')
  const table = isOnTable ? parseObjectName(cursor) : toObjectName(parts.slice(0, -1), line)
  if (!isOnTable && parts.length < 2) cursor.fail()
  parseIndexOptions(cursor)
  return { name, table }
}
