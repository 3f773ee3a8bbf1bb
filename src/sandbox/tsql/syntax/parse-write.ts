import type { CommonTableExpression, Statement, WriteStatement } from './ast.ts'
import type { DeclareTableStatement } from './ast-change.ts'
import { parseDelete, parseInsert, parseTruncate, parseUpdate } from './parse-change.ts'
import { parseCursorStatement, parseFetch } from './parse-cursor.ts'
import { parseDefinition, refusing } from './parse-definition.ts'
import { parseInsertBulk } from './parse-insert-bulk.ts'
import { parseMerge } from './parse-merge.ts'
import { parseSwitchTrigger, parseTableElements } from './parse-table-definition.ts'
import { parseTarget, skipRest } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** First words of statements that are refused when they run. */
const WRITES = new Set(
  `ALTER BACKUP BULK CLOSE CREATE DEALLOCATE DELETE DENY DROP FETCH GRANT INSERT MERGE OPEN READTEXT
  RESTORE REVOKE SETUSER TRUNCATE UPDATE UPDATETEXT WRITETEXT`.split(/\s+/),
)

export function isWriteAhead(cursor: TokenCursor): boolean {
  const { key } = cursor.token
  if (WRITES.has(key)) return true
  return (key === 'ENABLE' || key === 'DISABLE') && cursor.peek().key === 'TRIGGER'
}

/** A statement that writes, behind the WITH it may have. */
export function parseWrite(
  cursor: TokenCursor,
  ctes: readonly CommonTableExpression[] = [],
): Statement {
  const { key } = cursor.token
  switch (key) {
    case 'INSERT':
      return cursor.peek().key === 'BULK' ? parseInsertBulk(cursor) : parseInsert(cursor, ctes)
    case 'UPDATE':
      return cursor.peek().key === 'STATISTICS'
        ? parseWithVerb(cursor, 2)
        : parseUpdate(cursor, ctes)
    case 'DELETE':
      return parseDelete(cursor, ctes)
    case 'MERGE':
      return parseMerge(cursor, ctes)
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
    case 'OPEN':
    case 'CLOSE':
    case 'DEALLOCATE':
      return isKeyAhead(cursor) ? parseWithVerb(cursor, 2) : parseCursorStatement(cursor)
    case 'FETCH':
      return parseFetch(cursor)
    case 'ENABLE':
    case 'DISABLE':
      return refusing(cursor, { verb: `${key} TRIGGER`, line: cursor.line }, () =>
        parseSwitchTrigger(cursor),
      )
    default:
      return parseWithVerb(cursor, 1)
  }
}

/** `OPEN SYMMETRIC KEY`, `CLOSE MASTER KEY`, `CLOSE ALL SYMMETRIC KEYS` */
function isKeyAhead(cursor: TokenCursor): boolean {
  return (
    ['ALL', 'MASTER', 'SYMMETRIC'].includes(cursor.peek().key) && cursor.peek(2).kind === 'word'
  )
}

/** `DECLARE @name TABLE (…)`; the name has been read. */
export function parseTableDeclaration(
  cursor: TokenCursor,
  name: string,
  line: number,
): DeclareTableStatement {
  cursor.expect('TABLE')
  return { kind: 'declare-table', name, elements: parseTableElements(cursor), line }
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
  const target = parseTarget(cursor)
  skipRest(cursor, verb)
  return { kind: 'write', verb, ...target, line }
}
