import type { Statement, WriteStatement } from './ast.ts'
import type { DeclareTableStatement } from './ast-change.ts'
import { isStatementStart } from './keywords.ts'
import { parseDefinition, refusing } from './parse-definition.ts'
import { parseHints } from './parse-hint.ts'
import { parseObjectName } from './parse-name.ts'
import { isQueryAhead } from './parse-query.ts'
import { parseTop } from './parse-select.ts'
import { parseStatement } from './parse-statement.ts'
import { parseSwitchTrigger, parseTableElements } from './parse-table-definition.ts'
import { parseTarget, skipRest, skipToken } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** First words of statements that are refused when they run. */
const WRITES = new Set(
  `ALTER BACKUP BULK CLOSE CREATE DEALLOCATE DELETE DENY DROP FETCH GRANT INSERT MERGE OPEN READTEXT
  RESTORE REVERT REVOKE SETUSER TRUNCATE UPDATE UPDATETEXT WRITETEXT`.split(/\s+/),
)

export function isWriteAhead(cursor: TokenCursor): boolean {
  const { key } = cursor.token
  if (WRITES.has(key)) return true
  return (key === 'ENABLE' || key === 'DISABLE') && cursor.peek().key === 'TRIGGER'
}

/** A statement that writes: its verb, its target, and over the rest of it. */
export function parseWrite(cursor: TokenCursor): Statement {
  const { key } = cursor.token
  switch (key) {
    case 'INSERT':
      return parseInsert(cursor)
    case 'UPDATE':
      return parseUpdate(cursor)
    case 'DELETE':
      return parseDelete(cursor)
    case 'MERGE':
      return parseMerge(cursor)
    case 'TRUNCATE':
      return parseTruncate(cursor)
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
      return parseDefinition(cursor)
    case 'GRANT':
    case 'DENY':
    case 'REVOKE':
      return parsePermission(cursor)
    case 'BACKUP':
    case 'RESTORE':
    case 'BULK':
      return parseWithVerb(cursor, 2)
    case 'ENABLE':
    case 'DISABLE':
      return refusing(cursor, { verb: `${key} TRIGGER`, line: cursor.line }, () =>
        parseSwitchTrigger(cursor),
      )
    default:
      return parseWithVerb(cursor, 1)
  }
}

/** `name` of IDENTITY_INSERT comes next. */
export function parseIdentityInsert(cursor: TokenCursor, line: number): WriteStatement {
  cursor.expect('IDENTITY_INSERT')
  const target = parseObjectName(cursor)
  if (cursor.acceptAny(['ON', 'OFF']) === undefined) cursor.fail()
  return { kind: 'write', verb: 'SET IDENTITY_INSERT', target, line }
}

/** `DECLARE name CURSOR FOR SELECT …`; DECLARE has been read. */
export function parseCursorDeclaration(cursor: TokenCursor, line: number): WriteStatement {
  const target = parseObjectName(cursor)
  while (!cursor.at('FOR') && !cursor.at(';') && !cursor.isAtEnd) cursor.advance()
  cursor.expect('FOR')
  parseStatement(cursor)
  skipRest(cursor, 'DECLARE CURSOR')
  return { kind: 'write', verb: 'DECLARE CURSOR', target, line }
}

/** `DECLARE @name TABLE (…)`, or of a cursor; the name has been read. */
export function parseTableDeclaration(
  cursor: TokenCursor,
  name: string,
  line: number,
): WriteStatement | DeclareTableStatement {
  if (cursor.accept('TABLE')) {
    return { kind: 'declare-table', name, elements: parseTableElements(cursor), line }
  }
  const verb = `DECLARE ${name} ${cursor.advance().key}`
  skipRest(cursor, verb)
  return { kind: 'write', verb, line }
}

/** `EXECUTE AS …`; EXECUTE has been read. */
export function parseExecuteAs(cursor: TokenCursor, line: number): WriteStatement {
  cursor.expect('AS')
  skipRest(cursor, 'EXECUTE AS')
  return { kind: 'write', verb: 'EXECUTE AS', line }
}

