import type { AdministrationStatement, Expression } from './ast.ts'
import { isStatementStart } from './keywords.ts'
import { parseValue } from './parse-expression.ts'
import { isString, parseIdentifier } from './parse-name.ts'
import type { TokenCursor } from './token-cursor.ts'

type AlterLogin = Extract<AdministrationStatement, { kind: 'alter-login' }>

/** `ALTER LOGIN name ENABLE | DISABLE | WITH PASSWORD = '…', NAME = …` */
export function parseAlterLogin(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.token
  cursor.expect('ALTER', 'LOGIN')
  const name = parseIdentifier(cursor)
  if (cursor.accept('ENABLE')) return { kind: 'alter-login', name, enable: true, line }
  if (cursor.accept('DISABLE')) return { kind: 'alter-login', name, enable: false, line }
  cursor.expect('WITH')
  let login: AlterLogin = { kind: 'alter-login', name, line }
  do {
    login = { ...login, ...parseLoginOption(cursor) }
  } while (cursor.accept(','))
  return login
}

function parseLoginOption(cursor: TokenCursor): Partial<AlterLogin> {
  if (cursor.acceptSequence('PASSWORD', '=')) return parsePasswords(cursor)
  if (cursor.acceptSequence('NAME', '=')) return { newName: parseIdentifier(cursor) }
  // DEFAULT_DATABASE, DEFAULT_LANGUAGE, CHECK_POLICY, CHECK_EXPIRATION
  parseIdentifier(cursor)
  cursor.expect('=')
  cursor.advance()
  return {}
}

function parsePasswords(cursor: TokenCursor): Partial<AlterLogin> {
  const password = parseText(cursor)
  let oldPassword: { oldPassword?: string } = {}
  for (;;) {
    if (cursor.acceptSequence('OLD_PASSWORD', '=')) oldPassword = { oldPassword: parseText(cursor) }
    else if (cursor.acceptAny(['MUST_CHANGE', 'UNLOCK']) === undefined) break
  }
  return { password, ...oldPassword }
}

function parseText(cursor: TokenCursor): string {
  if (!isString(cursor.token)) cursor.fail()
  return cursor.advance().text
}

export function parseKill(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.advance()
  if (cursor.token.kind !== 'integer') cursor.fail()
  const spid = Number(cursor.advance().text)
  cursor.acceptSequence('WITH', 'STATUSONLY')
  return { kind: 'kill', spid, line }
}

export function parseShutdown(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.advance()
  return { kind: 'shutdown', noWait: cursor.acceptSequence('WITH', 'NOWAIT'), line }
}

/** A duration in seconds may follow. */
export function parseCheckpoint(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.advance()
  if (cursor.token.kind === 'integer') cursor.advance()
  return { kind: 'checkpoint', line }
}

export function parseReconfigure(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.advance()
  cursor.acceptSequence('WITH', 'OVERRIDE')
  return { kind: 'reconfigure', line }
}

/** `DBCC command [(argument, …)] [WITH option, …]` */
export function parseDbcc(cursor: TokenCursor): AdministrationStatement {
  const { line } = cursor.advance()
  if (cursor.token.kind !== 'word' || isStatementStart(cursor.token.key)) cursor.fail()
  const command = cursor.advance().key
  const args: Expression[] = []
  if (cursor.accept('(') && !cursor.accept(')')) {
    do {
      args.push(parseValue(cursor))
    } while (cursor.accept(','))
    cursor.expect(')')
  }
  return { kind: 'dbcc', command, arguments: args, options: parseDbccOptions(cursor), line }
}

function parseDbccOptions(cursor: TokenCursor): string[] {
  const options: string[] = []
  if (!cursor.accept('WITH')) return options
  do {
    if (cursor.token.kind !== 'word') cursor.fail()
    let option = cursor.advance().key
    if (cursor.accept('=')) option += ` = ${cursor.advance().text}`
    options.push(option)
  } while (cursor.accept(','))
  return options
}
