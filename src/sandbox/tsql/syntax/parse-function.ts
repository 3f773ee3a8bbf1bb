import type { Expression, FrameBound, FunctionCall, OverClause, WindowFrame } from './ast.ts'
import { parseCondition, parseValue, parseValueList } from './parse-expression.ts'
import { parseOrderBy } from './parse-query.ts'
import type { TokenCursor } from './token-cursor.ts'

/** Functions whose first argument is a word of their own: `DATEADD(day, …)`. */
const KEYWORD_FUNCTIONS = new Set([
  'DATEADD',
  'DATEDIFF',
  'DATEDIFF_BIG',
  'DATENAME',
  'DATEPART',
  'DATETRUNC',
  'DATE_BUCKET',
])

type FunctionName = Pick<FunctionCall, 'schema' | 'name' | 'line'>
type Arguments = Pick<FunctionCall, 'arguments' | 'star' | 'distinct' | 'keyword'>

/** The call of a function whose name has been read; its parenthesis comes next. */
export function parseFunctionCall(cursor: TokenCursor, name: FunctionName): FunctionCall {
  cursor.expect('(')
  cursor.enter()
  const args = parseArguments(cursor, name.schema === '' ? name.name.toUpperCase() : '')
  cursor.leave()
  cursor.expect(')')
  const withinGroup = parseWithinGroup(cursor)
  const over = cursor.accept('OVER') ? { over: parseOver(cursor) } : {}
  return {
    kind: 'function',
    schema: name.schema,
    name: name.name,
    ...args,
    ...withinGroup,
    ...over,
    line: name.line,
  }
}

function parseArguments(cursor: TokenCursor, name: string): Arguments {
  if (cursor.at(')')) return { arguments: [], star: false, distinct: false }
  if (cursor.accept('*')) return { arguments: [], star: true, distinct: false }
  if (KEYWORD_FUNCTIONS.has(name)) return parseKeywordArguments(cursor)
  if (name === 'TRIM') return parseTrimArguments(cursor)
  if (name === 'IIF') return parseIifArguments(cursor)
  const distinct = cursor.accept('DISTINCT')
  if (!distinct) cursor.accept('ALL')
  // Functions of a database take DEFAULT; they are the ones with a schema.
  const args = name === '' ? parseUserArguments(cursor) : parseValueList(cursor)
  return { arguments: args, star: false, distinct }
}

/** Values of parameters; DEFAULT, a literal of that type, stands for a parameter's own. */
export function parseUserArguments(cursor: TokenCursor): Expression[] {
  const args: Expression[] = []
  do {
    const { text, line } = cursor.token
    const isDefault = cursor.accept('DEFAULT')
    args.push(
      isDefault ? { kind: 'literal', literalType: 'default', text, line } : parseValue(cursor),
    )
  } while (cursor.accept(','))
  return args
}

function parseKeywordArguments(cursor: TokenCursor): Arguments {
  if (cursor.token.kind !== 'word') cursor.fail()
  const keyword = cursor.advance().text
  cursor.expect(',')
  return { arguments: parseValueList(cursor), star: false, distinct: false, keyword }
}

/** `TRIM(text)`, `TRIM([LEADING | TRAILING | BOTH] characters FROM text)`. */
function parseTrimArguments(cursor: TokenCursor): Arguments {
  const keyword = cursor.acceptAny(['LEADING', 'TRAILING', 'BOTH'])
  const first = parseValue(cursor)
  if (keyword === undefined && !cursor.at('FROM')) {
    return { arguments: [first], star: false, distinct: false }
  }
  cursor.expect('FROM')
  const text = parseValue(cursor)
  return { arguments: [first, text], star: false, distinct: false, keyword: keyword ?? 'BOTH' }
}

function parseIifArguments(cursor: TokenCursor): Arguments {
  const args: Expression[] = [parseCondition(cursor)]
  while (cursor.accept(',')) args.push(parseValue(cursor))
  return { arguments: args, star: false, distinct: false }
}

function parseWithinGroup(cursor: TokenCursor): Pick<FunctionCall, 'withinGroup'> {
  if (!cursor.acceptSequence('WITHIN', 'GROUP')) return {}
  cursor.expect('(')
  const withinGroup = parseOrderBy(cursor)
  cursor.expect(')')
  return { withinGroup }
}

function parseOver(cursor: TokenCursor): OverClause {
  cursor.expect('(')
  const partitionBy = cursor.acceptSequence('PARTITION', 'BY') ? parseValueList(cursor) : []
  const orderBy = cursor.at('ORDER') ? parseOrderBy(cursor) : []
  const unit = cursor.acceptAny(['ROWS', 'RANGE'])
  const frame = unit === undefined ? {} : { frame: parseFrame(cursor, unit) }
  cursor.expect(')')
  return { partitionBy, orderBy, ...frame }
}

function parseFrame(cursor: TokenCursor, unit: 'ROWS' | 'RANGE'): WindowFrame {
  const isPair = cursor.accept('BETWEEN')
  const start = parseFrameBound(cursor)
  if (isPair) cursor.expect('AND')
  const end: FrameBound = isPair ? parseFrameBound(cursor) : { kind: 'current-row' }
  return { unit: unit === 'ROWS' ? 'rows' : 'range', start, end }
}

function parseFrameBound(cursor: TokenCursor): FrameBound {
  if (cursor.acceptSequence('CURRENT', 'ROW')) return { kind: 'current-row' }
  if (cursor.acceptSequence('UNBOUNDED', 'PRECEDING')) return { kind: 'unbounded-preceding' }
  if (cursor.acceptSequence('UNBOUNDED', 'FOLLOWING')) return { kind: 'unbounded-following' }
  const offset = parseValue(cursor)
  if (cursor.accept('PRECEDING')) return { kind: 'preceding', offset }
  cursor.expect('FOLLOWING')
  return { kind: 'following', offset }
}
