import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { discoverEngine } from '../../src/instance/index.ts'
import { buildDatabase, DatabaseReader, Decimal, PageFile } from '../../src/mdf/index.ts'
import type { TdsSession } from '../../src/sandbox/tds/index.ts'
import { answerOf, EngineInProcess } from '../support/engine-session.ts'
import { findFreePort, SA_PASSWORD, spawnSandbox } from '../support/sandbox-engine.ts'
import { login } from './clone-bench.ts'
import { compareMedians, median, type Ratio } from './measure.ts'
import { ordersTable } from './orders-table.ts'

const ROWS = 1_000_000
const MIB = 1024 ** 2
const MOST_IDLE_MEMORY = 90 * MIB
const LOOKUPS_PER_RUN = 500
const MOST_LOOKUP_MS = 1
const RETRY_MS = 1
const SETTLE_MS = 2000
const STATUS = 3

/** The engine's start, and how it finds and reads rows, each against the least that could be done. */
export async function benchSandbox(folder: string, runs: number): Promise<Ratio[]> {
  const { starts, idleBytes } = await measureStarts(folder, runs)
  const mdf = path.join(folder, 'orders.mdf')
  const { paths } = await buildDatabase({
    name: 'Orders',
    files: [{ path: mdf }],
    tables: [ordersTable(ROWS)],
  })
  const engine = await EngineInProcess.start(folder)
  try {
    const master = await engine.openSession('master')
    const files = paths.map((file) => `(FILENAME = '${file}')`).join(', ')
    await answerOf(master, `CREATE DATABASE Orders ON ${files} FOR ATTACH`)
    const session = await engine.openSession('Orders')
    return [
      starts,
      {
        title: 'memory of an idle engine / 90 MiB',
        measured: `${(idleBytes / MIB).toFixed(0)} MiB`,
        reference: '90 MiB',
        ratio: idleBytes / MOST_IDLE_MEMORY,
        goal: 1,
      },
      await measureLookups(session, runs),
      await compareScans(session, mdf, runs),
    ]
  } finally {
    await engine.stop()
  }
}

async function measureStarts(
  folder: string,
  runs: number,
): Promise<{ starts: Ratio; idleBytes: number }> {
  const own: number[] = []
  const bare: number[] = []
  const idle: number[] = []
  for (let run = -1; run < runs; run++) {
    const started = await startAndLogIn(path.join(folder, `engine-${run + 1}`), run === -1)
    const bareMs = await timeBareNode()
    if (run < 0) {
      idle.push(started.idleBytes)
      continue // the first round warms caches
    }
    own.push(started.ms)
    bare.push(bareMs)
  }
  const starts = compareMedians({
    title: 'engine start to first login / node -e 0',
    measuredMs: own,
    referenceMs: bare,
    goal: 2.5,
  })
  return { starts, idleBytes: median(idle) }
}

/** Memory is read when the engine has had time to settle, which is only waited for when it is asked for. */
async function startAndLogIn(
  folder: string,
  settles: boolean,
): Promise<{ ms: number; idleBytes: number }> {
  const port = await findFreePort()
  const { command, environment } = await discoverEngine({
    cacheFolder: path.join(path.dirname(folder), 'compile-cache'),
  })
  const program = command[1] ?? ''
  const startedAt = performance.now()
  const engine = await spawnSandbox({ folder, port, program, environment })
  try {
    while (!(await isListening(port))) await sleep(RETRY_MS)
    const connection = await login({
      host: '127.0.0.1',
      port,
      user: 'sa',
      password: SA_PASSWORD,
      database: 'master',
    })
    const ms = performance.now() - startedAt
    if (settles) await sleep(SETTLE_MS)
    const idleBytes = residentBytes(engine.child.pid ?? 0)
    connection.close()
    return { ms, idleBytes }
  } finally {
    await engine.stop()
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function timeBareNode(): Promise<number> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
  await once(child, 'close')
  return performance.now() - startedAt
}

function residentBytes(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) * 1024
}

/** Each with another key, from the batch's text to its last row. */
async function measureLookups(session: TdsSession, runs: number): Promise<Ratio> {
  const each: number[] = []
  for (let run = -1; run < runs; run++) {
    const startedAt = performance.now()
    for (let count = 0; count < LOOKUPS_PER_RUN; count++) {
      const id = ((count * 7919 + run * 104_729 + ROWS) % ROWS) + 1
      const answer = await answerOf(session, `SELECT * FROM dbo.Orders WHERE OrderId = ${id}`)
      if (answer.results[0]?.rows[0]?.[0] !== id) throw new Error(`order ${id} was not found`)
    }
    if (run >= 0) each.push((performance.now() - startedAt) / LOOKUPS_PER_RUN)
  }
  const ms = median(each)
  return {
    title: 'a row of 1,000,000 by primary key / 1 ms',
    measured: `${ms.toFixed(3)} ms`,
    reference: `${MOST_LOOKUP_MS} ms`,
    ratio: ms / MOST_LOOKUP_MS,
    goal: 1,
  }
}

async function compareScans(session: TdsSession, mdf: string, runs: number): Promise<Ratio> {
  const own: number[] = []
  const byHand: number[] = []
  const query = `SELECT SUM(Total) FROM dbo.Orders WHERE Status = ${STATUS}`
  for (let run = -1; run < runs; run++) {
    const startedAt = performance.now()
    const answer = await answerOf(session, query)
    const scannedAt = performance.now()
    const sum = sumByHand(mdf)
    const endedAt = performance.now()
    if (String(answer.results[0]?.rows[0]?.[0]) !== String(sum)) throw new Error('the sums differ')
    if (run < 0) continue
    own.push(scannedAt - startedAt)
    byHand.push(endedAt - scannedAt)
  }
  return compareMedians({
    title: 'scan with a filter and SUM, 1,000,000 rows / the same by hand over the pages',
    measuredMs: own,
    referenceMs: byHand,
    goal: 3,
  })
}

function sumByHand(mdf: string): Decimal {
  const reader = DatabaseReader.open([PageFile.open(mdf)])
  try {
    const table = reader.catalog.objects.find(({ name }) => name === 'Orders')
    const objectId = table?.objectId ?? 0
    const idOf = (name: string) =>
      reader.catalog.columns(objectId).find((column) => column.name === name)?.columnId ?? 0
    let sum = 0n
    for (const [status, total] of reader.scanTable(objectId, [idOf('Status'), idOf('Total')])) {
      if (status === STATUS && total instanceof Decimal) sum += total.unscaled
    }
    return new Decimal(sum, 2)
  } finally {
    reader.close()
  }
}
