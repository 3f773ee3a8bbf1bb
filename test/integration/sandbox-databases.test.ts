import assert from 'node:assert/strict'
import {
  chmod,
  copyFile,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

type Connection = Awaited<ReturnType<typeof connectToSandbox>>

interface SqlFailure {
  readonly number: number
  readonly precedingErrors?: readonly { readonly number: number }[]
}

const FILES = [
  'northwnd.mdf',
  'northwnd_log.ldf',
  'pubs.mdf',
  'School_Log.ldf',
  'MvcMusicStore.mdf',
]
const PAGE_BYTES = 8192

describe('databases of the sandbox engine', { skip: skipWithoutCorpus(...FILES) }, () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess
  let connection: Connection
  const connections: Connection[] = []
  const engines: SandboxProcess[] = []

  beforeEach(async () => {
    scratch = await createScratchFolder()
    await startEngine()
  })
  afterEach(async () => {
    for (const opened of connections.splice(0)) await opened.close()
    for (const started of engines.splice(0)) await started.kill()
    await scratch[Symbol.asyncDispose]()
  })

  async function startEngine(): Promise<void> {
    engine = await startSandbox({ folder: scratch.path })
    engines.push(engine)
    connection = await connect()
  }

  async function connect(database?: string): Promise<Connection> {
    const options = database === undefined ? {} : { database }
    const opened = await connectToSandbox(engine, options)
    connections.push(opened)
    return opened
  }

  /** A copy of a corpus file, which the engine may lock. */
  async function copy(name: string, to = name): Promise<string> {
    const target = path.join(scratch.path, to)
    await mkdir(path.dirname(target), { recursive: true })
    await copyFile(corpusFile(name), target)
    await chmod(target, 0o644)
    return target
  }

  function attachStatement(name: string, ...files: readonly string[]): string {
    return `CREATE DATABASE [${name}] ON ${files.map((file) => `(FILENAME = '${file}')`).join(', ')} FOR ATTACH`
  }

  async function attach(name: string, ...files: readonly string[]): Promise<void> {
    await connection.batch(attachStatement(name, ...files))
  }

  /** Numbers of the errors a batch ends with, the first one first. */
  async function errorsOf(batch: string): Promise<readonly number[]> {
    try {
      await connection.batch(batch)
      return []
    } catch (error) {
      const { number, precedingErrors = [] } = error as SqlFailure // what mssql rejects with
      return [...precedingErrors.map((preceding) => preceding.number), number]
    }
  }

  async function rows(query: string): Promise<readonly unknown[]> {
    return [...(await connection.query(query)).recordset]
  }

  it('serves the rows of an attached database', async () => {
    await attach('Northwind', await copy('northwnd.mdf'), await copy('northwnd_log.ldf'))
    assert.deepEqual(
      await rows(`
        SELECT TOP 3 c.CompanyName, COUNT(*) AS orders, SUM(d.UnitPrice * d.Quantity) AS total
        FROM Northwind.dbo.Customers c
        JOIN Northwind.dbo.Orders o ON o.CustomerID = c.CustomerID
        JOIN Northwind.dbo.[Order Details] d ON d.OrderID = o.OrderID
        GROUP BY c.CompanyName ORDER BY total DESC`),
      [
        { CompanyName: 'QUICK-Stop', orders: 86, total: 117483.39 },
        { CompanyName: 'Save-a-lot Markets', orders: 116, total: 115673.39 },
        { CompanyName: 'Ernst Handel', orders: 102, total: 113236.68 },
      ],
    )
  })

  it('never changes the files of a database', async () => {
    const file = await copy('northwnd.mdf')
    const before = await readFile(file)
    await attach('Northwind', file)
    await rows('SELECT COUNT(*) AS n FROM Northwind.dbo.Orders')
    await connection.batch('EXEC sp_detach_db Northwind')
    assert.ok(before.equals(await readFile(file)))
  })

  it('finds a log beside the primary file when only that is named', async () => {
    const file = await copy('northwnd.mdf')
    const log = await copy('northwnd_log.ldf')
    await attach('Northwind', file)
    assert.deepEqual(await rows('SELECT physical_name FROM Northwind.sys.database_files'), [
      { physical_name: file },
      { physical_name: log },
    ])
  })

  it('says that a log is missing, and that it wrote none', async () => {
    const file = await copy('northwnd.mdf')
    const messages: string[] = []
    const request = connection.request()
    request.on('info', ({ message }) => messages.push(message))
    await request.batch(attachStatement('Northwind', file))
    assert.match(messages.join('\n'), /File activation failure\. The physical file name ".*\.ldf"/)
    assert.match(messages.join('\n'), /without a log and wrote no new one/)
  })

  it('refuses files that are attached already, in this engine or another, with error 5120', async () => {
    const file = await copy('northwnd.mdf')
    await attach('Northwind', file)
    const again = attachStatement('Again', file)
    assert.deepEqual(await errorsOf(again), [5120, 1802])
    engine = await startSandbox({ folder: path.join(scratch.path, 'second') })
    engines.push(engine)
    connection = await connect()
    assert.deepEqual(await errorsOf(again), [5120, 1802])
    const message = 'Operating system error 32: "32(The process cannot access the file because'
    assert.ok(engine.output.includes(message))
  })

  it('lets go of the files when it is killed', async () => {
    const file = await copy('northwnd.mdf')
    await attach('Northwind', file)
    await engine.kill()
    engine = await startSandbox({ folder: path.join(scratch.path, 'second') })
    engines.push(engine)
    connection = await connect()
    await attach('Northwind', file)
  })

  it("refuses files that are no database with SQL Server's errors", async () => {
    const text = path.join(scratch.path, 'text.mdf')
    await writeFile(text, 'this is not a database file\n'.repeat(10_000))
    const short = await copy('pubs.mdf', 'short.mdf')
    await truncate(short, 100 * PAGE_BYTES)
    const primary = await copy('northwnd.mdf')
    const cases: readonly (readonly [files: readonly string[], errors: readonly number[]])[] = [
      [[path.join(scratch.path, 'absent.mdf')], [5120, 1802]],
      [[scratch.path], [5120, 1802]],
      [[text], [5171, 1813]],
      [[await copy('northwnd_log.ldf', 'log.mdf')], [5171, 1813]],
      [
        [primary, await copy('School_Log.ldf')],
        [5108, 1813],
      ],
      [
        [primary, await copy('MvcMusicStore.mdf')],
        [5173, 1813],
      ],
    ]
    for (const [files, errors] of cases) {
      assert.deepEqual(await errorsOf(attachStatement('Wrong', ...files)), errors, files.join())
    }
    assert.deepEqual(await rows("SELECT name FROM sys.databases WHERE name = 'Wrong'"), [])
    // Of severity 24: it ends the connection too.
    assert.deepEqual(await errorsOf(attachStatement('Wrong', short)), [5125, 1813])
  })

  it('refuses a name that is in use, and CREATE DATABASE without files', async () => {
    const file = await copy('pubs.mdf')
    await attach('pubs', file)
    assert.deepEqual(await errorsOf(attachStatement('PUBS', await copy('northwnd.mdf'))), [1801])
    assert.deepEqual(await errorsOf('CREATE DATABASE fresh'), [40517])
  })

  it('detaches a database, and leaves its files', async () => {
    const file = await copy('pubs.mdf')
    await attach('pubs', file)
    await connection.batch("EXEC sp_detach_db @dbname = 'pubs', @skipchecks = 'true'")
    assert.deepEqual(await errorsOf('SELECT * FROM pubs.dbo.authors'), [911])
    await attach('pubs', file)
  })

  it('does not detach what is absent, in use or of the system', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    assert.deepEqual(await errorsOf("EXEC sp_detach_db 'nothing'"), [15010])
    assert.deepEqual(await errorsOf("EXEC sp_detach_db 'master'"), [7940])
    await (await connect('pubs')).query('SELECT 1 AS one')
    assert.deepEqual(await errorsOf("EXEC sp_detach_db 'pubs'"), [3703])
    assert.deepEqual(await errorsOf('DROP DATABASE pubs'), [3702])
  })

  it('drops a database with its files', async () => {
    const file = await copy('pubs.mdf')
    await attach('pubs', file)
    await connection.batch('DROP DATABASE pubs')
    await assert.rejects(readFile(file), { code: 'ENOENT' })
    assert.deepEqual(await errorsOf('DROP DATABASE pubs'), [3701])
    assert.deepEqual(await errorsOf('DROP DATABASE IF EXISTS pubs'), [])
    assert.deepEqual(await errorsOf('DROP DATABASE master'), [3708])
  })

  it('ends the other sessions of a database for SINGLE_USER WITH ROLLBACK IMMEDIATE', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    const other = await connect('pubs')
    await other.query('SELECT 1 AS one')
    assert.deepEqual(
      await errorsOf('ALTER DATABASE pubs SET SINGLE_USER WITH NO_WAIT'),
      [5070, 5069],
    )
    await connection.batch('ALTER DATABASE pubs SET SINGLE_USER WITH ROLLBACK IMMEDIATE')
    assert.deepEqual(await rows("SELECT user_access_desc FROM sys.databases WHERE name = 'pubs'"), [
      { user_access_desc: 'SINGLE_USER' },
    ])
    await connection.batch("EXEC sp_detach_db 'pubs'")
  })

  it('takes a database offline and online', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    await connection.batch('ALTER DATABASE pubs SET OFFLINE')
    assert.deepEqual(await errorsOf('SELECT * FROM pubs.dbo.authors'), [942])
    await connection.batch('ALTER DATABASE pubs SET ONLINE')
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM pubs.dbo.authors'), [{ n: 23 }])
  })

  it('renames a database', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    await connection.batch('ALTER DATABASE pubs MODIFY NAME = books')
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM books.dbo.authors'), [{ n: 23 }])
    assert.deepEqual(await errorsOf('SELECT * FROM pubs.dbo.authors'), [911])
  })

  it('attaches what was attached when it starts again, after a shutdown or a kill', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    await engine.stop()
    await startEngine()
    await attach('Northwind', await copy('northwnd.mdf'))
    await engine.kill()
    await startEngine()
    assert.deepEqual(
      await rows('SELECT name, state_desc FROM sys.databases WHERE database_id > 4'),
      [
        { name: 'pubs', state_desc: 'ONLINE' },
        { name: 'Northwind', state_desc: 'ONLINE' },
      ],
    )
  })

  it('starts without a database whose files are gone or damaged, and serves the others', async () => {
    const gone = await copy('pubs.mdf')
    const damaged = await copy('MvcMusicStore.mdf')
    await attach('gone', gone)
    await attach('damaged', damaged)
    await attach('whole', await copy('northwnd.mdf'))
    await engine.stop()
    await rename(gone, `${gone}.away`)
    await truncate(damaged, 50 * PAGE_BYTES)
    await startEngine()
    assert.deepEqual(
      await rows('SELECT name, state_desc FROM sys.databases WHERE database_id > 4'),
      [
        { name: 'gone', state_desc: 'RECOVERY_PENDING' },
        { name: 'damaged', state_desc: 'SUSPECT' },
        { name: 'whole', state_desc: 'ONLINE' },
      ],
    )
    assert.deepEqual(await errorsOf('SELECT * FROM gone.dbo.authors'), [945])
    assert.deepEqual(await errorsOf('SELECT * FROM damaged.dbo.Albums'), [926])
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM whole.dbo.Orders'), [{ n: 830 }])
    await rename(`${gone}.away`, gone)
    await connection.batch('ALTER DATABASE gone SET ONLINE')
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM gone.dbo.authors'), [{ n: 23 }])
  })

  it('answers error 824 for a damaged page, and goes on serving others', async () => {
    const file = await copy('northwnd.mdf')
    await attach('Northwind', file)
    const found = await rows('SELECT allocation_unit_id FROM Northwind.sys.allocation_units')
    assert.ok(found.length > 0)
    await connection.batch('ALTER DATABASE Northwind SET OFFLINE')
    await corruptShippers(file)
    await connection.batch('ALTER DATABASE Northwind SET ONLINE')
    assert.deepEqual(await errorsOf('SELECT * FROM Northwind.dbo.Shippers'), [824])
    connection = await connect()
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM Northwind.dbo.Orders'), [{ n: 830 }])
  })

  /** Page 369 of the corpus file holds Shippers (format reference, 2.8). */
  async function corruptShippers(file: string): Promise<void> {
    const SHIPPERS_PAGE = 369
    await using handle = await open(file, 'r+')
    await handle.write(Buffer.from('damage'), 0, 6, SHIPPERS_PAGE * PAGE_BYTES + 200)
  }

  it('changes the password of sa for good', async () => {
    assert.deepEqual(await errorsOf("ALTER LOGIN sa WITH PASSWORD = 'weak'"), [15118])
    assert.deepEqual(await errorsOf("ALTER LOGIN nobody WITH PASSWORD = 'New_Passw0rd'"), [15151])
    await connection.batch("ALTER LOGIN sa WITH PASSWORD = 'New_Passw0rd'")
    await engine.stop()
    engine = await startSandbox({ folder: scratch.path })
    engines.push(engine)
    connections.push(await connectToSandbox(engine, { password: 'New_Passw0rd' }))
    await assert.rejects(connectToSandbox(engine), { code: 'ELOGIN' })
  })

  it('kills a session, and tells its client', async () => {
    const victim = await connect()
    const { recordset } = await victim.query('SELECT @@SPID AS spid')
    const { spid } = recordset[0]
    assert.deepEqual(await errorsOf(`KILL ${spid}`), [])
    assert.deepEqual(await errorsOf(`KILL ${spid}`), [6106])
    assert.deepEqual(await errorsOf('KILL 7'), [6107])
    assert.deepEqual(
      await rows(`SELECT session_id FROM sys.dm_exec_sessions WHERE session_id = ${spid}`),
      [],
    )
  })

  it('refuses to write user tables with a clear error', async () => {
    await attach('pubs', await copy('pubs.mdf'))
    const [number] = await errorsOf("DELETE FROM pubs.dbo.authors WHERE au_lname = 'White'")
    assert.ok(number !== undefined && number > 0)
    assert.deepEqual(await rows('SELECT COUNT(*) AS n FROM pubs.dbo.authors'), [{ n: 23 }])
  })

  it('keeps the list of databases as it was when its disk gives no more', async () => {
    const file = await copy('pubs.mdf')
    const data = path.join(scratch.path, 'data')
    await rm(data, { recursive: true })
    await writeFile(data, 'in the way')
    assert.notDeepEqual(await errorsOf(attachStatement('pubs', file)), [])
    assert.deepEqual(await rows("SELECT name FROM sys.databases WHERE name = 'pubs'"), [])
    await rm(data)
    await mkdir(data)
    await attach('pubs', file)
  })
})
