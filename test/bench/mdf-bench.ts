import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { buildDatabase, PageFile, type RowValues } from '../../src/mdf/index.ts'
import { openDataFile } from '../../src/mdf/verify/data-file.ts'
import { checksumPass } from '../../src/mdf/verify/page-pass.ts'
import { compareMedians, median, type Ratio } from './measure.ts'
import { ordersTable } from './orders-table.ts'

const CLI = path.resolve(import.meta.dirname, '../../src/cli/main.ts')
const GB = 1e9
const MIB = 1024 ** 2
const MOST_MEMORY = 300 * MIB
const STREAMED_ROWS = 1_000_000
const FILLER_BYTES = 6_000
const LARGE_FILE = 10 * GB
const SMALL_FILE = 1 * GB
const POLL_MS = 100

/** What a verification of a large file took. */
interface VerifyRun {
  readonly seconds: number
  readonly peakBytes: number
}

/** Reading, streaming and verifying files, each against the plain tool that does the least of it. */
export async function benchFiles(folder: string, runs: number): Promise<Ratio[]> {
  const small = path.join(folder, 'checksums.mdf')
  await buildFiller(small, SMALL_FILE)
  const checksums = await compareChecksums(small, runs)
  const rows = path.join(folder, 'rows.mdf')
  await buildOrders(rows)
  const stream = await compareStreams(rows, runs)
  const large = path.join(folder, 'large.mdf')
  const bytes = await largeFileBytes(folder)
  await buildFiller(large, bytes)
  const verified = await verifyOnce(large)
  const size = statSync(large).size
  return [
    checksums,
    stream,
    {
      title: `peak memory of verify, ${(size / GB).toFixed(1)} GB mdf, ${(size / GB / verified.seconds).toFixed(2)} GB/s / 300 MiB`,
      measured: `${Math.round(verified.peakBytes / MIB)} MiB`,
      reference: '300 MiB',
      ratio: verified.peakBytes / MOST_MEMORY,
      goal: 1,
    },
  ]
}

/** 10 GB, or half of what the disk has left. */
async function largeFileBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return Math.min(LARGE_FILE, (bavail * bsize) / 2)
}

/** A file of this size: rows that fill their pages, and one table with a second index. */
async function buildFiller(mdf: string, bytes: number): Promise<void> {
  const filler = Math.floor(bytes / FILLER_BYTES / 1.37)
  await buildDatabase({
    name: path.basename(mdf, '.mdf'),
    files: [{ path: mdf }],
    tables: [
      ordersTable(Math.min(STREAMED_ROWS, Math.floor(bytes / 1000))),
      {
        name: 'Filler',
        columns: [
          { name: 'Id', type: 'bigint' },
          { name: 'Body', type: `binary(${FILLER_BYTES})` },
        ],
        primaryKey: { columns: ['Id'] },
        rowsAreSorted: true,
        rows: fillerRows(filler),
      },
    ],
  })
}

function* fillerRows(count: number): Generator<RowValues> {
  const body = Buffer.alloc(FILLER_BYTES)
  for (let id = 0; id < count; id++) {
    body.writeDoubleLE(Math.sin(id), (id * 8) % (FILLER_BYTES - 8))
    yield [BigInt(id), body]
  }
}

async function buildOrders(mdf: string): Promise<void> {
  await buildDatabase({
    name: 'rows',
    files: [{ path: mdf }],
    tables: [ordersTable(STREAMED_ROWS)],
  })
}

async function compareChecksums(mdf: string, runs: number): Promise<Ratio> {
  const own: number[] = []
  const tool: number[] = []
  for (let run = -1; run < runs; run++) {
    const ownMs = timeChecksumPass(mdf)
    const { ms } = await timeCommand('sha256sum', [mdf])
    if (run < 0) continue // the first round warms caches
    own.push(ownMs)
    tool.push(ms)
  }
  const speed = statSync(mdf).size / 1e6 / (median(own) / 1000)
  return compareMedians({
    title: `checksums of all pages, ${speed.toFixed(0)} MB/s / sha256sum of the file`,
    measuredMs: own,
    referenceMs: tool,
    goal: 1,
  })
}

function timeChecksumPass(mdf: string): number {
  const startedAt = performance.now()
  const source = PageFile.open(mdf)
  const { damaged } = checksumPass(openDataFile(source, 1))
  source.close()
  if (damaged > 0) throw new Error(`${mdf} is damaged`)
  return performance.now() - startedAt
}

async function compareStreams(mdf: string, runs: number): Promise<Ratio> {
  const own: number[] = []
  const tool: number[] = []
  for (let run = -1; run < runs; run++) {
    const args = [CLI, 'inspect', mdf, '--table', 'Orders', '--format', 'csv']
    const streamed = await timeCommand(process.execPath, args)
    const { ms } = await timeCommand('cat', [mdf])
    if (streamed.lines !== STREAMED_ROWS + 1) throw new Error(`${streamed.lines} lines`)
    if (run < 0) continue
    own.push(streamed.ms)
    tool.push(ms)
  }
  const rows = Math.round(STREAMED_ROWS / (median(own) / 1000))
  return compareMedians({
    title: `1,000,000 rows as CSV, ${rows.toLocaleString('en')} rows/s / cat of the file`,
    measuredMs: own,
    referenceMs: tool,
    goal: undefined,
  })
}

/** Runs a command to its end and reads what it writes through a pipe. */
async function timeCommand(command: string, args: readonly string[]) {
  const startedAt = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return { ms: performance.now() - startedAt, lines }
}

async function verifyOnce(mdf: string): Promise<VerifyRun> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [CLI, 'verify', mdf], { stdio: 'ignore' })
  let peakBytes = 0
  const poll = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakMemory(child.pid ?? 0))
  }, POLL_MS)
  const [code] = await once(child, 'close')
  clearInterval(poll)
  if (code !== 0) throw new Error(`verify ended with ${code}`)
  return { seconds: (performance.now() - startedAt) / 1000, peakBytes }
}

/** The most memory a process has had so far; 0 when it has just ended. */
function peakMemory(pid: number): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(found?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
