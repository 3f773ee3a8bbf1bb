import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import sql from 'mssql'
import { SlipwayClient } from '../../src/client/index.ts'
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts'
import { runCommand } from '../support/run-command.ts'
import { buildSampleDatabase, type SampleDatabase } from '../support/sample-database.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

const CLI = path.resolve(import.meta.dirname, '../../src/cli/main.ts')

// Everything is real, and nothing of it comes from elsewhere: the database is built here.
describe('an image of a built database', () => {
  let scratch: ScratchFolder
  let sample: SampleDatabase
  let daemon: DaemonProcess
  let client: SlipwayClient

  before(async () => {
    scratch = await createScratchFolder()
    sample = await buildSampleDatabase(scratch.path)
    const stateRoot = path.join(scratch.path, 'state')
    daemon = await startDaemonProcess({ stateRoot, flags: ['--instance-ports', '16230-16239'] })
    client = new SlipwayClient({ url: daemon.url })
  })
  after(async () => {
    await daemon.stop()
    await scratch[Symbol.asyncDispose]()
  })

  it('is imported with all its files, and its clones answer queries', async () => {
    const { paths, tables } = sample.database
    const args = [CLI, 'image', 'import', 'sample', ...paths]
    const imported = await runCommand(process.execPath, args, { env: { SLIPWAY_URL: daemon.url } })
    assert.equal(imported.stderr, '')
    assert.match(imported.stdout, /imported sample: Sample \(SQL Server 2019, .*, 7 tables\)/)
    const image = await client.inspectImage('sample')
    assert.deepEqual(
      image.tables.map(({ schema, name, rowCount }) => `${schema}.${name} ${rowCount}`).sort(),
      tables.map(({ schema, name, rowCount }) => `${schema}.${name} ${rowCount}`).sort(),
    )

    const clones = [await readyClone(client), await readyClone(client)]
    for (const clone of clones) {
      const { recordset } = await query(
        clone,
        'SELECT COUNT(*) AS n, MIN(OrderId) AS least, SUM(CAST(IsOpen AS int)) AS opened FROM Sales.Orders',
      )
      assert.deepEqual(recordset, [{ n: 2500, least: '1', opened: 625 }])
    }
    for (const { id } of clones) {
      await client.followOperation((await client.removeClone(id)).operation.id)
    }
  })
})

type Clone = Awaited<ReturnType<SlipwayClient['inspectClone']>>

async function readyClone(client: SlipwayClient): Promise<Clone> {
  const { clone, operation } = await client.createClone({ image: 'sample' })
  await client.followOperation(operation.id)
  return client.inspectClone(clone.id)
}

async function query(clone: Clone, text: string): Promise<sql.IResult<unknown>> {
  const pool = new sql.ConnectionPool({
    server: clone.host,
    port: clone.port,
    user: clone.user,
    password: clone.password,
    database: clone.database,
    options: { encrypt: true, trustServerCertificate: true },
  })
  try {
    await pool.connect()
    return await pool.query(text)
  } finally {
    await pool.close()
  }
}
