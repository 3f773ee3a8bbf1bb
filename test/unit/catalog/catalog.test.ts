import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createId } from '../../../src/base/index.ts'
import {
  type Catalog,
  type CloneRecord,
  type EventRecord,
  type ImageRecord,
  openCatalog,
} from '../../../src/catalog/index.ts'

const TIME = '2024-05-06T07:08:09.000Z'

describe('openCatalog', () => {
  let stateRoot: string
  let catalog: Catalog

  beforeEach(async () => {
    stateRoot = await mkdtemp(path.join(os.tmpdir(), 'slipway-catalog-'))
    catalog = await openCatalog({ stateRoot })
  })
  afterEach(async () => {
    catalog.close()
    await rm(stateRoot, { recursive: true })
  })

  it('keeps an image with its files and tables', () => {
    const image = insertImage(catalog)
    catalog.images.setTables(image.id, [{ schema: 'dbo', name: 'Orders', rowCount: 830 }])
    assert.deepEqual(catalog.images.list(), [image])
    assert.deepEqual(catalog.images.tables(image.id), [
      { schema: 'dbo', name: 'Orders', rowCount: 830 },
    ])
    catalog.images.delete(image.id)
    assert.deepEqual(catalog.images.tables(image.id), [])
  })

  it('refuses a second image or clone of the same name', () => {
    const image = insertImage(catalog)
    insertClone(catalog, { imageId: image.id, name: 'a' })
    assert.throws(() => insertImage(catalog), { code: 'IMAGE_NAME_IN_USE' })
    assert.throws(() => insertClone(catalog, { imageId: image.id, name: 'a' }), {
      code: 'CLONE_NAME_IN_USE',
    })
  })

  it('resolves a name, an id and a unique prefix of one', () => {
    const { id: imageId } = insertImage(catalog)
    const first = insertClone(catalog, { imageId, name: 'first', id: `abcd1${'0'.repeat(59)}` })
    const named = insertClone(catalog, { imageId, name: 'abcd', id: `abcd2${'0'.repeat(59)}` })
    assert.equal(catalog.clones.resolve('abcd').id, named.id)
    assert.equal(catalog.clones.resolve('abcd1').id, first.id)
    assert.equal(catalog.clones.resolve(first.id).id, first.id)
    assert.throws(() => catalog.clones.resolve('abc'), { code: 'CLONE_NOT_FOUND' })
    assert.throws(() => catalog.clones.resolve('abc*'), { code: 'CLONE_NOT_FOUND' })
    insertClone(catalog, { imageId, name: 'other', id: `abcd1f${'0'.repeat(58)}` })
    assert.throws(() => catalog.clones.resolve('abcd1'), { code: 'INVALID_ARGUMENT' })
  })

  it('keeps the password of sa out of its file', async () => {
    const clone = insertClone(catalog, { imageId: insertImage(catalog).id })
    const instance = { id: createId(), cloneId: clone.id, engine: 'e', port: 15000 }
    catalog.instances.insert({ ...instance, password: 'Very-Secret.1' })
    assert.equal(catalog.instances.ofClone(clone.id)?.password, 'Very-Secret.1')
    catalog.close()
    const content = await readFile(path.join(stateRoot, 'catalog.db'))
    assert.ok(!content.includes('Very-Secret'))
  })

  it('gives a port to one instance, and back when its clone goes', () => {
    const { id: imageId } = insertImage(catalog)
    const [one, two] = [
      insertClone(catalog, { imageId, name: 'one' }),
      insertClone(catalog, { imageId, name: 'two' }),
    ]
    const reserve = (cloneId: string) =>
      catalog.instances.insert({ id: createId(), cloneId, engine: 'e', port: 15000, password: 'p' })
    reserve(one.id)
    assert.throws(() => reserve(two.id), { code: 'PORT_IN_USE' })
    catalog.clones.delete(one.id)
    reserve(two.id)
    assert.deepEqual([...catalog.instances.ports()], [15000])
  })

  it('writes all of a transaction or nothing, and tells listeners only of what is durable', () => {
    const events: EventRecord[] = []
    catalog.events.subscribe((event) => events.push(event), {
      signal: new AbortController().signal,
    })
    assert.throws(() =>
      catalog.transaction(() => {
        appendEvent(catalog, 'first')
        insertImage(catalog)
        throw new Error('disk full')
      }),
    )
    assert.deepEqual(catalog.images.list(), [])
    catalog.transaction(() => appendEvent(catalog, 'second'))
    assert.deepEqual(
      events.map((event) => event.type),
      ['second'],
    )
  })

  it('replays events after the last one a client saw, then goes on', () => {
    for (const type of ['one', 'two', 'three']) appendEvent(catalog, type)
    const seen: string[] = []
    const stop = new AbortController()
    catalog.events.subscribe((event) => seen.push(event.type), {
      signal: stop.signal,
      lastEventId: 1,
    })
    appendEvent(catalog, 'four')
    stop.abort()
    appendEvent(catalog, 'five')
    assert.deepEqual(seen, ['two', 'three', 'four'])
  })

  it('forgets old events but never uses an id again', async () => {
    catalog.transaction(() => {
      for (let count = 0; count < 10_600; count += 1) appendEvent(catalog, 'tick')
    })
    const replay = replayAll(catalog)
    assert.ok(replay.length < 10_300 && replay.length >= 10_000, String(replay.length))
    catalog.close()
    catalog = await openCatalog({ stateRoot })
    appendEvent(catalog, 'after')
    assert.equal(replayAll(catalog).at(-1)?.id, 10_601)
  })

  it('forgets the oldest finished operations, never an unfinished one', () => {
    for (const id of ['a', 'b', 'c', 'd']) insertOperation(catalog, id)
    for (const id of ['b', 'c', 'd']) {
      catalog.operations.setEnded(id, { status: 'succeeded', time: TIME })
    }
    catalog.operations.prune(2)
    assert.deepEqual(
      catalog.operations.list().map((operation) => operation.id),
      ['d', 'c', 'a'],
    )
    assert.deepEqual(
      catalog.operations.listUnfinished().map((operation) => operation.id),
      ['a'],
    )
  })
})

