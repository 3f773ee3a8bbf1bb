import assert from 'node:assert/strict'

import { after, before, describe, it } from 'node:test'
import sql from 'mssql'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

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
