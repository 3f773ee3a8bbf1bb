import assert from 'node:assert/strict'
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../../support/corpus.ts'
import { createDaemonFixture, type DaemonFixture } from './daemon-fixture.ts'

const SIGNAL = new AbortController().signal
const WAIT = { waitMs: 10_000, signal: SIGNAL }

describe('Daemon.createImage', () => {
  let fixture: DaemonFixture
  let mdf: string

  beforeEach(async () => {
    fixture = await createDaemonFixture()
    mdf = path.join(fixture.folder, 'copy of northwnd.mdf')
  })
  afterEach(() => fixture.close())

  it('leaves no trace of files that cannot become an image', async () => {
    const { catalog, daemon, folder } = fixture
    const text = path.join(folder, 'text.mdf')
    await writeFile(text, 'not a database')
    const refused = [
      [{ name: 'x', files: [text] }, 'NOT_A_DATABASE_FILE'],
      [{ name: 'x', files: [path.join(folder, 'missing.mdf')] }, 'FILE_NOT_FOUND'],
      [{ name: 'x', files: ['relative.mdf'] }, 'INVALID_ARGUMENT'],
      [{ name: 'No Name', files: [text] }, 'INVALID_ARGUMENT'],
    ] as const
    for (const [request, code] of refused) {
      await assert.rejects(daemon.createImage(request), { code })
    }
    assert.deepEqual(catalog.images.list(), [])
    assert.deepEqual(catalog.operations.list(), [])
  })

  describe('of a real file', { skip: skipWithoutCorpus('northwnd.mdf') }, () => {
    beforeEach(() => copyFile(corpusFile('northwnd.mdf'), mdf))

    it('makes it a base in the store and knows its tables', async () => {
      const { daemon, store } = fixture
      daemon.start()
      const { image, operation } = await daemon.createImage({ name: 'northwind', files: [mdf] })
      assert.equal(image.status, 'importing')
      assert.equal(image.databaseName, 'Northwind')
      assert.equal((await daemon.waitForOperation(operation.id, WAIT)).status, 'succeeded')
      const detail = await daemon.inspectImage('northwind')
      assert.equal(detail.status, 'ready')
      assert.deepEqual(
        detail.tables.find(({ name }) => name === 'Orders'),
        { schema: 'dbo', name: 'Orders', rowCount: 830 },
      )
      assert.deepEqual(await store.list(), [{ kind: 'base', key: image.id }])
    })

    it('reserves the name at once', async () => {
      const { daemon } = fixture
      await daemon.createImage({ name: 'northwind', files: [mdf] })
      await assert.rejects(daemon.createImage({ name: 'northwind', files: [mdf] }), {
        code: 'IMAGE_NAME_IN_USE',
      })
    })

    it('leaves no image when the copy fails, so that its name is free again', async () => {
      const { catalog, daemon, store } = fixture
      const { operation } = await daemon.createImage({ name: 'northwind', files: [mdf] })
      await rm(mdf)
      daemon.start()
      const ended = await daemon.waitForOperation(operation.id, WAIT)
      assert.equal(ended.error?.code, 'FILE_NOT_FOUND')
      assert.deepEqual(catalog.images.list(), [])
      assert.deepEqual(await store.list(), [])
    })

    it('goes on with an import that was interrupted after its files were copied', async () => {
      const { catalog, daemon, store } = fixture
      const { image, operation } = await daemon.createImage({ name: 'northwind', files: [mdf] })
      await store.commit(image.id, [{ name: path.basename(mdf), path: mdf }])
      catalog.operations.setRunning(operation.id, new Date().toISOString())
      await rm(mdf)
      daemon.start()
      const ended = await daemon.waitForOperation(operation.id, WAIT)
      assert.equal(ended.status, 'succeeded')
      assert.equal((await daemon.inspectImage('northwind')).tables.length, 13)
    })

    it('gives up an import whose image is removed', async () => {
      const { catalog, daemon, store } = fixture
      const { operation } = await daemon.createImage({ name: 'northwind', files: [mdf] })
      await daemon.removeImage('northwind')
      assert.equal((await daemon.inspectOperation(operation.id)).status, 'cancelled')
      assert.deepEqual(catalog.images.list(), [])
      assert.deepEqual(await store.list(), [])
    })
  })

  describe('of a backup', { skip: skipWithoutCorpus('School.bak') }, () => {
    const file = corpusFile('School.bak')

    it('restores it into the store and knows its tables', async () => {
      const { daemon, store } = fixture
      daemon.start()
      const { image, operation } = await daemon.createImage({ name: 'school', files: [file] })
      assert.equal(image.databaseName, 'School')
      const ended = await daemon.waitForOperation(operation.id, WAIT)
      assert.equal(ended.status, 'succeeded')
      assert.deepEqual(
        ended.steps.map(({ name, status }) => [name, status]),
        [
          ['restore-backup', 'done'],
          ['read-tables', 'done'],
        ],
      )
      const detail = await daemon.inspectImage('school')
      assert.deepEqual(detail.tables.map(({ name, rowCount }) => [name, rowCount]).slice(0, 4), [
        ['Course', 10],
        ['CourseInstructor', 9],
        ['Department', 4],
        ['OfficeAssignment', 9],
      ])
      assert.deepEqual(
        (await store.files(image.id)).map(({ name }) => name),
        ['School.mdf', 'School_log.ldf'],
      )
    })

    it('leaves no trace of a backup that cannot be restored', async () => {
      const { catalog, daemon, folder } = fixture
      const cut = path.join(folder, 'cut.bak')
      await writeFile(cut, (await readFile(file)).subarray(0, 2_000_000))
      const other = { databaseName: 'Other' }
      const refused = [
        [{ name: 'x', files: [cut] }, 'BACKUP_DAMAGED'],
        [{ name: 'x', files: [file, cut] }, 'INVALID_ARGUMENT'],
        [{ name: 'x', files: [file], backup: { position: 2 } }, 'BACKUP_SET_NOT_FOUND'],
        [{ name: 'x', files: [file], backup: other }, 'BACKUP_SET_NOT_FOUND'],
        [{ name: 'x', files: [mdf], backup: { position: 1 } }, 'FILE_NOT_FOUND'],
      ] as const
      for (const [request, code] of refused) {
        await assert.rejects(daemon.createImage(request), { code })
      }
      assert.deepEqual(catalog.images.list(), [])
      assert.deepEqual(catalog.operations.list(), [])
    })

    it('leaves no image when the backup is damaged meanwhile', async () => {
      const { catalog, daemon, folder, store } = fixture
      const copy = path.join(folder, 'copy.bak')
      const bytes = await readFile(file)
      await writeFile(copy, bytes)
      const { operation } = await daemon.createImage({ name: 'school', files: [copy] })
      // A row of a page that only the restore itself reads.
      const place = bytes.indexOf(Buffer.from('Microeconomics', 'utf16le'))
      bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
      await writeFile(copy, bytes)
      daemon.start()
      const ended = await daemon.waitForOperation(operation.id, WAIT)
      assert.equal(ended.error?.code, 'BACKUP_DAMAGED')
      assert.match(ended.error.message, /page \(1:\d+\) is damaged: incorrect checksum/)
      assert.deepEqual(catalog.images.list(), [])
      assert.deepEqual(await store.list(), [])
      assert.deepEqual(await readdir(path.join(store.root, 'tmp')), [])
    })

    it('goes on with a restore that was interrupted', async () => {
      const { catalog, daemon } = fixture
      const { operation } = await daemon.createImage({ name: 'school', files: [file] })
      catalog.operations.setRunning(operation.id, new Date().toISOString())
      daemon.start()
      const ended = await daemon.waitForOperation(operation.id, WAIT)
      assert.equal(ended.status, 'succeeded')
      assert.equal((await daemon.inspectImage('school')).tables.length, 9)
    })
  })
})
