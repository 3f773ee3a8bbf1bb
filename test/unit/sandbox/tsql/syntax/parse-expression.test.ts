import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseExpression } from '../../../../../src/sandbox/tsql/syntax/index.ts'
import { shapeOf } from './expression-shape.ts'

const VALUES: readonly (readonly [text: string, shape: string])[] = [
  // literals
  ["'it''s'", "'it's'"],
  ["N'Ünïcode'", "N'Ünïcode'"],
  ["'one\\\ntwo'", "'onetwo'"],
  ['0x', '0x'],
  ['0xAB12', '0xAB12'],
  ['$-5.25', '$-5.25'],
  ['€3', '$3'],
  ['.5', '.5'],
  ['1.', '1.'],
  ['1.5e-3', '1.5e-3'],
  ['NULL', 'null'],
  // names
  ['[a]]b].[c d]', 'a]b.c d'],
  ['"Order Details".Quantity', 'Order Details.Quantity'],
  ['Northwind..Customers.City', 'Northwind..Customers.City'],
  ['größe + 名前', '(+ größe 名前)'],
  ['Date + Name + Value + Status + Type', '(+ (+ (+ (+ Date Name) Value) Status) Type)'],
  ['@a + @@ROWCOUNT', '(+ @a @@ROWCOUNT)'],
  ['$identity', '$identity'],
  // precedence
  ['a + b * 2', '(+ a (* b 2))'],
  ['a - b - c', '(- (- a b) c)'],
  ['a | b & c ^ d', '(^ (& (| a b) c) d)'],
  ['-a + b', '(+ (- a) b)'],
  ['-100.0/-100.0*10.0', '(- (/ 100.0 (- (* 100.0 10.0))))'],
  ['~a * b', '(* (~ a) b)'],
  ['a + b COLLATE Latin1_General_CI_AS', '(+ a (collate:Latin1_General_CI_AS b))'],
  ["d AT TIME ZONE 'UTC' AT TIME ZONE 'CET'", "(at-time-zone (at-time-zone d 'UTC') 'CET')"],
  [
    '(([UnitPrice]*((1.0)-[UnitPriceDiscount]))*[OrderQty])',
    '(* (* UnitPrice (- 1.0 UnitPriceDiscount)) OrderQty)',
  ],
  // functions
  ['GETDATE()', '(GETDATE)'],
  ['COUNT(*)', '(COUNT *)'],
  ['COUNT(DISTINCT a)', '(COUNT distinct a)'],
  ['SUM(ALL a)', '(SUM a)'],
  ['dbo.f(1, 2)', '(dbo.f 1 2)'],
  ['LEFT(a, 1) + RIGHT(a, 2)', '(+ (LEFT a 1) (RIGHT a 2))'],
  ['COALESCE(a, NULLIF(b, 0))', '(COALESCE a (NULLIF b 0))'],
  ['CURRENT_TIMESTAMP', '(CURRENT_TIMESTAMP)'],
  ['SYSTEM_USER + USER', '(+ (SYSTEM_USER) (USER))'],
  ['DATEADD(day, 1, d)', '(DATEADD :day 1 d)'],
  ['datediff(YEAR, a, b)', '(datediff :YEAR a b)'],
  ['TRIM(a)', '(TRIM a)'],
  ["TRIM('x' FROM a)", "(TRIM :BOTH 'x' a)"],
  ["TRIM(LEADING 'x' FROM a)", "(TRIM :LEADING 'x' a)"],
  ['IIF(a > 1 AND b IS NULL, 1, 2)', '(IIF (and (> a 1) (is-null b)) 1 2)'],
  ['CAST(a AS decimal(10, 2))', '(cast:decimal 10 2 a)'],
  ['TRY_CAST(a AS nvarchar(max))', '(try-cast:nvarchar max a)'],
  ['CONVERT(varchar(10), a, 120)', '(convert:varchar 10 a 120)'],
  ['TRY_CONVERT(int, a)', '(try-convert:int a)'],
  ["PARSE('1,5' AS money USING 'de-DE')", "(parse:money '1,5' 'de-DE')"],
  ['CAST(a AS double precision)', '(cast:float a)'],
  ['CAST(a AS national character varying(5))', '(cast:nvarchar 5 a)'],
  ['CASE a WHEN 1 THEN 2 ELSE 3 END', '(case a (when 1 2) 3)'],
  ['CASE WHEN a = 1 OR b = 2 THEN 2 END', '(case (when (or (= a 1) (= b 2)) 2))'],
  // ODBC and JDBC escapes
  ["{d '2020-01-31'}", "(cast:datetime '2020-01-31')"],
  ["{ts '2020-01-31 10:00:00'}", "(cast:datetime '2020-01-31 10:00:00')"],
  ["{t '10:00:00'}", "(+ (cast:datetime (cast:date (GETDATE))) (cast:datetime '10:00:00'))"],
  ['{fn UCASE(a)}', '(UPPER a)'],
  ['{fn CONCAT(a, {fn LCASE(b)})}', '(+ a (LOWER b))'],
  ['{fn MOD(a, 2)}', '(% a 2)'],
  ['{fn NOW()}', '(GETDATE)'],
  ['{fn CURDATE()}', '(convert:varchar 10 (GETDATE) 23)'],
  ['{fn DAYNAME(a)}', '(DATENAME :weekday a)'],
  ['{fn YEAR(a)}', '(DATEPART :year a)'],
  ['{fn EXTRACT(MONTH FROM a)}', '(DATEPART :MONTH a)'],
  ['{fn TIMESTAMPADD(SQL_TSI_DAY, 1, a)}', '(DATEADD :day 1 a)'],
  ['{fn CONVERT(a, SQL_INTEGER)}', '(cast:int a)'],
  ['{fn CONVERT(int, a)}', '(convert:int a)'],
  ['{fn LEFT(a, 2)}', '(LEFT a 2)'],
  // subqueries
  ['(SELECT 1)', '(select 1)'],
  ['((SELECT 1) + 2)', '(+ (select 1) 2)'],
  ['((SELECT 1) UNION SELECT 2)', '(union {(select 1)} (select 2))'],
  ['(((SELECT 1)))', '{{(select 1)}}'],
]

