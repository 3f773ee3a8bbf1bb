import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildDatabase, DatabaseReader, PageFile } from '../../src/mdf/index.ts'
import { splitBatches } from '../../src/sandbox/tsql/syntax/index.ts'
import { corpusFile, skipWithoutCorpus } from '../support/corpus.ts'
import { damagePage } from '../support/damage-page.ts'
import { type CommandResult, ROOT, runCommand } from '../support/run-command.ts'
import { buildSampleDatabase, type SampleDatabase } from '../support/sample-database.ts'

const SLIPWAY = path.join(ROOT, 'src/cli/slipway.js')
const CUSTOMERS_PAGE = 16
const MANY_ROWS = 300_000
const MIB = 1024 ** 2
const CORPUS_DATABASES = [
  'northwnd.mdf',
  'pubs.mdf',
  'School.mdf',
  'MvcMusicStore.mdf',
  'AdventureWorksLT2012_Data.mdf',
]

interface Table {
  readonly schema: string
  readonly name: string
  readonly rows: number
}

/** Cells of a line of CSV; NULL is undefined. */
function csvCells(line: string): (string | undefined)[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain || undefined : quoted.replaceAll('""', '"'),
  )
}

// Everything is real: the command line, and files that SQL Server or our own writer made.
describe('slipway inspect', () => {
  let folder = ''
  let sample: SampleDatabase

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-inspect-'))
    sample = await buildSampleDatabase(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const inspect = (...args: string[]): Promise<CommandResult> =>
    runCommand(process.execPath, [SLIPWAY, 'inspect', ...args])
  const answer = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await inspect(...args)
    assert.equal(exitCode, 0, stderr)
    return stdout
  }

  it('says what a set of files is, and lists its tables with rows and sizes', async () => {
    const { mdfPath, ndfPath, ldfPath } = sample
    const text = await answer(mdfPath, ndfPath, ldfPath)
    assert.match(text, /^Database +Sample\n/)
    assert.match(text, /^Shut down +cleanly$/m)
    assert.match(text, /^Files +all data files are here$/m)
    assert.match(text, /^ +3 +secondary +Sample_data /m)
    assert.match(text, /^ +2 +log +Sample_log /m)
    assert.match(text, /^Sales\.Orders +2,500 /m)
    assert.match(text, /^Data files +/m)
  })

  it('gives the same as one JSON document, with --json', async () => {
    const { mdfPath, ndfPath } = sample
    const document = JSON.parse(await answer(mdfPath, ndfPath, '--json'))
    assert.equal(document.database.databaseName, 'Sample')
    assert.equal(document.isComplete, true)
    const orders = document.tables.find(({ name }: Table) => name === 'Orders')
    assert.equal(orders.rows, 2500)
    assert.ok(orders.columns.some(({ type }: { type: string }) => type === 'decimal(12, 2)'))
    assert.ok(document.space.length > document.tables.length)
  })

  it('shows what takes the space, with --space', async () => {
    assert.match(
      await answer(sample.mdfPath, sample.ndfPath, '--space'),
      /^OBJECT +INDEX +PAGES OF/m,
    )
  })

  it('writes the rows of a table as CSV and as JSON Lines', async () => {
    const { mdfPath, ndfPath } = sample
    const files = [mdfPath, ndfPath]
    const csv = (await answer(...files, '--table', 'sales.orders')).split('\n')
    assert.equal(csv.length, 2500 + 2)
    assert.match(csv[0] ?? '', /^OrderId,/)
    const lines = (await answer(...files, '--table', '[Sales].[Orders]', '--format', 'jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const wanted = sample.rows('Sales.Orders')
    assert.deepEqual(
      lines.map(({ OrderId }) => OrderId),
      wanted.map(([id]) => String(id)),
    )
    assert.deepEqual(
      csv.slice(1, -1).map((line) => csvCells(line)[0]),
      wanted.map(([id]) => String(id)),
    )
  })

  it('writes only the columns and rows that are asked for', async () => {
    const { mdfPath, ndfPath } = sample
    const text = await answer(
      ...[mdfPath, ndfPath, '--table', 'Customers', '--columns', 'Name,[CustomerId]'],
      ...['--limit', '2'],
    )
    assert.equal(text, 'Name,CustomerId\nCustomer 1,1\nCustomer 2,2\n')
  })

  it('refuses what is not there with one clear line that names what is like it', async () => {
    const { mdfPath, ndfPath } = sample
    const refused = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await inspect(...args)
      assert.notEqual(exitCode, 0)
      assert.equal(stdout, '')
      return stderr
    }
    const files = [mdfPath, ndfPath]
    assert.match(await refused(...files, '--table', 'Custmers'), /Custmers.*Sales\.Customers/)
    assert.match(
      await refused(...files, '--table', 'Customers', '--columns', 'Nmae'),
      /no column Nmae.*Name/,
    )
    assert.match(await refused(...files, '--table', 'Customers', '--format', 'xml'), /csv, jsonl/)
    assert.match(await refused(...files, '--limit', '3'), /--table/)
    assert.match(await refused(ndfPath, '--table', 'Customers'), /mdf/)
    assert.match(await refused(path.join(folder, 'none.mdf')), /none\.mdf/)
    const empty = path.join(folder, 'empty.mdf')
    writeFileSync(empty, '')
    assert.match(await refused(empty), /empty\.mdf/)
    assert.match(await refused(folder), /slipway-inspect-/)
  })

  it('says what an ndf or ldf is without its mdf, and which file of a set is missing', async () => {
    assert.match(await answer(sample.ndfPath), /secondary +Sample_data/)
    assert.match(await answer(sample.ldfPath), /log +Sample_log/)
    const { stdout } = await inspect(sample.mdfPath)
    assert.match(stdout, /^Files +NOT complete$/m)
    assert.match(stdout, /Sample_data/)
  })

  it('writes the rows before a damaged page, names the page, and ends with status 1', async () => {
    const mdf = path.join(folder, 'damaged.mdf')
    writeFileSync(mdf, readFileSync(sample.mdfPath))
    damagePage(mdf, CUSTOMERS_PAGE + 1, (page) => page.fill(0x5a, 4_000, 4_100))
    const { exitCode, stdout, stderr } = await inspect(mdf, sample.ndfPath, '--table', 'Customers')
    assert.equal(exitCode, 1)
    assert.match(stdout, /^CustomerId,Name,/)
    assert.ok(stdout.endsWith('\n'))
    assert.match(stderr, /1:17/)
  })

  it('ends quietly when its reader goes away', async () => {
    const script = '"$@" --table Orders | head -1; exit "$PIPESTATUS"'
    const { mdfPath, ndfPath } = sample
    const command = [process.execPath, SLIPWAY, 'inspect', mdfPath, ndfPath]
    const { exitCode, stdout, stderr } = await runCommand('bash', [
      '-c',
      script,
      'bash',
      ...command,
    ])
    assert.match(stdout, /^OrderId,[^\n]+\n$/)
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it('takes little memory when its reader is slow', async () => {
    const mdf = path.join(folder, 'many.mdf')
    await buildDatabase({
      name: 'many',
      files: [{ path: mdf }],
      tables: [
        {
          name: 'Many',
          columns: [
            { name: 'Id', type: 'int' },
            { name: 'Text', type: 'varchar(200)' },
          ],
          rows: manyRows(),
        },
      ],
    })
    const child = spawn(process.execPath, [SLIPWAY, 'inspect', mdf, '--table', 'Many'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.pause()
    await sleep(1500)
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    const peak = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) * 1024
    let bytes = 0
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    child.stdout.resume()
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
    assert.ok(bytes > MANY_ROWS * 150)
    assert.ok(peak < 200 * MIB, `${peak / MIB} MiB`)
  })

  for (const name of CORPUS_DATABASES) {
    it(`gives all of ${name}`, { skip: skipWithoutCorpus(name) }, async () => {
      const file = corpusFile(name)
      const { tables } = JSON.parse(await answer(file, '--json'))
      const reader = DatabaseReader.open([PageFile.open(file)])
      assert.ok(tables.length > 0)
      for (const table of tables as Table[]) {
        const object = reader.catalog.objects.find((one) => one.name === table.name)
        let rows = 0
        for (const _row of reader.scanTable(object?.objectId ?? 0)) rows += 1
        assert.equal(rows, table.rows, table.name)
      }
      reader.close()
      const largest = tables.reduce((best: Table, one: Table) =>
        one.rows > best.rows ? one : best,
      )
      const lines = await answer(
        ...[file, '--table', `${largest.schema}.${largest.name}`, '--format', 'jsonl'],
      )
      assert.equal(lines.trimEnd().split('\n').length, largest.rows)
      assert.ok(splitBatches(await answer(file, '--schema')).length >= tables.length)
    })
  }

  it('shows a backup as RESTORE HEADERONLY and FILELISTONLY do', {
    skip: skipWithoutCorpus('School.bak', 'TSQLV4.bak'),
  }, async () => {
    const text = await answer(corpusFile('School.bak'))
    assert.match(text, /^Backup set +1, Database$/m)
    assert.match(text, /^dbo\.StudentGrade +40 /m)
    const { sets } = JSON.parse(await answer(corpusFile('School.bak'), '--json'))
    assert.deepEqual(
      sets[0].files.map(({ logicalName, type }: Record<string, unknown>) => [logicalName, type]),
      [
        ['School', 'D'],
        ['School_log', 'L'],
      ],
    )
    const rows = await answer(corpusFile('School.bak'), '--table', 'StudentGrade')
    assert.equal(rows.trimEnd().split('\n').length, 41)
    const compressed = await inspect(corpusFile('TSQLV4.bak'), '--table', 'x')
    assert.notEqual(compressed.exitCode, 0)
    assert.match(compressed.stderr, /compressed/)
  })
})

function* manyRows(): Generator<(number | string)[]> {
  for (let id = 0; id < MANY_ROWS; id++) yield [id, `${id} `.padEnd(160, 'x')]
}
