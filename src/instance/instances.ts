import { mkdir, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Logger, PlatformError } from '../base/index.ts'
import type { ContainerRuntime, ContainerStatus } from '../container/index.ts'
import type { Engine } from './engine.ts'
import { engineEnvironment } from './engine-environment.ts'
import { readLogTail } from './log-tail.ts'
import { isPortFree } from './ports.ts'
import type { SqlConnection } from './sql-connection.ts'
import { StartGate } from './start-gate.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const START_TIMEOUT_MS = 60_000
/** Instances that may start at once on the smallest machine. */
const LEAST_STARTS = 4
/** SQL Server's own checkpoint at shutdown may take a while. */
const STOP_GRACE_MS = 10_000
const MIB = 1024 ** 2
/** What SQL Server writes to its log then. */
const PORT_TAKEN = /Tcp port is already in use/i
const INSTANCE_ID = /^[0-9a-f]{64}$/

/** What is needed to start or reach an instance. */
export interface InstanceTarget {
  readonly id: string
  readonly port: number
  readonly password: string
}

/** SQL Server instances, each one in a container of the same id, with a folder of its own. */
export class Instances {
  readonly engine: Engine
  readonly #containers: ContainerRuntime
  readonly #folder: string
  readonly #host: string
  readonly #memoryMb: number
  readonly #logger: Logger
  readonly #gate = new StartGate(Math.max(LEAST_STARTS, 2 * os.availableParallelism()))

  constructor(options: {
    readonly containers: ContainerRuntime
    readonly engine: Engine
    /** Holds a folder per instance: its system databases and its log. */
    readonly folder: string
    /** Address the instances listen on. */
    readonly host: string
    readonly memoryMb: number
    readonly logger: Logger
  }) {
    this.engine = options.engine
    this.#containers = options.containers
    this.#folder = options.folder
    this.#host = options.host
    this.#memoryMb = options.memoryMb
    this.#logger = options.logger
  }

  /**
   * Starts an instance that does not run, and logs in.
   *
   * @throws PlatformError ENGINE_START_FAILED with the end of its log, PORT_IN_USE when somebody else
   *   has its port, TIMEOUT, or the reason of `signal`; the container may still run then
   */
  start(target: InstanceTarget, signal: AbortSignal): Promise<SqlConnection> {
    return this.#gate.pass(() => {
      signal.throwIfAborted()
      return this.#startNow(target, signal)
    })
  }

  status(id: string): Promise<ContainerStatus> {
    return this.#containers.inspect(id)
  }

  /** Resolves when the instance no longer runs. */
  waitForExit(id: string, signal: AbortSignal): Promise<ContainerStatus> {
    return this.#containers.waitForExit(id, { signal })
  }

  /** Lets the instance shut down; its folder stays for the next start. Idempotent. */
  stop(id: string): Promise<void> {
    return this.#containers.stop(id, { graceMs: STOP_GRACE_MS })
  }

  /** Ends the instance at once and removes everything of it. Idempotent. */
  async remove(id: string): Promise<void> {
    await this.#containers.remove(id)
    await rm(this.#instanceFolder(id), { recursive: true, force: true })
  }

  /** Ids of every instance there is a trace of. */
  async list(): Promise<string[]> {
    await mkdir(this.#folder, { recursive: true })
    const [containers, folders] = await Promise.all([
      this.#containers.list(),
      readdir(this.#folder),
    ])
    return [...new Set([...containers, ...folders.filter((name) => INSTANCE_ID.test(name))])]
  }

  async #startNow(target: InstanceTarget, signal: AbortSignal): Promise<SqlConnection> {
    const logFile = await this.#startContainer(target)
    const stop = new AbortController()
    const limit = AbortSignal.timeout(START_TIMEOUT_MS)
    const ended = AbortSignal.any([signal, stop.signal, limit])
    const exited = this.#containers.waitForExit(target.id, { signal: stop.signal })
    exited.then(
      () => stop.abort(),
      () => {}, // it was told to stop waiting
    )
    try {
      return await waitUntilReady({ ...target, host: this.#host }, ended)
    } catch (error) {
      signal.throwIfAborted()
      throw stop.signal.aborted
        ? await this.#startError(target, logFile)
        : startTimeout(target, error)
    } finally {
      stop.abort()
    }
  }

  async #startContainer(target: InstanceTarget): Promise<string> {
    const folder = this.#instanceFolder(target.id)
    const [dataFolder, logFolder] = [path.join(folder, 'data'), path.join(folder, 'log')]
    await Promise.all([
      mkdir(dataFolder, { recursive: true }),
      mkdir(logFolder, { recursive: true }),
    ])
    const logFile = path.join(logFolder, 'output.log')
    const settings = {
      ...target,
      host: this.#host,
      memoryMb: this.#memoryMb,
      dataFolder,
      logFolder,
    }
    await this.#containers.start({
      id: target.id,
      command: this.engine.command,
      environment: engineEnvironment(this.engine, settings),
      workingDirectory: folder,
      logFile,
      limits: { memoryBytes: this.#memoryMb * MIB },
    })
    this.#logger.debug('instance started', { instanceId: target.id, port: target.port })
    return logFile
  }

  async #startError(target: InstanceTarget, logFile: string): Promise<PlatformError> {
    const { id, port } = target
    const log = await readLogTail(logFile)
    if (PORT_TAKEN.test(log) || !(await isPortFree(this.#host, port))) {
      return new PlatformError('PORT_IN_USE', `start instance ${id}: port ${port} is in use`)
    }
    const status = await this.#containers.inspect(id)
    const exitCode = status.status === 'exited' ? status.exitCode : undefined
    const message = `the engine ended with exit status ${exitCode ?? 'unknown'}: ${lastLine(log)}`
    return new PlatformError('ENGINE_START_FAILED', message, { details: { exitCode, log } })
  }

  #instanceFolder(id: string): string {
    return path.join(this.#folder, id)
  }
}

function startTimeout(target: InstanceTarget, cause: unknown): PlatformError {
  const message = `instance ${target.id} took no login in ${START_TIMEOUT_MS / 1000} seconds`
  return new PlatformError('TIMEOUT', message, { cause })
}

function lastLine(log: string): string {
  return log.split('\n').at(-1) || 'it wrote no log'
}
