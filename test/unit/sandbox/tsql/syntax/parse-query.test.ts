import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBatch, type QueryExpression } from '../../../../../src/sandbox/tsql/syntax/index.ts'
import { queryShape, tableShape } from './expression-shape.ts'

function queryOf(text: string): QueryExpression {
  const [statement, ...others] = parseBatch(text, { quotedIdentifier: true }).statements
  assert.equal(statement?.kind, 'select-statement')
  assert.equal(others.length, 0)
  return statement.query
}

function selectOf(text: string) {
  const { body } = queryOf(text)
  assert.equal(body.kind, 'select')
  return body
}

describe('set operations', () => {
  const cases: readonly (readonly [text: string, shape: string])[] = [
    [
      'SELECT 1 UNION SELECT 2 UNION ALL SELECT 3',
      '(union-all (union (select 1) (select 2)) (select 3))',
    ],
    [
      'SELECT 1 UNION SELECT 2 INTERSECT SELECT 3',
      '(union (select 1) (intersect (select 2) (select 3)))',
    ],
    [
      'SELECT 1 EXCEPT (SELECT 2 UNION SELECT 3)',
      '(except (select 1) {(union (select 2) (select 3))})',
    ],
    ['(SELECT 1) UNION (SELECT 2)', '(union {(select 1)} {(select 2)})'],
    ['(SELECT 1)', '{(select 1)}'],
  ]
  for (const [text, shape] of cases) {
    it(`reads ${text}`, () => assert.equal(queryShape(queryOf(text)), shape))
  }
})

describe('FROM', () => {
  const cases: readonly (readonly [from: string, shape: string])[] = [
    ['a, b', 'a b'],
    ['a AS x JOIN b y ON x.i = y.i', '(inner a=x b=y (= x.i y.i))'],
    ['a LEFT OUTER JOIN b ON 1=1 RIGHT JOIN c ON 2=2', '(right (left a b (= 1 1)) c (= 2 2))'],
    ['a FULL JOIN b ON 1=1', '(full a b (= 1 1))'],
    ['a INNER HASH JOIN b ON 1=1', '(inner a b (= 1 1))'],
    ['a LEFT LOOP JOIN b ON 1=1', '(left a b (= 1 1))'],
    ['a CROSS JOIN b', '(cross a b)'],
    ['a JOIN b JOIN c ON 1=1 ON 2=2', '(inner a (inner b c (= 1 1)) (= 2 2))'],
    ['(a JOIN b ON 1=1) LEFT JOIN c ON 2=2', '(left (inner a b (= 1 1)) c (= 2 2))'],
    ['a JOIN (b JOIN c ON 1=1) ON 2=2', '(inner a (inner b c (= 1 1)) (= 2 2))'],
    ['(SELECT 1 AS i) AS d', '(select 1)=d'],
    ['((SELECT 1) UNION SELECT 2) d', '(union {(select 1)} (select 2))=d'],
    ['((SELECT 1 i) d JOIN b ON 1=1)', '(inner (select 1)=d b (= 1 1))'],
    ['a CROSS APPLY (SELECT a.i) d', '(cross-apply a (select a.i)=d)'],
    ["a OUTER APPLY STRING_SPLIT(a.t, ',') s", "(outer-apply a (STRING_SPLIT a.t ',')=s)"],
    ["(VALUES (1, 'a'), (2, 'b')) AS v(i, t)", "(values (1 'a') (2 'b'))=v"],
    ['@t AS t', '@t=t'],
    ['{oj a LEFT OUTER JOIN b ON 1=1}', '(left a b (= 1 1))'],
    ['::fn_helpcollations()', '(fn_helpcollations)'],
    ['a PIVOT (SUM(x) FOR m IN ([1],[2])) AS p JOIN b ON 1=1', '(inner (pivot a)=p b (= 1 1))'],
    ['a UNPIVOT (v FOR n IN (x, a.y)) u', '(unpivot a)=u'],
  ]
  for (const [from, shape] of cases) {
    it(`reads ${from}`, () => {
      assert.equal(selectOf(`SELECT * FROM ${from}`).from.map(tableShape).join(' '), shape)
    })
  }

  it('reads names of one to four parts', () => {
    const names = selectOf('SELECT * FROM t, s.t, d..t, [v].d.s.[t t]').from.map((table) => {
      assert.equal(table.kind, 'table')
      const { server, database, schema, name } = table.name
      return [server, database, schema, name]
    })
    assert.deepEqual(names, [
      ['', '', '', 't'],
      ['', '', 's', 't'],
      ['', 'd', '', 't'],
      ['v', 'd', 's', 't t'],
    ])
  })

  it('reads hints in all their places', () => {
    const text = `SELECT * FROM a WITH (NOLOCK), b (nolock), c AS x WITH (INDEX(ix1, 2), HOLDLOCK),
      d (NOLOCK) y, e WITH(INDEX = pk READPAST)`
    const hints = selectOf(text).from.map((table) => table.kind === 'table' && table.hints)
    assert.deepEqual(hints, [
      ['NOLOCK'],
      ['NOLOCK'],
      ['INDEX(IX1,2)', 'HOLDLOCK'],
      ['NOLOCK'],
      ['INDEX=PK', 'READPAST'],
    ])
  })

  it('reads PIVOT, UNPIVOT and OPENJSON in full', () => {
    const text = `SELECT * FROM s PIVOT (SUM(x) FOR s.m IN ([1], feb)) AS p,
      s UNPIVOT (v FOR n IN (x, y)) u, OPENJSON(@j, '$.a') WITH (i int '$.i', t nvarchar(max) AS JSON) j`
    assert.partialDeepStrictEqual(selectOf(text).from, [
      {
        aggregate: { name: 'SUM' },
        column: { parts: ['s', 'm'] },
        values: ['1', 'feb'],
        alias: 'p',
      },
      { valueColumn: 'v', nameColumn: 'n', columns: ['x', 'y'], alias: 'u' },
      {
        kind: 'table-function',
        alias: 'j',
        with: [
          { name: 'i', type: { name: 'int', arguments: [] }, path: '$.i', asJson: false },
          { name: 't', type: { name: 'nvarchar', arguments: ['max'] }, asJson: true },
        ],
      },
    ])
  })
})

