import type { Clock } from '../base/index.ts'
import type { Catalog, OperationRecord } from '../catalog/index.ts'
import type { OperationContext } from './operation-handler.ts'

/** Progress inside a step is recorded at most so often. */
const REPORT_INTERVAL_MS = 250

/** Records the steps of one attempt at an operation and publishes each as an event. */
export class OperationProgress implements OperationContext {
  readonly signal: AbortSignal
  readonly resumed: boolean
  readonly #operation: OperationRecord
  readonly #catalog: Catalog
  readonly #clock: Clock
  #current: string | undefined
  #doneCount = 0
  #reportedAt = 0

  constructor(
    operation: OperationRecord,
    options: { readonly catalog: Catalog; readonly clock: Clock; readonly signal: AbortSignal },
  ) {
    this.#operation = operation
    this.#catalog = options.catalog
    this.#clock = options.clock
    this.signal = options.signal
    this.resumed = operation.status === 'running'
  }

  async step<T>(
    name: string,
    work: (report: (fraction: number) => void) => Promise<T>,
  ): Promise<T> {
    this.signal.throwIfAborted()
    this.#catalog.transaction(() => {
      this.endStep('done')
      this.#current = name
      this.#catalog.operations.setStepRunning(this.#operation.id, name, this.#now())
      this.#publish(name, 0)
    })
    return work((fraction) => this.#report(name, fraction))
  }

  /** Ends the step that is running, if one is. */
  endStep(status: 'done' | 'failed'): void {
    if (this.#current === undefined) return
    const end = { status, time: this.#now() }
    this.#catalog.operations.setStepEnded(this.#operation.id, this.#current, end)
    this.#current = undefined
    this.#doneCount += 1
  }

  #report(step: string, fraction: number): void {
    const now = this.#clock.now().getTime()
    if (now - this.#reportedAt < REPORT_INTERVAL_MS || this.#current !== step) return
    this.#reportedAt = now
    this.#catalog.transaction(() => this.#publish(step, fraction))
  }

  #publish(step: string, fraction: number): void {
    const { id, steps, subject, type } = this.#operation
    const progress = (this.#doneCount + Math.min(fraction, 1)) / steps.length
    this.#catalog.operations.setProgress(id, progress)
    this.#catalog.events.append({
      time: this.#now(),
      type: 'operation.progress',
      subject: { kind: 'operation', id, name: type },
      attributes: { step, progress, [`${subject.kind}Id`]: subject.id },
    })
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }
}
