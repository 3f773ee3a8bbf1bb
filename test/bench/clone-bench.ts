import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, globSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection, Request } from 'tedious'
import { createId, createPassword } from '../../src/base/index.ts'
import { SlipwayClient } from '../../src/client/index.ts'
import { discoverEngine } from '../../src/instance/index.ts'
import { startDaemonProcess } from '../support/daemon-process.ts'

const RETRY_MS = 5
const WARM_UP_MS = 1500

export interface BenchDaemon {
  readonly client: SlipwayClient
  readonly stateRoot: string
  readonly store: string
  /** Store paths of each image's files. */
  readonly bases: Map<string, readonly string[]>
  importImage(name: string, files: readonly string[]): Promise<void>
  /** Lets one clone live long enough for the engine to leave its compiled code to the next. */
  warmUp(image: string): Promise<void>
  stop(): Promise<void>
}

/** A daemon process with a state root of its own. */
export async function startBenchDaemon(stateRoot: string): Promise<BenchDaemon> {
  const daemon = await startDaemonProcess({ stateRoot })
  const client = new SlipwayClient({ url: daemon.url })
  const bases = new Map<string, readonly string[]>()
  return {
    client,
    stateRoot,
    store: (await client.health()).store.driver,
    bases,
    async importImage(name, files) {
      const { image, operation } = await client.createImage(name, files)
      await client.followOperation(operation.id)
      bases.set(name, globSync(`**/bases/${image.id}/*.[mnl]df`, { cwd: stateRoot }))
    },
    async warmUp(image) {
      const { clone, operation } = await client.createClone({ image })
      await client.followOperation(operation.id)
      await sleep(WARM_UP_MS)
      const removal = await client.removeClone(clone.id)
      await client.followOperation(removal.operation.id)
    },
    async stop() {
      await daemon.stop()
    },
  }
}

/** From POST /v1/clones to the first row of a query on the new clone. */
export async function measureClone(
  { client }: BenchDaemon,
  image: string,
): Promise<{ ms: number; exclusiveBytes: number }> {
  const startedAt = performance.now()
  const accepted = await client.createClone({ image })
  await client.followOperation(accepted.operation.id)
  const connection = await login(accepted.clone)
  await firstRow(connection, 'SELECT COUNT(*) FROM dbo.Customers')
  const ms = performance.now() - startedAt
  connection.close()
  const { store } = await client.inspectClone(accepted.clone.id)
  const removal = await client.removeClone(accepted.clone.id)
  await client.followOperation(removal.operation.id)
  return { ms, exclusiveBytes: store.exclusiveBytes }
}

/** The least that can be done: reflink the files, start the engine, log in. No daemon, no attach. */
export async function measureFloor(daemon: BenchDaemon, image: string): Promise<{ ms: number }> {
  const files = (daemon.bases.get(image) ?? []).map((file) => path.join(daemon.stateRoot, file))
  const folder = path.join(
    path.dirname(files[0] ?? daemon.stateRoot),
    '../..',
    `floor-${createId()}`,
  )
  const password = createPassword()
  const port = await freePort()
  await mkdir(folder)
  const cacheFolder = path.join(daemon.stateRoot, 'floor-compile-cache')
  const { command, environment } = await discoverEngine({ cacheFolder })
  const [program, ...programArguments] = command
  const startedAt = performance.now()
  for (const file of files) {
    await copyFile(file, path.join(folder, path.basename(file)), constants.COPYFILE_FICLONE)
  }
  const engine = spawn(program, programArguments, {
    stdio: 'ignore',
    env: {
      ...process.env,
      ACCEPT_EULA: 'Y',
      MSSQL_SA_PASSWORD: password,
      MSSQL_TCP_PORT: String(port),
      MSSQL_IP_ADDRESS: '127.0.0.1',
      MSSQL_DATA_DIR: path.join(folder, 'data'),
      MSSQL_LOG_DIR: path.join(folder, 'log'),
      ...environment,
    },
  })
  const target = { host: '127.0.0.1', port, user: 'sa', password, database: 'master' }
  const connection = await loginWhenReady(target, engine)
  const ms = performance.now() - startedAt
  connection.close()
  engine.kill('SIGTERM')
  await once(engine, 'exit')
  await rm(folder, { recursive: true, force: true })
  return { ms }
}

interface Target {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

async function loginWhenReady(
  target: Target,
  engine: { exitCode: number | null },
): Promise<Connection> {
  for (;;) {
    try {
      return await login(target)
    } catch (error) {
      if (engine.exitCode !== null) throw error
      await sleep(RETRY_MS)
    }
  }
}

/** A connection that is logged in and can take requests. */
export function login({ host, port, user, password, database }: Target): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = new Connection({
      server: host,
      authentication: { type: 'default', options: { userName: user, password } },
      options: { port, database, encrypt: true, trustServerCertificate: true },
    })
    connection.connect((error) => (error ? reject(error) : resolve(connection)))
  })
}

function firstRow(connection: Connection, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let rows = 0
    const request = new Request(text, (error) => {
      if (error) reject(error)
      else if (rows === 1) resolve()
      else reject(new Error(`${text}: ${rows} rows`))
    })
    request.on('row', () => {
      rows += 1
    })
    connection.execSqlBatch(request)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
