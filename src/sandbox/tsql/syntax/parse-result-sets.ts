import type { ExecuteStatement, TypeName } from './ast.ts'
import { parseIdentifier, parseTypeName } from './parse-name.ts'
import { unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type ResultSets = NonNullable<ExecuteStatement['resultSets']>
type Column = ResultSets[number][number]

/** `WITH RECOMPILE`, `WITH RESULT SETS UNDEFINED | NONE | ((columns), …)`, behind a call. */
export function parseExecuteOptions(cursor: TokenCursor): { resultSets?: ResultSets } {
  if (!cursor.atSequence('WITH', 'RECOMPILE') && !cursor.atSequence('WITH', 'RESULT')) return {}
  cursor.advance()
  let options: { resultSets?: ResultSets } = {}
  do {
    if (cursor.accept('RECOMPILE')) continue
    cursor.expect('RESULT', 'SETS')
    options = parseResultSets(cursor)
  } while (cursor.accept(','))
  return options
}

function parseResultSets(cursor: TokenCursor): { resultSets?: ResultSets } {
  if (cursor.accept('UNDEFINED')) return {}
  if (cursor.accept('NONE')) return { resultSets: [] }
  cursor.expect('(')
  const sets: Column[][] = []
  do {
    if (cursor.at('AS')) throw unsupportedOption('RESULT SETS AS', cursor.line)
    cursor.expect('(')
    const columns = [parseColumn(cursor)]
    while (cursor.accept(',')) columns.push(parseColumn(cursor))
    cursor.expect(')')
    sets.push(columns)
  } while (cursor.accept(','))
  cursor.expect(')')
  return { resultSets: sets }
}

function parseColumn(cursor: TokenCursor): Column {
  const name = parseIdentifier(cursor)
  const type: TypeName = parseTypeName(cursor)
  if (cursor.accept('COLLATE')) parseIdentifier(cursor)
  const nullable = !cursor.acceptSequence('NOT', 'NULL')
  if (nullable) cursor.accept('NULL')
  return { name, type, nullable }
}
