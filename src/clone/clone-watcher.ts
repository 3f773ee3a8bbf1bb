import { PlatformError } from '../base/index.ts'
import { recordError } from '../catalog/index.ts'
import type { Operations } from '../operation/index.ts'
import type { CloneParts } from './clone-resources.ts'
import { setCloneStatus } from './clone-states.ts'

/** One that ends sooner would only end again. */
const LEAST_UPTIME_MS = 30_000

/**
 * Keeps the status of clones true: one whose instance ends by itself (killed by the system, shut down
 * over T-SQL) is stopped, and is started again unless it had just been started.
 */
export class CloneWatcher {
  readonly #parts: CloneParts
  readonly #operations: Operations
  readonly #closed = new AbortController()

  constructor(parts: CloneParts, operations: Operations) {
    this.#parts = parts
    this.#operations = operations
  }

  /** Watches every clone that is ready, and each one that becomes it. */
  start(): void {
    const { catalog } = this.#parts
    for (const { id, status } of catalog.clones.list()) if (status === 'ready') this.#watch(id)
    catalog.events.subscribe(
      ({ type, subject }) => {
        if (type === 'clone.ready') this.#watch(subject.id)
      },
      { signal: this.#closed.signal },
    )
  }

  close(): void {
    this.#closed.abort()
  }

  #watch(cloneId: string): void {
    const { catalog, clock, instances, logger } = this.#parts
    const instance = catalog.instances.ofClone(cloneId)
    if (instance === undefined) return
    const since = clock.now().getTime()
    instances
      .waitForExit(instance.id, this.#closed.signal)
      .then((end) => {
        const exitCode = end.status === 'exited' ? end.exitCode : undefined
        if (!this.#closed.signal.aborted) this.#noteExit({ cloneId, exitCode, since })
      })
      .catch((error: unknown) => {
        if (!this.#closed.signal.aborted) logger.error('watch a clone', { cloneId, error })
      })
  }

  #noteExit(end: {
    readonly cloneId: string
    readonly exitCode: number | undefined
    readonly since: number
  }): void {
    const { catalog, clock, logger } = this.#parts
    const { cloneId, exitCode, since } = end
    const clone = catalog.clones.find(cloneId)
    if (clone?.status !== 'ready') return // it is being removed, or was stopped
    const message = `the instance of clone ${clone.name} ended with exit status ${exitCode ?? 'unknown'}`
    logger.warn(message, { cloneId })
    const error = recordError(
      new PlatformError('INSTANCE_STOPPED', message, { details: { exitCode } }),
    )
    catalog.transaction(() => {
      setCloneStatus(this.#parts, { id: cloneId, status: 'stopped', error })
      if (clock.now().getTime() - since < LEAST_UPTIME_MS) return
      this.#operations.submit('clone.start', { kind: 'clone', id: cloneId, name: clone.name })
    })
  }
}
