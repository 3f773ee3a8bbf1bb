/**
 * `npm run demo [-- FILE.mdf [FILE.ndf|FILE.ldf ...] [--keep]]`: the main job from start to end. A daemon
 * of its own on free ports, an image of the given database, three clones at once, a query on each.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import mssql from 'mssql'
import { SlipwayClient } from '../src/client/index.ts'
import type { Clone, ImageDetail } from '../src/server/index.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const DEFAULT_FILE = path.resolve(ROOT, '../shared/corpus/northwnd.mdf')
const CLONES = ['ada', 'grace', 'edsger']
const START_TIMEOUT_MS = 60_000

interface Daemon {
  readonly child: ChildProcess
  readonly stateRoot: string
  readonly url: string
}

interface CloneResult {
  readonly clone: Clone
  readonly seconds: number
  readonly answer: string
}

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean' } },
  allowPositionals: true,
})
// `npm run demo --keep`, without the `--` in front, arrives as npm's own configuration.
const keep = values.keep === true || process.env['npm_config_keep'] !== undefined
process.exitCode = await demo(positionals)

async function demo(args: readonly string[]): Promise<number> {
  const files = args.map((file) => path.resolve(process.env['INIT_CWD'] ?? '', file))
  if (files.length === 0 && existsSync(DEFAULT_FILE)) files.push(DEFAULT_FILE)
  if (files.length === 0) {
    say('Which database? Give its files: npm run demo PATH/TO/DATABASE.mdf')
    return 2
  }
  const daemon = await startDaemon()
  const stopOnInterrupt = () => daemon.child.kill('SIGTERM')
  process.once('SIGINT', stopOnInterrupt)
  try {
    await showClones(new SlipwayClient({ url: daemon.url }), files)
  } catch (error) {
    say(`\nThe demo failed: ${error instanceof Error ? error.message : error}`)
    await stopDaemon(daemon)
    return 1
  }
  if (keep) return explainKept(daemon)
  const exitCode = await stopDaemon(daemon)
  say(`\nStopped: clones, instances and daemon are gone (daemon exit status ${exitCode}).`)
  return exitCode
}

async function startDaemon(): Promise<Daemon> {
  const stateRoot = await mkdtemp(path.join(os.tmpdir(), 'slipway-demo-'))
  const flags = ['--state-root', stateRoot, '--listen-port', '0', '--log-level', 'warn']
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: keep,
  })
  const url = await readDaemonUrl(child, path.join(stateRoot, 'daemon.json'))
  const { store, engine } = await new SlipwayClient({ url }).health()
  say(`Daemon:  ${url}`)
  say(`Engine:  ${engine}`)
  say(`Store:   ${store.reason}`)
  return { child, stateRoot, url }
}

async function readDaemonUrl(child: ChildProcess, file: string): Promise<string> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline && child.exitCode === null) {
    if (existsSync(file)) return (JSON.parse(await readFile(file, 'utf8')) as { url: string }).url
    await sleep(20)
  }
  child.kill('SIGKILL')
  throw new Error('the daemon did not start')
}

async function showClones(client: SlipwayClient, files: readonly string[]): Promise<void> {
  const image = await importImage(client, files)
  say(`\nThree clones of ${image.name}, requested at once:\n`)
  const results = await Promise.all(CLONES.map((name) => createAndQuery(client, image, name)))
  showTable(results)
}

async function importImage(client: SlipwayClient, files: readonly string[]): Promise<ImageDetail> {
  const startedAt = performance.now()
  const { image, operation } = await client.createImage(imageName(files), files)
  await client.followOperation(operation.id)
  const detail = await client.inspectImage(image.id)
  const rows = detail.tables.reduce((sum, table) => sum + table.rowCount, 0)
  say(
    `\nImage:   ${detail.name}: database ${detail.databaseName}, written by ${detail.sqlServerVersion}, ` +
      `${detail.tables.length} tables, ${rows} rows, ${megabytes(detail.sizeBytes)}; imported in ${secondsSince(startedAt).toFixed(2)} s`,
  )
  return detail
}

async function createAndQuery(
  client: SlipwayClient,
  image: ImageDetail,
  name: string,
): Promise<CloneResult> {
  const startedAt = performance.now()
  const accepted = await client.createClone({ image: image.name, name })
  await client.followOperation(accepted.operation.id)
  const seconds = secondsSince(startedAt)
  const clone = await client.inspectClone(accepted.clone.id)
  return { clone, seconds, answer: await query(clone, image) }
}

/** The number of rows in the image's largest table, asked of the clone by a stock client. */
async function query(clone: Clone, image: ImageDetail): Promise<string> {
  const [largest] = image.tables.toSorted((a, b) => b.rowCount - a.rowCount)
  const name =
    largest === undefined ? 'sys.tables' : `${quote(largest.schema)}.${quote(largest.name)}`
  // A pool of its own: `mssql.connect` would share one global pool between the three clones.
  const pool = await new mssql.ConnectionPool(clone.connectionStrings.adonet).connect()
  try {
    const { recordset } = await pool.query<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${name}`)
    const rows = recordset[0]?.rows
    if (largest !== undefined && rows !== largest.rowCount) {
      throw new Error(`${clone.name}: ${name} has ${rows} rows, the image says ${largest.rowCount}`)
    }
    return `${rows} rows in ${name}`
  } finally {
    await pool.close()
  }
}

function showTable(results: readonly CloneResult[]): void {
  const rows = results.map(({ clone, seconds, answer }) => [
    clone.name,
    `${clone.host},${clone.port}`,
    `${seconds.toFixed(2)} s`,
    `${kilobytes(clone.store.exclusiveBytes)} of ${megabytes(clone.store.apparentBytes)}`,
    answer,
  ])
  const header = ['CLONE', 'ADDRESS', 'READY IN', 'OWN DISK', 'SELECT COUNT(*)']
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  for (const row of [header, ...rows]) {
    say(
      `  ${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}`,
    )
  }
}

function explainKept(daemon: Daemon): number {
  say(`\nThe daemon goes on (pid ${daemon.child.pid}, state in ${daemon.stateRoot}). Try:`)
  say(`  export SLIPWAY_URL=${daemon.url}`)
  say('  src/cli/slipway.js clone ls')
  say(
    `  kill ${daemon.child.pid} && sleep 3 && rm -rf ${daemon.stateRoot}    # stops and removes it all`,
  )
  daemon.child.unref()
  return 0
}

async function stopDaemon({ child, stateRoot }: Daemon): Promise<number> {
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await rm(stateRoot, { recursive: true, force: true })
  return child.exitCode ?? 1
}

/** An image name of the first file's name: `AdventureWorksLT2012_Data.mdf` → `adventureworkslt2012-data`. */
function imageName(files: readonly string[]): string {
  const name = path.parse(files[0] ?? '').name.toLowerCase()
  return name.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'database'
}

function quote(identifier: string): string {
  return `[${identifier.replaceAll(']', ']]')}]`
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
