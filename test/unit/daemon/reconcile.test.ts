import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createId } from '../../../src/base/index.ts'
import { addImage, createDaemonFixture, type DaemonFixture } from './daemon-fixture.ts'

describe('Daemon.reconcile', () => {
  let fixture: DaemonFixture

  beforeEach(async () => {
    fixture = await createDaemonFixture()
  })
  afterEach(() => fixture.close())

  it('removes instances, clones and bases that no row knows, and nothing else', async () => {
    const { catalog, daemon, folder, runtime, store } = fixture
    const imageId = await addImage(fixture)
    const { clone } = await daemon.createClone({ image: 'northwind' })
    await store.prepare(clone.id, imageId)
    const instance = catalog.instances.ofClone(clone.id)
    assert.ok(instance)
    await startSleeper(fixture, instance.id)

    const stranger = createId()
    const unknownBase = await addImage(fixture, { name: 'gone' })
    await store.prepare(stranger, unknownBase)
    catalog.images.delete(unknownBase)
    await startSleeper(fixture, stranger)
    const folderOnly = createId()
    await mkdir(path.join(folder, 'instances', folderOnly), { recursive: true })

    await daemon.reconcile()
    assert.deepEqual(await runtime.list(), [instance.id])
    const keys = (await store.list()).map(({ key }) => key)
    assert.deepEqual(keys.toSorted(), [clone.id, imageId].toSorted())
    assert.equal((await runtime.inspect(stranger)).status, 'absent')
    assert.deepEqual(catalog.clones.list().length, 1)
  })

  it('adopts a ready clone whose instance runs, and marks one whose does not as stopped', async () => {
    const { catalog, daemon } = fixture
    await addImage(fixture)
    const [running, dead] = [
      await daemon.createClone({ image: 'northwind', name: 'running' }),
      await daemon.createClone({ image: 'northwind', name: 'dead' }),
    ]
    for (const { clone } of [running, dead]) catalog.clones.setStatus(clone.id, 'ready')
    const instance = catalog.instances.ofClone(running.clone.id)
    assert.ok(instance)
    await startSleeper(fixture, instance.id)

    await daemon.reconcile()
    assert.equal(catalog.clones.resolve('running').status, 'ready')
    assert.equal(catalog.clones.resolve('dead').status, 'stopped')
    assert.equal(catalog.instances.ofClone(dead.clone.id)?.port, dead.clone.port)
  })

  it('finishes the removal of an image, and leaves an interrupted import to its operation', async () => {
    const { catalog, daemon, store } = fixture
    await addImage(fixture, { name: 'leaving', status: 'removing' })
    const importing = await addImage(fixture, { name: 'coming', status: 'importing' })
    await daemon.reconcile()
    assert.deepEqual(
      catalog.images.list().map(({ name }) => name),
      ['coming'],
    )
    assert.deepEqual(
      (await store.list()).map(({ key }) => key),
      [importing],
    )
  })
})

describe('Daemon.start', () => {
  let fixture: DaemonFixture

  beforeEach(async () => {
    fixture = await createDaemonFixture({ enginePath: '/bin/false' })
  })
  afterEach(() => fixture.close())

  it('finishes a removal that was interrupted before its operation was taken up', async () => {
    const { catalog, daemon, store } = fixture
    const imageId = await addImage(fixture)
    const { clone } = await daemon.createClone({ image: 'northwind', name: 'leaving' })
    await store.prepare(clone.id, imageId)
    for (const { id } of catalog.operations.list()) {
      catalog.operations.setEnded(id, { status: 'cancelled', time: new Date().toISOString() })
    }
    catalog.clones.setStatus(clone.id, 'removing')
    await daemon.reconcile()
    daemon.start()
    await waitForLast(fixture)
    assert.deepEqual(catalog.clones.list(), [])
    assert.deepEqual(
      (await store.list()).map(({ kind }) => kind),
      ['base'],
    )
  })

  it('keeps a clone whose engine does not start as failed, without port, process or files', async () => {
    const { catalog, daemon, runtime, store } = fixture
    await addImage(fixture)
    daemon.start()
    await daemon.createClone({ image: 'northwind', name: 'unlucky' })
    const operation = await waitForLast(fixture)
    assert.equal(operation?.error?.code, 'ENGINE_START_FAILED')
    const clone = await daemon.inspectClone('unlucky')
    assert.equal(clone.status, 'failed')
    assert.equal(clone.port, 0)
    assert.equal(clone.error?.code, 'ENGINE_START_FAILED')
    assert.deepEqual([...catalog.instances.ports()], [])
    assert.deepEqual(await runtime.list(), [])
    assert.deepEqual(
      (await store.list()).map(({ kind }) => kind),
      ['base'],
    )
    await daemon.removeClone('unlucky')
    assert.equal((await waitForLast(fixture))?.status, 'succeeded')
    assert.deepEqual(catalog.clones.list(), [])
  })
})

async function startSleeper({ folder, runtime }: DaemonFixture, id: string): Promise<void> {
  await runtime.start({
    id,
    command: ['/bin/sleep', '60'],
    environment: { PATH: process.env['PATH'] ?? '' },
    workingDirectory: folder,
    logFile: path.join(folder, 'sleep.log'),
  })
}

async function waitForLast({ operations }: DaemonFixture) {
  const [newest] = operations.list()
  return newest && operations.waitFor(newest.id, { signal: AbortSignal.timeout(10_000) })
}
