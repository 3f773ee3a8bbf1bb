import type { Statement } from './ast.ts'
import type { ModuleDefinition, TriggerEvent } from './ast-module.ts'
import { checkLabels } from './check-labels.ts'
import { checkFunctionBody, refuseReturnValues } from './check-module-body.ts'
import { parseModuleParameters } from './parse-module-parameter.ts'
import { isString, parseIdentifierList, parseObjectName, parseTypeName } from './parse-name.ts'
import { parseFullQuery } from './parse-query.ts'
import { parseStatement, parseStatements } from './parse-statement.ts'
import { parseTableElements } from './parse-table-definition.ts'
import { RefusedClause } from './refused-clause.ts'
import type { TokenCursor } from './token-cursor.ts'

type Body<Kind> = Extract<ModuleDefinition['body'], { kind: Kind }>
type Parts = Omit<ModuleDefinition, 'kind' | 'line'>

/** What comes behind `CREATE PROCEDURE` and its kind, to the end of the text. */
export const MODULE_PARSERS: Readonly<
  Record<'procedure' | 'function' | 'trigger' | 'view', (cursor: TokenCursor) => Parts>
> = {
  procedure: parseProcedure,
  function: parseFunction,
  trigger: parseTrigger,
  view: parseView,
}

/** `name [(] @parameters [)] [WITH options] [FOR REPLICATION] AS statements` */
function parseProcedure(cursor: TokenCursor): Parts {
  const name = parseObjectName(cursor)
  // A number of a group of procedures: name;1.
  if (cursor.at(';') && cursor.peek().kind === 'integer') {
    cursor.advance()
    if (cursor.advance().text !== '1') throw new RefusedClause('PROCEDURE NUMBER')
  }
  const parameters = parseModuleParameters(cursor)
  const options = parseModuleOptions(cursor)
  cursor.acceptSequence('FOR', 'REPLICATION')
  cursor.expect('AS')
  refuseExternal(cursor)
  return { name, parameters, options, body: { kind: 'procedure', statements: parseBody(cursor) } }
}

/** `name (@parameters) RETURNS type | TABLE | @t TABLE (…) [WITH options] [AS] …` */
function parseFunction(cursor: TokenCursor): Parts {
  const name = parseObjectName(cursor)
  if (!cursor.at('(')) cursor.fail()
  const parameters = parseModuleParameters(cursor)
  cursor.expect('RETURNS')
  if (cursor.token.kind === 'variable') {
    const variable = cursor.advance().text
    cursor.expect('TABLE')
    const elements = parseTableElements(cursor)
    const options = parseFunctionOptions(cursor)
    const body: Body<'table-function'> = {
      kind: 'table-function',
      variable,
      elements,
      statements: parseFunctionBody(cursor, { isTable: true }),
    }
    return { name, parameters, options, body }
  }
  if (cursor.accept('TABLE')) {
    const options = parseFunctionOptions(cursor)
    return { name, parameters, options, body: parseInlineBody(cursor) }
  }
  const returns = parseTypeName(cursor)
  const options = parseFunctionOptions(cursor)
  const statements = parseFunctionBody(cursor, { isTable: false })
  return { name, parameters, options, body: { kind: 'scalar-function', returns, statements } }
}

function parseFunctionOptions(cursor: TokenCursor): string[] {
  const options = parseModuleOptions(cursor)
  cursor.accept('AS')
  refuseExternal(cursor)
  return options
}

function parseFunctionBody(
  cursor: TokenCursor,
  options: { readonly isTable: boolean },
): readonly Statement[] {
  if (!cursor.at('BEGIN')) cursor.fail()
  const block = parseStatement(cursor)
  while (cursor.accept(';'));
  cursor.expectEnd()
  if (block.kind !== 'block') return cursor.fail()
  checkLabels(block.statements)
  checkFunctionBody(block.statements, options)
  return block.statements
}

/** `RETURN (query)`, `RETURN query` */
function parseInlineBody(cursor: TokenCursor): Body<'inline-function'> {
  cursor.expect('RETURN')
  const isEnclosed = cursor.at('(') && cursor.closerOf(cursor.position) >= lastPosition(cursor)
  if (isEnclosed) cursor.advance()
  const query = parseFullQuery(cursor)
  if (isEnclosed) cursor.expect(')')
  while (cursor.accept(';'));
  cursor.expectEnd()
  return { kind: 'inline-function', query }
}

