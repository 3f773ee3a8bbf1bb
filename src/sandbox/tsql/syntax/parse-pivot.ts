import type { FunctionCall, PivotedTable, TableReference, UnpivotedTable } from './ast.ts'
import { parseFunctionCall } from './parse-function.ts'
import { parseIdentifier, parseIdentifierList, parseNameParts } from './parse-name.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `PIVOT (SUM(amount) FOR month IN ([1], [2])) AS p` */
export function parsePivot(cursor: TokenCursor, source: TableReference): PivotedTable {
  const { line } = cursor.advance()
  cursor.expect('(')
  const aggregate = parseAggregate(cursor)
  cursor.expect('FOR')
  const columnLine = cursor.line
  const parts = parseNameParts(cursor)
  cursor.expect('IN')
  const values = parseIdentifierList(cursor)
  cursor.expect(')')
  const column = { kind: 'column', parts, line: columnLine } as const
  return { kind: 'pivot', source, aggregate, column, values, alias: parseAlias(cursor), line }
}

function parseAggregate(cursor: TokenCursor): FunctionCall {
  const { line } = cursor.token
  const [name = '', schema = ''] = parseNameParts(cursor).toReversed()
  return parseFunctionCall(cursor, { schema, name, line })
}

/** `UNPIVOT (amount FOR month IN ([1], [2])) AS u` */
export function parseUnpivot(cursor: TokenCursor, source: TableReference): UnpivotedTable {
  const { line } = cursor.advance()
  cursor.expect('(')
  const valueColumn = parseIdentifier(cursor)
  cursor.expect('FOR')
  const nameColumn = parseIdentifier(cursor)
  cursor.expect('IN', '(')
  const columns = [parseColumn(cursor)]
  while (cursor.accept(',')) columns.push(parseColumn(cursor))
  cursor.expect(')', ')')
  const alias = parseAlias(cursor)
  return { kind: 'unpivot', source, valueColumn, nameColumn, columns, alias, line }
}

/** A column by its last name; its source is the one table before UNPIVOT. */
function parseColumn(cursor: TokenCursor): string {
  return parseNameParts(cursor).at(-1) ?? ''
}

function parseAlias(cursor: TokenCursor): string {
  cursor.accept('AS')
  return parseIdentifier(cursor)
}
