import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { addImage, createDaemonFixture, type DaemonFixture } from './daemon-fixture.ts'

describe('Daemon.createClone', () => {
  let fixture: DaemonFixture

  beforeEach(async () => {
    fixture = await createDaemonFixture()
    await addImage(fixture)
  })
  afterEach(() => fixture.close())

  it('gives clones that are asked for at once a name, port and password each', async () => {
    const { daemon } = fixture
    const accepted = await Promise.all(
      Array.from({ length: 10 }, () => daemon.createClone({ image: 'northwind' })),
    )
    for (const field of ['name', 'port', 'password', 'id'] as const) {
      assert.equal(new Set(accepted.map(({ clone }) => clone[field])).size, 10, field)
    }
    await assert.rejects(daemon.createClone({ image: 'northwind' }), { code: 'NO_FREE_PORT' })
  })

  it('passes over a port that another program listens on', async () => {
    const { daemon, ports } = fixture
    const other = createServer().listen(ports.first, '127.0.0.1')
    await once(other, 'listening')
    try {
      const { clone } = await daemon.createClone({ image: 'northwind' })
      assert.equal(clone.port, ports.first + 1)
    } finally {
      other.close()
    }
  })

  it('leaves nothing of a clone whose name is taken', async () => {
    const { catalog, daemon } = fixture
    await daemon.createClone({ image: 'northwind', name: 'mine' })
    await assert.rejects(daemon.createClone({ image: 'northwind', name: 'mine' }), {
      code: 'CLONE_NAME_IN_USE',
    })
    assert.equal(catalog.clones.list().length, 1)
    assert.equal(catalog.instances.ports().size, 1)
    assert.equal(catalog.operations.list().length, 1)
  })

  it('refuses what cannot be, before anything is reserved', async () => {
    const { catalog, daemon } = fixture
    await addImage(fixture, { name: 'coming', status: 'importing' })
    const refused = [
      [{ image: 'nope' }, 'IMAGE_NOT_FOUND'],
      [{ image: 'coming' }, 'IMAGE_NOT_READY'],
      [{ image: 'northwind', name: 'No Capitals' }, 'INVALID_ARGUMENT'],
      [{ image: 'northwind', database: 'Master' }, 'INVALID_ARGUMENT'],
      [{ image: 'northwind', database: 'x'.repeat(129) }, 'INVALID_ARGUMENT'],
      [{ image: 'northwind', ttlSeconds: 0 }, 'INVALID_ARGUMENT'],
    ] as const
    for (const [request, code] of refused) {
      await assert.rejects(daemon.createClone(request), { code }, JSON.stringify(request))
    }
    assert.deepEqual(catalog.clones.list(), [])
    assert.equal(catalog.instances.ports().size, 0)
  })

  it('names the database and the end of the lifetime as asked', async () => {
    const { clone } = await fixture.daemon.createClone({
      image: 'northwind',
      database: 'Sales & Co',
      ttlSeconds: 60,
    })
    assert.equal(clone.database, 'Sales & Co')
    assert.equal(Date.parse(clone.expiresAt ?? '') - Date.parse(clone.createdAt), 60_000)
    assert.match(clone.connectionStrings.url, /\/Sales%20%26%20Co\?/)
  })
})

describe('Daemon.removeClone', () => {
  let fixture: DaemonFixture

  beforeEach(async () => {
    fixture = await createDaemonFixture()
    await addImage(fixture)
  })
  afterEach(() => fixture.close())

  it('cancels a creation that waits, removes the clone and frees its port', async () => {
    const { catalog, daemon } = fixture
    const created = await daemon.createClone({ image: 'northwind', name: 'brief' })
    const removal = await daemon.removeClone('brief')
    const again = await daemon.removeClone('brief')
    assert.equal(again.operation.id, removal.operation.id)
    daemon.start()
    const options = { waitMs: 10_000, signal: new AbortController().signal }
    const ended = await daemon.waitForOperation(removal.operation.id, options)
    assert.equal(ended.status, 'succeeded')
    assert.equal((await daemon.inspectOperation(created.operation.id)).status, 'cancelled')
    assert.deepEqual(catalog.clones.list(), [])
    assert.equal(catalog.instances.ports().size, 0)
  })

  it('lets an image go once its last clone is gone', async () => {
    const { daemon } = fixture
    await daemon.createClone({ image: 'northwind', name: 'last' })
    await assert.rejects(daemon.removeImage('northwind'), {
      code: 'IMAGE_IN_USE',
      message: 'image northwind has clones: last',
    })
    const { operation } = await daemon.removeClone('last')
    daemon.start()
    const options = { waitMs: 10_000, signal: new AbortController().signal }
    await daemon.waitForOperation(operation.id, options)
    await daemon.removeImage('northwind')
    await assert.rejects(daemon.inspectImage('northwind'), { code: 'IMAGE_NOT_FOUND' })
  })
})
