/**
 * `npm run bench [-- files|sandbox|soak|clone …] [--json] [--runs N] [--minutes N]`: speed as ratios of medians against work
 * done by hand, side by side in one run. Files are read on any machine with 12 GB free in its temporary
 * folder; clones are measured with the corpus' northwnd.mdf and a store that can reflink (root).
 */
import { existsSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { growDatabaseFile } from '../support/grow-database-file.ts'
import { measureClone, measureFloor, startBenchDaemon } from './clone-bench.ts'
import { benchFiles } from './mdf-bench.ts'
import { compareMedians, formatRatios, median, type Ratio } from './measure.ts'
import { benchSandbox } from './sandbox-bench.ts'
import { benchSoak } from './soak.ts'

const CORPUS_FILE = path.resolve(import.meta.dirname, '../../../shared/corpus/northwnd.mdf')
/** What they are compared with hardly varies. */
const FILE_RUNS = 5
const LARGE_BYTES = 200 * 1024 ** 3
const MIB = 1024 ** 2

const PARTS = ['files', 'sandbox', 'soak', 'clone']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    runs: { type: 'string', default: '15' },
    minutes: { type: 'string', default: '5' },
  },
})
const runs = Number(values.runs)

const unknown = positionals.find((part) => !PARTS.includes(part))
if (unknown !== undefined) {
  process.stderr.write(`bench: there is no part ${unknown}; the parts are ${PARTS.join(', ')}\n`)
  process.exit(2)
}
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part)

if (isWanted('files')) {
  await inFolder(async (folder) => report(await benchFiles(folder, FILE_RUNS), FILE_RUNS))
}
if (isWanted('sandbox')) {
  await inFolder(async (folder) => report(await benchSandbox(folder, FILE_RUNS), FILE_RUNS))
}
if (isWanted('soak')) {
  await inFolder(async (folder) => report(await benchSoak(folder, Number(values.minutes)), 1))
}
if (isWanted('clone')) {
  if (existsSync(CORPUS_FILE)) await inFolder(benchClones)
  else process.stdout.write(`bench: clones are skipped, ${CORPUS_FILE} is not there\n`)
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-bench-'))
  const removed = () => rmSync(folder, { recursive: true, force: true })
  const stopped = () => {
    removed()
    process.exit(130)
  }
  process.once('SIGINT', stopped)
  try {
    await work(folder)
  } finally {
    process.off('SIGINT', stopped)
    removed()
  }
}

async function benchClones(folder: string): Promise<void> {
  const daemon = await startBenchDaemon(path.join(folder, 'state'))
  try {
    const large = path.join(folder, 'large.mdf')
    await growDatabaseFile(CORPUS_FILE, large, LARGE_BYTES)
    await daemon.importImage('small', [CORPUS_FILE])
    await daemon.importImage('large', [large])
    await daemon.warmUp('small')
    report(await measureAll(daemon), runs, daemon.store)
  } finally {
    await daemon.stop()
  }
}

async function measureAll(daemon: Awaited<ReturnType<typeof startBenchDaemon>>): Promise<Ratio[]> {
  const small: number[] = []
  const large: number[] = []
  const floor: number[] = []
  const ownBytes: number[] = []
  for (let run = -1; run < runs; run++) {
    const results = [
      await measureFloor(daemon, 'small'),
      await measureClone(daemon, 'small'),
      await measureClone(daemon, 'large'),
    ] as const
    if (run < 0) continue // the first round warms caches
    floor.push(results[0].ms)
    small.push(results[1].ms)
    large.push(results[2].ms)
    ownBytes.push(results[1].exclusiveBytes, results[2].exclusiveBytes)
  }
  const own = median(ownBytes)
  return [
    compareMedians({
      title: 'POST to first answered query / reflink + engine start + login by hand',
      measuredMs: small,
      referenceMs: floor,
      goal: 1.5,
    }),
    compareMedians({
      title: 'the same, 200 GB sparse mdf / 3 MB mdf',
      measuredMs: large,
      referenceMs: small,
      goal: 1.2,
    }),
    {
      title: 'bytes a fresh clone owns / 1 MiB',
      measured: `${Math.round(own / 1024)} KiB`,
      reference: '1024 KiB',
      ratio: own / MIB,
      goal: 1,
    },
  ]
}

function report(ratios: readonly Ratio[], runs: number, store?: string): void {
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ runs, store, ratios }, undefined, 2)}\n`)
    return
  }
  const where = store === undefined ? '' : `store ${store}, `
  process.stdout.write(`${where}medians of ${runs} runs\n\n${formatRatios(ratios)}\n\n`)
}
