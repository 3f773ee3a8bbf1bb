import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'mssql'
import { SlipwayClient } from '../../src/client/index.ts'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts'
import { runCommand } from '../support/run-command.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

const CLI = path.resolve(import.meta.dirname, '../../src/cli/main.ts')
const KILL_AFTER_MS = [0, 15, 40, 80, 160]

// Everything is real: daemon, store, sandbox engine, command line, a backup of SQL Server 2019.
describe('an image of a backup', { skip: skipWithoutCorpus('School.bak', 'TSQLV4.bak') }, () => {
  let scratch: ScratchFolder
  let stateRoot: string
  let daemon: DaemonProcess
  let client: SlipwayClient

  const start = async (): Promise<void> => {
    daemon = await startDaemonProcess({ stateRoot, flags: ['--instance-ports', '16200-16220'] })
    client = new SlipwayClient({ url: daemon.url })
  }
  const slipway = (...args: readonly string[]) =>
    runCommand(process.execPath, [CLI, ...args], { env: { SLIPWAY_URL: daemon.url } })

  before(async () => {
    scratch = await createScratchFolder()
    stateRoot = path.join(scratch.path, 'state')
    await start()
  })
  after(async () => {
    await daemon.stop()
    await scratch[Symbol.asyncDispose]()
  })

  it('is imported by the command line, and its clones answer queries', async () => {
    const file = corpusFile('School.bak')
    const imported = await slipway('image', 'import', 'school', file, '--database', 'school')
    assert.equal(imported.stderr, '')
    assert.match(imported.stdout, /imported school: School \(SQL Server 2019, .*, 9 tables\)/)
    const { clone, operation } = await client.createClone({ image: 'school' })
    await client.followOperation(operation.id)
    const { recordset } = await query(
      await client.inspectClone(clone.id),
      "SELECT count(*) AS people, max(LastName) AS last FROM dbo.Person WHERE LastName < 'B'",
    )
    assert.deepEqual(recordset, [{ people: 4, last: 'Anand' }])
    await client.followOperation((await client.removeClone(clone.id)).operation.id)
  })

  it('is refused in one line, with nothing left, when the backup cannot be restored', async () => {
    const compressed = await slipway('image', 'import', 'tsql', corpusFile('TSQLV4.bak'))
    assert.equal(compressed.exitCode, 1)
    assert.match(compressed.stderr, /TSQLV4\.bak is a compressed backup/)
    const missing = await slipway('image', 'import', 'x', corpusFile('School.bak'), '--set', '2')
    assert.match(missing.stderr, /no backup set at 2: 1 School \(Database/)
    const wrong = await slipway('image', 'import', 'x', corpusFile('School.bak'), '--set', 'two')
    assert.match(wrong.stderr, /--set two: write the position/)
    const names = (await client.listImages()).map(({ name }) => name)
    assert.deepEqual(
      names.filter((name) => name !== 'school'),
      [],
    )
  })

  for (const killAfterMs of KILL_AFTER_MS) {
    it(`is whole after kill -9, ${killAfterMs} ms into the restore`, async () => {
      const name = `killed-${killAfterMs}`
      const { image, operation } = await client.createImage(name, [corpusFile('School.bak')])
      await delay(killAfterMs)
      await daemon.kill()
      await start()
      await client.followOperation(operation.id)
      const detail = await client.inspectImage(name)
      assert.equal(detail.tables.length, 9)
      const folder = path.join(stateRoot, 'store')
      const folders = await readdir(folder, { recursive: true })
      assert.equal(folders.filter((each) => path.basename(each) === image.id).length, 1)
      assert.deepEqual(
        folders.filter((each) => each.endsWith('.partial')),
        [],
      )
      await client.removeImage(name)
    })
  }
})

async function query(
  clone: Awaited<ReturnType<SlipwayClient['inspectClone']>>,
  text: string,
): Promise<sql.IResult<unknown>> {
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
