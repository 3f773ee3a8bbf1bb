import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { damagePage } from '../support/damage-page.ts'
import { type CommandResult, ROOT, runCommand } from '../support/run-command.ts'
import { buildSampleDatabase, type SampleDatabase } from '../support/sample-database.ts'

const SLIPWAY = path.join(ROOT, 'src/cli/slipway.js')
const DATA_PAGE = 16

// Everything is real: the command line, and files that SQL Server or our own writer made.
describe('slipway verify', () => {
  let folder = ''
  let sample: SampleDatabase

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-verify-'))
    sample = await buildSampleDatabase(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const verify = (...args: string[]): Promise<CommandResult> =>
    runCommand(process.execPath, [SLIPWAY, 'verify', ...args])

  it('ends with status 0 and says what it checked when nothing is wrong', async () => {
    const { mdfPath, ndfPath, ldfPath } = sample
    const { exitCode, stdout, stderr } = await verify(mdfPath, ndfPath, ldfPath)
    assert.equal(exitCode, 0, stdout)
    assert.match(
      stdout,
      /^Sample: no errors\nchecked \d+ pages, \d+ tables \(system tables included\), [\d,]+ rows in [\d.]+ s\n$/,
    )
    // A progress bar is for terminals only.
    assert.equal(stderr, '')
  })

  it('ends with status 1 and names page, object and consequence of a flipped bit', async () => {
    const mdf = path.join(folder, 'flipped.mdf')
    copyFileSync(sample.mdfPath, mdf)
    damagePage(mdf, DATA_PAGE, (page) => page.writeUInt8(page.readUInt8(5_000) ^ 4, 5_000))
    const { exitCode, stdout } = await verify(mdf, sample.ndfPath)
    assert.equal(exitCode, 1)
    assert.match(
      stdout,
      /^ERROR page \(1:16\) Sales\.Customers \(\w+\): .*checksum.*; what is on this page is lost or wrong/m,
    )
    assert.match(stdout, /^Sample: \d+ errors?: restore it from a backup, or repair it/m)
  })

  it('writes a JSON document a problem, and one for the summary, with --json', async () => {
    const mdf = path.join(folder, 'json.mdf')
    copyFileSync(sample.mdfPath, mdf)
    damagePage(mdf, DATA_PAGE, (page) => page.writeUInt8(page.readUInt8(5_000) ^ 4, 5_000))
    const { exitCode, stdout } = await verify(mdf, sample.ndfPath, '--json')
    assert.equal(exitCode, 1)
    const documents = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.equal(documents[0].problem.kind, 'checksum')
    assert.equal(documents[0].problem.pageNumber, DATA_PAGE)
    const { summary } = documents.at(-1)
    assert.equal(
      summary.errors,
      documents.filter(({ problem }) => problem?.severity === 'error').length,
    )
  })

  it('shows no more problems than asked for, and counts the others', async () => {
    const mdf = path.join(folder, 'many.mdf')
    copyFileSync(sample.mdfPath, mdf)
    for (let page = DATA_PAGE; page < DATA_PAGE + 24; page++) {
      damagePage(mdf, page, (bytes) => bytes.fill(0x5a, 4_000, 4_100))
    }
    const { exitCode, stdout } = await verify(mdf, sample.ndfPath, '--max-problems', '3')
    assert.equal(exitCode, 1)
    assert.equal(stdout.match(/^(?:ERROR|WARNING) /gm)?.length, 3)
    assert.match(stdout, /^\.\.\. and \d+ more problems/m)
  })

  it('refuses what it cannot verify with one clear line and a hint', async () => {
    const refused = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await verify(...args)
      assert.notEqual(exitCode, 0)
      assert.equal(stdout, '')
      return stderr
    }
    assert.match(await refused(path.join(folder, 'none.mdf')), /none\.mdf/)
    assert.match(await refused(path.join(ROOT, 'package.json')), /package\.json/)
    assert.match(await refused(sample.ndfPath), /Sample_data\.ndf/)
    assert.match(await refused(folder), /slipway-verify-/)
    assert.match(await refused(sample.mdfPath, '--max-problems', 'few'), /--max-problems few/)
    assert.match(await refused(), /FILE/)
  })

  const UNDAMAGED = [
    'northwnd.mdf',
    'pubs.mdf',
    'School.mdf',
    'MvcMusicStore.mdf',
    'AdventureWorksLT2012_Data.mdf',
    'School.bak',
    'RestoreTimeClean.bak',
  ]
  for (const name of UNDAMAGED) {
    it(`finds nothing wrong in ${name}`, { skip: skipWithoutCorpus(name) }, async () => {
      const { exitCode, stdout } = await verify(corpusFile(name))
      assert.equal(exitCode, 0, stdout)
      assert.match(stdout, /: no errors/)
    })
  }

  it('finds nothing wrong in a set with its log', {
    skip: skipWithoutCorpus('northwnd.mdf', 'northwnd_log.ldf'),
  }, async () => {
    const { exitCode, stdout } = await verify(
      corpusFile('northwnd.mdf'),
      corpusFile('northwnd_log.ldf'),
    )
    assert.equal(exitCode, 0, stdout)
  })

  it('refuses a compressed backup by name', { skip: skipWithoutCorpus('TSQLV4.bak') }, async () => {
    const { exitCode, stderr } = await verify(corpusFile('TSQLV4.bak'))
    assert.notEqual(exitCode, 0)
    assert.match(stderr, /TSQLV4\.bak is a compressed backup/)
  })
})
