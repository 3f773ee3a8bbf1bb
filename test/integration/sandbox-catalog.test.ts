import assert from 'node:assert/strict'
import { chmod, copyFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

const DATABASES = {
  Northwind: 'northwnd.mdf',
  pubs: 'pubs.mdf',
  AdventureWorks: 'AdventureWorksLT2012_Data.mdf',
  MvcMusicStore: 'MvcMusicStore.mdf',
  School: 'School.mdf',
} as const

describe('the catalog of the sandbox engine', {
  skip: skipWithoutCorpus(...Object.values(DATABASES)),
}, () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess
  let connection: Awaited<ReturnType<typeof connectToSandbox>>

  before(async () => {
    scratch = await createScratchFolder()
    engine = await startSandbox({ folder: scratch.path })
    connection = await connectToSandbox(engine)
    for (const [name, file] of Object.entries(DATABASES)) {
      const target = path.join(scratch.path, file)
      await copyFile(corpusFile(file), target)
      await chmod(target, 0o644)
      await connection.batch(`CREATE DATABASE ${name} ON (FILENAME = '${target}') FOR ATTACH`)
    }
  })
  after(async () => {
    await connection.close()
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  async function rows(query: string): Promise<readonly Record<string, unknown>[]> {
    return [...(await connection.query(query)).recordset]
  }

  for (const name of ['master', ...Object.keys(DATABASES)]) {
    it(`answers every column of every catalog view in ${name}`, async () => {
      const views = await rows(`
        SELECT SCHEMA_NAME(schema_id) AS [schema], name FROM ${name}.sys.all_objects
        WHERE type = 'V' AND object_id < 0`)
      assert.ok(views.length > 60)
      for (const view of views) {
        await connection.query(`SELECT * FROM ${name}.[${view['schema']}].[${view['name']}]`)
      }
    })
  }

  it('describes the tables of Northwind', async () => {
    assert.deepEqual(
      await rows(`
        SELECT t.name, p.rows FROM Northwind.sys.tables t
        JOIN Northwind.sys.partitions p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
        WHERE t.name IN ('Customers', 'Order Details', 'Shippers') ORDER BY t.name`),
      [
        { name: 'Customers', rows: '91' },
        { name: 'Order Details', rows: '2155' },
        { name: 'Shippers', rows: '3' },
      ],
    )
    assert.deepEqual(
      await rows(`
        SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE
        FROM Northwind.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'Shippers'`),
      [
        {
          COLUMN_NAME: 'ShipperID',
          DATA_TYPE: 'int',
          CHARACTER_MAXIMUM_LENGTH: null,
          IS_NULLABLE: 'NO',
        },
        {
          COLUMN_NAME: 'CompanyName',
          DATA_TYPE: 'nvarchar',
          CHARACTER_MAXIMUM_LENGTH: 40,
          IS_NULLABLE: 'NO',
        },
        {
          COLUMN_NAME: 'Phone',
          DATA_TYPE: 'nvarchar',
          CHARACTER_MAXIMUM_LENGTH: 24,
          IS_NULLABLE: 'YES',
        },
      ],
    )
  })

  it('describes keys, foreign keys, checks and defaults', async () => {
    await connection.batch('USE Northwind')
    assert.deepEqual(
      await rows(`
        SELECT k.name, i.name AS index_name, i.type_desc FROM sys.key_constraints k
        JOIN sys.indexes i ON i.object_id = k.parent_object_id AND i.index_id = k.unique_index_id
        WHERE k.parent_object_id = OBJECT_ID('Orders')`),
      [{ name: 'PK_Orders', index_name: 'PK_Orders', type_desc: 'CLUSTERED' }],
    )
    assert.deepEqual(
      await rows(`
        SELECT f.name, OBJECT_NAME(f.referenced_object_id) AS referenced, c.name AS [column]
        FROM sys.foreign_keys f
        JOIN sys.foreign_key_columns fc ON fc.constraint_object_id = f.object_id
        JOIN sys.columns c ON c.object_id = fc.parent_object_id AND c.column_id = fc.parent_column_id
        WHERE f.parent_object_id = OBJECT_ID('[Order Details]') ORDER BY f.name`),
      [
        { name: 'FK_Order_Details_Orders', referenced: 'Orders', column: 'OrderID' },
        { name: 'FK_Order_Details_Products', referenced: 'Products', column: 'ProductID' },
      ],
    )
    assert.deepEqual(
      await rows("SELECT definition FROM sys.check_constraints WHERE name = 'CK_Birthdate'"),
      [{ definition: '([BirthDate]<getdate())' }],
    )
    assert.deepEqual(
      await rows(`SELECT CHECK_CLAUSE FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS
                  WHERE CONSTRAINT_NAME = 'CK_Quantity'`),
      [{ CHECK_CLAUSE: '([Quantity]>(0))' }],
    )
    await connection.batch('USE master')
  })

  it('expands views and computed columns', async () => {
    assert.deepEqual(
      await rows(
        'SELECT TOP 1 CategoryName FROM Northwind.dbo.[Category Sales for 1997] ORDER BY 1',
      ),
      [{ CategoryName: 'Beverages' }],
    )
    assert.deepEqual(
      await rows(`SELECT SalesOrderNumber FROM AdventureWorks.SalesLT.SalesOrderHeader
                  WHERE SalesOrderID = 71774`),
      [{ SalesOrderNumber: 'SO71774' }],
    )
  })

  it("finds SQL Server 2000's system tables without a schema and under dbo", async () => {
    await connection.batch('USE pubs')
    for (const table of ['sysobjects', 'dbo.sysobjects', 'sys.sysobjects']) {
      assert.deepEqual(await rows(`SELECT type FROM ${table} WHERE name = 'authors'`), [
        { type: 'U ' },
      ])
    }
    await connection.batch('USE master')
  })

  it('gives catalog views object ids', async () => {
    const [row] = await rows("SELECT OBJECT_ID('sys.tables') AS id, OBJECT_ID('nothing') AS none")
    assert.ok(Number(row?.['id']) < 0)
    assert.equal(row?.['none'], null)
  })

  it("knows the columns ODBC and JDBC ask for with SQL Server's procedures", async () => {
    const execute = async (call: string): Promise<readonly unknown[]> =>
      rows(`EXEC Northwind..${call}`)
    // Orders, Order Details and the views Orders Qry, Order Subtotals, Order Details Extended.
    assert.equal((await execute("sp_tables @table_name = 'Ord%', @table_owner = 'dbo'")).length, 5)
    assert.equal((await execute("sp_columns 'Orders'")).length, 14)
    assert.deepEqual(await execute("sp_pkeys 'Order Details'"), [
      { ...ORDER_DETAILS, COLUMN_NAME: 'OrderID', KEY_SEQ: 1, PK_NAME: 'PK_Order_Details' },
      { ...ORDER_DETAILS, COLUMN_NAME: 'ProductID', KEY_SEQ: 2, PK_NAME: 'PK_Order_Details' },
    ])
    assert.equal((await execute("sp_fkeys @fktable_name = 'Order Details'")).length, 2)
    assert.ok((await execute('sp_datatype_info')).length > 30)
  })

  const ORDER_DETAILS = {
    TABLE_QUALIFIER: 'Northwind',
    TABLE_OWNER: 'dbo',
    TABLE_NAME: 'Order Details',
  }

  it('shows the text of a view with sp_helptext', async () => {
    const lines = await rows("EXEC Northwind..sp_helptext 'Current Product List'")
    const text = lines.map((line) => line['Text']).join('')
    assert.match(text, /create view "Current Product List" AS/i)
  })

  it('describes the result of a batch without running it', async () => {
    const columns = await rows(`
      EXEC sp_describe_first_result_set
        N'SELECT CompanyName, @n AS n FROM Northwind.dbo.Shippers', N'@n int'`)
    assert.deepEqual(
      columns.map(({ column_ordinal, name, system_type_name }) => [
        column_ordinal,
        name,
        system_type_name,
      ]),
      [
        [1, 'CompanyName', 'nvarchar(40)'],
        [2, 'n', 'int'],
      ],
    )
  })

  it('tells what it is', async () => {
    const [row] = await rows(`
      SELECT @@VERSION AS version, SERVERPROPERTY('Edition') AS edition,
        SERVERPROPERTY('ProductVersion') AS product, SERVERPROPERTY('Nothing') AS nothing,
        DATABASEPROPERTYEX('Northwind', 'Status') AS status`)
    assert.match(String(row?.['version']), /Slipway sandbox engine/)
    assert.equal(row?.['edition'], 'Slipway Sandbox Edition (64-bit)')
    assert.match(String(row?.['product']), /^16\.0\.\d+\.\d+$/)
    assert.equal(row?.['nothing'], null)
    assert.equal(row?.['status'], 'ONLINE')
  })
})
