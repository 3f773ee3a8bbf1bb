import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type sql from 'mssql'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

// Real: an engine process with a small heap, and the mssql client.
const HEAP_MB = 256

describe('an engine that runs out of memory', () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess
  let pool: sql.ConnectionPool

  before(async () => {
    scratch = await createScratchFolder()
    const environment = { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` }
    engine = await startSandbox({ folder: scratch.path, environment })
    pool = await connectToSandbox(engine)
  })
  after(async () => {
    await pool.close()
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  async function errorOf(batch: string): Promise<number | undefined> {
    try {
      await pool.request().batch(batch)
      return undefined
    } catch (error) {
      assert.ok(error instanceof Error && 'number' in error, String(error))
      return Number(error.number)
    }
  }

  async function assertServes(): Promise<void> {
    const { recordset } = await pool.request().query('SELECT 42 AS answer')
    assert.equal(recordset[0]?.answer, 42)
  }

  it('ends a sort, a hash join and a grouping with 701, and goes on', async () => {
    const large = 'GENERATE_SERIES(1, 20000000)'
    assert.equal(
      await errorOf(
        `SELECT TOP (1) value FROM (SELECT value, NEWID() AS id FROM ${large}) t GROUP BY value, id`,
      ),
      701,
    )
    assert.equal(await errorOf(`SELECT ROW_NUMBER() OVER (ORDER BY -value) FROM ${large}`), 701)
    assert.equal(
      await errorOf(`SELECT COUNT(*) FROM ${large} a JOIN ${large} b ON a.value = b.value`),
      701,
    )
    await assertServes()
  })

  it('ends a statement that fills a temporary table for want of memory, undoes it, and goes on', async () => {
    const fill = "INSERT #t SELECT value, REPLICATE(N'x', 500) FROM GENERATE_SERIES(1, 10000000)"
    const number = await errorOf(
      `CREATE TABLE #t (id int PRIMARY KEY, filler nvarchar(500)); ${fill}`,
    )
    assert.ok(number === 1105 || number === 701, `${number}`)
    await assertServes()
  })

  it('ends a loop that fills a temporary table for want of memory, and has the memory back when it is gone', async () => {
    for (let round = 0; round < 2; round++) {
      const number = await errorOf(
        "CREATE TABLE #loop (id int IDENTITY PRIMARY KEY, filler nvarchar(4000)); SET NOCOUNT ON; WHILE @@ERROR = 0 INSERT #loop (filler) SELECT REPLICATE(N'x', 4000) FROM GENERATE_SERIES(1, 100)",
      )
      assert.equal(number, 1105)
      const { recordset } = await pool.request().query('SELECT COUNT(*) AS n FROM #loop')
      assert.ok(recordset[0]?.n > 1000, `${recordset[0]?.n} rows in round ${round}`)
      await pool.request().batch('DROP TABLE #loop')
    }
    await assertServes()
  })
})
