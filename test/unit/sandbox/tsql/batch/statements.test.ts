import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DONE_COMMANDS } from '../../../../../src/sandbox/tds/index.ts'
import { runRecorded, typeOf } from '../../../../support/memory-host.ts'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('the end of a statement', () => {
  it('tells the number of rows, unless NOCOUNT is on', async () => {
    const { sink } = await runRecorded('SELECT Id FROM Customers', shopHost())
    assert.deepEqual(sink.dones, [
      { rowCount: 4, command: DONE_COMMANDS.select, inProcedure: false },
    ])
    const silent = await runRecorded('SET NOCOUNT ON; SELECT Id FROM Customers', shopHost())
    assert.deepEqual(silent.sink.dones, [{ command: DONE_COMMANDS.select, inProcedure: false }])
  })

  it('is told once for a batch that has nothing to say', async () => {
    const { sink } = await runRecorded('DECLARE @a int = 1', shopHost())
    assert.equal(sink.dones.length, 1)
    const empty = await runRecorded('', shopHost())
    assert.equal(empty.sink.dones.length, 1)
  })

  it('is told after a message', async () => {
    const { sink } = await runRecorded("SELECT 1; PRINT 'x'", shopHost())
    assert.equal(sink.dones.length, 2)
  })
})

describe('SET', () => {
  itAnswers(shopHost, {
    'SET ROWCOUNT 2; SELECT Id FROM Customers': [[1], [2]],
    'SET ROWCOUNT 2; SET ROWCOUNT 0; SELECT COUNT(*) FROM Customers': [[4]],
    'DECLARE @n int = 1; SET ROWCOUNT @n; SELECT Id FROM Customers': [[1]],
    'SET TEXTSIZE 4; SELECT Body FROM Notes WHERE Id = 1': [['fi']],
    "SET DATEFORMAT dmy; SELECT DAY(CAST('03/02/2020' AS datetime))": [[3]],
    "SET DATEFORMAT mdy; SELECT DAY(CAST('03/02/2020' AS datetime))": [[2]],
    'SET DATEFIRST 1; SELECT @@DATEFIRST': [[1]],
    'SET NOEXEC ON; SELECT 1; SET NOEXEC OFF; SELECT 2': [[2]],
    'SET FMTONLY ON; SELECT Id FROM Customers': [],
    'SET DATEFORMAT abc': 2741,
    'SET DATEFIRST 8': 2742,
    'SET NONSENSE ON': 195,
    'SET LANGUAGE Klingon': 2740,
  })

  it('LANGUAGE is told to the client', async () => {
    const { sink } = await runRecorded('SET LANGUAGE english', shopHost())
    assert.deepEqual(sink.environmentChanges, [
      { kind: 'language', from: 'us_english', to: 'us_english' },
    ])
    assert.equal(sink.messages[0]?.number, 5703)
  })
})

describe('transactions', () => {
  itAnswers(shopHost, {
    'BEGIN TRAN; BEGIN TRAN; SELECT @@TRANCOUNT': [[2]],
    'BEGIN TRAN; BEGIN TRAN; COMMIT; SELECT @@TRANCOUNT': [[1]],
    'BEGIN TRAN; BEGIN TRAN; ROLLBACK; SELECT @@TRANCOUNT': [[0]],
    'BEGIN TRAN; SAVE TRAN s; ROLLBACK TRAN s; SELECT @@TRANCOUNT, XACT_STATE()': [[1, 1]],
    COMMIT: 3902,
    ROLLBACK: 3903,
    'SAVE TRAN s': 628,
  })

  it('are told to the client once, however deep they are', async () => {
    const { sink } = await runRecorded('BEGIN TRAN BEGIN TRAN COMMIT COMMIT', shopHost())
    const descriptor = (51n << 32n) + 1n
    assert.deepEqual(sink.environmentChanges, [
      { kind: 'begin-transaction', descriptor },
      { kind: 'commit-transaction', descriptor },
    ])
  })
})

