import { watch } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { KeyedLock, PlatformError, shortId } from '../base/index.ts'
import { readProcess, readResidentBytes } from '../platform/index.ts'
import { ContainerRecords, isRunning } from './container-records.ts'
import type {
  ContainerRuntime,
  ContainerSpec,
  ContainerStatus,
  IsolationCapabilities,
} from './contract.ts'
import {
  CONTAINER_ID,
  CONTAINER_VARIABLE,
  type IsolationDriver,
  type ProcessTree,
} from './isolation/isolation-driver.ts'
import { signalProcess } from './isolation/signal-process.ts'
import { checkSpec, startShim } from './start-shim.ts'

/** Beside watching the folder: a shim that was killed writes nothing there. */
const WATCH_FALLBACK_MS = 1000
/** How long the shim may take from the engine's end to the record of it. */
const SHIM_GRACE_MS = 2000
const SHIM_POLL_MS = 2
/** A process can be stuck in the kernel (a dead disk) where no signal reaches it. */
const KILL_TIMEOUT_MS = 30_000
const KILL_POLL_MS = 5

/** The runtime over any isolation driver. State is in the records and in the kernel, none in here. */
export class ProcessContainerRuntime implements ContainerRuntime {
  readonly capabilities: IsolationCapabilities
  readonly #records: ContainerRecords
  readonly #isolation: IsolationDriver
  readonly #namespace: string
  /** By container: starting, killing and removing exclude each other; waiting takes no lock. */
  readonly #locks = new KeyedLock()

  constructor(options: {
    readonly root: string
    readonly namespace: string
    readonly isolation: IsolationDriver
  }) {
    this.capabilities = options.isolation.capabilities
    this.#records = new ContainerRecords(options.root)
    this.#isolation = options.isolation
    this.#namespace = options.namespace
  }

