import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { ROOT, runCommand } from '../support/run-command.ts'

const DEMO = path.join(ROOT, 'samples/demo.ts')
const DATABASES = [
  'northwnd.mdf',
  'pubs.mdf',
  'School.mdf',
  'MvcMusicStore.mdf',
  'AdventureWorksLT2012_Data.mdf',
]

describe('npm run demo', () => {
  for (const name of DATABASES) {
    it(`shows three clones of ${name} and leaves nothing`, {
      skip: skipWithoutCorpus(name),
    }, async () => {
      const before = demoFolders()
      const result = await runCommand(process.execPath, [DEMO, corpusFile(name)])
      assert.equal(result.exitCode, 0, result.stdout + result.stderr)
      for (const clone of ['ada', 'grace', 'edsger'])
        assert.match(result.stdout, new RegExp(`\\b${clone} `))
      assert.deepEqual(demoFolders(), before)
    })
  }

  it('fails with one line on a file that is no database', async () => {
    const result = await runCommand(process.execPath, [DEMO, import.meta.filename])
    assert.equal(result.exitCode, 1)
    assert.match(result.stdout, /The demo failed: .*demo\.test\.ts/)
  })
})

function demoFolders(): string[] {
  return readdirSync(os.tmpdir()).filter((name) => name.startsWith('slipway-demo-'))
}
