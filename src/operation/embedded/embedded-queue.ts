import { PlatformError } from '../../base/index.ts'
import type { OperationProcessor, OperationQueue } from '../operation-queue.ts'

interface Lane {
  readonly key: string
  readonly waiting: string[]
}

interface Running {
  readonly abort: AbortController
  readonly ended: Promise<void>
}

/** Operations that run at once, over all lanes. More would only make each of them slower. */
const DEFAULT_MAX_RUNNING = 16

/**
 * The queue without Redis: lanes in this process. The rows of the catalog are what lasts: after a
 * restart the unfinished ones are enqueued again.
 */
export class EmbeddedQueue implements OperationQueue {
  readonly name = 'embedded'
  readonly #maxRunning: number
  readonly #lanes = new Map<string, Lane>()
  /** Lanes with work and none running, in the order they became so. */
  readonly #ready: Lane[] = []
  readonly #running = new Map<string, Running>()
  #processor: OperationProcessor | undefined
  #closed = false

  constructor(options: { readonly maxRunning?: number } = {}) {
    this.#maxRunning = options.maxRunning ?? DEFAULT_MAX_RUNNING
  }

  enqueue(operationId: string, laneKey: string): void {
    if (this.#closed) return // its row stays queued for the next start
    const lane = this.#lanes.get(laneKey)
    if (lane !== undefined) {
      lane.waiting.push(operationId)
      return
    }
    const created = { key: laneKey, waiting: [operationId] }
    this.#lanes.set(laneKey, created)
    this.#ready.push(created)
    this.#startReady()
  }

  process(processor: OperationProcessor): void {
    this.#processor = processor
    this.#startReady()
  }

  cancel(operationId: string): 'running' | 'removed' | 'unknown' {
    const running = this.#running.get(operationId)
    if (running !== undefined) {
      running.abort.abort(new PlatformError('CANCELLED', 'the operation was cancelled'))
      return 'running'
    }
    for (const lane of this.#lanes.values()) {
      const index = lane.waiting.indexOf(operationId)
      if (index === -1) continue
      lane.waiting.splice(index, 1)
      return 'removed'
    }
    return 'unknown'
  }

  async close(): Promise<void> {
    this.#closed = true
    const reason = new PlatformError('SHUTTING_DOWN', 'the daemon is shutting down')
    for (const { abort } of this.#running.values()) abort.abort(reason)
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  #startReady(): void {
    const processor = this.#processor
    if (processor === undefined) return
    while (!this.#closed && this.#running.size < this.#maxRunning) {
      const lane = this.#ready.shift()
      if (lane === undefined) return
      const operationId = lane.waiting.shift()
      if (operationId === undefined) this.#lanes.delete(lane.key)
      else this.#start(operationId, lane, processor)
    }
  }

  #start(operationId: string, lane: Lane, processor: OperationProcessor): void {
    const abort = new AbortController()
    const ended = processor(operationId, abort.signal).finally(() => {
      this.#running.delete(operationId)
      this.#ready.push(lane)
      this.#startReady()
    })
    this.#running.set(operationId, { abort, ended })
  }
}
