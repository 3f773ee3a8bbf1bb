import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, Request, TYPES } from 'tedious'
import { discoverEngine } from '../../src/instance/index.ts'
import { buildDatabase } from '../../src/mdf/index.ts'
import { SA_PASSWORD, spawnSandbox } from '../support/sandbox-engine.ts'
import { login } from './clone-bench.ts'
import type { Ratio } from './measure.ts'
import { ordersTable } from './orders-table.ts'

const CONNECTIONS = 100
const ROWS = 20_000
const MIB = 1024 ** 2
/** Caches fill and code is compiled in this part of the time; what memory is then is compared with. */
const WARM_UP_PART = 0.3
const SAMPLE_MS = 1000
const MOST_GROWTH = 1.1

/** What people and programs ask of a database all day; each leaves nothing behind. */
const BATCHES: readonly string[] = [
  'SELECT * FROM dbo.Orders WHERE OrderId = @id',
  'SELECT TOP (20) OrderId, Total FROM dbo.Orders WHERE CustomerId = @id ORDER BY OrderedAt DESC',
  'SELECT City, COUNT(*) AS n, SUM(Total) AS total FROM dbo.Orders WHERE OrderId < @id GROUP BY City ORDER BY n DESC',
  'SELECT a.OrderId, b.Total FROM dbo.Orders a JOIN dbo.Orders b ON b.OrderId = a.OrderId + 1 WHERE a.OrderId BETWEEN @id AND @id + 50',
  'CREATE TABLE #work (id int IDENTITY PRIMARY KEY, name nvarchar(40)); INSERT #work (name) SELECT TOP (50) City FROM dbo.Orders WHERE OrderId >= @id; UPDATE #work SET name = UPPER(name) WHERE id % 2 = 0; DELETE #work WHERE id > 40; SELECT COUNT(*) FROM #work; DROP TABLE #work',
  'BEGIN TRY BEGIN TRAN; DECLARE @t TABLE (id int PRIMARY KEY); INSERT @t VALUES (@id), (@id); COMMIT END TRY BEGIN CATCH IF @@TRANCOUNT > 0 ROLLBACK; SELECT ERROR_NUMBER() END CATCH',
  'DECLARE @sum int = 0, @i int = 0; WHILE @i < 200 BEGIN SET @i += 1; SET @sum += @i % 7 END; SELECT @sum + @id',
  'SELECT OrderId AS [id], City AS [place.city] FROM dbo.Orders WHERE OrderId BETWEEN @id AND @id + 9 FOR JSON PATH',
  'SELECT name, object_id, type_desc FROM sys.objects WHERE object_id > @id ORDER BY name',
  'SELECT OrderId, ROW_NUMBER() OVER (PARTITION BY City ORDER BY Total) AS r FROM dbo.Orders WHERE OrderId BETWEEN @id AND @id + 200',
]

/** Mixed queries on many connections at once: any error ends it, and memory must not grow. */
export async function benchSoak(folder: string, minutes: number): Promise<Ratio[]> {
  const { paths } = await buildDatabase({
    name: 'Orders',
    files: [{ path: path.join(folder, 'orders.mdf') }],
    tables: [ordersTable(ROWS)],
  })
  const { command, environment } = await discoverEngine({ cacheFolder: path.join(folder, 'cache') })
  const engine = await spawnSandbox({ folder, program: command[1] ?? '', environment })
  try {
    await engine.waitFor('Recovery is complete')
    const files = paths.map((file) => `(FILENAME = '${file}')`).join(', ')
    const first = await connectTo(engine.port, 'master')
    await ask(first, `CREATE DATABASE Orders ON ${files} FOR ATTACH`, 0)
    first.close()
    const connections: Connection[] = []
    while (connections.length < CONNECTIONS)
      connections.push(await connectTo(engine.port, 'Orders'))
    const load = startLoad(connections)
    const memory = await sampleMemory(engine.child.pid ?? 0, minutes * 60_000, load)
    const asked = await load.stop()
    for (const connection of connections) connection.close()
    return [growth(memory, asked, minutes)]
  } finally {
    await engine.stop()
  }
}

function connectTo(port: number, database: string): Promise<Connection> {
  return login({ host: '127.0.0.1', port, user: 'sa', password: SA_PASSWORD, database })
}

interface Load {
  /** Set as soon as a query fails. */
  readonly failure: Error | undefined
  /** @returns how many queries were answered */
  stop(): Promise<number>
}

function startLoad(connections: readonly Connection[]): Load {
  const state: { failure: Error | undefined; isStopping: boolean; asked: number } = {
    failure: undefined,
    isStopping: false,
    asked: 0,
  }
  const work = async (connection: Connection, number: number): Promise<void> => {
    for (let count = number; !state.isStopping; count++) {
      const id = ((count * 7919) % (ROWS - 300)) + 1
      await ask(connection, BATCHES[count % BATCHES.length] ?? '', id)
      state.asked += 1
    }
  }
  const all = connections.map((connection, number) =>
    work(connection, number).catch((error: unknown) => {
      state.failure ??= error instanceof Error ? error : new Error(String(error))
    }),
  )
  return {
    get failure() {
      return state.failure
    },
    async stop() {
      state.isStopping = true
      await Promise.all(all)
      if (state.failure !== undefined) throw state.failure
      return state.asked
    },
  }
}

function ask(connection: Connection, text: string, id: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new Request(text, (error) => {
      if (error) reject(new Error(`${text}: ${error.message}`, { cause: error }))
      else resolve()
    })
    if (text.includes('@id')) {
      request.addParameter('id', TYPES.Int, id)
      connection.execSql(request)
    } else connection.execSqlBatch(request)
  })
}

/** Resident bytes, second by second. */
async function sampleMemory(pid: number, forMs: number, load: Load): Promise<readonly number[]> {
  const samples: number[] = []
  const endsAt = performance.now() + forMs
  while (performance.now() < endsAt && load.failure === undefined) {
    await sleep(SAMPLE_MS)
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    samples.push(Number(found?.[1] ?? 0) * 1024)
  }
  return samples
}

/** The mean of the last part against the most that there was behind the warm-up's end. */
function growth(samples: readonly number[], asked: number, minutes: number): Ratio {
  const part = Math.max(1, Math.floor(samples.length * WARM_UP_PART))
  const before = mean(samples.slice(part, 2 * part))
  const after = mean(samples.slice(-part))
  return {
    title: `memory of ${CONNECTIONS} connections at the end of ${minutes} min, ${asked.toLocaleString('en')} mixed queries without an error / after warm-up`,
    measured: `${(after / MIB).toFixed(0)} MiB`,
    reference: `${(before / MIB).toFixed(0)} MiB`,
    ratio: after / before,
    goal: MOST_GROWTH,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