describe('EXEC', () => {
  itAnswers(shopHost, {
    "EXEC ('SELECT 1; SELECT 2')": [[2]],
    "DECLARE @s nvarchar(50) = N'SELECT COUNT(*) FROM '; EXEC (@s + N'Customers')": [[4]],
    "EXEC ('SET ROWCOUNT 1'); SELECT Id FROM Empty UNION ALL SELECT 1 UNION ALL SELECT 2": [
      [1],
      [2],
    ],
    "DECLARE @a int = 1; EXEC ('SELECT @a')": 137,
    "EXEC sp_executesql N'SELECT @a + @b', N'@a int, @b int', 1, @b = 2": [[3]],
    "DECLARE @n int; EXEC sp_executesql N'SET @o = @i * 2', N'@i int, @o int OUTPUT', @i = 21, @o = @n OUTPUT; SELECT @n":
      [[42]],
    "DECLARE @r int; EXEC @r = sp_executesql N'SELECT 1 / 0'; SELECT @r": 8134,
    "EXEC sp_executesql N'SELECT @a', N'@a int'": 8178,
    "EXEC sp_executesql 'SELECT 1'": 214,
    "EXEC sp_executesql N'SELECT 1', N'', 5": 8144,
    'EXEC dbo.nothing 1, 2': 2812,
  })

  it('stops at 32 levels', async () => {
    const { sink } = await runRecorded(
      "DECLARE @s nvarchar(max) = N'EXEC sp_executesql @s, N''@s nvarchar(max)'', @s'; EXEC sp_executesql @s, N'@s nvarchar(max)', @s",
      shopHost(),
    )
    assert.equal(sink.errors[0]?.number, 217)
  })

  it('leaves the database and the options as they were', async () => {
    const host = shopHost()
    await runRecorded("EXEC ('USE master; SET NOCOUNT ON')", host)
    assert.equal(host.session.database, 'test')
    assert.equal(host.session.options.get('NOCOUNT'), undefined)
  })

  it("runs the host's procedures with their arguments", async () => {
    const calls: unknown[] = []
    const host = shopHost({
      procedures: {
        async sp_test(args, out) {
          calls.push(args.map(({ name, value }) => [name, value]))
          out.columns([])
          out.doneInProc()
          return 4
        },
      },
    })
    const { sink } = await runRecorded(
      "DECLARE @r int, @v int = 5; EXEC @r = sp_test 'a', word, @third = @v; SELECT @r",
      host,
    )
    assert.deepEqual(calls, [
      [
        ['', 'a'],
        ['', 'word'],
        ['@third', 5],
      ],
    ])
    assert.deepEqual(sink.results.at(-1)?.rows, [[4]])
    assert.deepEqual(sink.statuses, [4])
  })

  it('finds a procedure by the name in a variable', async () => {
    const host = shopHost({ procedures: { sp_test: async () => 0 } })
    const { sink } = await runRecorded("DECLARE @p sysname = N'[sp_test]'; EXEC @p", host)
    assert.deepEqual(sink.errors, [])
  })
})

describe('describing a batch', () => {
  it('sends columns and no rows', async () => {
    const { sink } = await runRecorded('SELECT Id FROM Customers WHERE Id = @p', shopHost(), {
      describeOnly: true,
      parameters: [{ name: '@p', type: typeOf('int'), value: null }],
    })
    assert.equal(sink.results[0]?.columns[0]?.name, 'Id')
    assert.deepEqual(sink.results[0]?.rows, [])
  })
})

describe('WAITFOR', () => {
  it('waits as long as it says', async () => {
    const startedAt = performance.now()
    await runRecorded("WAITFOR DELAY '0:0:0.05'", shopHost())
    assert.ok(performance.now() - startedAt >= 49)
  })

  itAnswers(shopHost, {
    "WAITFOR DELAY 'soon'": 148,
    "DECLARE @d datetime = '0:0:0.01'; WAITFOR DELAY @d; SELECT 1": [[1]],
  })
})
