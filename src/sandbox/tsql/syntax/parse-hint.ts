import { unterminatedBeforeWith } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

const TABLE_HINTS = new Set(
  `FORCESCAN FORCESEEK HOLDLOCK IGNORE_CONSTRAINTS IGNORE_TRIGGERS INDEX KEEPDEFAULTS KEEPIDENTITY
  NOEXPAND NOLOCK NOWAIT PAGLOCK READCOMMITTED READCOMMITTEDLOCK READPAST READUNCOMMITTED
  REPEATABLEREAD ROWLOCK SERIALIZABLE SNAPSHOT SPATIAL_WINDOW_MAX_CELLS TABLOCK TABLOCKX UPDLOCK
  XLOCK`.split(/\s+/),
)

/** The hints of a table, `WITH (NOLOCK, INDEX(1))` or `(NOLOCK)`, in upper case; [] when it has none. */
export function parseHints(cursor: TokenCursor): string[] {
  if (cursor.at('WITH')) {
    if (cursor.peek().key === '(') cursor.advance()
    else if (isOtherWith(cursor)) return []
    else throw unterminatedBeforeWith(cursor.token, cursor.peek())
  } else if (!isBareHintList(cursor)) {
    return []
  }
  cursor.expect('(')
  const hints = [parseHint(cursor)]
  while (!cursor.accept(')')) {
    cursor.accept(',')
    hints.push(parseHint(cursor))
  }
  return hints
}

/** A view's WITH CHECK OPTION ends its query. */
function isOtherWith(cursor: TokenCursor): boolean {
  return cursor.peek().key === 'CHECK'
}

function isBareHintList(cursor: TokenCursor): boolean {
  return (
    cursor.at('(') &&
    TABLE_HINTS.has(cursor.peek().key) &&
    [')', ',', '('].includes(cursor.peek(2).key)
  )
}

/** `NOLOCK`, `INDEX(name, …)`, `INDEX = name`, `FORCESEEK (name (column, …))` */
function parseHint(cursor: TokenCursor): string {
  if (!TABLE_HINTS.has(cursor.token.key)) cursor.fail()
  let hint = cursor.advance().key
  if (cursor.accept('=')) return `${hint}=${cursor.advance().text.toUpperCase()}`
  if (!cursor.at('(')) return hint
  const closer = cursor.closerOf(cursor.position)
  while (cursor.position <= closer && !cursor.isAtEnd) hint += cursor.advance().text.toUpperCase()
  return hint
}

/** `OPTION (…)`: hints for the optimizer are read over; MAXRECURSION changes what a query answers. */
export function parseOptionClause(cursor: TokenCursor): { maxRecursion?: number } {
  if (!cursor.accept('OPTION')) return {}
  const closer = cursor.closerOf(cursor.position)
  cursor.expect('(')
  let option: { maxRecursion?: number } = {}
  while (cursor.position < closer && !cursor.isAtEnd) {
    if (cursor.advance().key === 'MAXRECURSION' && cursor.token.kind === 'integer') {
      option = { maxRecursion: Number(cursor.token.text) }
    }
  }
  cursor.expect(')')
  return option
}
