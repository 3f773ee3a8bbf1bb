import type { SetOptionStatement, Statement } from './ast.ts'
import { parseIdentityInsert } from './parse-change.ts'
import { parseCursorDefinition } from './parse-cursor.ts'
import { parseValue } from './parse-expression.ts'
import { isIdentifier, isString } from './parse-name.ts'
import { ASSIGNMENT_OPERATORS } from './parse-select.ts'
import { unknownOption, unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

const SWITCHES = new Set(
  `ANSI_DEFAULTS ANSI_NULLS ANSI_NULL_DFLT_OFF ANSI_NULL_DFLT_ON ANSI_PADDING ANSI_WARNINGS ARITHABORT
  ARITHIGNORE CONCAT_NULL_YIELDS_NULL CURSOR_CLOSE_ON_COMMIT DISABLE_DEF_CNST_CHK FMTONLY FORCEPLAN
  IMPLICIT_TRANSACTIONS NOCOUNT NOEXEC NO_BROWSETABLE NUMERIC_ROUNDABORT PARSEONLY QUOTED_IDENTIFIER
  REMOTE_PROC_TRANSACTIONS SHOWPLAN_ALL SHOWPLAN_TEXT SHOWPLAN_XML XACT_ABORT`.split(/\s+/),
)

const VALUES = new Set(
  `CONTEXT_INFO DATEFIRST DATEFORMAT DEADLOCK_PRIORITY ERRLVL LANGUAGE LOCK_TIMEOUT
  QUERY_GOVERNOR_COST_LIMIT ROWCOUNT TEXTSIZE`.split(/\s+/),
)

const STATISTICS = ['IO', 'PROFILE', 'TIME', 'XML'] as const

const ISOLATION_LEVELS = [
  ['READ', 'UNCOMMITTED'],
  ['READ', 'COMMITTED'],
  ['REPEATABLE', 'READ'],
  ['SNAPSHOT'],
  ['SERIALIZABLE'],
] as const

/** SET of a variable or of a session option. */
export function parseSet(cursor: TokenCursor): Statement {
  const { line } = cursor.advance()
  if (cursor.token.kind === 'variable') return parseSetVariable(cursor, line)
  if (cursor.at('IDENTITY_INSERT')) return parseIdentityInsert(cursor, line)
  if (cursor.acceptSequence('TRANSACTION', 'ISOLATION', 'LEVEL'))
    return parseIsolation(cursor, line)
  if (cursor.accept('STATISTICS')) return parseStatistics(cursor, line)
  return parseOption(cursor, line)
}

function parseSetVariable(cursor: TokenCursor, line: number): Statement {
  const name = cursor.advance().text
  if (cursor.at('.')) throw unsupportedOption(cursor.peek().text, line)
  const operator = cursor.acceptAny(ASSIGNMENT_OPERATORS) ?? cursor.fail()
  if (cursor.at('CURSOR')) {
    return { kind: 'set-cursor', variable: name, definition: parseCursorDefinition(cursor), line }
  }
  return { kind: 'set-variable', name, operator, value: parseValue(cursor), line }
}

function parseIsolation(cursor: TokenCursor, line: number): SetOptionStatement {
  const level = ISOLATION_LEVELS.find((words) => cursor.acceptSequence(...words)) ?? cursor.fail()
  const names = ['TRANSACTION ISOLATION LEVEL']
  return { kind: 'set-option', names, value: level.join(' '), line }
}

function parseStatistics(cursor: TokenCursor, line: number): SetOptionStatement {
  const names: string[] = []
  do {
    names.push(`STATISTICS ${cursor.acceptAny(STATISTICS) ?? cursor.fail()}`)
  } while (cursor.accept(','))
  return { kind: 'set-option', names, value: parseSwitch(cursor), line }
}

/** `SET ANSI_NULLS, QUOTED_IDENTIFIER ON`, `SET TEXTSIZE 4096`, `SET LANGUAGE us_english` */
function parseOption(cursor: TokenCursor, line: number): SetOptionStatement {
  const { key, text } = cursor.advance()
  if (VALUES.has(key))
    return { kind: 'set-option', names: [key], value: parseSetting(cursor), line }
  if (!SWITCHES.has(key)) throw unknownOption(text, 'SET option', line)
  const names = [key]
  while (cursor.accept(',')) {
    if (!SWITCHES.has(cursor.token.key)) throw unknownOption(cursor.token.text, 'SET option', line)
    names.push(cursor.advance().key)
  }
  return { kind: 'set-option', names, value: parseSwitch(cursor), line }
}

function parseSwitch(cursor: TokenCursor): boolean {
  return (cursor.acceptAny(['ON', 'OFF']) ?? cursor.fail()) === 'ON'
}

function parseSetting(cursor: TokenCursor): number | string {
  const sign = cursor.accept('-') ? -1 : 1
  const { token } = cursor
  if (token.kind === 'integer') return sign * Number(cursor.advance().text)
  if (sign < 0) cursor.fail()
  const isValue =
    isIdentifier(token) || isString(token) || token.kind === 'variable' || token.kind === 'binary'
  if (!isValue) cursor.fail()
  return cursor.advance().text
}
