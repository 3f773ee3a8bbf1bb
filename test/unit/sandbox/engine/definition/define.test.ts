import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SqlValue } from '../../../../../src/mdf/index.ts'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'

/** Rows go in through the writer of the table, as a statement's would. */
function insert(host: MemoryHost, name: string, ...rows: readonly (readonly SqlValue[])[]): void {
  const table = host.findTable({ server: '', database: '', schema: '', name, line: 1 })
  assert.equal(table?.kind, 'table')
  table.writer?.apply(rows.map((values) => ({ kind: 'insert', values })))
}

async function rows(host: MemoryHost, query: string): Promise<SqlValue[][]> {
  const { sink } = await runRecorded(query, host)
  assert.deepEqual(
    sink.errors.map(({ message }) => message),
    [],
  )
  return sink.results.at(-1)?.rows ?? []
}

async function run(host: MemoryHost, ...batches: readonly string[]): Promise<void> {
  for (const batch of batches) await rows(host, batch)
}

async function errorsOf(host: MemoryHost, batch: string): Promise<(readonly [number, string])[]> {
  const { sink } = await runRecorded(batch, host)
  return sink.errors.map(({ number, message }) => [number, message] as const)
}

/** Batches that fail, with what was defined before them, and their errors. */
const FAILURES: readonly (readonly [given: readonly string[], batch: string, errors: number[]])[] =
  [
    [[], 'CREATE TABLE t (a int, A int)', [2705]],
    [[], 'CREATE TABLE t (a nothing)', [2715]],
    [[], 'CREATE TABLE t (a int IDENTITY, b int IDENTITY)', [2744]],
    [[], 'CREATE TABLE t (a varchar(5) IDENTITY)', [2749]],
    [[], 'CREATE TABLE t (a int IDENTITY NULL)', [8147]],
    [[], 'CREATE TABLE t (a int NULL PRIMARY KEY)', [8111, 1750]],
    [[], 'CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)', [8110]],
    [[], 'CREATE TABLE t (a int DEFAULT (b), b int)', [128]],
    [[], 'CREATE TABLE t (a int CHECK (c > 1))', [207]],
    [[], 'CREATE TABLE t (a nvarchar(max) PRIMARY KEY)', [1919, 1750]],
    [[], 'CREATE TABLE t (a int, PRIMARY KEY (b))', [1911, 1750]],
    [[], 'CREATE TABLE t (a int, UNIQUE (a, a))', [1909, 1750]],
    [[], 'CREATE TABLE t (a AS 1)', [1730]],
    [[], 'CREATE TABLE nowhere.t (a int)', [2760]],
    [[], 'CREATE TABLE t (a int REFERENCES u (a))', [1767, 1750]],
    [['CREATE TABLE u (a int)'], 'CREATE TABLE t (a int REFERENCES u)', [1773, 1750]],
    [['CREATE TABLE u (a int)'], 'CREATE TABLE t (a int REFERENCES u (a))', [1776, 1750]],
    [['CREATE TABLE u (a int UNIQUE)'], 'CREATE TABLE t (a int REFERENCES u (b))', [1770, 1750]],
    [['CREATE TABLE u (a bigint UNIQUE)'], 'CREATE TABLE t (a int REFERENCES u (a))', [1778, 1750]],
    [['CREATE TABLE t (a int)'], 'CREATE TABLE T (a int)', [2714]],
    [['CREATE TABLE t (a int)'], 'CREATE INDEX i ON t (b)', [1911]],
    [['CREATE TABLE t (a int)', 'CREATE INDEX i ON t (a)'], 'CREATE INDEX I ON t (a)', [1913]],
    [['CREATE TABLE t (a int PRIMARY KEY)'], 'CREATE CLUSTERED INDEX i ON t (a)', [1902]],
    [['CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY)'], 'DROP INDEX pk ON t', [3723]],
    [[], 'CREATE INDEX i ON t (a)', [1088]],
    [['CREATE TABLE t (a int)'], 'DROP INDEX i ON t', [3701]],
    [[], 'ALTER TABLE t ADD a int', [4902]],
    [['CREATE TABLE t (a int)'], 'ALTER TABLE t DROP COLUMN b', [4924]],
    [['CREATE TABLE t (a int)'], 'ALTER TABLE t DROP COLUMN a', [4923]],
    [['CREATE TABLE t (a int)'], 'ALTER TABLE t DROP CONSTRAINT c', [3728, 3727]],
    [['CREATE TABLE t (a int, b AS a + 1)'], 'ALTER TABLE t ALTER COLUMN b int', [4928]],
    [
      ['CREATE TABLE t (a int, b int DEFAULT 1 CHECK (b > 0))'],
      'ALTER TABLE t DROP COLUMN b',
      [5074, 5074, 4922],
    ],
    [
      ['CREATE TABLE u (a int CONSTRAINT pk PRIMARY KEY)', 'CREATE TABLE t (a int REFERENCES u)'],
      'ALTER TABLE u DROP CONSTRAINT pk',
      [3725, 3727],
    ],
    [
      ['CREATE TABLE u (a int PRIMARY KEY)', 'CREATE TABLE t (a int REFERENCES u)'],
      'DROP TABLE u',
      [3726],
    ],
    [[], 'DROP TABLE t', [3701]],
    [['CREATE TABLE t (a int)'], 'DROP VIEW t', [3705]],
    [[], 'DROP SCHEMA s', [15151]],
    [[], 'DROP TYPE s', [218]],
    [[], 'CREATE VIEW v AS SELECT * FROM nowhere', [208]],
    [[], 'CREATE VIEW v AS SELECT 1', [4511]],
    [[], 'CREATE VIEW #v AS SELECT 1 AS a', [4103]],
    [[], 'ALTER PROCEDURE p AS RETURN', [208]],
    [['CREATE PROCEDURE p AS RETURN'], 'CREATE PROCEDURE p AS RETURN', [2714]],
    [['CREATE PROCEDURE p AS RETURN'], 'ALTER VIEW p AS SELECT 1 AS a', [2010]],
    [[], 'CREATE PROCEDURE other.dbo.p AS RETURN', [166]],
    [[], 'CREATE TRIGGER r ON t AFTER INSERT AS RETURN', [8197]],
    [['CREATE TYPE s FROM int'], 'CREATE TYPE s FROM int', [219]],
    [['CREATE TYPE s FROM int', 'CREATE TABLE t (a s)'], 'DROP TYPE s', [3732]],
    [[], 'CREATE SEQUENCE s AS varchar(3)', [11702]],
    [[], 'CREATE SEQUENCE s INCREMENT BY 0', [11700]],
    [[], 'ALTER SEQUENCE s RESTART', [15151]],
  ]

