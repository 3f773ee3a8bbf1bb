import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { createScratchFolder } from '../support/scratch-folder.ts'
import { mountScratch, skipWithoutMounts } from '../support/scratch-mount.ts'
import {
  BOOT_RECORD,
  column,
  dataFile,
  INT,
  rowset,
  storageWriter,
  TEXT,
} from '../unit/mdf/write/written-storage.ts'

const TABLE = rowset([column(1, INT), column(2, TEXT)], { indexId: 1 })
const MIB = 1024 * 1024

function* endless() {
  for (let id = 0; ; id++) yield { values: [id, 'x'.repeat(150)] }
}

describe('StorageWriter', () => {
  const skip = skipWithoutMounts('mkfs.ext4')
  it('says that the disk is full, and leaves nothing behind', { skip }, async () => {
    await using mount = await mountScratch({ type: 'ext4', sizeBytes: 16 * MIB })
    const before = await readdir(mount.path)
    const writer = storageWriter([dataFile(mount.path, 1)])
    assert.throws(() => writer.writeRowset(TABLE, endless()), {
      code: 'DISK_FULL',
      message: /no space is left for .*file1\.mdf/,
    })
    writer.abandon()
    assert.deepEqual(await readdir(mount.path), before)
  })

  it('leaves no file of its name when it is killed, and starts over the next time', async () => {
    await using scratch = await createScratchFolder()
    const child = spawnSync(process.execPath, [
      '--input-type=module-typescript',
      '--eval',
      `
        import * as storage from ${JSON.stringify(writtenStorageModule())}
        const writer = storage.storageWriter([storage.dataFile(${JSON.stringify(scratch.path)}, 1)])
        const table = storage.rowset([storage.column(1, storage.INT)])
        function* rows() {
          for (let id = 0; id < 100_000; id++) yield { values: [id] }
          process.kill(process.pid, 'SIGKILL')
        }
        writer.writeRowset(table, rows())
      `,
    ])
    assert.equal(child.signal, 'SIGKILL', child.stderr.toString())
    assert.deepEqual(await readdir(scratch.path), ['file1.mdf.partial'])
    const writer = storageWriter([dataFile(scratch.path, 1)])
    writer.writeRowset(TABLE, [])
    await writer.finish({ bootRecord: BOOT_RECORD })
    assert.deepEqual(await readdir(scratch.path), ['file1.mdf'])
  })
})

function writtenStorageModule(): string {
  return path.resolve(import.meta.dirname, '../unit/mdf/write/written-storage.ts')
}
