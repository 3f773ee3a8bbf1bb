import type { TableFunction } from './ast.ts'
import { parseUserArguments } from './parse-function.ts'
import {
  isString,
  parseIdentifier,
  parseIdentifierList,
  parseTypeName,
  toObjectName,
} from './parse-name.ts'
import { parseOptionalAlias } from './parse-table.ts'
import { unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type OpenJsonColumn = TableFunction['with'][number]

/** A call in FROM whose name, `parts`, has been read: `STRING_SPLIT(@s, ',') AS p(value)`. */
export function parseTableFunction(
  cursor: TokenCursor,
  parts: readonly string[],
  line: number,
): TableFunction {
  if (parts.length > 1 && parts.at(-1) === 'nodes') throw unsupportedOption('nodes', line)
  const name = toObjectName(parts, line)
  cursor.expect('(')
  const args = cursor.at(')') ? [] : parseUserArguments(cursor)
  cursor.expect(')')
  const isOpenJson = parts.length === 1 && name.name.toUpperCase() === 'OPENJSON'
  const schema = isOpenJson && cursor.accept('WITH') ? parseOpenJsonColumns(cursor) : []
  const alias = parseOptionalAlias(cursor)
  const columns = 'alias' in alias && cursor.at('(') ? parseIdentifierList(cursor) : []
  return { kind: 'table-function', name, arguments: args, ...alias, columns, with: schema, line }
}

/** `(id int '$.id', tags nvarchar(max) '$.tags' AS JSON)` */
function parseOpenJsonColumns(cursor: TokenCursor): OpenJsonColumn[] {
  cursor.expect('(')
  const columns: OpenJsonColumn[] = []
  do {
    const name = parseIdentifier(cursor)
    const type = parseTypeName(cursor)
    const path = isString(cursor.token) ? { path: cursor.advance().text } : {}
    columns.push({ name, type, ...path, asJson: cursor.acceptSequence('AS', 'JSON') })
  } while (cursor.accept(','))
  cursor.expect(')')
  return columns
}
