// biome-ignore-all lint/suspicious/noThenProperty: `then` is a field of IfStatement, never awaited.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBatch, type Statement } from '../../../../../src/sandbox/tsql/syntax/index.ts'

function statementsOf(text: string): readonly Statement[] {
  return parseBatch(text, { quotedIdentifier: true }).statements
}

/** Text, and the statements with the fields that matter. */
type Cases = readonly (readonly [text: string, statements: readonly object[]])[]

const FLOW: Cases = [
  ['', []],
  [' ; ; ', []],
  ['SELECT 1 SELECT 2; ;SELECT 3', [{ line: 1 }, { line: 1 }, { line: 1 }]],
  [
    'DECLARE @a int = 1, @b AS nvarchar(max), @c dbo.Flag',
    [
      {
        kind: 'declare',
        variables: [
          { name: '@a', type: { name: 'int' }, initial: { text: '1' } },
          { name: '@b', type: { name: 'nvarchar', arguments: ['max'] } },
          { name: '@c', type: { schema: 'dbo', name: 'Flag' } },
        ],
      },
    ],
  ],
  ['SET @a = 1 SET @a += 2', [{ operator: '=' }, { name: '@a', operator: '+=' }]],
  [
    'IF @a = 1 SELECT 1; ELSE IF EXISTS (SELECT 1) PRINT 1 ELSE BEGIN SELECT 2; SELECT 3 END',
    [
      {
        kind: 'if',
        then: { kind: 'select-statement' },
        otherwise: { then: { kind: 'print' }, otherwise: { kind: 'block' } },
      },
    ],
  ],
  [
    'WHILE 1 = 1 BEGIN IF @a > 5 BREAK; CONTINUE END',
    [{ kind: 'while', body: { statements: [{ then: { kind: 'break' } }, { kind: 'continue' }] } }],
  ],
  [
    'BEGIN TRY SELECT 1/0 END TRY BEGIN CATCH THROW END CATCH; THROW 50000, @m, 1',
    [
      { kind: 'try', body: [{ kind: 'select-statement' }], catch: [{ kind: 'throw' }] },
      { kind: 'throw', error: { number: { text: '50000' }, message: { name: '@m' } } },
    ],
  ],
  ['BEGIN TRY SELECT 1 END TRY BEGIN CATCH END CATCH', [{ kind: 'try', catch: [] }]],
  ['RETURN', [{ kind: 'return' }]],
  ['IF 1=1 RETURN SELECT 1', [{ then: { kind: 'return' } }, { kind: 'select-statement' }]],
  [
    "RAISERROR (N'%s %d', 16, 1, @a, 5) WITH NOWAIT, LOG",
    [
      {
        kind: 'raiserror',
        severity: { text: '16' },
        arguments: [{ name: '@a' }, { text: '5' }],
        options: ['NOWAIT', 'LOG'],
      },
    ],
  ],
  ["WAITFOR DELAY '00:00:01'", [{ kind: 'waitfor', mode: 'delay' }]],
  ["USE [a b] PRINT N'x'", [{ kind: 'use', database: 'a b' }, { kind: 'print' }]],
  [
    'BEGIN TRAN SELECT 1 COMMIT',
    [{ action: 'begin', name: '' }, { kind: 'select-statement' }, { action: 'commit', name: '' }],
  ],
  [
    'BEGIN TRANSACTION t1 SAVE TRAN s1 ROLLBACK TRAN s1 COMMIT TRANSACTION @name',
    [
      { action: 'begin', name: 't1' },
      { action: 'save', name: 's1' },
      { action: 'rollback', name: 's1' },
      { action: 'commit', name: '@name' },
    ],
  ],
  ['IF @@TRANCOUNT > 0 ROLLBACK WORK', [{ then: { kind: 'transaction', action: 'rollback' } }]],
  [
    ';WITH c AS (SELECT 1 a) SELECT a FROM c',
    [{ kind: 'select-statement', query: { with: [{ name: 'c' }] } }],
  ],
]