  async start(spec: ContainerSpec): Promise<{ readonly pid: number }> {
    checkId(spec.id)
    return await this.#locks.withLock(spec.id, 'exclusive', async () => {
      if ((await this.inspect(spec.id)).status === 'running') {
        const message = `start container ${shortId(spec.id)}: it runs`
        throw new PlatformError('INVALID_STATE_TRANSITION', message)
      }
      await checkSpec(spec)
      await this.#killUnlocked(spec.id) // what the engine of an earlier run left behind
      return await this.#startUnlocked(spec)
    })
  }

  async inspect(id: string): Promise<ContainerStatus> {
    checkId(id)
    for (const deadline = Date.now() + SHIM_GRACE_MS; ; await delay(SHIM_POLL_MS)) {
      const shim = await this.#records.readIdentity(id, 'shim')
      const shimRuns = await isRunning(shim) // before the exit is read: it writes that last
      const exit = await this.#records.readExit(id)
      if (exit !== undefined) return { status: 'exited', ...exit }
      const engine = await this.#records.readIdentity(id, 'engine')
      if (engine !== undefined && (await isRunning(engine))) {
        return { status: 'running', pid: engine.pid, startedAt: engine.recordedAt }
      }
      if (shimRuns && Date.now() < deadline) continue // it is about to record a start or an end
      if (engine === undefined) return { status: 'absent' }
      await this.#records.noteUnseenExit(id)
    }
  }

  async stop(id: string, options: { readonly graceMs: number }): Promise<void> {
    const status = await this.inspect(id)
    if (status.status === 'running') {
      signalProcess(status.pid, 'SIGTERM')
      await this.waitForExit(id, { signal: AbortSignal.timeout(options.graceMs) }).catch(
        (error: unknown) => {
          if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error
        },
      )
    }
    await this.kill(id)
  }

  async kill(id: string): Promise<void> {
    checkId(id)
    await this.#locks.withLock(id, 'exclusive', () => this.#killUnlocked(id))
  }

  async waitForExit(
    id: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<ContainerStatus> {
    checkId(id)
    for (;;) {
      options.signal?.throwIfAborted()
      // The watch begins before the look, so that nothing happens between the two unseen.
      using change = watchFolder(this.#records.folder(id), options.signal)
      const status = await this.inspect(id)
      if (status.status !== 'running') return status
      await change.happened
    }
  }

  async usage(id: string): Promise<{ readonly memoryBytes: number; readonly cpuMs: number }> {
    const tree = await this.#readTree(id)
    const pids = await this.#isolation.listPids(tree)
    const memory = await Promise.all(pids.map(readResidentBytes))
    return {
      memoryBytes: memory.reduce((sum, bytes) => sum + bytes, 0),
      cpuMs: await this.#isolation.readCpuMs(tree),
    }
  }

  async remove(id: string): Promise<void> {
    checkId(id)
    await this.#locks.withLock(id, 'exclusive', () => this.#removeUnlocked(id))
  }

  async list(): Promise<readonly string[]> {
    return [...new Set([...(await this.#records.list()), ...(await this.#isolation.list())])]
  }

  close(): Promise<void> {
    return this.#isolation.close()
  }

  async #startUnlocked(spec: ContainerSpec): Promise<{ readonly pid: number }> {
    const marker = { [CONTAINER_VARIABLE]: `${this.#namespace}/${spec.id}` }
    try {
      await this.#records.create(spec.id)
      const joinFiles = await this.#isolation.create(spec.id, spec.limits)
      const marked = { ...spec, environment: { ...spec.environment, ...marker } }
      return await startShim(marked, { records: this.#records, joinFiles })
    } catch (error) {
      await this.#removeUnlocked(spec.id)
      throw error
    }
  }

  async #removeUnlocked(id: string): Promise<void> {
    await this.#killUnlocked(id)
    // Folder first: a shim that has not come as far as its engine finds that out and gives up.
    await this.#records.remove(id)
    await this.#killUnlocked(id)
    await this.#isolation.remove(id)
  }

  /** Kills the tree until nothing of it is left, and waits for the shim, which then ends by itself. */
  async #killUnlocked(id: string): Promise<void> {
    const start = Date.now()
    for (; Date.now() < start + KILL_TIMEOUT_MS; await delay(KILL_POLL_MS)) {
      const tree = await this.#readTree(id)
      const pids = await this.#isolation.listPids(tree)
      if (pids.length === 0 && tree.shimPid === undefined) return
      if (pids.length > 0) await this.#isolation.terminate(tree)
      else if (tree.shimPid !== undefined && Date.now() > start + SHIM_GRACE_MS) {
        signalProcess(tree.shimPid, 'SIGKILL')
      }
    }
    throw new PlatformError('TIMEOUT', `kill container ${shortId(id)}: a process does not end`)
  }

  async #readTree(id: string): Promise<ProcessTree> {
    checkId(id)
    const shim = await this.#records.readIdentity(id, 'shim')
    const engine = await this.#records.readIdentity(id, 'engine')
    const shimPid = (await isRunning(shim)) ? shim?.pid : undefined
    const enginePid = (await isRunning(engine)) ? engine?.pid : undefined
    const sessionOf = enginePid ?? shimPid
    const sessionId =
      sessionOf === undefined ? undefined : (await readProcess(sessionOf))?.sessionId
    return { id, shimPid, sessionId }
  }
}

/** @throws PlatformError INVALID_ARGUMENT; an id becomes the name of a folder */
function checkId(id: string): void {
  if (CONTAINER_ID.test(id)) return
  throw new PlatformError('INVALID_ARGUMENT', `"${id}" is not a container id`)
}

/** `happened` resolves at the next change in the folder, and after a while in any case. */
function watchFolder(
  folder: string,
  signal: AbortSignal | undefined,
): { readonly happened: Promise<void> } & Disposable {
  const { promise, resolve } = Promise.withResolvers<void>()
  const watcher = watchIfThere(folder, resolve)
  const timer = setTimeout(resolve, WATCH_FALLBACK_MS)
  const wake = (): void => resolve()
  signal?.addEventListener('abort', wake, { once: true })
  return {
    happened: promise,
    [Symbol.dispose]() {
      watcher?.close()
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
    },
  }
}

/** Without a watch (no folder, no inotify watches left) the wait is only slower. */
function watchIfThere(folder: string, onChange: () => void) {
  try {
    return watch(folder, onChange).on('error', onChange)
  } catch {
    return undefined
  }
}
