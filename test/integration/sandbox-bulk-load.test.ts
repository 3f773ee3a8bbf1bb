import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import sql from 'mssql'
import { type Connection, TYPES } from 'tedious'
import {
  connectToSandbox,
  SA_PASSWORD,
  type SandboxProcess,
  startSandbox,
} from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'
import { connectTedious, runTedious } from '../support/tedious-client.ts'

const execute = promisify(execFile)
const FREEBCP = '/usr/bin/freebcp'

let folder: ScratchFolder
let engine: SandboxProcess

before(async () => {
  folder = await createScratchFolder()
  engine = await startSandbox({ folder: folder.path })
})

after(async () => {
  assert.equal(await engine?.stop(), 0)
  await folder?.[Symbol.asyncDispose]()
})

describe('bulk load', () => {
  let connection: Connection

  before(async () => {
    connection = await connectTedious(engine.port)
  })

  after(() => connection?.close())

  interface LoadColumn {
    readonly name: string
    readonly type: (typeof TYPES)[keyof typeof TYPES]
    readonly nullable?: boolean
    readonly length?: number
    readonly precision?: number
    readonly scale?: number
  }

  function load(
    table: string,
    options: {
      readonly columns: readonly LoadColumn[]
      readonly checkConstraints?: boolean
      readonly fireTriggers?: boolean
      readonly keepNulls?: boolean
      readonly lockTable?: boolean
    },
    rows: Iterable<unknown[]> | AsyncIterable<unknown[]>,
  ): Promise<number | undefined> {
    const { columns, ...rest } = options
    return new Promise((resolve, reject) => {
      const bulk = connection.newBulkLoad(table, rest, (error, count) =>
        error ? reject(error) : resolve(count),
      )
      for (const { name, type, ...facets } of columns) {
        bulk.addColumn(name, type, { nullable: true, ...facets })
      }
      connection.execBulkLoad(bulk, rows as Iterable<unknown[]>)
    })
  }

  const AN_INT: LoadColumn = { name: 'a', type: TYPES.Int }

  it('takes rows of every type', async () => {
    const samples: readonly (readonly [
      LoadColumn['type'],
      string,
      unknown,
      Partial<LoadColumn>?,
    ])[] = [
      [TYPES.Bit, 'bit', true],
      [TYPES.TinyInt, 'tinyint', 200],
      [TYPES.SmallInt, 'smallint', -5],
      [TYPES.BigInt, 'bigint', '1234567890123456789'],
      [TYPES.Real, 'real', 1.5],
      [TYPES.Float, 'float', 0.1],
      [TYPES.Decimal, 'decimal(18, 4)', -12.5, { precision: 18, scale: 4 }],
      [TYPES.Numeric, 'numeric(9, 2)', 3.25, { precision: 9, scale: 2 }],
      [TYPES.Money, 'money', 12.34],
      [TYPES.SmallMoney, 'smallmoney', 1.5],
      [TYPES.Date, 'date', new Date('2026-11-24T00:00:00Z')],
      [TYPES.Time, 'time(3)', new Date('1970-01-01T10:11:12.123Z'), { scale: 3 }],
      [TYPES.DateTime2, 'datetime2(7)', new Date('2026-11-24T10:11:12.123Z'), { scale: 7 }],
      [TYPES.DateTimeOffset, 'datetimeoffset', new Date('2026-11-24T10:11:12.5Z'), { scale: 7 }],
      [TYPES.DateTime, 'datetime', new Date('2026-11-24T10:11:12Z')],
      [TYPES.SmallDateTime, 'smalldatetime', new Date('2026-11-24T10:11:00Z')],
      [TYPES.Char, 'char(3)', 'abc', { length: 3 }],
      [TYPES.VarChar, 'varchar(10)', 'Käse', { length: 10 }],
      [TYPES.VarChar, 'varchar(max)', 'x'.repeat(9000), { length: Number.POSITIVE_INFINITY }],
      [TYPES.NChar, 'nchar(2)', '日本', { length: 2 }],
      [TYPES.NVarChar, 'nvarchar(10)', 'smile 😀', { length: 10 }],
      [TYPES.NVarChar, 'nvarchar(max)', '日'.repeat(9000), { length: Number.POSITIVE_INFINITY }],
      [TYPES.Text, 'text', 'old text'],
      [TYPES.NText, 'ntext', 'old 日本'],
      [TYPES.Image, 'image', Buffer.of(1, 2, 3)],
      [TYPES.Binary, 'binary(2)', Buffer.of(1, 2), { length: 2 }],
      [TYPES.VarBinary, 'varbinary(5)', Buffer.of(0, 255), { length: 5 }],
      [TYPES.UniqueIdentifier, 'uniqueidentifier', '01234567-89AB-CDEF-0123-456789ABCDEF'],
    ]
    const columns = samples.map(([type, , , facets], index) => ({
      name: `c${index}`,
      type,
      ...facets,
    }))
    const definition = samples.map(([, text], index) => `c${index} ${text} NULL`).join(', ')
    await runTedious(connection, `CREATE TABLE #types (${definition})`)
    const values = samples.map(([, , value]) => value)
    const nulls = samples.map(() => null)
    assert.equal(await load('#types', { columns }, [values, nulls]), 2)
    const rows = await runTedious(connection, 'SELECT * FROM #types')
    assert.deepEqual(rows[0]?.map(plainValue), values)
    assert.deepEqual(rows[1], nulls)
  })

  it('takes many rows, in a transaction that can be rolled back', async () => {
    await runTedious(connection, 'CREATE TABLE #many (a int, b varchar(100)); BEGIN TRANSACTION')
    const columns = [AN_INT, { name: 'b', type: TYPES.VarChar, length: 100 }]
    function* rows(): Generator<unknown[]> {
      for (let a = 0; a < 50_000; a++) yield [a, `row ${a}`]
    }
    assert.equal(await load('#many', { columns }, rows()), 50_000)
    const query = 'SELECT COUNT(*), SUM(a), MAX(b) FROM #many'
    assert.deepEqual(await runTedious(connection, query), [[50_000, 1_249_975_000, 'row 9999']])
    await runTedious(connection, 'ROLLBACK')
    assert.deepEqual(await runTedious(connection, query), [[0, null, null]])
  })

  it('fills NULL with defaults unless KEEP_NULLS is given', async () => {
    const table = 'CREATE TABLE #nulls (a int NULL DEFAULT 7, b int NULL)'
    await runTedious(connection, table)
    const columns = [AN_INT, { name: 'b', type: TYPES.Int }]
    await load('#nulls', { columns }, [[null, null]])
    await load('#nulls', { columns, keepNulls: true }, [[null, 1]])
    assert.deepEqual(await runTedious(connection, 'SELECT a, b FROM #nulls ORDER BY b'), [
      [7, null],
      [null, 1],
    ])
  })

  it('checks constraints and fires triggers only when asked to', async () => {
    await runTedious(
      connection,
      `CREATE TABLE tempdb.dbo.loaded (a int CHECK (a > 0)); CREATE TABLE tempdb.dbo.fired (n int)`,
    )
    const trigger =
      'CREATE TRIGGER t ON loaded AFTER INSERT AS INSERT fired SELECT COUNT(*) FROM inserted'
    await runTedious(connection, 'USE tempdb')
    await runTedious(connection, trigger)
    const columns = [AN_INT]
    assert.equal(await load('loaded', { columns }, [[-1], [2]]), 2)
    await assert.rejects(load('loaded', { columns, checkConstraints: true }, [[-1]]), {
      number: 547,
    })
    assert.deepEqual(await runTedious(connection, 'SELECT * FROM fired'), [])
    await load('loaded', { columns, fireTriggers: true, lockTable: true }, [[1], [2], [3]])
    assert.deepEqual(await runTedious(connection, 'SELECT n FROM fired'), [[3]])
  })

  it('keeps identity values that are sent', async () => {
    await runTedious(connection, 'CREATE TABLE #identity (id int IDENTITY, a int)')
    const id = { name: 'id', type: TYPES.Int }
    await load('#identity', { columns: [AN_INT] }, [[10]])
    await load('#identity', { columns: [id, AN_INT] }, [[40, 20]])
    await load('#identity', { columns: [AN_INT] }, [[30]])
    assert.deepEqual(await runTedious(connection, 'SELECT id, a FROM #identity ORDER BY a'), [
      [1, 10],
      [40, 20],
      [41, 30],
    ])
  })

  it('inserts nothing when a row fails, and the connection goes on', async () => {
    await runTedious(connection, 'CREATE TABLE #key (a int PRIMARY KEY, b varchar(3))')
    const columns = [AN_INT, { name: 'b', type: TYPES.VarChar, length: 50 }]
    const attempt = (...rows: unknown[][]) => load('#key', { columns }, rows)
    await assert.rejects(attempt([1, 'a'], [1, 'b']), { number: 2627 })
    await assert.rejects(attempt([1, 'a'], [null, 'b']), { number: 515 })
    await assert.rejects(attempt([1, 'a'], [2, 'long']), { number: 2628 })
    await assert.rejects(load('#nowhere', { columns }, []), { number: 208 })
    const stray = { name: 'c', type: TYPES.Int }
    await assert.rejects(load('#key', { columns: [stray] }, [[1]]), { number: 207 })
    assert.deepEqual(await runTedious(connection, 'SELECT * FROM #key'), [])
    assert.equal(await attempt([1, 'a'], [2, 'b']), 2)
  })

  it('is cancelled half way', async () => {
    await runTedious(connection, 'CREATE TABLE #cancelled (a int)')
    const error = await new Promise<Error | null | undefined>((resolve) => {
      const bulk = connection.newBulkLoad('#cancelled', resolve)
      bulk.addColumn('a', TYPES.Int, { nullable: true })
      async function* rows(): AsyncGenerator<unknown[]> {
        for (let a = 0; a < 100_000; a++) yield [a]
        bulk.cancel()
        await setTimeout(50)
        yield [1]
      }
      connection.execBulkLoad(bulk, rows())
    })
    assert.equal(error?.message, 'Canceled.')
    assert.deepEqual(await runTedious(connection, 'SELECT COUNT(*) FROM #cancelled'), [[0]])
  })

  it("works with mssql's tables", async () => {
    const pool = await connectToSandbox(engine, { database: 'tempdb' })
    const table = new sql.Table('mssql_made')
    table.create = true
    table.columns.add('id', sql.Int, { nullable: false, primary: true })
    table.columns.add('name', sql.NVarChar(20), { nullable: true })
    for (let id = 0; id < 1000; id++) table.rows.add(id, `n${id}`)
    assert.equal((await pool.request().bulk(table)).rowsAffected, 1000)
    const { recordset } = await pool.request().query('SELECT COUNT(*) AS n FROM mssql_made')
    assert.deepEqual(recordset, [{ n: 1000 }])
    await pool.close()
  })
})

