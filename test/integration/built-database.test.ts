import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSampleDatabase } from '../support/sample-database.ts'
import { connectToSandbox, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder } from '../support/scratch-folder.ts'

describe('a built database in the sandbox engine', () => {
  it('attaches with all its files and answers queries with the right rows', async () => {
    await using scratch = await createScratchFolder()
    const sample = await buildSampleDatabase(scratch.path)
    const files = sample.database.paths.map((file) => `(FILENAME = '${file}')`).join(', ')
    const engine = await startSandbox({ folder: scratch.path })
    try {
      const pool = await connectToSandbox(engine)
      try {
        await pool.request().batch(`CREATE DATABASE [Sample] ON ${files} FOR ATTACH`)
        await pool.request().batch('USE [Sample]')
        const query = async (text: string) => (await pool.request().query(text)).recordset
        assert.deepEqual(
          await query('SELECT COUNT(*) AS n, SUM(CAST(IsOpen AS int)) AS opened FROM Sales.Orders'),
          [{ n: 2500, opened: 625 }],
        )
        assert.deepEqual(
          await query('SELECT CustomerId, Name, Phone FROM Sales.Customers WHERE CustomerId = 7'),
          [{ CustomerId: 7, Name: 'Customer 7', Phone: '+49 30 1007' }],
        )
        assert.deepEqual(await query('SELECT COUNT(*) AS n FROM dbo.Heap'), [
          { n: sample.rows('dbo.Heap').length },
        ])
        assert.deepEqual(
          await query('SELECT TOP (2) OrderId FROM Sales.OpenOrders ORDER BY OrderId'),
          [{ OrderId: '1' }, { OrderId: '5' }],
        )
        assert.deepEqual(
          await query('SELECT LEN(C32) AS n, C4 AS least FROM dbo.AllTypes WHERE Id = 2'),
          [{ n: '9000', least: 2147483647 }],
        )
        assert.deepEqual(
          await query('SELECT Id, Kept, Later, LaterText FROM dbo.Changed WHERE Id = 2'),
          [{ Id: 2, Kept: 'kept 2', Later: 42, LaterText: null }],
        )
        const names = await query(
          "SELECT name FROM sys.tables WHERE schema_id = SCHEMA_ID('Sales') ORDER BY name",
        )
        assert.deepEqual(names, [{ name: 'Customers' }, { name: 'Orders' }])
      } finally {
        await pool.close()
      }
      assert.equal(await engine.stop(), 0)
    } finally {
      await engine.kill()
    }
  })
})