describe('define', () => {
  for (const [given, batch, errors] of FAILURES) {
    it(`answers ${errors.join(' and ')} to ${batch}`, async () => {
      const host = new MemoryHost()
      await run(host, ...given)
      const before = await rows(host, 'SELECT 1')
      assert.deepEqual(
        (await errorsOf(host, batch)).map(([number]) => number),
        errors,
      )
      assert.deepEqual(await rows(host, 'SELECT 1'), before)
    })
  }

  it('leaves nothing of a table that could not be made', async () => {
    const host = new MemoryHost()
    await errorsOf(host, 'CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES nowhere)')
    await run(host, 'CREATE TABLE t (a int PRIMARY KEY)')
  })

  it('gives columns that are added their defaults where they must have a value', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE t (a int)')
    insert(host, 't', [1], [2])
    await run(
      host,
      "ALTER TABLE t ADD b int NOT NULL DEFAULT 7, c int DEFAULT 8, d char(1) DEFAULT 'x' WITH VALUES, e int IDENTITY(10, 5), f AS a * 2 PERSISTED",
    )
    assert.deepEqual(await rows(host, 'SELECT * FROM t'), [
      [1, 7, null, 'x', 10, 2],
      [2, 7, null, 'x', 15, 4],
    ])
    const errors = await errorsOf(host, 'ALTER TABLE t ADD g int NOT NULL')
    assert.equal(errors[0]?.[0], 4901)
  })

  it('converts the values of a column that gets another type', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE t (a varchar(10))')
    insert(host, 't', ['12'], [null])
    assert.deepEqual(
      (await errorsOf(host, 'ALTER TABLE t ALTER COLUMN a int NOT NULL')).map(([one]) => one),
      [515],
    )
    await run(host, 'ALTER TABLE t ALTER COLUMN a int')
    assert.deepEqual(await rows(host, 'SELECT a + 1 FROM t'), [[13], [null]])
    await run(host, 'ALTER TABLE t ALTER COLUMN a varchar(10)')
    assert.deepEqual(await errorsOf(host, 'ALTER TABLE t ALTER COLUMN a varchar(1)'), [
      [
        2628,
        "String or binary data would be truncated in table 'test.dbo.t', column 'a'. Truncated value: '1'.",
      ],
    ])
  })

  it('looks at the rows before a constraint is added, unless WITH NOCHECK', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE t (a int)', 'CREATE TABLE u (a int PRIMARY KEY)')
    insert(host, 't', [1], [1])
    insert(host, 'u', [2])
    assert.deepEqual(await errorsOf(host, 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1)'), [
      [
        547,
        'The ALTER TABLE statement conflicted with the CHECK constraint "c". The conflict occurred in database "test", table "dbo.t".',
      ],
    ])
    assert.deepEqual(
      await errorsOf(host, 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (a)'),
      [
        [
          547,
          'The ALTER TABLE statement conflicted with the FOREIGN KEY constraint "f". The conflict occurred in database "test", table "dbo.u", column \'a\'.',
        ],
      ],
    )
    const duplicate =
      "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.t' and the index name 'i'. The duplicate key value is (1)."
    assert.deepEqual(await errorsOf(host, 'CREATE UNIQUE INDEX i ON t (a)'), [[1505, duplicate]])
    assert.deepEqual(
      (await errorsOf(host, 'ALTER TABLE t ADD CONSTRAINT i UNIQUE (a)')).map(([one]) => one),
      [1505, 1750],
    )
    await run(host, 'ALTER TABLE t WITH NOCHECK ADD CONSTRAINT c CHECK (a > 1)')
    await run(host, 'ALTER TABLE t NOCHECK CONSTRAINT ALL', 'ALTER TABLE t CHECK CONSTRAINT c')
    assert.equal((await errorsOf(host, 'ALTER TABLE t WITH CHECK CHECK CONSTRAINT c'))[0]?.[0], 547)
  })

  it('gives a table the order of the clustered index it gets', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE t (a int, b AS -a)')
    insert(host, 't', [2, null], [1, null], [3, null])
    await run(host, 'CREATE CLUSTERED INDEX i ON t (a DESC)')
    assert.deepEqual(await rows(host, 'SELECT a FROM t'), [[3], [2], [1]])
    await run(host, 'CREATE CLUSTERED INDEX i ON t (b DESC) WITH (DROP_EXISTING = ON)')
    assert.deepEqual(await rows(host, 'SELECT a, b FROM t'), [
      [1, -1],
      [2, -2],
      [3, -3],
    ])
  })

  it('takes definitions back with the transaction', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE t (a int)')
    insert(host, 't', [1])
    await run(
      host,
      'BEGIN TRAN; ALTER TABLE t ADD b int NOT NULL DEFAULT 2; CREATE TABLE u (a int); ROLLBACK',
    )
    assert.deepEqual(await rows(host, 'SELECT * FROM t'), [[1]])
    await run(
      host,
      'BEGIN TRAN; DROP TABLE t; SAVE TRAN s; CREATE TABLE t (c int); ROLLBACK TRAN s',
    )
    await run(host, 'ROLLBACK')
    assert.deepEqual(await rows(host, 'SELECT a FROM t'), [[1]])
  })

  it('keeps CREATE in the text of a module that was altered', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE VIEW v AS SELECT 1 AS a', '-- two\nALTER VIEW v AS SELECT 2 AS a')
    assert.deepEqual(await rows(host, 'SELECT a FROM v'), [[2]])
    const name = { server: '', database: '', schema: '', name: 'p', line: 1 }
    await run(host, 'CREATE OR ALTER PROC p AS SELECT * FROM nowhere')
    assert.equal(host.findModule(name)?.text, 'CREATE PROC p AS SELECT * FROM nowhere')
  })

  it('numbers by sequences, which ROLLBACK does not turn back', async () => {
    const host = new MemoryHost()
    const name = { server: '', database: '', schema: '', name: 's', line: 1 }
    await run(host, 'CREATE SEQUENCE s AS int START WITH 8 INCREMENT BY 2 MAXVALUE 11')
    assert.equal(host.findSequence(name).next(), 8)
    assert.equal(host.findSequence(name).next(), 10)
    assert.throws(() => host.findSequence(name).next(), { number: 11728 })
    await run(host, 'ALTER SEQUENCE s RESTART WITH 9 CYCLE')
    assert.deepEqual(
      [1, 2, 3].map(() => host.findSequence(name).next()),
      [9, 11, -2_147_483_648],
    )
  })
})