/** `INSERT [TOP (n)] [INTO] target [(columns)] [OUTPUT …] VALUES … | SELECT … | EXEC … | DEFAULT VALUES` */
function parseInsert(cursor: TokenCursor): WriteStatement {
  const { line } = cursor.advance()
  if (cursor.at('BULK')) return parseInsertBulk(cursor, line)
  if (cursor.at('TOP')) parseTop(cursor)
  cursor.accept('INTO')
  const target = parseTarget(cursor)
  while (!isInsertSource(cursor)) skipToken(cursor)
  if (['SELECT', '(', 'EXEC', 'EXECUTE'].includes(cursor.token.key)) parseStatement(cursor)
  else skipRest(cursor, 'INSERT')
  return { kind: 'write', verb: 'INSERT', ...target, line }
}

/** `INSERT BULK target (columns)`: how clients announce the rows of a bulk copy. */
function parseInsertBulk(cursor: TokenCursor, line: number): WriteStatement {
  cursor.expect('BULK')
  const target = parseTarget(cursor)
  skipRest(cursor, 'INSERT BULK')
  return { kind: 'write', verb: 'INSERT BULK', ...target, line }
}

/** Where the rows of an INSERT begin, or where it ends without any. */
function isInsertSource(cursor: TokenCursor): boolean {
  const { key } = cursor.token
  if (cursor.isAtEnd || key === ';' || key === 'VALUES' || key === 'DEFAULT') return true
  return isStatementStart(key) || isQueryAhead(cursor)
}

/** `UPDATE [TOP (n)] target SET …`, `UPDATE STATISTICS target …` */
function parseUpdate(cursor: TokenCursor): WriteStatement {
  const { line } = cursor.advance()
  if (cursor.accept('STATISTICS')) {
    const target = parseTarget(cursor)
    skipRest(cursor, 'UPDATE STATISTICS')
    return { kind: 'write', verb: 'UPDATE STATISTICS', ...target, line }
  }
  if (cursor.at('TOP')) parseTop(cursor)
  const target = parseTarget(cursor)
  parseHints(cursor)
  cursor.expect('SET')
  skipRest(cursor, 'UPDATE')
  return { kind: 'write', verb: 'UPDATE', ...target, line }
}

/** `DELETE [TOP (n)] [FROM] target …` */
function parseDelete(cursor: TokenCursor): WriteStatement {
  const { line } = cursor.advance()
  if (cursor.at('TOP')) parseTop(cursor)
  cursor.accept('FROM')
  const target = parseTarget(cursor)
  skipRest(cursor, 'DELETE')
  return { kind: 'write', verb: 'DELETE', ...target, line }
}

/** MERGE has statements' words inside and must end with a semicolon. */
function parseMerge(cursor: TokenCursor): WriteStatement {
  const { line } = cursor.advance()
  if (cursor.at('TOP')) parseTop(cursor)
  cursor.accept('INTO')
  const target = parseTarget(cursor)
  while (!cursor.at(';') && !cursor.isAtEnd) cursor.advance()
  return { kind: 'write', verb: 'MERGE', ...target, line }
}

function parseTruncate(cursor: TokenCursor): WriteStatement {
  const { line } = cursor.advance()
  cursor.expect('TABLE')
  const target = parseTarget(cursor)
  skipRest(cursor, 'TRUNCATE TABLE')
  return { kind: 'write', verb: 'TRUNCATE TABLE', ...target, line }
}

/** Permissions are named by statements' words: `GRANT SELECT, INSERT ON t TO u`. */
function parsePermission(cursor: TokenCursor): WriteStatement {
  const { key: verb, line } = cursor.advance()
  while (!cursor.at('TO') && !cursor.at('FROM') && !cursor.at(';') && !cursor.isAtEnd) {
    cursor.advance()
  }
  skipRest(cursor, verb)
  return { kind: 'write', verb, line }
}

/** A statement whose first `count` words are its verb; the target is what comes next. */
function parseWithVerb(cursor: TokenCursor, count: number): WriteStatement {
  const { line } = cursor.token
  const words = Array.from({ length: count }, () => {
    if (cursor.token.kind !== 'word') cursor.fail()
    return cursor.advance().key
  })
  const verb = words.join(' ')
  // FETCH has other words before its cursor's name.
  const target = verb === 'FETCH' ? {} : parseTarget(cursor)
  skipRest(cursor, verb)
  return { kind: 'write', verb, ...target, line }
}
