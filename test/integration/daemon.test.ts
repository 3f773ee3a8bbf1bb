import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'mssql'
import { SlipwayClient } from '../../src/client/index.ts'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts'
import {
  cloneFolders,
  killInstances,
  listeningPorts,
  mountsUnder,
  runningInstances,
} from '../support/daemon-traces.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

const MAIN = path.resolve(import.meta.dirname, '../../src/main.ts')
const FILES = ['northwnd.mdf', 'northwnd_log.ldf'] as const
const WAIT_MS = 60_000
const KILL_AFTER_MS = [5, 60, 150, 300, 500]

type Clone = Awaited<ReturnType<SlipwayClient['inspectClone']>>

// Everything is real: daemon, store, containers, sandbox engines, a SQL Server 2008 file.
describe('the daemon', { skip: skipWithoutCorpus(...FILES) }, () => {
  let scratch: ScratchFolder
  let stateRoot: string
  let daemon: DaemonProcess
  let client: SlipwayClient

  const start = async (): Promise<void> => {
    daemon = await startDaemonProcess({ stateRoot, flags: ['--instance-ports', '16000-16099'] })
    client = new SlipwayClient({ url: daemon.url })
  }

  before(async () => {
    scratch = await createScratchFolder()
    stateRoot = path.join(scratch.path, 'state')
    await start()
    await client.createImage('northwind', FILES.map(corpusFile))
    await waitFor(async () => (await client.inspectImage('northwind')).status === 'ready')
  })
  after(async () => {
    await daemon.stop()
    await scratch[Symbol.asyncDispose]()
  })

  afterEach(() => removeAll(client))

  it('keeps its state root to itself', async () => {
    assert.equal((await stat(stateRoot)).mode & 0o777, 0o700)
    assert.equal((await stat(path.join(stateRoot, 'secret.key'))).mode & 0o777, 0o600)
    const second = spawn(process.execPath, [MAIN, '--state-root', stateRoot, '--listen-port', '0'])
    const [message, [code]] = await Promise.all([
      second.stderr.setEncoding('utf8').toArray(),
      once(second, 'exit'),
    ])
    assert.equal(code, 1)
    assert.match(message.join(''), new RegExp(`in use by the daemon with pid ${daemon.pid}\n`))
  })

  it('makes ten clones that are asked for at once, and leaves nothing of those removed', async () => {
    const accepted = await Promise.all(
      Array.from({ length: 10 }, () => client.createClone({ image: 'northwind' })),
    )
    const clones = await Promise.all(accepted.map(({ clone }) => waitUntilReady(client, clone.id)))
    assert.equal(new Set(clones.map(({ port }) => port)).size, 10)
    for (const clone of clones) assert.equal(await countCustomers(clone), 91)
    assert.equal((await runningInstances(stateRoot)).length, 10)

    await removeAll(client)
    assert.deepEqual(await runningInstances(stateRoot), [])
    assert.deepEqual(await cloneFolders(stateRoot), [])
    const listening = await listeningPorts()
    assert.deepEqual(
      clones.filter(({ port }) => listening.has(port)),
      [],
    )
  })

  it('adopts running clones after kill -9', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'survivor' })
    const before = await waitUntilReady(client, clone.id)
    const instances = await runningInstances(stateRoot)
    await daemon.kill()
    assert.equal(await countCustomers(before), 91)
    await start()
    const adopted = await client.inspectClone('survivor')
    assert.deepEqual({ ...adopted, store: before.store }, before)
    assert.deepEqual(await runningInstances(stateRoot), instances)
  })

  for (const killAfterMs of KILL_AFTER_MS) {
    it(`is whole again after kill -9, ${killAfterMs} ms into the creation of clones`, async () => {
      const accepted = await Promise.all(
        Array.from({ length: 3 }, () => client.createClone({ image: 'northwind' })),
      )
      await delay(killAfterMs)
      await daemon.kill()
      await start()
      for (const { clone } of accepted) {
        const ready = await waitUntilReady(client, clone.id)
        assert.equal(ready.port, clone.port)
        assert.equal(ready.password, clone.password)
        assert.equal(await countCustomers(ready), 91)
      }
      assert.equal((await runningInstances(stateRoot)).length, 3)
      assert.deepEqual(
        (await cloneFolders(stateRoot)).toSorted(),
        accepted.map(({ clone }) => clone.id).toSorted(),
      )
      await removeAll(client)
      assert.deepEqual(await runningInstances(stateRoot), [])
      assert.deepEqual(await cloneFolders(stateRoot), [])
    })
  }

  it('finishes a removal it was killed in', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'leaving' })
    await waitUntilReady(client, clone.id)
    await client.removeClone('leaving')
    await daemon.kill()
    await start()
    await waitFor(async () => (await client.listClones()).length === 0)
    assert.deepEqual(await runningInstances(stateRoot), [])
    assert.deepEqual(await cloneFolders(stateRoot), [])
  })

  it('gives up a creation whose clone is removed', async () => {
    await client.createClone({ image: 'northwind', name: 'brief' })
    await client.removeClone('brief')
    await waitFor(async () => (await client.listClones()).length === 0)
    assert.deepEqual(await runningInstances(stateRoot), [])
    assert.deepEqual(await cloneFolders(stateRoot), [])
  })

  it('notices an instance that ends by itself, and starts it again with the next daemon', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'fragile' })
    const before = await waitUntilReady(client, clone.id)
    await killInstances(stateRoot)
    await waitFor(async () => (await client.inspectClone('fragile')).status === 'stopped')
    assert.equal((await client.inspectClone('fragile')).error?.code, 'INSTANCE_STOPPED')
    await daemon.kill()
    await start()
    const returned = await waitUntilReady(client, clone.id)
    assert.equal(returned.port, before.port)
    assert.equal(returned.error, undefined)
    assert.equal(await countCustomers(returned), 91)
  })

  it('starts the instance again of a clone it finds dead', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'dead' })
    await waitUntilReady(client, clone.id)
    await daemon.kill()
    await killInstances(stateRoot)
    await start()
    assert.equal(await countCustomers(await waitUntilReady(client, clone.id)), 91)
    assert.equal((await runningInstances(stateRoot)).length, 1)
  })

  it('removes a clone whose lifetime has passed', async () => {
    await client.createClone({ image: 'northwind', ttl: 1 })
    await waitFor(async () => (await client.listClones()).length === 0)
    assert.deepEqual(await runningInstances(stateRoot), [])
  })

  it('leaves no process or mount at SIGTERM, and brings clones back at the next start', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'returning' })
    const before = await waitUntilReady(client, clone.id)
    assert.equal(await daemon.stop(), 0)
    assert.deepEqual(await runningInstances(stateRoot), [])
    assert.deepEqual(await mountsUnder(stateRoot), [])
    await assert.rejects(stat(path.join(stateRoot, 'daemon.json')), { code: 'ENOENT' })
    await start()
    const returned = await waitUntilReady(client, clone.id)
    assert.deepEqual(returned.connectionStrings, before.connectionStrings)
    assert.equal(await countCustomers(returned), 91)
  })

  it('ends cleanly when it is told twice', async () => {
    process.kill(daemon.pid, 'SIGINT')
    assert.equal(await daemon.stop(), 0)
    assert.deepEqual(await mountsUnder(stateRoot), [])
    await start()
  })

  it('brings a clone back on another port when its own was taken meanwhile', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'moved' })
    const before = await waitUntilReady(client, clone.id)
    await daemon.stop()
    const other = createServer((socket) => socket.destroy()).listen(before.port, before.host)
    await once(other, 'listening')
    try {
      await start()
      const moved = await waitUntilReady(client, clone.id)
      assert.notEqual(moved.port, before.port)
      assert.equal(await countCustomers(moved), 91)
    } finally {
      other.close()
    }
  })

  it('goes on at the next start with what SIGTERM interrupted', async () => {
    const { clone } = await client.createClone({ image: 'northwind', name: 'interrupted' })
    assert.equal(await daemon.stop(), 0)
    assert.deepEqual(await runningInstances(stateRoot), [])
    assert.deepEqual(await mountsUnder(stateRoot), [])
    await start()
    assert.equal(await countCustomers(await waitUntilReady(client, clone.id)), 91)
  })
})

async function waitUntilReady(client: SlipwayClient, id: string): Promise<Clone> {
  let clone = await client.inspectClone(id)
  await waitFor(async () => {
    clone = await client.inspectClone(id)
    assert.notEqual(clone.status, 'failed', JSON.stringify(clone.error))
    return clone.status === 'ready'
  })
  return clone
}

async function removeAll(client: SlipwayClient): Promise<void> {
  for (const { id } of await client.listClones()) await client.removeClone(id)
  await waitFor(async () => (await client.listClones()).length === 0)
}

/** Customers of Northwind, asked over a connection of its own. */
async function countCustomers(clone: Clone): Promise<number> {
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
    const { recordset } = await pool.query('SELECT count(*) AS customers FROM Customers')
    return recordset[0]?.customers
  } finally {
    await pool.close()
  }
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it took too long')
    await delay(20)
  }
}
