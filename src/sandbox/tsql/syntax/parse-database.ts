import type { AdministrationStatement, DatabaseFileSpecification, Statement } from './ast.ts'
import { isString, parseIdentifier, parseIdentifierOrString } from './parse-name.ts'
import { parseWrite } from './parse-write.ts'
import type { TokenCursor } from './token-cursor.ts'

type CreateDatabase = Extract<AdministrationStatement, { kind: 'create-database' }>
type Attach = CreateDatabase['attach']

/** Without a semicolon a bare word could start the next statement; these are options' values. */
const OPTION_VALUES = new Set([
  'BULK_LOGGED',
  'CHECKSUM',
  'FORCED',
  'FULL',
  'GLOBAL',
  'LOCAL',
  'MINUTES',
  'NONE',
  'OFF',
  'ON',
  'SECONDS',
  'SIMPLE',
  'TORN_PAGE_DETECTION',
])

/** `CREATE DATABASE name [ON files [LOG ON files]] [COLLATE …] [FOR ATTACH | FOR ATTACH_REBUILD_LOG]` */
export function parseCreateDatabase(cursor: TokenCursor): Statement {
  const second = cursor.peek(2).key
  // CREATE DATABASE AUDIT SPECIFICATION, ENCRYPTION KEY, SCOPED CREDENTIAL
  if (['AUDIT', 'ENCRYPTION', 'SCOPED'].includes(second) && cursor.peek(3).kind === 'word') {
    return parseWrite(cursor)
  }
  const { line } = cursor.token
  cursor.expect('CREATE', 'DATABASE')
  const name = parseIdentifier(cursor)
  skipContainment(cursor)
  const files = cursor.accept('ON') ? parseDataFiles(cursor) : []
  const logFiles = cursor.acceptSequence('LOG', 'ON') ? parseFiles(cursor) : []
  const collation = cursor.accept('COLLATE') ? { collation: parseIdentifier(cursor) } : {}
  if (cursor.at('AS')) return parseWriteFrom(cursor, line)
  const attach = parseAttach(cursor)
  skipWithOptions(cursor)
  return { kind: 'create-database', name, files, logFiles, attach, ...collation, line }
}

/** AS SNAPSHOT OF and AS COPY OF make a database from another one. */
function parseWriteFrom(cursor: TokenCursor, line: number): Statement {
  const words = `${cursor.advance().key} ${cursor.advance().key}`
  cursor.expect('OF')
  parseIdentifier(cursor)
  return { kind: 'write', verb: `CREATE DATABASE ${words}`, line }
}

function skipContainment(cursor: TokenCursor): void {
  if (cursor.acceptSequence('CONTAINMENT', '=')) cursor.advance()
}

function parseDataFiles(cursor: TokenCursor): DatabaseFileSpecification[] {
  cursor.accept('PRIMARY')
  return parseFiles(cursor)
}

/** `(FILENAME = '…', NAME = x, SIZE = 5MB), FILEGROUP fg (…), …` */
function parseFiles(cursor: TokenCursor): DatabaseFileSpecification[] {
  const files: DatabaseFileSpecification[] = []
  do {
    if (cursor.accept('FILEGROUP')) {
      parseIdentifier(cursor)
      if (cursor.accept('CONTAINS')) cursor.advance()
      cursor.accept('DEFAULT')
    }
    files.push(parseFile(cursor))
  } while (cursor.accept(','))
  return files
}

function parseFile(cursor: TokenCursor): DatabaseFileSpecification {
  cursor.expect('(')
  let logicalName: { logicalName?: string } = {}
  let physicalPath: string | undefined
  do {
    if (cursor.acceptSequence('NAME', '=')) {
      logicalName = { logicalName: parseIdentifierOrString(cursor) }
    } else if (cursor.acceptSequence('FILENAME', '=')) {
      if (!isString(cursor.token)) cursor.fail()
      physicalPath = cursor.advance().text
    } else {
      skipFileOption(cursor)
    }
  } while (cursor.accept(','))
  cursor.expect(')')
  return { ...logicalName, physicalPath: physicalPath ?? '' }
}

/** `SIZE = 5MB`, `MAXSIZE = UNLIMITED`, `FILEGROWTH = 10 %` */
function skipFileOption(cursor: TokenCursor): void {
  if (cursor.acceptAny(['SIZE', 'MAXSIZE', 'FILEGROWTH']) === undefined) cursor.fail()
  cursor.expect('=')
  while (!cursor.at(',') && !cursor.at(')') && !cursor.isAtEnd) cursor.advance()
}

