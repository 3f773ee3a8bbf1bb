import type { InsertBulkStatement } from './ast-change.ts'
import { parseIdentifier, parseObjectName, parseTypeName } from './parse-name.ts'
import { skipToken } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `INSERT BULK target (name type COLLATE c, …) WITH (option, …)`: how clients announce a bulk copy. */
export function parseInsertBulk(cursor: TokenCursor): InsertBulkStatement {
  const { line } = cursor.advance()
  cursor.expect('BULK')
  const target = parseObjectName(cursor)
  const columns = parseColumns(cursor)
  return { kind: 'insert-bulk', target, columns, options: parseOptions(cursor), line }
}

/** Their types are told again with the rows. */
function parseColumns(cursor: TokenCursor): string[] {
  const names: string[] = []
  if (!cursor.accept('(')) return names
  do {
    names.push(parseIdentifier(cursor))
    parseTypeName(cursor)
    if (cursor.accept('COLLATE')) parseIdentifier(cursor)
    if (!cursor.acceptSequence('NOT', 'NULL')) cursor.accept('NULL')
  } while (cursor.accept(','))
  cursor.expect(')')
  return names
}

/** `ORDER (a ASC, …)`, `ROWS_PER_BATCH = 100` and words alone. */
function parseOptions(cursor: TokenCursor): ReadonlySet<string> {
  const options = new Set<string>()
  if (!cursor.accept('WITH')) return options
  cursor.expect('(')
  do {
    if (cursor.token.kind !== 'word') cursor.fail()
    options.add(cursor.advance().key)
    if (cursor.at('(')) skipToken(cursor)
    else if (cursor.accept('=')) cursor.advance()
  } while (cursor.accept(','))
  cursor.expect(')')
  return options
}
