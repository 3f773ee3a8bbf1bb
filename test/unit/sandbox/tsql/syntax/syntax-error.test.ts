import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { parseBatch } from '../../../../../src/sandbox/tsql/syntax/index.ts'

const NEAR = (text: string) => `Incorrect syntax near '${text}'.`
const NEAR_KEYWORD = (text: string) => `Incorrect syntax near the keyword '${text}'.`
const NOT_BOOLEAN = (text: string) =>
  `An expression of non-boolean type specified in a context where a condition is expected, near '${text}'.`

const ERRORS: readonly (readonly [text: string, number: number, line: number, message: string])[] =
  [
    ['SELECT *\nFORM t x', 102, 2, NEAR('FORM')],
    ['SELECT * FROM', 102, 1, NEAR('FROM')],
    ['SELECT 1 +', 102, 1, NEAR('+')],
    ['SELECT\nfrom t', 156, 2, NEAR_KEYWORD('from')],
    ['SELECT a FROM t WHERE', 102, 1, NEAR('WHERE')],
    ['SELECT a FROM t ORDER a', 102, 1, NEAR('a')],
    ['SELECT (a = 1)', 102, 1, NEAR('=')],
    ['SELECT a = 1 = 2', 102, 1, NEAR('=')],
    ['SELECT t.Key FROM t', 156, 1, NEAR_KEYWORD('Key')],
    ["SELECT 1 FROM 'x'", 102, 1, NEAR('x')],
    ['SELECT TOP @n a FROM t', 102, 1, NEAR('@n')],
    ['SELECT 1 WHERE a IN ()', 102, 1, NEAR(')')],
    ['SELECT * FROM (SELECT 1)', 102, 1, NEAR(')')],
    ['SELECT * FROM a JOIN b WHERE 1=1', 156, 1, NEAR_KEYWORD('WHERE')],
    ['SELECT CASE END', 156, 1, NEAR_KEYWORD('END')],
    ['SELECT COUNT(', 102, 1, NEAR('(')],
    ['BEGIN END', 156, 1, NEAR_KEYWORD('END')],
    ['BEGIN SELECT 1', 102, 1, NEAR('1')],
    ['SELECT 1 ELSE', 156, 1, NEAR_KEYWORD('ELSE')],
    ['SELECT 1; foo', 102, 1, NEAR('foo')],
    ['SELECT 1 ? 2', 102, 1, NEAR('?')],
    ["SELECT '\nabc", 105, 1, "Unclosed quotation mark after the character string '\nabc'."],
    ['SELECT 1\n, [abc', 105, 2, "Unclosed quotation mark after the character string 'abc'."],
    ['SELECT 1 /* /* */', 113, 1, "Missing end comment mark '*/'."],
    [
      `SELECT ${'x'.repeat(129)}`,
      103,
      1,
      `The identifier that starts with '${'x'.repeat(128)}' is too long. Maximum length is 128.`,
    ],
    [
      'SELECT * FROM a.b.c.d.e',
      117,
      1,
      "The object name 'a.b.c.d.e' contains more than the maximum number of prefixes. The maximum is 3.",
    ],
    ['SELECT 1 WHERE 1', 4145, 1, NOT_BOOLEAN('1')],
    ['IF @a SELECT 1', 4145, 1, NOT_BOOLEAN('SELECT')],
    ['SELECT 1 WHERE a AND b = 1', 4145, 1, NOT_BOOLEAN('AND')],
    ['SET FOO ON', 195, 1, "'FOO' is not a recognized SET option."],
    [
      'SELECT 1 FROM t\nWITH c AS (SELECT 1) SELECT * FROM c',
      336,
      2,
      "Incorrect syntax near 'c'. If this is intended to be a common table expression, you need to explicitly terminate the previous statement with a semi-colon.",
    ],
  ]

const REFUSED: readonly (readonly [text: string, number: number, named: string])[] = [
  ["SELECT x.value('(/a)[1]', 'int') FROM t", 40517, 'value'],
  ["SELECT * FROM t CROSS APPLY t.x.nodes('/a') AS n(c)", 40517, 'nodes'],
  ["SELECT @x.query('/a')", 40517, 'query'],
  ['SELECT geography::Point(1, 2, 3)', 40517, 'geography::'],
  ["SELECT a FROM t WHERE CONTAINS(a, 'x')", 40517, 'CONTAINS'],
  ["SELECT * FROM OPENROWSET(BULK 'x', SINGLE_CLOB) r", 40517, 'OPENROWSET'],
  ['SELECT * FROM t FOR SYSTEM_TIME ALL', 40517, 'FOR SYSTEM_TIME'],
  ['SELECT * FROM t TABLESAMPLE (10 PERCENT)', 40517, 'TABLESAMPLE'],
  ['SELECT a FROM t GROUP BY ALL a', 40517, 'GROUP BY ALL'],
]

const TOO_DEEP: Readonly<Record<string, string>> = {
  parentheses: `SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`,
  'unclosed parentheses': `SELECT ${'('.repeat(10_000)}`,
  subqueries: `SELECT ${'(SELECT '.repeat(5000)}`,
  'derived tables': `SELECT * FROM ${'(SELECT * FROM '.repeat(5000)}`,
  'parentheses around tables': `SELECT * FROM ${'('.repeat(10_000)}`,
  'joins without ON': `SELECT * FROM ${'a JOIN '.repeat(10_000)}`,
  signs: `SELECT ${'- '.repeat(10_000)}1`,
  NOTs: `SELECT 1 WHERE ${'NOT '.repeat(10_000)}1 = 1`,
  CASEs: `SELECT ${'CASE WHEN 1 = 1 THEN '.repeat(5000)}`,
  functions: `SELECT ${'f('.repeat(5000)}`,
  escapes: `SELECT ${'{fn a('.repeat(5000)}`,
  'a long sum': `SELECT 1${' + 1'.repeat(5000)}`,
  blocks: 'BEGIN '.repeat(10_000),
  IFs: 'IF 1 = 1 '.repeat(10_000),
  'grouping sets': `SELECT 1 FROM t GROUP BY ${'GROUPING SETS ('.repeat(10_000)}`,
}

function errorOf(text: string): SqlError {
  try {
    parseBatch(text, { quotedIdentifier: true })
  } catch (error) {
    assert.ok(error instanceof SqlError, String(error))
    return error
  }
  return assert.fail(`no error: ${text.slice(0, 80)}`)
}

describe('parseBatch on wrong text', () => {
  for (const [text, number, line, message] of ERRORS) {
    it(`answers ${number} to ${text.slice(0, 60)}`, () => {
      const error = errorOf(text)
      assert.deepEqual(
        {
          number: error.number,
          line: error.line,
          severity: error.severity,
          message: error.message,
        },
        { number, line, severity: 15, message },
      )
    })
  }

  for (const [text, number, named] of REFUSED) {
    it(`refuses by name ${text}`, () => {
      const error = errorOf(text)
      assert.equal(error.number, number)
      assert.ok(error.message.includes(`'${named}'`), error.message)
    })
  }

  for (const [name, text] of Object.entries(TOO_DEEP)) {
    it(`answers 191 to thousands of ${name}`, () => assert.equal(errorOf(text).number, 191))
  }

  it('accepts as much nesting as clients generate', () => {
    const nested = `SELECT ${'('.repeat(400)}1${')'.repeat(400)}`
    assert.equal(parseBatch(nested, { quotedIdentifier: true }).statements.length, 1)
  })
})
