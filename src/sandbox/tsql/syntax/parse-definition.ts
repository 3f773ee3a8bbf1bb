import type { Statement, WriteStatement } from './ast.ts'
import type { DefinitionStatement } from './ast-definition.ts'
import { parseAlterTable } from './parse-alter-table.ts'
import { parseAlterIndex, parseCreateIndex, parseDropIndex } from './parse-index-definition.ts'
import { isModuleAhead, parseModuleDefinition } from './parse-module-definition.ts'
import { parseRefusedDefinition } from './parse-refused-definition.ts'
import {
  isDropObjectAhead,
  parseCreateSchema,
  parseCreateSynonym,
  parseCreateType,
  parseDropObject,
  parseSequence,
} from './parse-small-definition.ts'
import { parseCreateTable } from './parse-table-definition.ts'
import { RefusedClause } from './refused-clause.ts'
import { skipRest } from './skip-statement.ts'
import { notFirstInBatch } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Where a definition begins: modules and schemas must be first in their batch. */
interface Start {
  readonly position: number
  readonly line: number
}

/** CREATE, ALTER and DROP of what is in a database. */
export function parseDefinition(cursor: TokenCursor): Statement {
  const start = { position: cursor.position, line: cursor.line }
  const action = cursor.acceptAny(['CREATE', 'ALTER', 'DROP']) ?? cursor.fail()
  const type = cursor.token.key
  return refusing(cursor, { verb: `${action} ${type}`, line: start.line }, () => {
    const definition = PARSERS[action](cursor, start)
    return definition ?? parseRefusedDefinition(cursor, action, start.line)
  })
}

/** A clause the sandbox does not have makes the whole statement one that is refused when it runs. */
export function refusing(
  cursor: TokenCursor,
  { verb, line }: Pick<WriteStatement, 'verb' | 'line'>,
  parse: () => Statement,
): Statement {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof RefusedClause)) throw error
    // The statements of a module are not the batch's.
    if (MODULE_VERB.test(verb)) while (!cursor.isAtEnd) cursor.advance()
    else skipRest(cursor, verb)
    return { kind: 'write', verb, feature: error.feature, line }
  }
}

const MODULE_VERB = /^(?:CREATE|ALTER) (?:OR|FUNCTION|PROC|PROCEDURE|TRIGGER|VIEW)$/

const PARSERS = { CREATE: parseCreate, ALTER: parseAlter, DROP: parseDrop } as const

const INDEX_KINDS = ['INDEX', 'UNIQUE', 'CLUSTERED', 'NONCLUSTERED']

function parseCreate(cursor: TokenCursor, start: Start): DefinitionStatement | undefined {
  const { line } = start
  if (cursor.acceptSequence('OR', 'ALTER')) {
    return parseModuleDefinition(cursor, 'create-or-alter', start)
  }
  if (isModuleAhead(cursor)) return parseModuleDefinition(cursor, 'create', start)
  if (INDEX_KINDS.some((word) => cursor.at(word))) {
    return isColumnstore(cursor) ? undefined : parseCreateIndex(cursor, line)
  }
  switch (cursor.token.key) {
    case 'TABLE':
      return parseCreateTable(cursor, line)
    case 'TYPE':
      return parseCreateType(cursor, line)
    case 'SCHEMA':
      if (start.position > 0) throw notFirstInBatch('CREATE SCHEMA', line)
      return parseCreateSchema(cursor, line)
    case 'SEQUENCE':
      return parseSequence(cursor, 'create-sequence', line)
    case 'SYNONYM':
      return parseCreateSynonym(cursor, line)
    default:
      return undefined
  }
}

function isColumnstore(cursor: TokenCursor): boolean {
  return cursor.at('COLUMNSTORE') || cursor.peek().key === 'COLUMNSTORE'
}

function parseAlter(cursor: TokenCursor, start: Start): DefinitionStatement | undefined {
  if (isModuleAhead(cursor)) return parseModuleDefinition(cursor, 'alter', start)
  if (cursor.at('TABLE')) return parseAlterTable(cursor, start.line)
  if (cursor.at('INDEX')) return parseAlterIndex(cursor, start.line)
  if (cursor.at('SEQUENCE')) return parseSequence(cursor, 'alter-sequence', start.line)
  return undefined
}

function parseDrop(cursor: TokenCursor, { line }: Start): DefinitionStatement | undefined {
  if (cursor.at('INDEX')) return parseDropIndex(cursor, line)
  return isDropObjectAhead(cursor) ? parseDropObject(cursor, line) : undefined
}
