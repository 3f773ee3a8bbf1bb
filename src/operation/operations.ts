import { EventEmitter, once } from 'node:events'
import {
  type Clock,
  createId,
  type Logger,
  PlatformError,
  systemClock,
  toPlatformError,
} from '../base/index.ts'
import {
  type Catalog,
  type OperationRecord,
  type OperationSubject,
  recordError,
} from '../catalog/index.ts'
import type { OperationHandler } from './operation-handler.ts'
import { OperationProgress } from './operation-progress.ts'
import type { OperationQueue } from './operation-queue.ts'
import { isUnfinished, operationStates } from './operation-states.ts'

/** Finished operations that are remembered. */
const KEPT_OPERATIONS = 1_000

/**
 * The life of operations: recorded first, run by the queue in their lanes, their end recorded together
 * with what it means. After a crash `start` takes up again what was queued or running.
 */
export class Operations {
  readonly #catalog: Catalog
  readonly #queue: OperationQueue
  readonly #logger: Logger
  readonly #clock: Clock
  readonly #handlers = new Map<string, OperationHandler>()
  readonly #ended = new EventEmitter().setMaxListeners(0)

  constructor(options: {
    readonly catalog: Catalog
    readonly queue: OperationQueue
    readonly logger: Logger
    readonly clock?: Clock
  }) {
    this.#catalog = options.catalog
    this.#queue = options.queue
    this.#logger = options.logger
    this.#clock = options.clock ?? systemClock
  }

  get queueName(): string {
    return this.#queue.name
  }

  /** Says how operations of `type` are done; before `start`. */
  register(type: string, handler: OperationHandler): void {
    this.#handlers.set(type, handler)
  }

  /**
   * Records an operation, in the caller's transaction if one is open, and enqueues it once that is
   * durable. Its lane is its subject: what is done to one clone or image is done one after another.
   */
  submit(type: string, subject: OperationSubject): OperationRecord {
    const operation: OperationRecord = {
      id: createId(),
      type,
      status: 'queued',
      laneKey: `${subject.kind}:${subject.id}`,
      subject,
      progress: 0,
      createdAt: this.#now(),
      steps: this.#handler(type).steps.map((name) => ({ name, status: 'pending' })),
    }
    this.#catalog.transaction(() => {
      this.#catalog.operations.insert(operation)
      this.#catalog.afterCommit(() => this.#queue.enqueue(operation.id, operation.laneKey))
    })
    return operation
  }

  /**
   * Starts running operations, first those an earlier daemon left unfinished, in their order. Called
   * once, before the first `submit`.
   */
  start(): void {
    this.#catalog.operations.prune(KEPT_OPERATIONS)
    for (const { id, laneKey } of this.#catalog.operations.listUnfinished()) {
      this.#queue.enqueue(id, laneKey)
    }
    this.#queue.process((id, signal) => this.#run(id, signal))
  }

  /** @throws PlatformError OPERATION_NOT_FOUND */
  inspect(id: string): OperationRecord {
    const operation = this.#catalog.operations.find(id)
    if (operation === undefined) {
      throw new PlatformError('OPERATION_NOT_FOUND', `no operation ${id}`)
    }
    return operation
  }

  /** Newest first. */
  list(): OperationRecord[] {
    return this.#catalog.operations.list()
  }

  /**
   * The operation once it has ended, or as it is when `signal` aborts.
   *
   * @throws PlatformError OPERATION_NOT_FOUND
   */
  async waitFor(id: string, options: { readonly signal: AbortSignal }): Promise<OperationRecord> {
    const { signal } = options
    if (isUnfinished(this.inspect(id)) && !signal.aborted) {
      await once(this.#ended, id, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }
    return this.inspect(id)
  }

  /** Cancels an operation that has not ended; one that runs ends as soon as it has tidied up. */
  cancel(operation: OperationRecord): void {
    if (this.#queue.cancel(operation.id) !== 'removed') return
    this.#end(operation, new PlatformError('CANCELLED', `${operation.type} was cancelled`))
  }

  /** Interrupts what runs (it goes on at the next start) and waits until it has let go. */
  close(): Promise<void> {
    return this.#queue.close()
  }

  async #run(id: string, signal: AbortSignal): Promise<void> {
    try {
      const operation = this.inspect(id)
      if (isUnfinished(operation)) await this.#attempt(operation, signal)
    } catch (error) {
      // Nothing can be recorded (disk full, say): its row stays, and the next start takes it up.
      this.#logger.error('record the end of an operation', { operationId: id, error })
    }
  }

  async #attempt(operation: OperationRecord, signal: AbortSignal): Promise<void> {
    const { id, status, type } = operation
    operationStates.assert(status, 'running', `operation ${id}`)
    const progress = new OperationProgress(operation, {
      catalog: this.#catalog,
      clock: this.#clock,
      signal,
    })
    this.#catalog.operations.setRunning(id, this.#now())
    const error = await this.#handler(type)
      .run(operation, progress)
      .then(
        () => undefined,
        (thrown: unknown) => toPlatformError(signal.aborted ? signal.reason : thrown),
      )
    if (error?.code === 'SHUTTING_DOWN') return // its row stays, and the next start takes it up
    this.#catalog.transaction(() => {
      progress.endStep(error === undefined ? 'done' : 'failed')
      this.#end(operation, error)
    })
  }

  /** Records the end of an operation and what it means, in one transaction. */
  #end(operation: OperationRecord, error: PlatformError | undefined): void {
    const { id, subject, type } = operation
    const status = endStatus(error)
    const record = error === undefined ? undefined : recordError(error)
    const handler = this.#handler(type)
    this.#catalog.transaction(() => {
      operationStates.assert(this.inspect(id).status, status, `operation ${id}`)
      if (record === undefined) handler.succeeded(operation)
      else handler.failed(operation, record)
      const time = this.#now()
      this.#catalog.operations.setEnded(id, { status, time, ...(record && { error: record }) })
      this.#catalog.events.append({
        time,
        type: `operation.${status}`,
        subject: { kind: 'operation', id, name: type },
        attributes: {
          [`${subject.kind}Id`]: subject.id,
          ...(record && { code: record.code, message: record.message }),
        },
      })
      this.#catalog.afterCommit(() => this.#ended.emit(id))
    })
    const level = status === 'failed' ? 'error' : 'info'
    this.#logger[level](`${type} ${status}`, { operationId: id, subject, error })
  }

  #handler(type: string): OperationHandler {
    const handler = this.#handlers.get(type)
    if (handler === undefined) {
      throw new PlatformError('INTERNAL', `operations of type ${type} are not known`)
    }
    return handler
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }
}

function endStatus(error: PlatformError | undefined): 'succeeded' | 'failed' | 'cancelled' {
  if (error === undefined) return 'succeeded'
  return error.code === 'CANCELLED' ? 'cancelled' : 'failed'
}