describe('temporary objects', () => {
  it('hide those of the caller and end with what made them', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TABLE #t (a int)')
    {
      using _scope = host.openTemporaryScope()
      assert.deepEqual(await rows(host, 'SELECT a FROM #t'), [])
      await run(host, 'CREATE TABLE #t (b int); CREATE TABLE #u (c int)')
      await run(host, 'SELECT b FROM #t')
    }
    await run(host, 'SELECT a FROM #t')
    assert.equal((await errorsOf(host, 'SELECT * FROM #u'))[0]?.[0], 208)
  })

  it('are not brought back by a ROLLBACK behind their end', async () => {
    const host = new MemoryHost()
    await run(host, 'BEGIN TRAN', "EXEC ('CREATE TABLE #t (a int)')", 'ROLLBACK')
    assert.equal((await errorsOf(host, 'SELECT * FROM #t'))[0]?.[0], 208)
  })

  it('have no foreign keys, as a message says', async () => {
    const { sink } = await runRecorded(
      'CREATE TABLE #u (a int PRIMARY KEY); CREATE TABLE #t (a int CONSTRAINT f REFERENCES #u (a))',
      new MemoryHost(),
    )
    assert.deepEqual(sink.errors, [])
    assert.match(sink.messages[0]?.message ?? '', /Skipping FOREIGN KEY constraint 'f'/)
  })
})

