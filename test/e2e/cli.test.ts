import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts'
import { type CommandResult, ROOT, runCommand } from '../support/run-command.ts'

const SLIPWAY = path.join(ROOT, 'src/cli/slipway.js')

// Everything is real: the command line, the daemon, its store, the sandbox engine, a SQL Server 2008 file.
describe('slipway', { skip: skipWithoutCorpus('northwnd.mdf', 'School_Log.ldf') }, () => {
  let folder = ''
  let daemon: DaemonProcess

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-cli-'))
    daemon = await startDaemonProcess({ stateRoot: path.join(folder, 'state') })
  })
  after(async () => {
    await daemon.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const slipway = (...args: string[]): Promise<CommandResult> =>
    runCommand(process.execPath, [SLIPWAY, ...args], { env: { SLIPWAY_URL: daemon.url } })

  it('imports, inspects, clones, queries and removes', async () => {
    const imported = await slipway('image', 'import', 'northwind', corpusFile('northwnd.mdf'))
    assert.equal(imported.exitCode, 0, imported.stderr)
    assert.match(imported.stdout, /^imported northwind: .*SQL Server 2008/)

    const image = JSON.parse((await slipway('image', 'inspect', 'northwind', '--json')).stdout)
    assert.equal(image.internalVersion, 655)
    const customers = image.tables.find((table: { name: string }) => table.name === 'Customers')
    assert.deepEqual(customers, { schema: 'dbo', name: 'Customers', rowCount: 91 })

    const created = await slipway('clone', 'create', 'northwind', '--name', 'mine', '--json')
    assert.equal(created.exitCode, 0, created.stderr)
    assert.equal(JSON.parse(created.stdout).status, 'ready')

    const query = 'SELECT TOP 3 CompanyName FROM Customers ORDER BY CompanyName'
    const answer = await slipway('sql', 'mine', '-Q', query, '--json')
    assert.deepEqual(JSON.parse(answer.stdout).resultSets[0].rows, [
      ['Alfreds Futterkiste'],
      ['Ana Trujillo Emparedados y helados'],
      ['Antonio Moreno Taquería'],
    ])
    assert.match((await slipway('clone', 'ls')).stdout, /^NAME .*\nmine /)
    assert.match((await slipway('image', 'ls')).stdout, /\nnorthwind .* 1 /)

    const refused = await slipway('image', 'rm', 'northwind')
    assert.equal(refused.exitCode, 4)
    assert.match(refused.stderr, /mine/)
    assert.equal((await slipway('clone', 'rm', 'mine')).exitCode, 0)
    assert.equal((await slipway('image', 'rm', 'northwind')).exitCode, 0)
    assert.deepEqual(JSON.parse((await slipway('image', 'ls', '--json')).stdout), [])
  })

  it('refuses bad input with one line and an exit status of its kind', async () => {
    const text = path.join(folder, 'text.mdf')
    await writeFile(text, 'this is not a database')
    const truncated = path.join(folder, 'truncated.mdf')
    await writeFile(truncated, (await readFile(corpusFile('northwnd.mdf'))).subarray(0, 2_000_000))
    const cases: [args: string[], exitCode: number, message: RegExp][] = [
      [['image', 'import', 'x', text], 2, /text\.mdf/],
      [['image', 'import', 'x', truncated], 2, /truncated\.mdf/],
      [
        ['image', 'import', 'x', corpusFile('northwnd.mdf'), corpusFile('School_Log.ldf')],
        2,
        /School_Log\.ldf/,
      ],
      [['image', 'import', 'x', '/none.mdf'], 3, /none\.mdf/],
      [['clone', 'create', 'nothing'], 3, /nothing/],
      [['clone', 'create', 'nothing', '--ttl', 'soon'], 2, /ttl/],
      [['sql', 'nothing', '-Q', 'SELECT 1'], 3, /nothing/],
      [['image', 'import', 'x'], 2, /usage: slipway image import/],
      [['paint'], 2, /paint/],
    ]
    for (const [args, exitCode, message] of cases) {
      const result = await slipway(...args)
      const [first = '', ...more] = result.stderr.trimEnd().split('\n')
      assert.equal(result.exitCode, exitCode, `${args.join(' ')}: ${result.stderr}`)
      assert.match(first, message)
      assert.ok(more.length <= 1, `more than an error and its advice: ${result.stderr}`)
    }
    assert.deepEqual(JSON.parse((await slipway('image', 'ls', '--json')).stdout), [])
  })

  it('says that no daemon answers', async () => {
    const args = [SLIPWAY, 'clone', 'ls', '--json', '--url', 'http://127.0.0.1:9']
    const result = await runCommand(process.execPath, args)
    assert.equal(result.exitCode, 5)
    assert.equal(JSON.parse(result.stdout).error.code, 'DAEMON_UNREACHABLE')
  })

  it("reports a SQL error with SQL Server's number", async () => {
    await slipway('image', 'import', 'northwind', corpusFile('northwnd.mdf'))
    await slipway('clone', 'create', 'northwind', '--name', 'mine')
    const result = await slipway('sql', 'mine', '-Q', 'SELECT * FROM Nothing')
    assert.equal(result.exitCode, 1)
    assert.match(
      result.stderr,
      /Msg 208, Level 16, State 1, Line 1: Invalid object name 'Nothing'\./,
    )
    await slipway('clone', 'rm', 'mine')
  })

  it('onboards a developer with samples/onboard.sh, twice to the same clone', async () => {
    const envFile = path.join(folder, '.env')
    await writeFile(envFile, 'KEEP=me\nDATABASE_URL=old\n')
    const onboard = (image: string) =>
      runCommand('sh', [path.join(ROOT, 'samples/onboard.sh'), image, 'dev-clone', envFile], {
        env: { SLIPWAY_URL: daemon.url },
      })
    const first = await onboard('northwind')
    assert.equal(first.exitCode, 0, first.stderr)
    const content = await readFile(envFile, 'utf8')
    assert.match(content, /^KEEP=me\nSLIPWAY_CLONE=dev-clone\nDATABASE_URL="mssql:\/\/sa:/)
    assert.equal((await onboard('northwind')).exitCode, 0)
    assert.equal(await readFile(envFile, 'utf8'), content)

    const wrong = await onboard('other')
    assert.equal(wrong.exitCode, 4)
    assert.equal(await readFile(envFile, 'utf8'), content)
    assert.equal((await slipway('clone', 'rm', 'dev-clone')).exitCode, 0)
  })
})