describe('SELECT', () => {
  it('reads every form of a select item', () => {
    const text = `SELECT *, c.*, a, a AS b, a b, a 'b c', a AS [b c], N'x' = a, b = a, @v = a, @v += 1`
    assert.partialDeepStrictEqual(selectOf(text).items, [
      { kind: 'star', qualifier: [] },
      { kind: 'star', qualifier: ['c'] },
      { kind: 'expression' },
      { kind: 'expression', alias: 'b' },
      { kind: 'expression', alias: 'b' },
      { kind: 'expression', alias: 'b c' },
      { kind: 'expression', alias: 'b c' },
      { kind: 'expression', alias: 'x' },
      { kind: 'expression', alias: 'b' },
      { kind: 'assignment', variable: '@v', operator: '=' },
      { kind: 'assignment', variable: '@v', operator: '+=' },
    ])
  })

  it('reads TOP with and without parentheses', () => {
    assert.partialDeepStrictEqual(selectOf('SELECT DISTINCT TOP 10 PERCENT a FROM t'), {
      distinct: true,
      top: { count: { text: '10' }, percent: true, withTies: false },
    })
    assert.partialDeepStrictEqual(
      selectOf('SELECT TOP (@n + 1) WITH TIES a FROM t ORDER BY a').top,
      {
        count: { kind: 'binary' },
        withTies: true,
      },
    )
    assert.equal(selectOf('SELECT TOP(5)* FROM t').items[0]?.kind, 'star')
  })

  it('reads all clauses of a query', () => {
    const query = queryOf(`WITH a (x) AS (SELECT 1), b AS (SELECT x FROM a)
      SELECT x INTO #new FROM b WHERE x > 0 GROUP BY x HAVING COUNT(*) > 1
      ORDER BY x DESC, 2 ASC OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY OPTION (RECOMPILE, MAXRECURSION 0)`)
    assert.partialDeepStrictEqual(query, {
      with: [
        { name: 'a', columns: ['x'] },
        { name: 'b', columns: [] },
      ],
      body: { kind: 'select', into: { name: '#new' }, where: { kind: 'comparison' } },
      orderBy: [{ descending: true }, { descending: false }],
      offset: { text: '5' },
      fetch: { text: '10' },
      maxRecursion: 0,
    })
  })

  it('reads grouping in all forms', () => {
    const groups = (text: string) => selectOf(`SELECT 1 FROM t GROUP BY ${text}`).groupBy
    assert.partialDeepStrictEqual(groups('a, b + 1'), [
      { kind: 'expression' },
      { kind: 'expression' },
    ])
    assert.partialDeepStrictEqual(groups('ROLLUP (a, (b, c))'), [
      { kind: 'rollup', items: [[{ parts: ['a'] }], [{ parts: ['b'] }, { parts: ['c'] }]] },
    ])
    assert.partialDeepStrictEqual(groups('a, b WITH CUBE'), [
      { kind: 'cube', items: [[{ parts: ['a'] }], [{ parts: ['b'] }]] },
    ])
    assert.partialDeepStrictEqual(groups('GROUPING SETS ((a, b), c, ROLLUP (d), ())'), [
      {
        kind: 'grouping-sets',
        items: [
          { kind: 'set', expressions: [{ parts: ['a'] }, { parts: ['b'] }] },
          { kind: 'expression' },
          { kind: 'rollup' },
          { kind: 'set', expressions: [] },
        ],
      },
    ])
  })

  it('reads windows and ordered aggregates', () => {
    const text = `SELECT ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c DESC),
      SUM(a) OVER (ORDER BY b ROWS BETWEEN 2 PRECEDING AND UNBOUNDED FOLLOWING),
      SUM(a) OVER (ORDER BY b RANGE UNBOUNDED PRECEDING),
      STRING_AGG(a, ',') WITHIN GROUP (ORDER BY a DESC) FROM t`
    const calls = selectOf(text).items.map((item) => item.kind === 'expression' && item.expression)
    assert.partialDeepStrictEqual(calls, [
      {
        over: {
          partitionBy: [{ parts: ['a'] }, { parts: ['b'] }],
          orderBy: [{ descending: true }],
        },
      },
      {
        over: {
          frame: {
            unit: 'rows',
            start: { kind: 'preceding', offset: { text: '2' } },
            end: { kind: 'unbounded-following' },
          },
        },
      },
      {
        over: {
          frame: {
            unit: 'range',
            start: { kind: 'unbounded-preceding' },
            end: { kind: 'current-row' },
          },
        },
      },
      { withinGroup: [{ descending: true }] },
    ])
  })

  it('reads FOR XML, JSON and BROWSE', () => {
    const clause = (text: string) => queryOf(`SELECT 1 a ${text}`).for
    assert.deepEqual(clause("FOR XML PATH('row'), ROOT('r'), TYPE, ELEMENTS XSINIL"), {
      kind: 'xml',
      mode: 'path',
      element: 'row',
      root: 'r',
      type: true,
      elements: true,
      xsinil: true,
    })
    assert.deepEqual(clause('FOR JSON AUTO, INCLUDE_NULL_VALUES, WITHOUT_ARRAY_WRAPPER'), {
      kind: 'json',
      mode: 'auto',
      includeNulls: true,
      withoutArrayWrapper: true,
    })
    assert.deepEqual(clause('FOR BROWSE'), { kind: 'browse' })
  })

  it('takes "x" for a string where QUOTED_IDENTIFIER is off', () => {
    const { statements } = parseBatch('SELECT "it""s", [a"b]', { quotedIdentifier: false })
    assert.partialDeepStrictEqual(statements, [
      {
        query: {
          body: {
            items: [
              { expression: { kind: 'literal', literalType: 'string', text: 'it"s' } },
              { expression: { kind: 'column', parts: ['a"b'] } },
            ],
          },
        },
      },
    ])
  })
})