describe('bulk load with FreeTDS freebcp', {
  skip: existsSync(FREEBCP) ? false : 'no freebcp',
}, () => {
  for (const version of ['7.1', '7.2', '7.3', '7.4']) {
    it(`loads a file with TDS ${version}`, async () => {
      const table = `bcp_${version.replace('.', '')}`
      const pool = await connectToSandbox(engine, { database: 'tempdb' })
      await pool.batch(
        `CREATE TABLE ${table} (id int NOT NULL, name varchar(20), price decimal(9, 2), at datetime)`,
      )
      const file = path.join(folder.path, `${table}.txt`)
      await writeFile(file, '1\tone\t1.50\t2026-11-24 10:00:00\n2\t\t2.25\t2026-11-25 11:30:00\n')
      const args = [`tempdb..${table}`, 'in', file, '-c', '-S', `127.0.0.1:${engine.port}`]
      const login = ['-U', 'sa', '-P', SA_PASSWORD]
      const { stdout } = await execute(FREEBCP, [...args, ...login], {
        env: { ...process.env, TDSVER: version },
      })
      assert.match(stdout, /2 rows copied/)
      const { recordset } = await pool.query(`SELECT id, name, price, at FROM ${table} ORDER BY id`)
      assert.deepEqual(recordset, [
        { id: 1, name: 'one', price: 1.5, at: new Date('2026-11-24T10:00:00Z') },
        { id: 2, name: null, price: 2.25, at: new Date('2026-11-25T11:30:00Z') },
      ])
      await pool.close()
    })
  }
})

/** Dates carry a `nanosecondsDelta` beside their milliseconds. */
function plainValue(value: unknown): unknown {
  return value instanceof Date ? new Date(value.getTime()) : value
}
