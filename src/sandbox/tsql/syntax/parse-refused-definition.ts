import type { WriteStatement } from './ast.ts'
import { parseTarget, skipRest } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** What CREATE, ALTER and DROP may name with more than one word. */
const LONG_OBJECT_TYPES: readonly (readonly string[])[] = [
  ['APPLICATION', 'ROLE'],
  ['ASYMMETRIC', 'KEY'],
  ['AVAILABILITY', 'GROUP'],
  ['BROKER', 'PRIORITY'],
  ['CLUSTERED', 'COLUMNSTORE', 'INDEX'],
  ['CLUSTERED', 'INDEX'],
  ['COLUMN', 'ENCRYPTION', 'KEY'],
  ['COLUMN', 'MASTER', 'KEY'],
  ['CRYPTOGRAPHIC', 'PROVIDER'],
  ['DATABASE', 'AUDIT', 'SPECIFICATION'],
  ['DATABASE', 'ENCRYPTION', 'KEY'],
  ['DATABASE', 'SCOPED', 'CONFIGURATION'],
  ['DATABASE', 'SCOPED', 'CREDENTIAL'],
  ['EVENT', 'NOTIFICATION'],
  ['EVENT', 'SESSION'],
  ['EXTERNAL', 'DATA', 'SOURCE'],
  ['EXTERNAL', 'FILE', 'FORMAT'],
  ['EXTERNAL', 'TABLE'],
  ['FULLTEXT', 'CATALOG'],
  ['FULLTEXT', 'INDEX'],
  ['FULLTEXT', 'STOPLIST'],
  ['MASTER', 'KEY'],
  ['MESSAGE', 'TYPE'],
  ['NONCLUSTERED', 'COLUMNSTORE', 'INDEX'],
  ['NONCLUSTERED', 'INDEX'],
  ['PARTITION', 'FUNCTION'],
  ['PARTITION', 'SCHEME'],
  ['PRIMARY', 'XML', 'INDEX'],
  ['REMOTE', 'SERVICE', 'BINDING'],
  ['RESOURCE', 'GOVERNOR'],
  ['RESOURCE', 'POOL'],
  ['SEARCH', 'PROPERTY', 'LIST'],
  ['SECURITY', 'POLICY'],
  ['SERVER', 'AUDIT'],
  ['SERVER', 'CONFIGURATION'],
  ['SERVER', 'ROLE'],
  ['SPATIAL', 'INDEX'],
  ['SYMMETRIC', 'KEY'],
  ['UNIQUE', 'CLUSTERED', 'INDEX'],
  ['UNIQUE', 'INDEX'],
  ['UNIQUE', 'NONCLUSTERED', 'INDEX'],
  ['WORKLOAD', 'GROUP'],
  ['XML', 'INDEX'],
  ['XML', 'SCHEMA', 'COLLECTION'],
]

/** Their bodies are statements; they must be alone in their batch. */
const MODULES = new Set(['DEFAULT', 'FUNCTION', 'PROC', 'PROCEDURE', 'RULE', 'TRIGGER', 'VIEW'])

/** CREATE, ALTER or DROP of what the sandbox does not have; the word `action` has been read. */
export function parseRefusedDefinition(
  cursor: TokenCursor,
  action: string,
  line: number,
): WriteStatement {
  const type = parseObjectType(cursor)
  const verb = `${action} ${type}`
  cursor.acceptSequence('IF', 'EXISTS')
  const target = parseTarget(cursor)
  if (action !== 'DROP' && MODULES.has(type)) {
    while (!cursor.isAtEnd) cursor.advance()
  } else {
    skipRest(cursor, verb)
  }
  return { kind: 'write', verb, ...target, line }
}

function parseObjectType(cursor: TokenCursor): string {
  const long = LONG_OBJECT_TYPES.find((words) => cursor.acceptSequence(...words))
  if (long !== undefined) return long.join(' ')
  if (cursor.token.kind !== 'word') cursor.fail()
  return cursor.advance().key
}
