import type { AlterTableStatement, CreateTableStatement, TableElement } from './ast-definition.ts'
import { parseColumnDefinition } from './parse-column-definition.ts'
import { isConstraintAhead, parseTableConstraint } from './parse-constraint.ts'
import { parseInlineIndex } from './parse-index-definition.ts'
import { parseIndexOptions, parseStoragePlaces } from './parse-index-options.ts'
import { parseObjectName } from './parse-name.ts'
import { RefusedClause } from './refused-clause.ts'
import type { TokenCursor } from './token-cursor.ts'

/** `TABLE name (elements) [ON …] [WITH (…)]`; CREATE has been read. */
export function parseCreateTable(cursor: TokenCursor, line: number): CreateTableStatement {
  cursor.expect('TABLE')
  const name = parseObjectName(cursor)
  if (cursor.at('AS')) throw new RefusedClause(`AS ${cursor.peek().key}`)
  const elements = parseTableElements(cursor)
  parseStoragePlaces(cursor)
  parseIndexOptions(cursor)
  parseStoragePlaces(cursor)
  return { kind: 'create-table', name, elements, line }
}

/** `(column, constraint, …)` of CREATE TABLE, DECLARE @t TABLE and CREATE TYPE … AS TABLE. */
export function parseTableElements(cursor: TokenCursor): TableElement[] {
  cursor.expect('(')
  const elements: TableElement[] = []
  do {
    // A comma behind the last element is let in.
    if (cursor.at(')') && elements.length > 0) break
    elements.push(...parseTableElement(cursor))
    // Constraints may follow a column's without a comma.
    while (isConstraintAhead(cursor)) elements.push(parseTableConstraint(cursor))
  } while (cursor.accept(','))
  cursor.expect(')')
  return elements
}

/** One element; a column may bring an index with it. */
export function parseTableElement(cursor: TokenCursor): readonly TableElement[] {
  if (isConstraintAhead(cursor)) return [parseTableConstraint(cursor)]
  if (cursor.at('INDEX')) return [parseInlineIndex(cursor)]
  if (cursor.atSequence('PERIOD', 'FOR')) throw new RefusedClause('PERIOD FOR SYSTEM_TIME')
  return parseColumnDefinition(cursor)
}

/** `ENABLE | DISABLE TRIGGER names ON table` */
export function parseSwitchTrigger(cursor: TokenCursor): AlterTableStatement {
  const { key, line } = cursor.advance()
  cursor.expect('TRIGGER')
  const names: string[] = []
  if (!cursor.accept('ALL')) {
    do {
      names.push(parseObjectName(cursor).name)
    } while (cursor.accept(','))
  }
  cursor.expect('ON')
  if (cursor.at('DATABASE') || cursor.atSequence('ALL', 'SERVER')) {
    throw new RefusedClause(`TRIGGER ON ${cursor.token.key}`)
  }
  const name = parseObjectName(cursor)
  const isEnabled = key === 'ENABLE'
  const change = { kind: 'switch-triggers', names, isEnabled, withCheck: false } as const
  return { kind: 'alter-table', name, change, line }
}