function parseAttach(cursor: TokenCursor): Attach {
  if (!cursor.accept('FOR')) return 'none'
  if (cursor.accept('ATTACH')) return 'attach'
  cursor.expect('ATTACH_REBUILD_LOG')
  return 'attach-rebuild-log'
}

/** WITH TRUSTWORTHY ON, DB_CHAINING ON, ENABLE_BROKER, FILESTREAM (…): nothing the sandbox has. */
function skipWithOptions(cursor: TokenCursor): void {
  if (!cursor.accept('WITH')) return
  do {
    parseIdentifier(cursor)
    if (cursor.at('(')) skipParentheses(cursor)
    else if (cursor.accept('=')) cursor.advance()
    else cursor.acceptAny(['ON', 'OFF'])
  } while (cursor.accept(','))
}

function skipParentheses(cursor: TokenCursor): void {
  const closer = cursor.closerOf(cursor.position)
  while (cursor.position < closer && !cursor.isAtEnd) cursor.advance()
  cursor.expect(')')
}

/** `DROP DATABASE [IF EXISTS] a, b` */
export function parseDropDatabase(cursor: TokenCursor): Statement {
  const second = cursor.peek(2).key
  if (['AUDIT', 'ENCRYPTION', 'SCOPED'].includes(second) && cursor.peek(3).kind === 'word') {
    return parseWrite(cursor)
  }
  const { line } = cursor.token
  cursor.expect('DROP', 'DATABASE')
  const ifExists = cursor.acceptSequence('IF', 'EXISTS')
  const names = [parseIdentifier(cursor)]
  while (cursor.accept(',')) names.push(parseIdentifier(cursor))
  return { kind: 'drop-database', names, ifExists, line }
}

/** `ALTER DATABASE name | CURRENT SET … | MODIFY NAME = …`; changes of files and collation are writes. */
export function parseAlterDatabase(cursor: TokenCursor): Statement {
  const follower = cursor.peek(3)
  const isSet = follower.key === 'SET' && cursor.peek(4).key !== '('
  const isRename = follower.key === 'MODIFY' && cursor.peek(4).key === 'NAME'
  if (!isSet && !isRename) return parseWrite(cursor)
  const { line } = cursor.token
  cursor.expect('ALTER', 'DATABASE')
  const name = cursor.accept('CURRENT') ? '' : parseIdentifier(cursor)
  if (cursor.acceptSequence('MODIFY', 'NAME', '=')) {
    const newName = parseIdentifier(cursor)
    return { kind: 'alter-database', name, options: [], termination: '', newName, line }
  }
  cursor.expect('SET')
  const options = [parseDatabaseOption(cursor)]
  while (cursor.accept(',')) options.push(parseDatabaseOption(cursor))
  const termination = cursor.accept('WITH') ? parseTermination(cursor) : ''
  return { kind: 'alter-database', name, options, termination, line }
}

/** `SINGLE_USER`, `RECOVERY SIMPLE`, `COMPATIBILITY_LEVEL = 110`, `QUERY_STORE = ON (…)` */
function parseDatabaseOption(cursor: TokenCursor): string {
  if (cursor.token.kind !== 'word') cursor.fail()
  const words = [cursor.advance().key]
  while (cursor.at('=') || isOptionValue(cursor)) words.push(cursor.advance().text.toUpperCase())
  if (cursor.at('(')) words.push(readParentheses(cursor))
  return words.join(' ')
}

function isOptionValue(cursor: TokenCursor): boolean {
  const { token } = cursor
  if (cursor.previous.key === '=') return token.kind === 'word' || token.kind === 'integer'
  return OPTION_VALUES.has(token.key)
}

function readParentheses(cursor: TokenCursor): string {
  const closer = cursor.closerOf(cursor.position)
  const words: string[] = []
  while (cursor.position <= closer && !cursor.isAtEnd) {
    words.push(cursor.advance().text.toUpperCase())
  }
  return words.join(' ')
}

/** `ROLLBACK IMMEDIATE`, `ROLLBACK AFTER 5 SECONDS`, `NO_WAIT` */
function parseTermination(cursor: TokenCursor): string {
  if (cursor.accept('NO_WAIT')) return 'NO_WAIT'
  cursor.expect('ROLLBACK')
  if (cursor.accept('IMMEDIATE')) return 'ROLLBACK IMMEDIATE'
  cursor.expect('AFTER')
  const seconds = cursor.advance()
  if (seconds.kind !== 'integer') cursor.fail(seconds)
  cursor.accept('SECONDS')
  return `ROLLBACK AFTER ${seconds.text} SECONDS`
}
