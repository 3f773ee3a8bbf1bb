import assert from 'node:assert/strict'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, it } from 'node:test'
import {
  MasterFile,
  type MasterRecord,
} from '../../../../../src/sandbox/engine/instance/master-file.ts'
import { createScratchFolder, type ScratchFolder } from '../../../../support/scratch-folder.ts'

const RECORD: MasterRecord = {
  format: 1,
  createdAt: '2026-03-01T12:00:00.000Z',
  saPassword: { salt: '00', hash: '11' },
  saDisabled: false,
  databases: [],
}

describe('MasterFile', () => {
  let scratch: ScratchFolder
  beforeEach(async () => {
    scratch = await createScratchFolder()
  })
  afterEach(() => scratch[Symbol.asyncDispose]())

  it('gives back what was written last, for nobody else to read', async () => {
    const file = new MasterFile(scratch.path)
    assert.equal(await file.read(), undefined)
    await Promise.all([file.write({ ...RECORD, saDisabled: true }), file.write(RECORD)])
    assert.deepEqual(await new MasterFile(scratch.path).read(), RECORD)
    assert.equal((await stat(file.path)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(scratch.path), ['master.json'])
  })

  it('refuses a file that is not its own', async () => {
    const file = new MasterFile(scratch.path)
    for (const text of ['', '{', '{"format":2}', '[]']) {
      await writeFile(file.path, text)
      await assert.rejects(file.read(), { code: 'FILE_DAMAGED' }, text)
    }
  })
})