describe('tableVariable', () => {
  it('makes a table of a table type, with its keys and defaults', async () => {
    const host = new MemoryHost()
    await run(
      host,
      'CREATE TYPE dbo.Code FROM char(2) NOT NULL',
      'CREATE TYPE List AS TABLE (id int PRIMARY KEY, code Code DEFAULT 1, CHECK (id > 0))',
    )
    const table = host.createTableVariable('@t', { schema: '', name: 'list', arguments: [] })
    assert.deepEqual(
      table.columns.map(({ name, nullable }) => [name, nullable]),
      [
        ['id', false],
        ['code', false],
      ],
    )
    assert.deepEqual(
      [...(table.writer?.defaults.values() ?? [])].map(({ text }) => text),
      ['((1))'],
    )
    assert.equal(table.writer?.checks.length, 1)
    const twice = [1, 1].map((id) => ({ kind: 'insert', values: [id, 'x'] }) as const)
    assert.throws(() => table.writer?.apply(twice), { number: 2627, message: /'dbo.@t'/ })
  })

  it('is not reached by ROLLBACK', async () => {
    const host = new MemoryHost()
    await run(host, 'CREATE TYPE List AS TABLE (id int)')
    const table = host.createTableVariable('@t', { schema: 'dbo', name: 'List', arguments: [] })
    host.transaction.begin()
    table.writer?.apply([{ kind: 'insert', values: [1] }])
    host.transaction.rollback()
    assert.deepEqual([...table.scan([0])], [[1]])
  })
})
