import type { AlterTableStatement, TableElement } from './ast-definition.ts'
import { parseColumnDefinition } from './parse-column-definition.ts'
import { parseIndexOptions, parseOptionList } from './parse-index-options.ts'
import { parseIdentifier, parseObjectName } from './parse-name.ts'
import { parseTableElement } from './parse-table-definition.ts'
import { RefusedClause } from './refused-clause.ts'
import { skipToken } from './skip-statement.ts'
import type { TokenCursor } from './token-cursor.ts'

type Change = AlterTableStatement['change']

/** `TABLE name …`; ALTER has been read. */
export function parseAlterTable(cursor: TokenCursor, line: number): AlterTableStatement {
  cursor.expect('TABLE')
  const name = parseObjectName(cursor)
  return { kind: 'alter-table', name, change: parseChange(cursor), line }
}

function parseChange(cursor: TokenCursor): Change {
  const check = parseWithCheck(cursor)
  if (cursor.accept('ADD')) return parseAdd(cursor, check ?? true)
  if (cursor.at('CHECK') || cursor.at('NOCHECK')) return parseSwitchConstraints(cursor, check)
  if (check !== undefined) cursor.fail()
  if (cursor.accept('DROP')) return parseDrop(cursor)
  if (cursor.acceptSequence('ALTER', 'COLUMN')) return parseAlterColumn(cursor)
  if (cursor.at('ENABLE') || cursor.at('DISABLE')) return parseSwitchTriggers(cursor)
  if (cursor.accept('REBUILD')) return parseRebuild(cursor)
  if (cursor.accept('SET')) return parseSetOptions(cursor)
  if (cursor.at('SWITCH')) throw new RefusedClause('SWITCH PARTITION')
  return cursor.fail()
}

/** `WITH CHECK`, `WITH NOCHECK` */
function parseWithCheck(cursor: TokenCursor): boolean | undefined {
  if (cursor.acceptSequence('WITH', 'CHECK')) return true
  return cursor.acceptSequence('WITH', 'NOCHECK') ? false : undefined
}

function parseAdd(cursor: TokenCursor, withCheck: boolean): Change {
  const elements: TableElement[] = []
  do {
    elements.push(...parseTableElement(cursor))
  } while (cursor.accept(','))
  return { kind: 'add', elements, withCheck }
}

/** `DROP [COLUMN | CONSTRAINT] [IF EXISTS] a, b, COLUMN c`; a name without a word is a constraint's. */
function parseDrop(cursor: TokenCursor): Change {
  if (cursor.atSequence('PERIOD', 'FOR')) throw new RefusedClause('PERIOD FOR SYSTEM_TIME')
  const items: Extract<Change, { kind: 'drop' }>['items'][number][] = []
  let type: 'column' | 'constraint' = 'constraint'
  let ifExists = false
  do {
    const word = cursor.acceptAny(['COLUMN', 'CONSTRAINT'])
    if (word !== undefined) {
      type = word === 'COLUMN' ? 'column' : 'constraint'
      ifExists = cursor.acceptSequence('IF', 'EXISTS')
    }
    items.push({ type, name: parseIdentifier(cursor), ifExists })
    if (cursor.at('WITH')) parseIndexOptions(cursor)
  } while (cursor.accept(','))
  return { kind: 'drop', items }
}

const PROPERTIES = ['ROWGUIDCOL', 'PERSISTED', 'SPARSE', 'HIDDEN', 'MASKED', 'NOT'] as const

function parseAlterColumn(cursor: TokenCursor): Change {
  const word = cursor.peek().key
  if (word === 'ADD' || word === 'DROP') return parseColumnProperty(cursor)
  const [column] = parseColumnDefinition(cursor)
  if (column?.kind !== 'column' || column.type === undefined) return cursor.fail()
  if (cursor.at('WITH')) parseIndexOptions(cursor)
  return { kind: 'alter-column', column }
}

/** `column ADD | DROP ROWGUIDCOL | PERSISTED | NOT FOR REPLICATION` */
function parseColumnProperty(cursor: TokenCursor): Change {
  const column = parseIdentifier(cursor)
  const isAdded = cursor.advance().key === 'ADD'
  const property = cursor.acceptAny(PROPERTIES) ?? cursor.fail()
  if (property === 'ROWGUIDCOL') {
    return { kind: 'column-property', column, property: 'rowguidcol', isAdded }
  }
  if (property === 'PERSISTED') {
    return { kind: 'column-property', column, property: 'persisted', isAdded }
  }
  if (property !== 'NOT') throw new RefusedClause(property)
  cursor.expect('FOR', 'REPLICATION')
  return { kind: 'option', text: 'NOT FOR REPLICATION' }
}

/** `CHECK | NOCHECK CONSTRAINT ALL | names` */
function parseSwitchConstraints(cursor: TokenCursor, check: boolean | undefined): Change {
  const isEnabled = cursor.advance().key === 'CHECK'
  cursor.expect('CONSTRAINT')
  const names = parseNamesOrAll(cursor)
  return { kind: 'switch-constraints', names, isEnabled, withCheck: check ?? false }
}

function parseSwitchTriggers(cursor: TokenCursor): Change {
  const isEnabled = cursor.advance().key === 'ENABLE'
  if (!cursor.at('TRIGGER')) throw new RefusedClause(cursor.token.key)
  cursor.expect('TRIGGER')
  return { kind: 'switch-triggers', names: parseNamesOrAll(cursor), isEnabled, withCheck: false }
}

function parseNamesOrAll(cursor: TokenCursor): string[] {
  if (cursor.accept('ALL')) return []
  const names = [parseIdentifier(cursor)]
  while (cursor.accept(',')) names.push(parseIdentifier(cursor))
  return names
}

function parseRebuild(cursor: TokenCursor): Change {
  if (cursor.acceptSequence('PARTITION', '=')) skipToken(cursor)
  parseIndexOptions(cursor)
  return { kind: 'option', text: 'REBUILD' }
}

function parseSetOptions(cursor: TokenCursor): Change {
  cursor.expect('(')
  parseOptionList(cursor, { ignoreDuplicateKeys: undefined, dropExisting: false })
  cursor.expect(')')
  return { kind: 'option', text: 'SET' }
}
