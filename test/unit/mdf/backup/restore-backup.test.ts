import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  Backup,
  PAGE_SIZE,
  PageFile,
  type RestoreOptions,
  readHeaderOf,
  readVerifiedPage,
  restoreBackup,
} from '../../../../src/mdf/index.ts'
import { readLogFile } from '../../../../src/mdf/log/index.ts'
import { readBootPage } from '../../../../src/mdf/page/boot-page.ts'
import { type BackupOptions, buildBackup } from '../../../support/backup-builder.ts'
import { createScratchFolder, type ScratchFolder } from '../../../support/scratch-folder.ts'
import { TINY_BINDING_ID, type TinyFileOptions, tinyFile } from '../../../support/tiny-database.ts'

function oneFile(options: TinyFileOptions & { name: string }) {
  return [{ source: tinyFile(options), fileId: 1, logicalName: options.name }]
}

describe('restoreBackup', () => {
  let scratch: ScratchFolder
  let count = 0

  before(async () => {
    scratch = await createScratchFolder()
  })
  after(() => scratch[Symbol.asyncDispose]())

  const restore = async (bytes: Buffer, options: RestoreOptions = {}) => {
    const folder = path.join(scratch.path, `${++count}`)
    mkdirSync(folder)
    const file = `${folder}.bak`
    writeFileSync(file, bytes)
    const backup = Backup.open(file)
    try {
      const files = await restoreBackup(backup.select(), { folder }, options)
      return { folder, files }
    } finally {
      backup.close()
    }
  }
  const restoreSet = (set: Partial<BackupOptions['sets'][number]>, options?: RestoreOptions) => {
    const files = oneFile({ name: 'one' })
    return restore(buildBackup({ sets: [{ databaseName: 'one', files, ...set }] }), options)
  }
  /** Its own folder of the last restore. */
  const leftOver = () => readdirSync(path.join(scratch.path, `${count}`))

  it('writes data files with holes, and the boot page as cleanly shut down', async () => {
    const [file] = oneFile({ name: 'one', extents: 64 })
    assert.ok(file)
    const { files } = await restoreSet({ files: [file] })
    const [mdf] = files
    assert.ok(mdf)
    assert.equal(path.basename(mdf.path), 'one.mdf')
    assert.equal(mdf.sizeBytes, 64 * 8 * PAGE_SIZE)
    assert.equal(statSync(mdf.path).size, mdf.sizeBytes)
    assert.ok(statSync(mdf.path).blocks * 512 < mdf.sizeBytes / 4)
    const restored = PageFile.open(mdf.path)
    const boot = readBootPage(readVerifiedPage(restored, 1, 9))
    assert.equal(boot.isCleanlyShutDown, true)
    for (const page of [0, 2, 8, 10, 31]) {
      assert.deepEqual(
        Buffer.from(restored.readPage(page)),
        Buffer.from(file.source.readPage(page)),
        `page ${page}`,
      )
    }
    restored.close()
  })

  it('keeps the torn bits of a boot page that has them', async () => {
    const { files } = await restoreSet({ files: oneFile({ name: 'one', protection: 'torn' }) })
    const restored = PageFile.open(files[0]?.path ?? '')
    assert.equal(readBootPage(readVerifiedPage(restored, 1, 9)).isCleanlyShutDown, true)
    restored.close()
  })

  it('writes a log with the virtual log files of the server and the saved blocks', async () => {
    const { files } = await restoreSet({})
    const ldf = files.find(({ kind }) => kind === 'log')
    assert.ok(ldf)
    const source = PageFile.open(ldf.path)
    const log = readLogFile(source)
    assert.equal(log.damage, undefined)
    assert.deepEqual(
      log.virtualLogFiles.map(({ sequence, offset, sizeBytes, parity }) => [
        sequence,
        offset,
        sizeBytes,
        parity,
      ]),
      [
        [30, 0x2000, 0x3e000, 0x40],
        [0, 0x40000, 0x3e000, 0],
      ],
    )
    const header = readHeaderOf(source)
    assert.equal(header.bindingId, TINY_BINDING_ID)
    assert.equal(header.logicalName, 'one_log')
    assert.equal(header.sizePages * PAGE_SIZE, ldf.sizeBytes)
    assert.equal(log.boot.databaseName, 'one')
    assert.equal(log.boot.isCleanlyShutDown, true)
    const firstBlock = readFileSync(ldf.path).subarray(0x4000, 0x4200)
    assert.equal(firstBlock.readUInt32LE(0x10), 16)
    source.close()
  })

  it('puts a log together that is in many pieces', async () => {
    const log = Array.from({ length: 9 }, () => [{ operation: 0x96 }])
    const { files } = await restoreSet({ log, logStreamBytes: 700 & ~3 })
    const bytes = readFileSync(files.find(({ kind }) => kind === 'log')?.path ?? '')
    const blocks = log.map((_, index) => bytes.readUInt32LE(0x4000 + index * 512 + 0x10))
    assert.deepEqual(blocks, [16, 17, 18, 19, 20, 21, 22, 23, 24])
  })

  it('writes an empty log when the backup does not say where its parts were', async () => {
    const { files } = await restoreSet({ hasLogPlaces: false })
    const ldf = files.find(({ kind }) => kind === 'log')
    assert.ok(ldf)
    const source = PageFile.open(ldf.path)
    const log = readLogFile(source)
    source.close()
    assert.equal(log.damage, undefined)
    assert.equal(log.header.sizePages * PAGE_SIZE, ldf.sizeBytes)
    assert.deepEqual(
      log.virtualLogFiles.map(({ status }) => status),
      ['unused', 'unused'],
    )
  })

  it('reports how far it is', async () => {
    const reports: number[] = []
    await restoreSet(
      {},
      { onProgress: ({ doneBytes, totalBytes }) => reports.push(doneBytes / totalBytes) },
    )
    assert.equal(reports.at(-1), 1)
    assert.deepEqual(reports, reports.toSorted())
  })

  describe('consistency', () => {
    const page = { fileId: 1, pageNumber: 24 }

    it('refuses a set with changes that are only in its log', async () => {
      const log = [
        [
          { operation: 0x80, transaction: 5 },
          { operation: 0x02, transaction: 5, page },
          { operation: 0x81, transaction: 5 },
        ],
        [{ operation: 0x99 }],
      ]
      await assert.rejects(restoreSet({ log }), {
        code: 'DATABASE_NOT_CLEAN',
        message: /1 changes have to be applied from its log and 0 open transactions/,
      })
      assert.deepEqual(leftOver(), [])
    })

    it('refuses a set with a transaction that did not end', async () => {
      const log = [
        [
          { operation: 0x80, transaction: 5 },
          { operation: 0x04, transaction: 5, page },
        ],
      ]
      await assert.rejects(restoreSet({ log }), {
        code: 'DATABASE_NOT_CLEAN',
        message: /1 open transactions taken back/,
      })
    })

    it('takes no notice of maps, the boot page and row counts', async () => {
      const change = (operation: number, pageNumber: number) => ({
        operation,
        page: { fileId: 1, pageNumber },
      })
      const log = [[change(0x07, 6), change(0x04, 9), change(0x12, 24), change(0x04, 1)]]
      const { files } = await restoreSet({ log })
      assert.equal(files.length, 2)
    })

    it('finds records whose bytes cross sectors', async () => {
      const records = Array.from({ length: 40 }, () => ({ operation: 0x12, page }))
      const log = [[...records, { operation: 0x03, page: { fileId: 1, pageNumber: 31 } }]]
      await assert.rejects(restoreSet({ log }), {
        code: 'DATABASE_NOT_CLEAN',
        message: /1 changes/,
      })
    })

    it('refuses a log that does not reach its end', async () => {
      const bytes = buildBackup({
        sets: [
          {
            databaseName: 'one',
            files: oneFile({ name: 'one' }),
            log: [[{ operation: 0x96 }], [{ operation: 0x96 }], [{ operation: 0x99 }]],
          },
        ],
      })
      // The second block of the log: its number no longer follows the first one's.
      const start = bytes.indexOf(Buffer.from('MQTL', 'latin1')) + 24
      bytes.writeUInt32LE(4711, start + 512 + 0x10)
      await assert.rejects(restore(bytes), { code: 'BACKUP_DAMAGED', message: /log of backup set/ })
    })
  })

  describe('damage', () => {
    it('names the page that has changed, and leaves no file', async () => {
      const bytes = buildBackup({
        sets: [{ databaseName: 'one', files: oneFile({ name: 'one' }) }],
      })
      const page = bytes.indexOf(Buffer.alloc(600, 1 + (25 % 16)))
      bytes.writeUInt8(0xee, page + 20)
      await assert.rejects(restore(bytes), {
        code: 'BACKUP_DAMAGED',
        message: /page \(1:25\) is damaged: incorrect checksum/,
      })
      assert.deepEqual(leftOver(), [])
    })

    it('accepts the right checksums of a backup WITH CHECKSUM', async () => {
      assert.equal((await restoreSet({ checksums: true })).files.length, 2)
    })

    it('finds what only the checksum of the stream covers', async () => {
      const files = oneFile({ name: 'one' })
      const sets = [{ databaseName: 'one', files, checksums: true }]
      const bytes = buildBackup({ sets })
      // Behind the last extent are pages that only fill up.
      const filler = bytes.indexOf(
        Buffer.concat([Buffer.from([0, 101]), Buffer.alloc(PAGE_SIZE - 2)]),
      )
      assert.ok(filler > 0)
      bytes.writeUInt8(1, filler + 4000)
      await assert.rejects(restore(bytes), {
        code: 'BACKUP_DAMAGED',
        message: /stream MQDA .* checksum 0x\w+ instead of 0x\w+/,
      })
      assert.deepEqual(leftOver(), [])
    })
  })

  it('stops when it is aborted, and leaves no file', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const onProgress = () => controller.abort(reason)
    await assert.rejects(restoreSet({}, { signal: controller.signal, onProgress }), reason)
    assert.deepEqual(leftOver(), [])
  })

  it('does not overwrite a file', async () => {
    const folder = path.join(scratch.path, 'taken')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'one_log.ldf'), 'mine')
    const file = `${folder}.bak`
    writeFileSync(
      file,
      buildBackup({ sets: [{ databaseName: 'one', files: oneFile({ name: 'one' }) }] }),
    )
    const backup = Backup.open(file)
    await assert.rejects(restoreBackup(backup.select(), { folder }), { code: 'INVALID_ARGUMENT' })
    backup.close()
    assert.deepEqual(readdirSync(folder), ['one_log.ldf'])
  })

  it('stays in its folder whatever names the backup has', async () => {
    const names: Record<number, string> = { 1: 'C:\\data\\..', 2: '/etc/../one\0.ldf' }
    const { files } = await restoreSet({ physicalName: (fileId) => names[fileId] ?? '' })
    assert.deepEqual(
      files.map((file) => path.basename(file.path)),
      ['file1.mdf', 'file2.ldf'],
    )
    assert.ok(files.every((file) => existsSync(file.path)))
  })
})
