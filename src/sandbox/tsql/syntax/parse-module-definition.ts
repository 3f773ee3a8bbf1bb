import type { ModuleStatement } from './ast-definition.ts'
import { parseObjectName } from './parse-name.ts'
import { notFirstInBatch } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

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
 * @throws SqlError 111 when something stands before it in the batch
 */
export function parseModuleDefinition(
  cursor: TokenCursor,
  action: ModuleStatement['action'],
  start: { readonly position: number; readonly line: number },
): ModuleStatement {
  const type = MODULE_TYPES[cursor.acceptAny(MODULE_WORDS) ?? cursor.fail()]
  if (start.position > 0) {
    throw notFirstInBatch(FIRST_WORDS[type][action === 'alter' ? 'alter' : 'create'], start.line)
  }
  const name = parseObjectName(cursor)
  while (!cursor.isAtEnd) cursor.advance()
  return { kind: 'module', action, type, name, text: cursor.text, line: start.line }
}
