import type { Expression, Statement } from './ast.ts'
import type { CursorDefinition, CursorReference, FetchStatement } from './ast-cursor.ts'
import { parseOptionClause } from './parse-hint.ts'
import { isIdentifier, parseIdentifier } from './parse-name.ts'
import { parseLiteral } from './parse-primary.ts'
import { parseFullQuery } from './parse-query.ts'
import { conflictingCursorOptions } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type Options = Omit<CursorDefinition, 'query' | 'update'>

/** `DECLARE name [INSENSITIVE] [SCROLL] CURSOR [options] FOR query …`; DECLARE has been read. */
export function parseCursorDeclaration(cursor: TokenCursor, line: number): Statement {
  const name = parseIdentifier(cursor)
  let options: Options = {}
  if (cursor.accept('INSENSITIVE')) options = { ...options, model: 'static' }
  if (cursor.accept('SCROLL')) options = { ...options, movement: 'scroll' }
  return {
    kind: 'declare-cursor',
    name,
    definition: parseCursorDefinition(cursor, options),
    line,
  }
}

/** `CURSOR [options] FOR query [FOR READ ONLY | FOR UPDATE [OF columns]]` */
export function parseCursorDefinition(cursor: TokenCursor, before: Options = {}): CursorDefinition {
  cursor.expect('CURSOR')
  const options = parseCursorOptions(cursor, before)
  cursor.expect('FOR')
  const query = { ...parseFullQuery(cursor), ...parseOptionClause(cursor) }
  if (!cursor.accept('FOR')) return { ...options, query }
  if (cursor.accept('READ_ONLY') || cursor.acceptSequence('READ', 'ONLY')) {
    return { ...options, concurrency: 'read-only', query }
  }
  const { line } = cursor
  cursor.expect('UPDATE')
  if (options.model === 'fast-forward') {
    throw conflictingCursorOptions('FAST_FORWARD', 'FOR UPDATE', line)
  }
  if (options.concurrency === 'read-only') {
    throw conflictingCursorOptions('READ_ONLY', 'FOR UPDATE', line)
  }
  const columns: string[] = []
  if (cursor.accept('OF')) {
    do {
      columns.push(parseIdentifier(cursor))
    } while (cursor.accept(','))
  }
  return { ...options, query, update: { columns } }
}

const WORDS = {
  LOCAL: { scope: 'local' },
  GLOBAL: { scope: 'global' },
  FORWARD_ONLY: { movement: 'forward-only' },
  SCROLL: { movement: 'scroll' },
  STATIC: { model: 'static' },
  KEYSET: { model: 'keyset' },
  DYNAMIC: { model: 'dynamic' },
  FAST_FORWARD: { model: 'fast-forward' },
  READ_ONLY: { concurrency: 'read-only' },
  SCROLL_LOCKS: { concurrency: 'scroll-locks' },
  OPTIMISTIC: { concurrency: 'optimistic' },
  TYPE_WARNING: {},
} as const satisfies Record<string, Options>
const OPTION_WORDS = Object.keys(WORDS) as (keyof typeof WORDS)[] // its own keys

/** @throws SqlError 1048 for two that exclude one another */
function parseCursorOptions(cursor: TokenCursor, before: Options): Options {
  const written = new Map<string, string>()
  let options = before
  for (;;) {
    const { line } = cursor
    const word = cursor.acceptAny(OPTION_WORDS)
    if (word === undefined) return options
    for (const kind of Object.keys(WORDS[word])) {
      const other = written.get(kind)
      if (other !== undefined) throw conflictingCursorOptions(other, word, line)
      written.set(kind, word)
    }
    options = { ...options, ...WORDS[word] }
    refuseFastForward(options, line)
  }
}

function refuseFastForward({ model, movement, concurrency }: Options, line: number): void {
  if (model !== 'fast-forward') return
  if (movement === 'scroll') throw conflictingCursorOptions('SCROLL', 'FAST_FORWARD', line)
  if (concurrency === 'scroll-locks') {
    throw conflictingCursorOptions('FAST_FORWARD', 'SCROLL_LOCKS', line)
  }
  if (concurrency === 'optimistic') {
    throw conflictingCursorOptions('FAST_FORWARD', 'OPTIMISTIC', line)
  }
}

const STATEMENTS = {
  OPEN: 'open-cursor',
  CLOSE: 'close-cursor',
  DEALLOCATE: 'deallocate-cursor',
} as const

/** `OPEN | CLOSE | DEALLOCATE [GLOBAL] name | @variable` */
export function parseCursorStatement(cursor: TokenCursor): Statement {
  const { line } = cursor
  const verb = cursor.acceptAny(['OPEN', 'CLOSE', 'DEALLOCATE']) ?? cursor.fail()
  return { kind: STATEMENTS[verb], cursor: parseCursorReference(cursor), line }
}

/** `[GLOBAL] name`, `@variable` */
export function parseCursorReference(cursor: TokenCursor): CursorReference {
  if (cursor.token.kind === 'variable') return { name: cursor.advance().text, isGlobal: false }
  const isGlobal = cursor.at('GLOBAL') && isIdentifier(cursor.peek())
  if (isGlobal) cursor.advance()
  return { name: parseIdentifier(cursor), isGlobal }
}

const DIRECTIONS = {
  NEXT: 'next',
  PRIOR: 'prior',
  FIRST: 'first',
  LAST: 'last',
  ABSOLUTE: 'absolute',
  RELATIVE: 'relative',
} as const
const DIRECTION_WORDS = Object.keys(DIRECTIONS) as (keyof typeof DIRECTIONS)[] // its own keys

/** `FETCH [[NEXT | ABSOLUTE n | …] FROM] cursor [INTO @variables]` */
export function parseFetch(cursor: TokenCursor): FetchStatement {
  const { line } = cursor.advance()
  const place = parsePlace(cursor)
  const reference = parseCursorReference(cursor)
  if (!cursor.accept('INTO')) return { kind: 'fetch', cursor: reference, ...place, line }
  const into: string[] = []
  do {
    if (cursor.token.kind !== 'variable') cursor.fail()
    into.push(cursor.advance().text)
  } while (cursor.accept(','))
  return { kind: 'fetch', cursor: reference, ...place, into, line }
}

function parsePlace(cursor: TokenCursor): Pick<FetchStatement, 'direction' | 'offset'> {
  if (cursor.accept('FROM')) return { direction: 'next' }
  const { key } = cursor.peek()
  const isOffsetAhead = (cursor.at('ABSOLUTE') || cursor.at('RELATIVE')) && key !== 'INTO'
  if (key !== 'FROM' && !isOffsetAhead) return { direction: 'next' }
  const word = cursor.acceptAny(DIRECTION_WORDS) ?? cursor.fail()
  const offset = isOffsetAhead ? { offset: parseOffset(cursor) } : {}
  cursor.expect('FROM')
  return { direction: DIRECTIONS[word], ...offset }
}

function parseOffset(cursor: TokenCursor): Expression {
  const { kind, text, line } = cursor.token
  if (kind === 'variable') {
    cursor.advance()
    return { kind: 'variable', name: text, line }
  }
  const isNegative = cursor.accept('-')
  if (cursor.token.kind !== 'integer') cursor.fail()
  const operand = parseLiteral(cursor) ?? cursor.fail()
  return isNegative ? { kind: 'unary', operator: '-', operand, line } : operand
}
