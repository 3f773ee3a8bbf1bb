import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import sql from 'mssql'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

describe('objects in tempdb, over TDS', () => {
  let folder: ScratchFolder
  let engine: SandboxProcess
  let first: sql.ConnectionPool
  let second: sql.ConnectionPool

  before(async () => {
    folder = await createScratchFolder()
    engine = await startSandbox({ folder: folder.path })
    first = await connectToSandbox(engine)
    second = await connectToSandbox(engine)
  })

  after(async () => {
    await first?.close()
    await second?.close()
    await engine?.stop()
    await folder?.[Symbol.asyncDispose]()
  })

  const numberOf = (error: unknown) => (error instanceof sql.RequestError ? error.number : error)

  async function failure(work: Promise<unknown>): Promise<unknown> {
    return work.then(() => undefined, numberOf)
  }

  it('shows a table of the session only to the session, a global one to all', async () => {
    const own = new sql.Transaction(first)
    await own.begin()
    await own.request().batch('CREATE TABLE #own (a int); CREATE TABLE ##all (a int)')
    await own.request().batch('SELECT a FROM #own; SELECT a FROM ##all')
    assert.equal(await failure(second.request().batch('SELECT a FROM #own')), 208)
    const names = await own.request().batch("SELECT OBJECT_ID('tempdb..#own') AS id")
    assert.equal(typeof names.recordset[0].id, 'number')
    await own.commit()
  })

  it('ends temporary tables with their session', async () => {
    await first.request().batch('SELECT a FROM #own')
    await first.close()
    first = await connectToSandbox(engine)
    for (const query of ['SELECT a FROM #own', 'SELECT a FROM ##all']) {
      assert.equal(await failure(first.request().batch(query)), 208)
    }
  })

  it('ends what sp_executesql made with it', async () => {
    const transaction = new sql.Transaction(first)
    await transaction.begin()
    await transaction.request().query('CREATE TABLE #inner (a int); SELECT a FROM #inner')
    assert.equal(await failure(transaction.request().query('SELECT a FROM #inner')), 208)
    await transaction.rollback()
  })

  it('takes back with a transaction what it defined', async () => {
    const transaction = new sql.Transaction(first)
    await transaction.begin()
    await transaction.request().batch('CREATE TABLE tempdb.dbo.gone (a int)')
    await transaction.rollback()
    assert.equal(await failure(second.request().batch('SELECT * FROM tempdb.dbo.gone')), 208)
  })

  it('makes readers wait for a table that another session is changing', async () => {
    await first.request().batch('CREATE TABLE tempdb.dbo.shared (a int)')
    const transaction = new sql.Transaction(first)
    await transaction.begin()
    await transaction.request().batch('ALTER TABLE tempdb.dbo.shared ADD b int')
    const read = 'SET LOCK_TIMEOUT 50; SELECT * FROM tempdb.dbo.shared'
    assert.equal(await failure(second.request().batch(read)), 1222)
    assert.equal(await failure(second.request().batch(`${read} WITH (NOLOCK)`)), undefined)
    const waiting = second.request().batch('SELECT * FROM tempdb.dbo.shared')
    await transaction.commit()
    assert.deepEqual(Object.keys((await waiting).recordset.columns), ['a', 'b'])
    await first.request().batch('DROP TABLE tempdb.dbo.shared')
  })

  it('rolls back what a connection leaves open when it is lost', async () => {
    const lost = await connectToSandbox(engine)
    await lost.request().batch('BEGIN TRAN; CREATE TABLE tempdb.dbo.left_open (a int)')
    await lost.close()
    const count = "SELECT COUNT(*) AS n FROM tempdb.sys.tables WHERE name = 'left_open'"
    let tables = 1
    for (let attempt = 0; attempt < 50 && tables > 0; attempt++) {
      tables = (await second.request().query(count)).recordset[0].n
    }
    assert.equal(tables, 0)
  })

  it('keeps views, procedures and types where they were made', async () => {
    await first.request().batch('CREATE TYPE dbo.Name FROM nvarchar(30) NOT NULL')
    await first.request().batch('CREATE TABLE dbo.People (id int IDENTITY PRIMARY KEY, n Name)')
    await first.request().batch('CREATE VIEW dbo.Names AS SELECT n AS name FROM dbo.People')
    const { recordset } = await second.request().query(`
      SELECT t.name, c.name AS col, y.name AS typ FROM sys.objects t
      JOIN sys.columns c ON c.object_id = t.object_id
      JOIN sys.types y ON y.user_type_id = c.user_type_id
      WHERE t.type IN ('U', 'V') ORDER BY t.name, c.column_id`)
    assert.deepEqual(
      recordset.map(({ name, col, typ }) => [name, col, typ]),
      [
        ['Names', 'name', 'nvarchar'],
        ['People', 'id', 'int'],
        ['People', 'n', 'Name'],
      ],
    )
  })
})
