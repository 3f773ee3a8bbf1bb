import type {
  CreateSchemaStatement,
  CreateSequenceStatement,
  CreateSynonymStatement,
  CreateTypeStatement,
  DropObjectStatement,
} from './ast-definition.ts'
import { parseWholeNumber } from './parse-column-definition.ts'
import { parseIndexOptions } from './parse-index-options.ts'
import { parseIdentifier, parseObjectName, parseTypeName } from './parse-name.ts'
import { parseTableElements } from './parse-table-definition.ts'
import { RefusedClause } from './refused-clause.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `TYPE name FROM type [NOT NULL]`, `TYPE name AS TABLE (…)`; CREATE has been read. */
export function parseCreateType(cursor: TokenCursor, line: number): CreateTypeStatement {
  cursor.expect('TYPE')
  const name = parseObjectName(cursor)
  if (cursor.accept('FROM')) {
    const type = parseTypeName(cursor)
    const nullable = !cursor.acceptSequence('NOT', 'NULL')
    if (nullable) cursor.accept('NULL')
    return { kind: 'create-type', name, definition: { kind: 'alias', type, nullable }, line }
  }
  if (cursor.at('EXTERNAL')) throw new RefusedClause('EXTERNAL NAME')
  cursor.expect('AS', 'TABLE')
  const elements = parseTableElements(cursor)
  parseIndexOptions(cursor)
  return { kind: 'create-type', name, definition: { kind: 'table', elements }, line }
}

/** `SCHEMA name | AUTHORIZATION owner | name AUTHORIZATION owner`; CREATE has been read. */
export function parseCreateSchema(cursor: TokenCursor, line: number): CreateSchemaStatement {
  cursor.expect('SCHEMA')
  if (cursor.accept('AUTHORIZATION')) {
    const owner = parseIdentifier(cursor)
    return { kind: 'create-schema', name: owner, owner, line }
  }
  const name = parseIdentifier(cursor)
  const owner = cursor.accept('AUTHORIZATION') ? { owner: parseIdentifier(cursor) } : {}
  return { kind: 'create-schema', name, ...owner, line }
}

type SequenceParts = {
  -readonly [Part in keyof CreateSequenceStatement]?: CreateSequenceStatement[Part]
}

/** `SEQUENCE name [AS type] [START WITH n] [INCREMENT BY n] …`; CREATE or ALTER has been read. */
export function parseSequence(
  cursor: TokenCursor,
  kind: CreateSequenceStatement['kind'],
  line: number,
): CreateSequenceStatement {
  cursor.expect('SEQUENCE')
  const name = parseObjectName(cursor)
  const parts: SequenceParts = {}
  while (parseSequenceOption(cursor, parts));
  return { ...parts, kind, name, line }
}

function parseSequenceOption(cursor: TokenCursor, parts: SequenceParts): boolean {
  if (cursor.accept('AS')) parts.type = parseTypeName(cursor)
  else if (cursor.acceptSequence('START', 'WITH')) parts.start = parseWholeNumber(cursor)
  else if (cursor.acceptSequence('RESTART', 'WITH')) parts.start = parseWholeNumber(cursor)
  else if (cursor.accept('RESTART')) parts.start = ''
  else if (cursor.acceptSequence('INCREMENT', 'BY')) parts.increment = parseWholeNumber(cursor)
  else if (cursor.accept('MINVALUE')) parts.minimum = parseWholeNumber(cursor)
  else if (cursor.accept('MAXVALUE')) parts.maximum = parseWholeNumber(cursor)
  else if (cursor.acceptSequence('NO', 'MINVALUE')) parts.minimum = ''
  else if (cursor.acceptSequence('NO', 'MAXVALUE')) parts.maximum = ''
  else if (cursor.accept('CYCLE')) parts.cycle = true
  else if (cursor.acceptSequence('NO', 'CYCLE')) parts.cycle = false
  else if (cursor.accept('CACHE')) skipCacheSize(cursor)
  else return cursor.acceptSequence('NO', 'CACHE')
  return true
}

function skipCacheSize(cursor: TokenCursor): void {
  if (cursor.token.kind === 'integer') cursor.advance()
}

/** `SYNONYM name FOR target`; CREATE has been read. */
export function parseCreateSynonym(cursor: TokenCursor, line: number): CreateSynonymStatement {
  cursor.expect('SYNONYM')
  const name = parseObjectName(cursor)
  cursor.expect('FOR')
  return { kind: 'create-synonym', name, target: parseObjectName(cursor), line }
}

const DROPPED_TYPES = {
  TABLE: 'table',
  VIEW: 'view',
  PROCEDURE: 'procedure',
  PROC: 'procedure',
  FUNCTION: 'function',
  TRIGGER: 'trigger',
  TYPE: 'type',
  SCHEMA: 'schema',
  SEQUENCE: 'sequence',
  SYNONYM: 'synonym',
} as const

/** `TABLE [IF EXISTS] a, b`; DROP has been read. */
export function parseDropObject(cursor: TokenCursor, line: number): DropObjectStatement {
  const word = cursor.acceptAny(DROPPED_WORDS) ?? cursor.fail()
  const type = DROPPED_TYPES[word]
  const ifExists = cursor.acceptSequence('IF', 'EXISTS')
  const names = [parseObjectName(cursor)]
  while (cursor.accept(',')) names.push(parseObjectName(cursor))
  if (type === 'trigger' && cursor.accept('ON')) throw new RefusedClause('TRIGGER ON DATABASE')
  return { kind: 'drop', type, names, ifExists, line }
}

const DROPPED_WORDS = Object.keys(DROPPED_TYPES) as (keyof typeof DROPPED_TYPES)[] // its own keys

export function isDropObjectAhead(cursor: TokenCursor): boolean {
  return DROPPED_WORDS.some((word) => cursor.at(word))
}