const EXECUTE: Cases = [
  ["sp_help 'x'", [{ kind: 'execute', procedure: { name: 'sp_help' }, arguments: [{ name: '' }] }]],
  ['master..sp_who', [{ procedure: { database: 'master', schema: '', name: 'sp_who' } }]],
  [
    'EXEC @rc = dbo.p @a = 1, @b = @x OUTPUT, @c = DEFAULT, @d = NULL, @e = -1.5',
    [
      {
        statusVariable: '@rc',
        procedure: { schema: 'dbo', name: 'p' },
        arguments: [
          { name: '@a', value: { text: '1' }, isOutput: false },
          { name: '@b', value: { name: '@x' }, isOutput: true },
          { name: '@c', value: { literalType: 'default' } },
          { name: '@d', value: { literalType: 'null' } },
          { name: '@e', value: { kind: 'unary' } },
        ],
      },
    ],
  ],
  [
    'EXEC sp_help Customers SELECT 1',
    [
      { arguments: [{ value: { literalType: 'unicode-string', text: 'Customers' } }] },
      { kind: 'select-statement' },
    ],
  ],
  ["EXEC ('SELECT ' + @x)", [{ text: { kind: 'binary' }, arguments: [] }]],
  ['EXECUTE @p 1', [{ procedureVariable: '@p', arguments: [{ value: { text: '1' } }] }]],
  ['EXEC p;1 @a', [{ procedure: { name: 'p' }, arguments: [{ value: { name: '@a' } }] }]],
  [
    "sp_executesql N'SELECT @a', N'@a int', @a = 1",
    [{ arguments: [{ name: '' }, { name: '' }, { name: '@a' }] }],
  ],
]

const OPTIONS: Cases = [
  ['SET NOCOUNT ON', [{ kind: 'set-option', names: ['NOCOUNT'], value: true }]],
  [
    'set ansi_nulls, quoted_identifier off',
    [{ names: ['ANSI_NULLS', 'QUOTED_IDENTIFIER'], value: false }],
  ],
  [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    [{ names: ['TRANSACTION ISOLATION LEVEL'], value: 'REPEATABLE READ' }],
  ],
  ['SET TEXTSIZE 2147483647 SET LOCK_TIMEOUT -1', [{ value: 2147483647 }, { value: -1 }]],
  ['SET LANGUAGE us_english SET DATEFORMAT mdy', [{ value: 'us_english' }, { value: 'mdy' }]],
  ["SET LANGUAGE N'Deutsch'", [{ value: 'Deutsch' }]],
  ['SET ROWCOUNT @n', [{ names: ['ROWCOUNT'], value: '@n' }]],
  ['SET STATISTICS IO, TIME ON', [{ names: ['STATISTICS IO', 'STATISTICS TIME'], value: true }]],
  ['SET DEADLOCK_PRIORITY LOW', [{ value: 'LOW' }]],
]