/** Of the last token that is no semicolon. */
function lastPosition(cursor: TokenCursor): number {
  let position = cursor.position
  let last = position
  while (cursor.tokenAt(position).kind !== 'end') {
    if (cursor.tokenAt(position).key !== ';') last = position
    position += 1
  }
  return last
}

const EVENTS = { INSERT: 'insert', UPDATE: 'update', DELETE: 'delete' } as const
const EVENT_WORDS = Object.keys(EVENTS) as (keyof typeof EVENTS)[] // its own keys

/** `name ON table [WITH options] FOR | AFTER | INSTEAD OF events [NOT FOR REPLICATION] AS statements` */
function parseTrigger(cursor: TokenCursor): Parts {
  const name = parseObjectName(cursor)
  cursor.expect('ON')
  if (cursor.at('DATABASE') || cursor.atSequence('ALL', 'SERVER')) {
    throw new RefusedClause(`TRIGGER ON ${cursor.token.key}`)
  }
  const table = parseObjectName(cursor)
  const options = parseModuleOptions(cursor)
  const isInsteadOf = cursor.acceptSequence('INSTEAD', 'OF')
  if (!isInsteadOf && cursor.acceptAny(['FOR', 'AFTER']) === undefined) cursor.fail()
  const events: TriggerEvent[] = []
  do {
    events.push(EVENTS[cursor.acceptAny(EVENT_WORDS) ?? cursor.fail()])
  } while (cursor.accept(','))
  cursor.acceptSequence('WITH', 'APPEND')
  cursor.acceptSequence('NOT', 'FOR', 'REPLICATION')
  cursor.expect('AS')
  refuseExternal(cursor)
  const statements = parseBody(cursor)
  refuseReturnValues(statements)
  const body = { kind: 'trigger', table, isInsteadOf, events, statements } as const
  return { name, parameters: [], options, body }
}

/** `name [(columns)] [WITH options] AS query [WITH CHECK OPTION]` */
function parseView(cursor: TokenCursor): Parts {
  const name = parseObjectName(cursor)
  const columns = cursor.at('(') ? parseIdentifierList(cursor) : []
  const options = parseModuleOptions(cursor)
  cursor.expect('AS')
  const query = parseFullQuery(cursor)
  const hasCheckOption = cursor.acceptSequence('WITH', 'CHECK', 'OPTION')
  while (cursor.accept(';'));
  cursor.expectEnd()
  return { name, parameters: [], options, body: { kind: 'view', columns, query, hasCheckOption } }
}

/** The statements of a procedure or trigger: all that is left, at least one. */
function parseBody(cursor: TokenCursor): readonly Statement[] {
  if (cursor.isAtEnd) cursor.fail()
  return parseStatements(cursor)
}

function refuseExternal(cursor: TokenCursor): void {
  if (cursor.atSequence('EXTERNAL', 'NAME')) throw new RefusedClause('EXTERNAL NAME')
}

/** `WITH SCHEMABINDING, EXECUTE AS OWNER, RETURNS NULL ON NULL INPUT` */
function parseModuleOptions(cursor: TokenCursor): string[] {
  const options: string[] = []
  if (!cursor.accept('WITH')) return options
  do {
    if (cursor.at('NATIVE_COMPILATION')) throw new RefusedClause('NATIVE_COMPILATION')
    options.push(parseModuleOption(cursor))
  } while (cursor.accept(','))
  return options
}

const LONG_OPTIONS = [
  ['RETURNS', 'NULL', 'ON', 'NULL', 'INPUT'],
  ['CALLED', 'ON', 'NULL', 'INPUT'],
] as const

function parseModuleOption(cursor: TokenCursor): string {
  const long = LONG_OPTIONS.find((words) => cursor.acceptSequence(...words))
  if (long !== undefined) return long.join(' ')
  if (cursor.acceptAny(['EXECUTE', 'EXEC']) !== undefined) {
    cursor.expect('AS')
    if (cursor.token.kind !== 'word' && !isString(cursor.token)) cursor.fail()
    cursor.advance()
    return 'EXECUTE AS'
  }
  if (cursor.token.kind !== 'word') cursor.fail()
  const { key } = cursor.advance()
  if (key === 'INLINE' && cursor.accept('=')) cursor.advance()
  return key
}
