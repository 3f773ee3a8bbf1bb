import type { Statement } from './ast.ts'
import { checkLabels } from './check-labels.ts'
import {
  parseAlterLogin,
  parseCheckpoint,
  parseDbcc,
  parseKill,
  parseReconfigure,
  parseShutdown,
} from './parse-administration.ts'
import { parseAlterDatabase, parseCreateDatabase, parseDropDatabase } from './parse-database.ts'
import { parseExecute, parseProcedureCall } from './parse-execute.ts'
import { parseRevert } from './parse-execute-as.ts'
import {
  parseBegin,
  parseDeclare,
  parseIf,
  parsePrint,
  parseReturn,
  parseThrow,
  parseUse,
  parseWaitfor,
  parseWhile,
} from './parse-flow.ts'
import { isIdentifier, isLabelAhead, parseIdentifier } from './parse-name.ts'
import { parseQuery, parseStatementEnd, parseWith } from './parse-query.ts'
import { parseRaiserror } from './parse-raiserror.ts'
import { parseSet } from './parse-set.ts'
import { parseCommit, parseRollback, parseSave } from './parse-transaction.ts'
import { isWriteAhead, parseWrite } from './parse-write.ts'
import { unterminatedBeforeWith } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type StatementParser = (cursor: TokenCursor) => Statement

/** Statements by their first word. Those that change a database are in `parse-write.ts`. */
const STATEMENTS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ['(', parseSelectStatement],
  ['BEGIN', parseBegin],
  ['BREAK', parseJump],
  ['CHECKPOINT', parseCheckpoint],
  ['COMMIT', parseCommit],
  ['CONTINUE', parseJump],
  ['DBCC', parseDbcc],
  ['DECLARE', parseDeclare],
  ['EXEC', parseExecute],
  ['EXECUTE', parseExecute],
  ['GOTO', parseGoto],
  ['IF', parseIf],
  ['KILL', parseKill],
  ['PRINT', parsePrint],
  ['RAISERROR', parseRaiserror],
  ['RECONFIGURE', parseReconfigure],
  ['RETURN', parseReturn],
  ['REVERT', parseRevert],
  ['ROLLBACK', parseRollback],
  ['SAVE', parseSave],
  ['SELECT', parseSelectStatement],
  ['SET', parseSet],
  ['SHUTDOWN', parseShutdown],
  ['THROW', parseThrow],
  ['USE', parseUse],
  ['WAITFOR', parseWaitfor],
  ['WHILE', parseWhile],
  ['WITH', parseWithStatement],
])

/** Two-word statements whose first word starts others as well. */
const ADMINISTRATION: readonly (readonly [string, string, StatementParser])[] = [
  ['ALTER', 'DATABASE', parseAlterDatabase],
  ['ALTER', 'LOGIN', parseAlterLogin],
  ['CREATE', 'DATABASE', parseCreateDatabase],
  ['DROP', 'DATABASE', parseDropDatabase],
]

/** All statements up to the end of the text. @throws SqlError also 132, 133, 1026 */
export function parseStatements(cursor: TokenCursor): Statement[] {
  const statements: Statement[] = []
  skipSemicolons(cursor)
  // Only the first statement of a batch may call a procedure without EXEC.
  if (isProcedureCallAhead(cursor))
    statements.push(endStatement(cursor, parseProcedureCall(cursor)))
  while (!cursor.isAtEnd) {
    statements.push(parseStatement(cursor))
    skipSemicolons(cursor)
  }
  checkLabels(statements)
  return statements
}

/** The statements up to END, which is left; at least one. */
export function parseStatementList(cursor: TokenCursor): Statement[] {
  const statements: Statement[] = []
  skipSemicolons(cursor)
  do {
    statements.push(parseStatement(cursor))
    skipSemicolons(cursor)
  } while (!cursor.at('END'))
  return statements
}

/** One statement with its semicolon. */
export function parseStatement(cursor: TokenCursor): Statement {
  cursor.enter()
  const statement = endStatement(cursor, parseBareStatement(cursor))
  cursor.leave()
  return statement
}

function endStatement(cursor: TokenCursor, statement: Statement): Statement {
  cursor.accept(';')
  return statement
}

function skipSemicolons(cursor: TokenCursor): void {
  while (cursor.accept(';'));
}

function parseBareStatement(cursor: TokenCursor): Statement {
  const administration = ADMINISTRATION.find(([first, second]) => cursor.atSequence(first, second))
  if (administration !== undefined) return administration[2](cursor)
  if (isWriteAhead(cursor)) return parseWrite(cursor)
  const parse = STATEMENTS.get(cursor.token.key)
  if (parse === undefined) return parseLabel(cursor)
  return parse(cursor)
}

/** `name:`, a place for GOTO. */
function parseLabel(cursor: TokenCursor): Statement {
  if (!isLabelAhead(cursor)) return cursor.fail()
  const { line } = cursor.token
  const name = parseIdentifier(cursor)
  cursor.expect(':')
  return { kind: 'label', name, line }
}

function parseGoto(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  return { kind: 'goto', label: parseIdentifier(cursor), line }
}

function isProcedureCallAhead(cursor: TokenCursor): boolean {
  if (!isIdentifier(cursor.token)) return false
  if (cursor.peek().key === ':' || isWriteAhead(cursor)) return false
  return cursor.token.key !== 'THROW'
}

function parseSelectStatement(cursor: TokenCursor): Statement {
  const { line } = cursor.token
  const query = parseQuery(cursor)
  return { kind: 'select-statement', query: { ...query, ...parseStatementEnd(cursor) }, line }
}

/** `WITH … SELECT`, or a WITH before a statement that writes. */
function parseWithStatement(cursor: TokenCursor): Statement {
  const { token, previous } = cursor
  const isFirst = cursor.position === 0
  if (!isFirst && ![';', 'BEGIN', 'ELSE', 'TRY', 'CATCH'].includes(previous.key)) {
    throw unterminatedBeforeWith(token, cursor.peek())
  }
  const ctes = parseWith(cursor)
  if (isWriteAhead(cursor)) return parseWrite(cursor, ctes)
  const query = parseQuery(cursor)
  const end = parseStatementEnd(cursor)
  return {
    kind: 'select-statement',
    query: { ...query, with: ctes, line: token.line, ...end },
    line: token.line,
  }
}

function parseJump(cursor: TokenCursor): Statement {
  const { key, line } = cursor.advance()
  return { kind: key === 'BREAK' ? 'break' : 'continue', line }
}
