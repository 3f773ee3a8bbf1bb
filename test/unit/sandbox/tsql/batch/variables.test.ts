import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runRecorded, typeOf } from '../../../../support/memory-host.ts'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('variables', () => {
  itAnswers(shopHost, {
    'DECLARE @a int = 1, @b varchar(3); SELECT @a, @b': [[1, null]],
    "DECLARE @a varchar(2) = 'abc'; SELECT @a": [['ab']],
    'DECLARE @a int; SET @a = 2; SET @a += 3; SET @a *= 4; SET @a -= 1; SET @a /= 2; SET @a %= 5; SELECT @a':
      [[4]],
    'DECLARE @a int = 6; SET @a &= 3; SET @a |= 8; SET @a ^= 1; SELECT @a': [[11]],
    'DECLARE @a int; SELECT @A = Id FROM Customers ORDER BY Id; SELECT @a, @@ROWCOUNT': [[4, 4]],
    'DECLARE @a int = 9; SELECT @a = Id FROM Customers WHERE 1 = 0; SELECT @a, @@ROWCOUNT': [
      [9, 0],
    ],
    "DECLARE @a varchar(50) = ''; SELECT @a = @a + Name + ';' FROM Customers ORDER BY Name DESC; SELECT @a":
      [['Dan;Cid;Bob;Ann;']],
    'DECLARE @a int = 1, @b int; SELECT @a = @a + 1, @b = @a * 10; SELECT @a, @b': [[2, 20]],
    'DECLARE @a int = 1; SELECT @a += Id FROM Customers; SELECT @a': [[11]],
    'DECLARE @a int = (SELECT MAX(Id) FROM Orders); SELECT @a': [[14]],
    'IF 1 = 0 DECLARE @a int = 5; SELECT @a': [[null]],
    'DECLARE @i int = 0; WHILE @i < 3 BEGIN DECLARE @x int; SET @x = ISNULL(@x, 0) + 1; SET @i += 1 END SELECT @x':
      [[3]],
    'DECLARE @a int; DECLARE @A int': 134,
    'SET @a = 1': 137,
    'SELECT @a = 1': 137,
    'DECLARE @a int; SELECT @a = 1, Id FROM Customers': 141,
    'DECLARE @a nonsense': 2715,
    'DECLARE @a ntext': 2739,
    'DECLARE @a tinyint = 300': 220,
  })

  it('takes parameters and gives their last values back', async () => {
    const parameters = [
      { name: '@in', type: typeOf('int'), value: 20 },
      { name: '@out', type: typeOf('nvarchar(10)'), value: null },
    ]
    const { sink, result } = await runRecorded(
      "SET @out = CONCAT('n', @in + 1); SELECT @in",
      shopHost(),
      { parameters, inProcedure: true },
    )
    assert.deepEqual(sink.results[0]?.rows, [[20]])
    assert.equal(result.variables.get('@out'), 'n21')
    assert.equal(result.failed, false)
    assert.deepEqual(
      sink.dones.map(({ inProcedure }) => inProcedure),
      [true],
    )
  })
})

describe('variables with two at signs', () => {
  itAnswers(shopHost, {
    'SELECT Id FROM Customers; SELECT @@ROWCOUNT': [[4]],
    'SELECT @@SPID, @@NESTLEVEL, @@TRANCOUNT, @@MAX_PRECISION': [[51, 0, 0, 38]],
    "EXEC ('SELECT @@NESTLEVEL')": [[1]],
    'SELECT 1 / 0; SELECT 1': 8134,
    'SELECT @@LANGUAGE, @@DATEFIRST, @@TEXTSIZE, @@LOCK_TIMEOUT, @@IDENTITY': [
      ['us_english', 7, 2147483647, -1, null],
    ],
    'SET NOCOUNT ON; SET ANSI_NULLS ON; SELECT @@OPTIONS': [[512 + 32]],
    'SELECT @@servername': [['memory']],
  })

  it('keep the error of the statement before', async () => {
    const { sink } = await runRecorded('SELECT 1 / 0; SELECT @@ERROR; SELECT @@ERROR', shopHost())
    assert.deepEqual(
      sink.results.slice(1).map(({ rows }) => rows),
      [[[8134]], [[0]]],
    )
  })
})
