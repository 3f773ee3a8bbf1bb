/*
 * The engine process with the ways real clients have of calling it beside batches.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import sql from 'mssql'
import { Connection, Request, TYPES } from 'tedious'
import {
  connectToSandbox,
  SA_PASSWORD,
  type SandboxProcess,
  startSandbox,
} from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

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

const numberOf = (error: unknown) => (error instanceof sql.RequestError ? error.number : error)

function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => undefined, numberOf)
}

describe('table-valued parameters', () => {
  let pool: sql.ConnectionPool

  before(async () => {
    pool = await connectToSandbox(engine, { database: 'tempdb' })
    const batches = [
      `CREATE TYPE dbo.Items AS TABLE
         (id int NOT NULL PRIMARY KEY, name nvarchar(10), price decimal(9, 2) CHECK (price > 0), at datetime2)`,
      `CREATE PROCEDURE dbo.SumItems @items dbo.Items READONLY, @factor int = 1 AS
         SELECT COUNT(*) AS n, SUM(price) * @factor AS total, MAX(name) AS name FROM @items`,
    ]
    for (const batch of batches) await pool.batch(batch)
  })

  after(() => pool?.close())

  function items(...rows: readonly (readonly [number, string | null, number])[]): sql.Table {
    const table = new sql.Table('dbo.Items')
    table.columns.add('id', sql.Int)
    table.columns.add('name', sql.NVarChar(50))
    table.columns.add('price', sql.Decimal(9, 2))
    table.columns.add('at', sql.DateTime2(7))
    for (const [id, name, price] of rows) table.rows.add(id, name, price, new Date(0))
    return table
  }

  it('reach a procedure', async () => {
    const request = pool.request().input('items', items([1, 'a', 2.5], [2, 'b', 3]))
    const { recordset } = await request.input('factor', 2).execute('dbo.SumItems')
    assert.deepEqual(recordset[0], { n: 2, total: 11, name: 'b' })
  })

  it('reach a statement', async () => {
    const request = pool.request().input('items', items([1, 'a', 2.5], [2, null, 3]))
    const { recordset } = await request.query(
      'SELECT i.id, i.name, j.price FROM @items i JOIN @items j ON j.id = i.id ORDER BY i.id',
    )
    assert.deepEqual(recordset, [
      { id: 1, name: 'a', price: 2.5 },
      { id: 2, name: null, price: 3 },
    ])
  })

  it('hold many rows', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [index, `n${index}`, 1] as const)
    const request = pool.request().input('items', items(...rows))
    const { recordset } = await request.query('SELECT COUNT(*) AS n, SUM(id) AS total FROM @items')
    assert.deepEqual(recordset[0], { n: 20_000, total: 199_990_000 })
  })

  it('are empty when they are left out', async () => {
    const { recordset } = await pool.request().execute('dbo.SumItems')
    assert.deepEqual(recordset[0], { n: 0, total: null, name: null })
  })

  it('are refused when their rows or their type do not fit', async () => {
    const execute = (table: sql.Table) =>
      pool.request().input('items', table).execute('dbo.SumItems')
    assert.equal(await failure(execute(items([1, 'a', 1], [1, 'b', 1]))), 2627)
    assert.equal(await failure(execute(items([1, 'a', -1]))), 547)
    assert.equal(await failure(execute(items([1, 'eleven chars', 1]))), 2628)
    const narrow = new sql.Table('dbo.Items')
    narrow.columns.add('id', sql.Int)
    narrow.rows.add(1)
    assert.equal(await failure(execute(narrow)), 500)
    const other = new sql.Table('dbo.Others')
    other.columns.add('id', sql.Int)
    assert.equal(await failure(execute(other)), 206)
    assert.equal(await failure(pool.request().input('t', other).query('SELECT 1')), 2715)
    const notATable = pool.request().input('items', sql.Int, 5)
    assert.equal(await failure(notATable.execute('dbo.SumItems')), 206)
  })

  it('can only be read', async () => {
    const request = pool.request().input('items', items([1, 'a', 1]))
    assert.equal(await failure(request.query('UPDATE @items SET price = 2')), 10700)
  })
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
    await run(connection, `CREATE TABLE #types (${definition})`)
    const values = samples.map(([, , value]) => value)
    const nulls = samples.map(() => null)
    assert.equal(await load('#types', { columns }, [values, nulls]), 2)
    const rows = await run(connection, 'SELECT * FROM #types')
    assert.deepEqual(rows[0]?.map(plainValue), values)
    assert.deepEqual(rows[1], nulls)
  })

  it('takes many rows, in a transaction that can be rolled back', async () => {
    await run(connection, 'CREATE TABLE #many (a int, b varchar(100)); BEGIN TRANSACTION')
    const columns = [AN_INT, { name: 'b', type: TYPES.VarChar, length: 100 }]
    function* rows(): Generator<unknown[]> {
      for (let a = 0; a < 50_000; a++) yield [a, `row ${a}`]
    }
    assert.equal(await load('#many', { columns }, rows()), 50_000)
    const query = 'SELECT COUNT(*), SUM(a), MAX(b) FROM #many'
    assert.deepEqual(await run(connection, query), [[50_000, 1_249_975_000, 'row 9999']])
    await run(connection, 'ROLLBACK')
    assert.deepEqual(await run(connection, query), [[0, null, null]])
  })

  it('fills NULL with defaults unless KEEP_NULLS is given', async () => {
    const table = 'CREATE TABLE #nulls (a int NULL DEFAULT 7, b int NULL)'
    await run(connection, table)
    const columns = [AN_INT, { name: 'b', type: TYPES.Int }]
    await load('#nulls', { columns }, [[null, null]])
    await load('#nulls', { columns, keepNulls: true }, [[null, 1]])
    assert.deepEqual(await run(connection, 'SELECT a, b FROM #nulls ORDER BY b'), [
      [7, null],
      [null, 1],
    ])
  })

  it('checks constraints and fires triggers only when asked to', async () => {
    await run(
      connection,
      `CREATE TABLE tempdb.dbo.loaded (a int CHECK (a > 0)); CREATE TABLE tempdb.dbo.fired (n int)`,
    )
    const trigger =
      'CREATE TRIGGER t ON loaded AFTER INSERT AS INSERT fired SELECT COUNT(*) FROM inserted'
    await run(connection, 'USE tempdb')
    await run(connection, trigger)
    const columns = [AN_INT]
    assert.equal(await load('loaded', { columns }, [[-1], [2]]), 2)
    await assert.rejects(load('loaded', { columns, checkConstraints: true }, [[-1]]), {
      number: 547,
    })
    assert.deepEqual(await run(connection, 'SELECT * FROM fired'), [])
    await load('loaded', { columns, fireTriggers: true, lockTable: true }, [[1], [2], [3]])
    assert.deepEqual(await run(connection, 'SELECT n FROM fired'), [[3]])
  })

  it('keeps identity values that are sent', async () => {
    await run(connection, 'CREATE TABLE #identity (id int IDENTITY, a int)')
    const id = { name: 'id', type: TYPES.Int }
    await load('#identity', { columns: [AN_INT] }, [[10]])
    await load('#identity', { columns: [id, AN_INT] }, [[40, 20]])
    await load('#identity', { columns: [AN_INT] }, [[30]])
    assert.deepEqual(await run(connection, 'SELECT id, a FROM #identity ORDER BY a'), [
      [1, 10],
      [40, 20],
      [41, 30],
    ])
  })

  it('inserts nothing when a row fails, and the connection goes on', async () => {
    await run(connection, 'CREATE TABLE #key (a int PRIMARY KEY, b varchar(3))')
    const columns = [AN_INT, { name: 'b', type: TYPES.VarChar, length: 50 }]
    const attempt = (...rows: unknown[][]) => load('#key', { columns }, rows)
    await assert.rejects(attempt([1, 'a'], [1, 'b']), { number: 2627 })
    await assert.rejects(attempt([1, 'a'], [null, 'b']), { number: 515 })
    await assert.rejects(attempt([1, 'a'], [2, 'long']), { number: 2628 })
    await assert.rejects(load('#nowhere', { columns }, []), { number: 208 })
    const stray = { name: 'c', type: TYPES.Int }
    await assert.rejects(load('#key', { columns: [stray] }, [[1]]), { number: 207 })
    assert.deepEqual(await run(connection, 'SELECT * FROM #key'), [])
    assert.equal(await attempt([1, 'a'], [2, 'b']), 2)
  })

  it('is cancelled half way', async () => {
    await run(connection, 'CREATE TABLE #cancelled (a int)')
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
    assert.deepEqual(await run(connection, 'SELECT COUNT(*) FROM #cancelled'), [[0]])
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

async function connectTedious(port: number): Promise<Connection> {
  const connection = new Connection({
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'sa', password: SA_PASSWORD } },
    options: { port, encrypt: false, trustServerCertificate: true },
  })
  connection.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  return connection
}

/** The rows of a batch. */
function run(connection: Connection, text: string): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)))
    request.on('row', (cells: { value: unknown }[]) => rows.push(cells.map(({ value }) => value)))
    connection.execSqlBatch(request)
  })
}