function insertImage(catalog: Catalog): ImageRecord {
  const image: ImageRecord = {
    id: createId(),
    name: 'northwind',
    status: 'ready',
    createdAt: TIME,
    databaseName: 'Northwind',
    sqlServerVersion: 'SQL Server 2008',
    internalVersion: 655,
    compatibilityLevel: 100,
    collation: 'SQL_Latin1_General_CP1_CI_AS',
    files: [
      {
        fileId: 1,
        kind: 'data',
        logicalName: 'Northwind',
        name: 'northwnd.mdf',
        sourcePath: '/data/northwnd.mdf',
        sizeBytes: 8192 * 100,
      },
    ],
  }
  catalog.images.insert(image)
  return image
}

function insertClone(
  catalog: Catalog,
  options: { readonly imageId: string; readonly name?: string; readonly id?: string },
): CloneRecord {
  const clone: CloneRecord = {
    id: options.id ?? createId(),
    name: options.name ?? 'brave-otter',
    imageId: options.imageId,
    databaseName: 'Northwind',
    status: 'creating',
    createdAt: TIME,
  }
  catalog.clones.insert(clone)
  return clone
}

function insertOperation(catalog: Catalog, id: string): void {
  catalog.operations.insert({
    id,
    type: 'clone.create',
    status: 'queued',
    laneKey: 'clone:1',
    subject: { kind: 'clone', id: '1', name: 'a' },
    progress: 0,
    createdAt: TIME,
    steps: [{ name: 'start', status: 'pending' }],
  })
}

function appendEvent(catalog: Catalog, type: string): void {
  const subject = { kind: 'clone', id: '1', name: 'a' } as const
  catalog.events.append({ time: TIME, type, subject, attributes: {} })
}

function replayAll(catalog: Catalog): EventRecord[] {
  const events: EventRecord[] = []
  const stop = new AbortController()
  catalog.events.subscribe((event) => events.push(event), { signal: stop.signal, lastEventId: 0 })
  stop.abort()
  return events
}
