import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { readBootId } from '../../../src/platform/index.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const SHIM = path.resolve(import.meta.dirname, '../../../native/container-shim.sh')

/** The shells that are `/bin/sh` somewhere; each one that is here has to do. */
const SHELLS = ['/bin/sh', '/bin/dash', '/bin/bash'].filter(
  (shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0,
)

for (const shell of SHELLS) {
  describe(`container-shim.sh with ${shell}`, () => {
    it('records itself, the engine and the exit status', async () => {
      await using scratch = await createScratchFolder()
      runShim(shell, [scratch.path, '', '0', '/bin/sh', '-c', 'exit 6'])
      assert.deepEqual((await readdir(scratch.path)).sort(), ['engine', 'exit', 'shim'])
      assert.equal(await readFile(path.join(scratch.path, 'exit'), 'utf8'), '6\n')
      const boot = await readBootId()
      for (const name of ['engine', 'shim']) {
        const record = await readFile(path.join(scratch.path, name), 'utf8')
        assert.match(record, new RegExp(`^[1-9]\\d* [1-9]\\d* ${boot}\n$`))
      }
    })

    it('joins every group before the engine runs', async () => {
      await using scratch = await createScratchFolder()
      const folder = path.join(scratch.path, 'records')
      await mkdir(folder)
      const groups = ['one', 'other'].map((name) => path.join(scratch.path, name))
      runShim(shell, [folder, '', '2', ...groups, '/bin/cat', ...groups])
      for (const group of groups) assert.equal(await readFile(group, 'utf8'), '0\n')
      assert.equal(await readFile(path.join(folder, 'exit'), 'utf8'), '0\n')
    })

    it('does not start the engine when it cannot join', async () => {
      await using scratch = await createScratchFolder()
      const proof = path.join(scratch.path, 'proof')
      runShim(shell, [scratch.path, '', '1', '/missing/cgroup.procs', '/usr/bin/touch', proof])
      assert.deepEqual((await readdir(scratch.path)).sort(), ['exit', 'shim'])
      assert.equal(await readFile(path.join(scratch.path, 'exit'), 'utf8'), '125\n')
    })

    it('does not start the engine of a container that was removed', async () => {
      await using scratch = await createScratchFolder()
      const proof = path.join(scratch.path, 'proof')
      const removed = path.join(scratch.path, 'removed')
      assert.equal(runShim(shell, [removed, '', '0', '/usr/bin/touch', proof]).status, 125)
      assert.deepEqual(await readdir(scratch.path), [])
    })

    it('adds nothing to the environment', async () => {
      await using scratch = await createScratchFolder()
      const { stdout } = runShim(shell, [scratch.path, '', '0', '/usr/bin/env'], { ONLY: 'this' })
      assert.deepEqual(stdout.split('\n').filter(Boolean), ['ONLY=this'])
    })

    it('starts a program although PATH leads nowhere', async () => {
      await using scratch = await createScratchFolder()
      await writeFile(path.join(scratch.path, 'note'), 'hello')
      const note = path.join(scratch.path, 'note')
      const { stdout } = runShim(shell, [scratch.path, '', '0', '/bin/cat', note], { PATH: '/x' })
      assert.equal(stdout, 'hello')
      assert.equal(await readFile(path.join(scratch.path, 'exit'), 'utf8'), '0\n')
    })
  })
}

function runShim(shell: string, args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(shell, [SHIM, ...args], { env, encoding: 'utf8' })
}