const CONDITIONS: readonly (readonly [text: string, shape: string])[] = [
  ['a = 1 AND b = 2 OR c = 3', '(or (and (= a 1) (= b 2)) (= c 3))'],
  ['NOT a = 1 AND b = 2', '(and (not (= a 1)) (= b 2))'],
  ['NOT (a = 1 OR b = 2)', '(not (or (= a 1) (= b 2)))'],
  ['a != 1', '(<> a 1)'],
  ['a !> 1', '(<= a 1)'],
  ['a !< 1', '(>= a 1)'],
  ['(a + 1) * 2 > (b)', '(> (* (+ a 1) 2) b)'],
  ['((a = 1))', '(= a 1)'],
  ['(a) = 1 AND ((b) > 2)', '(and (= a 1) (> b 2))'],
  ['a IS NOT NULL', '(not-is-null a)'],
  ['a IS DISTINCT FROM b', '(is-distinct a b)'],
  ['a IS NOT DISTINCT FROM NULL', '(not-is-distinct a null)'],
  ['a BETWEEN 1 AND 2 AND b = 3', '(and (between a 1 2) (= b 3))'],
  ['a NOT BETWEEN 1 AND 2', '(not-between a 1 2)'],
  ["a IN (1, 'x', NULL)", "(in a 1 'x' null)"],
  ['a NOT IN (SELECT b FROM t)', '(not-in a (select b from t))'],
  ['a IN ((SELECT 1))', '(in a {(select 1)})'],
  ["a LIKE N'%' + @x + '%' ESCAPE '!'", "(like a (+ (+ N'%' @x) '%') '!')"],
  ["a NOT LIKE 'x!_' {escape '!'}", "(not-like a 'x!_' '!')"],
  ['EXISTS (SELECT * FROM t)', '(exists (select * from t))'],
  ['a > ALL (SELECT b FROM t)', '(>all a (select b from t))'],
  ['a = SOME (SELECT b FROM t)', '(=any a (select b from t))'],
  ['a=1 AND b=2 AND c=3', '(and (and (= a 1) (= b 2)) (= c 3))'],
  ['a=1 OR b=2 OR c=3 OR d=4', '(or (or (= a 1) (= b 2)) (or (= c 3) (= d 4)))'],
]

describe('parseExpression', () => {
  for (const [text, shape] of [...VALUES, ...CONDITIONS]) {
    it(`reads ${text}`, () => assert.equal(shapeOf(parseExpression(text)), shape))
  }

  it('keeps the line of each node, also after CRLF and in comments', () => {
    const sum = parseExpression("a\r\n+ /* x\r\n /* y */ */ 'two\r\nlines' -- end\r\n+ b")
    assert.equal(sum.kind, 'binary')
    assert.partialDeepStrictEqual(sum, {
      line: 5,
      left: { line: 2, right: { line: 3 } },
      right: { line: 5 },
    })
  })

  it('takes thousands of ORs without a deep tree', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `a = ${index}`).join(' OR ')
    assert.ok(depthOf(parseExpression(text)) < 20)
  })

  it('refuses what follows the expression', () => {
    assert.throws(() => parseExpression('1 + 2 3'), { number: 102 })
  })
})

function depthOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('left' in node) || !('right' in node)) return 1
  return 1 + Math.max(depthOf(node.left), depthOf(node.right))
}
