import type { ModuleStatement } from './ast-definition.ts'
import type { ModuleDefinition } from './ast-module.ts'
import { checkVariables } from './check-variables.ts'
import { lex } from './lex.ts'
import { MODULE_PARSERS } from './parse-module.ts'
import { notFirstInBatch } from './syntax-error.ts'
import { TokenCursor } from './token-cursor.ts'

const MODULE_TYPES = {
  VIEW: 'view',
  PROC: 'procedure',
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  TRIGGER: 'trigger',
} as const
const MODULE_WORDS = Object.keys(MODULE_TYPES) as (keyof typeof MODULE_TYPES)[] // its own keys

/** How error 111 names the statement. */
const FIRST_WORDS = {
  view: { create: 'CREATE VIEW', alter: 'ALTER VIEW' },
  procedure: { create: 'CREATE/ALTER PROCEDURE', alter: 'CREATE/ALTER PROCEDURE' },
  function: { create: 'CREATE FUNCTION', alter: 'ALTER FUNCTION' },
  trigger: { create: 'CREATE TRIGGER', alter: 'ALTER TRIGGER' },
} as const

export function isModuleAhead(cursor: TokenCursor): boolean {
  return MODULE_WORDS.some((word) => cursor.at(word))
}

/**
 * A view, procedure, function or trigger: the rest of the batch is its text. CREATE, ALTER or CREATE OR
 * ALTER has been read from `start` on.
 * @throws SqlError 111 when something stands before it in the batch; the errors of its statements
 */
export function parseModuleDefinition(
  cursor: TokenCursor,
  action: ModuleStatement['action'],
  start: { readonly position: number; readonly line: number },
): ModuleStatement {
  const text = asCreated(cursor, start.position)
  const type = MODULE_TYPES[cursor.acceptAny(MODULE_WORDS) ?? cursor.fail()]
  if (start.position > 0) {
    throw notFirstInBatch(FIRST_WORDS[type][action === 'alter' ? 'alter' : 'create'], start.line)
  }
  const { name, parameters, body } = MODULE_PARSERS[type](cursor)
  const declared = parameters.map((parameter) => parameter.name.toLowerCase())
  if (body.kind === 'table-function') declared.push(body.variable.toLowerCase())
  const statements = 'query' in body ? [body.query] : body.statements
  checkVariables(statements, (variable) => declared.includes(variable.toLowerCase()))
  return { kind: 'module', action, type, name, text, line: start.line }
}

/** The batch with CREATE in place of ALTER or CREATE OR ALTER, which have been read: so it is kept. */
function asCreated(cursor: TokenCursor, position: number): string {
  const { text, previous } = cursor
  return `${text.slice(0, cursor.tokenAt(position).start)}CREATE${text.slice(previous.end)}`
}

/**
 * The text of a module as the catalog keeps it, read for running: CREATE or ALTER, comments before it.
 * @throws SqlError as `parseBatch`; RefusedClause
 */
export function parseModule(
  text: string,
  options: { readonly quotedIdentifier: boolean },
): ModuleDefinition {
  const cursor = new TokenCursor(lex(text, options), text)
  const { line } = cursor
  if (!cursor.accept('ALTER')) {
    cursor.expect('CREATE')
    cursor.acceptSequence('OR', 'ALTER')
  }
  const type = MODULE_TYPES[cursor.acceptAny(MODULE_WORDS) ?? cursor.fail()]
  return { kind: 'module-definition', ...MODULE_PARSERS[type](cursor), line }
}
