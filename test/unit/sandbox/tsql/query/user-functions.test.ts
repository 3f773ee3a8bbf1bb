import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'
import { type Expected, plain } from '../../../../support/sql-cases.ts'

const FUNCTIONS = [
  `CREATE FUNCTION dbo.Total(@n int, @more int = 4) RETURNS int AS
  BEGIN
    DECLARE @sum int = 0, @i int
    SELECT @i = @n
    WHILE 1 = 1
    BEGIN
      IF @i <= 0 OR @i IS NULL BREAK
      SET @sum += @i
      SET @i -= 1
    END
    IF @sum > 100 RETURN -1
    RETURN @sum + @more
  END`,
  'CREATE FUNCTION Factorial(@n int) RETURNS bigint AS BEGIN IF @n <= 1 RETURN 1; RETURN @n * dbo.Factorial(@n - 1) END',
  'CREATE FUNCTION Careful(@n int) RETURNS int WITH RETURNS NULL ON NULL INPUT AS BEGIN RETURN 1 END',
  'CREATE FUNCTION Broken(@n int) RETURNS int AS\nBEGIN\n RETURN 1 / @n\nEND',
  'CREATE FUNCTION Slow(@n int) RETURNS int AS BEGIN DECLARE @i int = 0; WHILE @i < @n SET @i += 1; RETURN @i END',
  'CREATE FUNCTION Times(@n int = 3) RETURNS TABLE AS RETURN (SELECT v.n * @n AS product, @n AS factor FROM (VALUES (1), (2)) v (n))',
  'CREATE FUNCTION Again(@x int) RETURNS TABLE AS RETURN SELECT product AS x FROM dbo.Times(@x)',
]

const CASES: Readonly<Record<string, Expected>> = {
  'SELECT dbo.Total(4, DEFAULT), dbo.Total(2, 3), dbo.Total(NULL, 1), dbo.total(50, 0)': [
    [14, 6, 1, -1],
  ],
  'SELECT n, dbo.Total(n, 0) FROM (VALUES (1), (2), (3)) v (n) WHERE dbo.Total(n, 0) > 1 ORDER BY dbo.Total(n, 0) DESC':
    [
      [3, 6],
      [2, 3],
    ],
  'SELECT dbo.Factorial(10)': [[3_628_800]],
  'SELECT dbo.Factorial(40)': 217,
  'SELECT dbo.Careful(1), dbo.Careful(NULL)': [[1, null]],
  'SELECT dbo.Slow(60000), dbo.Slow(3)': [[60_000, 3]],
  'SELECT MAX(dbo.Slow(n)) FROM (VALUES (40000), (2)) v (n)': [[40_000]],
  'DECLARE @a int = dbo.Total(1, 1); IF dbo.Total(1, 1) = 2 SET @a += 10; SELECT @a': [[12]],
  'SELECT dbo.Total(1)': 313,
  'SELECT dbo.Total(1, 2, 3)': 8144,
  'SELECT dbo.Nothing(1)': 4121,
  'CREATE FUNCTION Chatty() RETURNS int AS BEGIN SELECT 1 AS a; RETURN 1 END': 444,
  'SELECT * FROM dbo.Times(5)': [
    [5, 5],
    [10, 5],
  ],
  'SELECT * FROM dbo.Times(DEFAULT) t WHERE t.product > 3': [[6, 3]],
  'SELECT v.n, t.product FROM (VALUES (1), (2)) v (n) CROSS APPLY dbo.Times(v.n) t': [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 4],
  ],
  'SELECT x FROM dbo.Again(7)': [[7], [14]],
  'DECLARE @n int = 7; SELECT SUM(product) FROM dbo.Times(@n)': [[21]],
  'SELECT * FROM dbo.Times(1, 2)': 8144,
  'SELECT * FROM dbo.Nothing(1)': 208,
}

describe('functions kept in a database', () => {
  async function host(): Promise<MemoryHost> {
    const made = new MemoryHost()
    for (const text of FUNCTIONS) {
      const { sink } = await runRecorded(text, made)
      assert.deepEqual(sink.errors, [])
    }
    return made
  }

  for (const [batch, expected] of Object.entries(CASES)) {
    it(`answer: ${batch}`, async () => {
      const { sink } = await runRecorded(batch, await host())
      if (typeof expected === 'number') assert.equal(sink.errors[0]?.number, expected)
      else {
        assert.deepEqual(sink.errors, [])
        assert.deepEqual(
          sink.results.at(-1)?.rows.map((row) => row.map(plain)),
          expected,
        )
      }
    })
  }

  it('report errors with their own name and line', async () => {
    const { sink } = await runRecorded('SELECT dbo.Broken(0)', await host())
    const [error] = sink.errors
    assert.deepEqual([error?.number, error?.procedure, error?.line], [8134, 'Broken', 3])
  })
})
