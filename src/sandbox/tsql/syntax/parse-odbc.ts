import type { CastExpression, Expression, FunctionCall } from './ast.ts'
import { parseValue, parseValueList } from './parse-expression.ts'
import { isString } from './parse-name.ts'
import { parsePrimary } from './parse-primary.ts'
import { unknownOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/** ODBC's name of a scalar function and T-SQL's, where they differ ("ODBC Scalar Functions"). */
const RENAMED: Readonly<Record<string, string>> = {
  ATAN2: 'ATN2',
  CHARACTER_LENGTH: 'LEN',
  CHAR_LENGTH: 'LEN',
  CURRENT_TIMESTAMP: 'GETDATE',
  DATABASE: 'DB_NAME',
  IFNULL: 'ISNULL',
  INSERT: 'STUFF',
  LCASE: 'LOWER',
  LENGTH: 'LEN',
  LOCATE: 'CHARINDEX',
  NOW: 'GETDATE',
  OCTET_LENGTH: 'DATALENGTH',
  REPEAT: 'REPLICATE',
  UCASE: 'UPPER',
  USER: 'USER_NAME',
}

/** ODBC's functions for one part of a date, and the datepart. */
const DATE_PARTS: Readonly<Record<string, string>> = {
  DAYOFMONTH: 'day',
  DAYOFWEEK: 'weekday',
  DAYOFYEAR: 'dayofyear',
  HOUR: 'hour',
  MINUTE: 'minute',
  MONTH: 'month',
  QUARTER: 'quarter',
  SECOND: 'second',
  WEEK: 'week',
  YEAR: 'year',
}

const DATE_NAMES: Readonly<Record<string, string>> = { DAYNAME: 'weekday', MONTHNAME: 'month' }

const INTERVAL_FUNCTIONS: Readonly<Record<string, string>> = {
  TIMESTAMPADD: 'DATEADD',
  TIMESTAMPDIFF: 'DATEDIFF',
}

/** The current date and time as text: CONVERT's style for each. */
const CLOCK_STYLES: Readonly<Record<string, string>> = {
  CURDATE: '23',
  CURRENT_DATE: '23',
  CURTIME: '108',
  CURRENT_TIME: '108',
}

/** Functions of two operands that are operators in T-SQL. */
const OPERATORS: ReadonlyMap<string, '+' | '%'> = new Map([
  ['CONCAT', '+'],
  ['MOD', '%'],
])

/** Types of ODBC's CONVERT. */
const CONVERT_TYPES: Readonly<Record<string, string>> = {
  SQL_BIGINT: 'bigint',
  SQL_BINARY: 'binary',
  SQL_BIT: 'bit',
  SQL_CHAR: 'char',
  SQL_DATE: 'datetime',
  SQL_DECIMAL: 'decimal',
  SQL_DOUBLE: 'float',
  SQL_FLOAT: 'float',
  SQL_INTEGER: 'int',
  SQL_NUMERIC: 'numeric',
  SQL_REAL: 'real',
  SQL_SMALLINT: 'smallint',
  SQL_TIME: 'datetime',
  SQL_TIMESTAMP: 'datetime',
  SQL_TINYINT: 'tinyint',
  SQL_VARBINARY: 'varbinary',
  SQL_VARCHAR: 'varchar',
  SQL_WCHAR: 'nchar',
  SQL_WVARCHAR: 'nvarchar',
}

const LITERAL_TYPES: Readonly<Record<string, string>> = {
  D: 'datetime',
  TS: 'datetime',
  GUID: 'uniqueidentifier',
}

/**
 * `{fn UCASE(x)}`, `{d '2020-01-31'}`, `{ts '…'}`, `{t '…'}`, `{guid '…'}` as JDBC and ODBC clients send
 * them, in the words of T-SQL.
 * @throws SqlError 102, 195
 */
export function parseOdbcEscape(cursor: TokenCursor): Expression {
  const { line } = cursor.advance()
  cursor.enter()
  const expression = cursor.accept('FN') ? parseScalarFunction(cursor) : parseTyped(cursor, line)
  cursor.leave()
  cursor.expect('}')
  return expression
}

function parseTyped(cursor: TokenCursor, line: number): Expression {
  const { key, text } = cursor.token
  const type = LITERAL_TYPES[key]
  if (type === undefined && key !== 'T') throw unknownOption(text, 'ODBC escape', line)
  cursor.advance()
  if (!isString(cursor.token)) cursor.fail()
  const literal = parsePrimary(cursor)
  return type === undefined ? timeOfToday(literal, line) : cast(literal, type, line)
}

/** `{t '12:30:00'}` is that time today. */
function timeOfToday(time: Expression, line: number): Expression {
  const today = cast(call('GETDATE', [], line), 'date', line)
  return {
    kind: 'binary',
    operator: '+',
    left: cast(today, 'datetime', line),
    right: cast(time, 'datetime', line),
    line,
  }
}

function parseScalarFunction(cursor: TokenCursor): Expression {
  const { key, line } = cursor.token
  // T-SQL's own CONVERT names the type first, ODBC's the value; only ODBC's has SQL_ types.
  if (key === 'CONVERT') return parseConvert(cursor)
  if (key === 'EXTRACT') return parseExtract(cursor)
  if (INTERVAL_FUNCTIONS[key] !== undefined) return parseInterval(cursor)
  if (!isTranslated(key)) return parsePrimary(cursor)
  cursor.advance()
  cursor.expect('(')
  const args = cursor.at(')') ? [] : parseValueList(cursor)
  cursor.expect(')')
  return translate(key, args, line)
}

function isTranslated(key: string): boolean {
  const tables = [RENAMED, DATE_PARTS, DATE_NAMES, CLOCK_STYLES]
  return (
    tables.some((table) => Object.hasOwn(table, key)) || OPERATORS.has(key) || key === 'TRUNCATE'
  )
}

function translate(key: string, args: readonly Expression[], line: number): Expression {
  const operator = OPERATORS.get(key)
  const [left, right] = args
  if (operator !== undefined && left !== undefined && right !== undefined) {
    return { kind: 'binary', operator, left, right, line }
  }
  if (key === 'TRUNCATE') return call('ROUND', [...args, integer('1', line)], line)
  const part = DATE_PARTS[key]
  if (part !== undefined) return { ...call('DATEPART', args, line), keyword: part }
  const name = DATE_NAMES[key]
  if (name !== undefined) return { ...call('DATENAME', args, line), keyword: name }
  const style = CLOCK_STYLES[key]
  if (style !== undefined) return clockText(style, line)
  return call(RENAMED[key] ?? key, args, line)
}

function clockText(style: string, line: number): CastExpression {
  return {
    kind: 'cast',
    operand: call('GETDATE', [], line),
    type: { schema: '', name: 'varchar', arguments: [10] },
    style: integer(style, line),
    form: 'convert',
    isTry: false,
    line,
  }
}

/** `CONVERT(value, SQL_VARCHAR)` */
function parseConvert(cursor: TokenCursor): Expression {
  if (isTransactConvert(cursor)) return parsePrimary(cursor)
  const { line } = cursor.advance()
  cursor.expect('(')
  const operand = parseValue(cursor)
  cursor.expect(',')
  const { key, text } = cursor.advance()
  const type = CONVERT_TYPES[key]
  if (type === undefined) throw unknownOption(text, 'ODBC data type', line)
  cursor.expect(')')
  return cast(operand, type, line)
}

function isTransactConvert(cursor: TokenCursor): boolean {
  const closer = cursor.closerOf(cursor.position + 1)
  return !cursor.tokenAt(closer - 1).key.startsWith('SQL_')
}

/** `EXTRACT(YEAR FROM value)` */
function parseExtract(cursor: TokenCursor): Expression {
  const { line } = cursor.advance()
  cursor.expect('(')
  const keyword = cursor.advance().text
  cursor.expect('FROM')
  const value = parseValue(cursor)
  cursor.expect(')')
  return { ...call('DATEPART', [value], line), keyword }
}

/** `TIMESTAMPADD(SQL_TSI_DAY, 1, value)` */
function parseInterval(cursor: TokenCursor): Expression {
  const { key, line } = cursor.advance()
  cursor.expect('(')
  const unit = cursor.advance().key.replace('SQL_TSI_', '').toLowerCase()
  cursor.expect(',')
  const args = parseValueList(cursor)
  cursor.expect(')')
  const keyword = unit === 'frac_second' ? 'nanosecond' : unit
  return { ...call(INTERVAL_FUNCTIONS[key] ?? key, args, line), keyword }
}

function call(name: string, args: readonly Expression[], line: number): FunctionCall {
  return {
    kind: 'function',
    schema: '',
    name,
    arguments: args,
    star: false,
    distinct: false,
    line,
  }
}

function cast(operand: Expression, type: string, line: number): CastExpression {
  const name = { schema: '', name: type, arguments: [] }
  return { kind: 'cast', operand, type: name, form: 'cast', isTry: false, line }
}

function integer(text: string, line: number): Expression {
  return { kind: 'literal', literalType: 'integer', text, line }
}
