import { parseIdentifier, parseIdentifierOrString } from './parse-name.ts'
import { RefusedClause } from './refused-clause.ts'
import { skipToken } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

/** What the options of an index say that makes a difference here. */
export interface IndexOptions {
  readonly ignoreDuplicateKeys: boolean | undefined
  readonly dropExisting: boolean
}

/** Options that would change what a table is. */
const REFUSED_OPTIONS = new Set(['MEMORY_OPTIMIZED', 'SYSTEM_VERSIONING', 'LEDGER', 'BUCKET_COUNT'])

/**
 * `WITH (PAD_INDEX = OFF, IGNORE_DUP_KEY = ON, …)`, or without parentheses `WITH FILLFACTOR = 80`. Options
 * of storage and of how an index is built change nothing here.
 */
export function parseIndexOptions(cursor: TokenCursor): IndexOptions {
  const options = { ignoreDuplicateKeys: undefined, dropExisting: false }
  if (!cursor.accept('WITH')) return options
  const isListed = cursor.accept('(')
  const found = parseOptionList(cursor, options)
  if (isListed) cursor.expect(')')
  return found
}

/** `(name = value, …)` of SET and REBUILD; the parenthesis has been read. */
export function parseOptionList(cursor: TokenCursor, defaults: IndexOptions): IndexOptions {
  let options = defaults
  do {
    const name = cursor.advance().key
    const value = parseOptionValue(cursor)
    if (REFUSED_OPTIONS.has(name) && value !== 'OFF') throw new RefusedClause(name)
    if (name === 'IGNORE_DUP_KEY') options = { ...options, ignoreDuplicateKeys: value !== 'OFF' }
    if (name === 'DROP_EXISTING') options = { ...options, dropExisting: value !== 'OFF' }
  } while (cursor.accept(','))
  return options
}

/** `= ON`, `= 80`, `= PAGE ON PARTITIONS (1)`; nothing behind an option of old, such as IGNORE_DUP_KEY. */
function parseOptionValue(cursor: TokenCursor): string {
  if (!cursor.accept('=')) return 'ON'
  const { key } = cursor.token
  if (cursor.at('(') || cursor.at(')') || cursor.at(',')) cursor.fail()
  cursor.advance()
  while (cursor.token.kind === 'word' && !['ON', 'OFF'].includes(cursor.token.key)) cursor.advance()
  if (cursor.acceptSequence('ON', 'PARTITIONS')) skipToken(cursor)
  else if (cursor.at('(')) skipToken(cursor)
  return key
}

/** `ON [PRIMARY]`, `TEXTIMAGE_ON fg`, `FILESTREAM_ON fg`: where rows are kept. */
export function parseStoragePlaces(cursor: TokenCursor): void {
  while (cursor.acceptAny(['ON', 'TEXTIMAGE_ON', 'FILESTREAM_ON']) !== undefined) {
    if (cursor.accept('PRIMARY') || cursor.accept('DEFAULT')) continue
    parseIdentifierOrString(cursor)
    if (!cursor.at('(')) continue
    cursor.advance()
    parseIdentifier(cursor)
    cursor.expect(')')
    throw new RefusedClause('PARTITION SCHEME')
  }
}
