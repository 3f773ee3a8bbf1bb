import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { tryLockFile } from '../../../src/platform/index.ts'

const PLATFORM = path.resolve(import.meta.dirname, '../../../src/platform/index.ts')

describe('tryLockFile', () => {
  let folder = ''
  let file = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'file-lock-'))
    file = path.join(folder, 'data.mdf')
    await writeFile(file, 'content')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('gives the lock to one asker at a time within a process', async () => {
    const first = await tryLockFile(file)
    assert.ok(first)
    assert.equal(await tryLockFile(file), undefined)
    await first.release()
    const second = await tryLockFile(file)
    assert.ok(second)
    await second.release()
  })

  it('leaves the file readable', async () => {
    const lock = await tryLockFile(file)
    assert.equal(await readFile(file, 'utf8'), 'content')
    await lock?.release()
  })

  it('keeps other processes out until its holder is killed', async () => {
    const script = `import { tryLockFile } from ${JSON.stringify(PLATFORM)}
      const lock = await tryLockFile(${JSON.stringify(file)})
      console.log(lock === undefined ? 'refused' : 'locked')
      setInterval(() => lock, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script])
    try {
      const [answer] = await once(holder.stdout, 'data')
      assert.equal(String(answer).trim(), 'locked')
      assert.equal(await tryLockFile(file), undefined)
    } finally {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
    const lock = await tryLockFile(file)
    assert.ok(lock)
    await lock.release()
  })

  it('reports a missing file as the system does', async () => {
    await assert.rejects(tryLockFile(path.join(folder, 'absent')), { code: 'ENOENT' })
  })
})
