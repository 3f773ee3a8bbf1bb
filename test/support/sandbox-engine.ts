import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import sql from 'mssql'

const MAIN = path.resolve(import.meta.dirname, '../../src/sandbox/main.ts')
const START_TIMEOUT_MS = 20_000
export const SA_PASSWORD = 'Str0ng_Passw0rd!'

export interface SandboxProcess {
  readonly child: ChildProcess
  readonly port: number
  /** Everything it has printed so far. */
  readonly output: string
  /** Resolves when a line holds `text`; rejects when the process ends before. */
  waitFor(text: string): Promise<void>
  /** Resolves to the exit status; null when a signal ended it. */
  waitForExit(): Promise<number | null>
  /** SIGTERM, then the exit status. */
  stop(): Promise<number | null>
  /** kill -9, if it still runs. */
  kill(): Promise<void>
}

export interface SandboxOptions {
  readonly folder: string
  readonly port?: number
  /** The engine's program; its sources by default. */
  readonly program?: string
  /** Over the defaults; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** A real engine process, on loopback, with its data and log folders under `folder`. */
export async function spawnSandbox(options: SandboxOptions): Promise<SandboxProcess> {
  const port = options.port ?? (await findFreePort())
  const child = spawn(process.execPath, [options.program ?? MAIN], {
    env: {
      ...inherited('PATH', 'NODE_COMPILE_CACHE'),
      ACCEPT_EULA: 'Y',
      MSSQL_SA_PASSWORD: SA_PASSWORD,
      MSSQL_TCP_PORT: String(port),
      MSSQL_IP_ADDRESS: '127.0.0.1',
      MSSQL_DATA_DIR: path.join(options.folder, 'data'),
      MSSQL_LOG_DIR: path.join(options.folder, 'log'),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    output += String(chunk)
  })
  const waitForExit = async (): Promise<number | null> => {
    await exited
    return child.exitCode
  }
  return {
    child,
    port,
    get output() {
      return output
    },
    async waitFor(text) {
      const signal = AbortSignal.timeout(START_TIMEOUT_MS)
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`the engine ended before "${text}": ${output}`)
        await Promise.race([once(child.stdout, 'data', { signal }), exited])
      }
    },
    waitForExit,
    async stop() {
      child.kill('SIGTERM')
      return waitForExit()
    },
    async kill() {
      child.kill('SIGKILL')
      await waitForExit()
    },
  }
}

/** The engine once clients can log in. */
export async function startSandbox(options: SandboxOptions): Promise<SandboxProcess> {
  const engine = await spawnSandbox(options)
  await engine.waitFor('Recovery is complete')
  return engine
}

/** One connection as sa. */
export async function connectToSandbox(
  { port }: Pick<SandboxProcess, 'port'>,
  options: { readonly database?: string; readonly password?: string } = {},
): Promise<sql.ConnectionPool> {
  const pool = new sql.ConnectionPool({
    server: '127.0.0.1',
    port,
    user: 'sa',
    password: options.password ?? SA_PASSWORD,
    ...(options.database === undefined ? {} : { database: options.database }),
    options: { trustServerCertificate: true },
    pool: { min: 0, max: 1 },
  })
  // A connection the engine kills reports that as an event too.
  pool.on('error', () => undefined)
  try {
    return await pool.connect()
  } catch (error) {
    await pool.close() // or its timers keep the test's process alive
    throw error
  }
}

/** A port nobody listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
