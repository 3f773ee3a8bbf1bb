import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runRecorded } from '../../../../support/memory-host.ts'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('IF, WHILE and RETURN', () => {
  itAnswers(shopHost, {
    'IF 1 = 1 SELECT 1 ELSE SELECT 2': [[1]],
    'IF NULL = 1 SELECT 1 ELSE SELECT 2': [[2]],
    'IF EXISTS (SELECT 1 FROM Empty) SELECT 1 ELSE BEGIN SELECT 2 END': [[2]],
    "DECLARE @i int = 0, @s varchar(9) = ''; WHILE @i < 9 BEGIN SET @i += 1; IF @i = 2 CONTINUE; IF @i = 5 BREAK; SET @s += CAST(@i AS varchar) END SELECT @s":
      [['134']],
    'DECLARE @i int = 0; WHILE 1 = 1 BEGIN WHILE 1 = 1 BREAK; SET @i += 1; IF @i = 3 BREAK END SELECT @i':
      [[3]],
    'SELECT 1; RETURN; SELECT 2': [[1]],
    // A failed statement in a loop does not end the loop.
    'DECLARE @i int = 0; WHILE @i < 3 SET @i += 1; SELECT @i': [[3]],
    'IF Id = 1 SELECT 1': 207,
  })

  it('ends with RETURN, which has no value in a batch', async () => {
    const { sink } = await runRecorded('IF 1 = 1 BEGIN RETURN END SELECT 1', shopHost())
    assert.deepEqual(sink.results, [])
    const { sink: refused } = await runRecorded('SELECT 1; RETURN 3', shopHost())
    assert.deepEqual(
      refused.errors.map(({ number }) => number),
      [178],
    )
  })
})

/** What a batch tells the client: results as rows, errors as numbers, in order of kind. */
async function answers(batch: string): Promise<{ rows: unknown[]; errors: number[] }> {
  const { sink } = await runRecorded(batch, shopHost())
  return {
    rows: sink.results.flatMap(({ rows }) => rows),
    errors: sink.errors.map(({ number }) => number),
  }
}

describe('errors in a batch', () => {
  const cases: Readonly<Record<string, { rows: unknown[]; errors: number[] }>> = {
    // Most run-time errors end the statement only.
    'SELECT 1 / 0; SELECT 2': { rows: [[2]], errors: [8134] },
    'SELECT (SELECT Id FROM Customers); SELECT 2': { rows: [[2]], errors: [512] },
    'EXEC nothing; SELECT 2': { rows: [[2]], errors: [2812] },
    // A conversion, a name or a USE that fails ends the batch.
    "SELECT CAST('x' AS int); SELECT 2": { rows: [], errors: [245] },
    'SELECT 1; SELECT * FROM Nope; SELECT 2': { rows: [[1]], errors: [208] },
    'SELECT 1; SELECT Nope FROM Customers; SELECT 2': { rows: [[1]], errors: [207] },
    'USE nowhere; SELECT 2': { rows: [], errors: [911] },
    'SET XACT_ABORT ON; SELECT 1 / 0; SELECT 2': { rows: [], errors: [8134] },
    // A syntax error is found before anything runs.
    'SELECT 1; SELECT FROM WHERE': { rows: [], errors: [156] },
    "EXEC ('SELECT * FROM Nope'); SELECT 2": { rows: [[2]], errors: [208] },
    "EXEC ('SELECT FROM WHERE'); SELECT 2": { rows: [[2]], errors: [156] },
  }
  for (const [batch, expected] of Object.entries(cases)) {
    it(`end what SQL Server ends: ${batch}`, async () => {
      assert.deepEqual(await answers(batch), expected)
    })
  }

  it('carry the line of their statement', async () => {
    const batch = 'SELECT 1\n\nSELECT 1 / 0\nSELECT Id,\n  Nope\nFROM Customers'
    const { sink } = await runRecorded(batch, shopHost())
    assert.deepEqual(
      sink.errors.map(({ number, line }) => [number, line]),
      [
        [8134, 3],
        [207, 5],
      ],
    )
  })

  it('end their statement with a DONE that says so', async () => {
    const { sink, result } = await runRecorded('SELECT 1 / 0', shopHost())
    assert.equal(sink.dones.at(-1)?.error, true)
    assert.equal(result.failed, true)
  })

  it('are never exceptions, whatever the host does', async () => {
    const host = shopHost()
    host.findTable = () => {
      throw new TypeError('a defect')
    }
    const { sink } = await runRecorded('SELECT * FROM Customers', host)
    assert.equal(sink.errors[0]?.number, 8630)
    assert.match(sink.errors[0]?.message ?? '', /a defect/)
  })

  it('name the depth of an expression, not a crash', async () => {
    const { sink } = await runRecorded(`SELECT ${'1 + '.repeat(60_000)}1`, shopHost())
    assert.ok([8631, 191].includes(sink.errors[0]?.number ?? 0), sink.errors[0]?.message)
  })
})

describe('TRY and CATCH', () => {
  itAnswers(shopHost, {
    'BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_SEVERITY(), ERROR_STATE(), ERROR_LINE(), ERROR_MESSAGE(), ERROR_PROCEDURE() END CATCH':
      [[8134, 16, 1, 1, 'Divide by zero error encountered.', null]],
    'BEGIN TRY SELECT 1 END TRY BEGIN CATCH SELECT 2 END CATCH': [[1]],
    "BEGIN TRY SELECT CAST('x' AS int) END TRY BEGIN CATCH SELECT @@ERROR END CATCH": [[245]],
    "BEGIN TRY BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT CAST('x' AS int) END CATCH END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH":
      [[245]],
    "BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH BEGIN TRY SELECT CAST('x' AS int) END TRY BEGIN CATCH SELECT 1 END CATCH; SELECT ERROR_NUMBER() END CATCH":
      [[8134]],
    'BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH END CATCH; SELECT ERROR_NUMBER()': [[null]],
    "BEGIN TRY EXEC ('SELECT * FROM Nope') END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH": [
      [208],
    ],
    'BEGIN TRY EXEC nothing END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH': [[2812]],
    "BEGIN TRY RAISERROR ('no', 16, 5) END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_STATE() END CATCH":
      [[50000, 5]],
    "BEGIN TRY THROW 50001, 'no', 2 END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_MESSAGE() END CATCH":
      [[50001, 'no']],
    'BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH THROW END CATCH': 8134,
    // A statement that can't be compiled is not caught where it stands.
    'BEGIN TRY SELECT * FROM Nope END TRY BEGIN CATCH SELECT 1 END CATCH': 208,
    'DECLARE @i int = 0; BEGIN TRY WHILE 1 = 1 BEGIN SET @i += 1; IF @i = 3 SELECT 1 / 0 END END TRY BEGIN CATCH SELECT @i END CATCH':
      [[3]],
  })
})