const ADMINISTRATION: Cases = [
  [
    "CREATE DATABASE [Sales] ON (FILENAME = N'/d/s.mdf'), (FILENAME = N'/d/s_log.ldf') FOR ATTACH",
    [
      {
        kind: 'create-database',
        name: 'Sales',
        files: [{ physicalPath: '/d/s.mdf' }, { physicalPath: '/d/s_log.ldf' }],
        logFiles: [],
        attach: 'attach',
      },
    ],
  ],
  [
    `CREATE DATABASE s ON PRIMARY (NAME = 'd', FILENAME = 'C:\\s.mdf', SIZE = 5MB, MAXSIZE = UNLIMITED,
      FILEGROWTH = 10%), FILEGROUP fg (NAME = e, FILENAME = 'e.ndf')
      LOG ON (NAME = l, FILENAME = 'l.ldf') COLLATE Latin1_General_CI_AS FOR ATTACH_REBUILD_LOG`,
    [
      {
        files: [
          { logicalName: 'd', physicalPath: 'C:\\s.mdf' },
          { logicalName: 'e', physicalPath: 'e.ndf' },
        ],
        logFiles: [{ logicalName: 'l', physicalPath: 'l.ldf' }],
        collation: 'Latin1_General_CI_AS',
        attach: 'attach-rebuild-log',
      },
    ],
  ],
  ['CREATE DATABASE s SELECT 1', [{ name: 's', files: [], attach: 'none' }, {}]],
  [
    'DROP DATABASE IF EXISTS a, [b c]',
    [{ kind: 'drop-database', names: ['a', 'b c'], ifExists: true }],
  ],
  [
    'ALTER DATABASE [s] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE s',
    [
      {
        kind: 'alter-database',
        name: 's',
        options: ['SINGLE_USER'],
        termination: 'ROLLBACK IMMEDIATE',
      },
      { kind: 'drop-database' },
    ],
  ],
  [
    'ALTER DATABASE CURRENT SET RECOVERY FULL, COMPATIBILITY_LEVEL = 110, AUTO_CLOSE OFF WITH NO_WAIT PRINT 1',
    [
      {
        name: '',
        options: ['RECOVERY FULL', 'COMPATIBILITY_LEVEL = 110', 'AUTO_CLOSE OFF'],
        termination: 'NO_WAIT',
      },
      { kind: 'print' },
    ],
  ],
  [
    'ALTER DATABASE a SET TARGET_RECOVERY_TIME = 60 SECONDS',
    [{ options: ['TARGET_RECOVERY_TIME = 60 SECONDS'] }],
  ],
  ['ALTER DATABASE a MODIFY NAME = b', [{ kind: 'alter-database', newName: 'b' }]],
  [
    "ALTER DATABASE a ADD FILE (NAME = x, FILENAME = 'y')",
    [{ kind: 'write', verb: 'ALTER DATABASE' }],
  ],
  [
    "ALTER LOGIN sa WITH PASSWORD = N'x' OLD_PASSWORD = 'y', NAME = [root], CHECK_POLICY = OFF",
    [{ kind: 'alter-login', name: 'sa', password: 'x', oldPassword: 'y', newName: 'root' }],
  ],
  ['ALTER LOGIN [sa] ENABLE', [{ kind: 'alter-login', enable: true }]],
  ['KILL 52', [{ kind: 'kill', spid: 52 }]],
  ['SHUTDOWN WITH NOWAIT', [{ kind: 'shutdown', noWait: true }]],
  [
    'INSERT BULK a..t ([a] int, b varchar(9) COLLATE x) WITH (KEEP_NULLS, ORDER (a ASC), ROWS_PER_BATCH = 9)',
    [
      {
        kind: 'insert-bulk',
        target: { name: 't', database: 'a' },
        columns: ['a', 'b'],
        options: new Set(['KEEP_NULLS', 'ORDER', 'ROWS_PER_BATCH']),
      },
    ],
  ],
  ['CHECKPOINT RECONFIGURE WITH OVERRIDE', [{ kind: 'checkpoint' }, { kind: 'reconfigure' }]],
  [
    'DBCC CHECKDB ([s], NOINDEX) WITH NO_INFOMSGS DBCC TRACEON (3604, -1)',
    [
      { kind: 'dbcc', command: 'CHECKDB', arguments: [{}, {}], options: ['NO_INFOMSGS'] },
      { command: 'TRACEON', arguments: [{ text: '3604' }, { kind: 'unary' }] },
    ],
  ],
]

/** Writes by verb and target; each is followed by a SELECT that must not be swallowed. */
const WRITES: readonly (readonly [text: string, verb: string, target?: string])[] = [
  ['UPDATE STATISTICS t WITH FULLSCAN', 'UPDATE STATISTICS', 't'],
  ['GRANT SELECT, INSERT ON t TO u WITH GRANT OPTION', 'GRANT'],
  ["BACKUP DATABASE d TO DISK = N'x' WITH INIT, FORMAT", 'BACKUP DATABASE', 'd'],
  ["RESTORE FILELISTONLY FROM DISK = N'x'", 'RESTORE FILELISTONLY'],
  ['CREATE COLUMNSTORE INDEX i ON t (a)', 'CREATE COLUMNSTORE'],
  ['CREATE STATISTICS s ON t (a)', 'CREATE STATISTICS', 's'],
  ['CREATE DATABASE s AS SNAPSHOT OF d', 'CREATE DATABASE AS SNAPSHOT'],
]

describe('parseBatch', () => {
  for (const [text, statements] of [...FLOW, ...EXECUTE, ...OPTIONS, ...ADMINISTRATION]) {
    it(`reads ${text}`, () => {
      const parsed = statementsOf(text)
      assert.equal(parsed.length, statements.length)
      assert.partialDeepStrictEqual(parsed, statements)
    })
  }

  for (const [text, verb, target] of WRITES) {
    it(`reads the write ${text}`, () => {
      const [write, ...others] = statementsOf(`${text} SELECT 1`)
      assert.equal(write?.kind, 'write')
      assert.deepEqual([write.verb, write.target?.name], [verb, target])
      assert.deepEqual(
        others.map(({ kind }) => kind),
        ['select-statement'],
      )
    })
  }

  it('numbers lines from the start of the batch', () => {
    const lines = statementsOf('\r\nSELECT 1\r\n\r\n/* a\r\nb */ PRINT 2\r\nSELECT 3').map(
      ({ line }) => line,
    )
    assert.deepEqual(lines, [2, 5, 6])
  })
})
