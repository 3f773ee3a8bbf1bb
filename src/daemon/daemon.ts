import { KeyedLock } from '../base/index.ts'
import type { EventRecord } from '../catalog/index.ts'
import {
  CloneReaper,
  CloneWatcher,
  createCloneOperation,
  removeCloneOperation,
  startCloneOperation,
} from '../clone/index.ts'
import { describeOperation } from '../operation/index.ts'
import { type CreateCloneRequest, createClone } from './create-clone.ts'
import { createImage, type ImageRequest } from './create-image.ts'
import type { DaemonParts } from './daemon-parts.ts'
import { importImageOperation, restoreImageOperation } from './import-image-operation.ts'
import { inspectClone } from './inspect-clone.ts'
import { inspectHealth } from './inspect-health.ts'
import { inspectImage } from './inspect-image.ts'
import { listClones } from './list-clones.ts'
import { listImages } from './list-images.ts'
import { reconcile, resumeClones } from './reconcile.ts'
import { removeClone, submitRemoval } from './remove-clone.ts'
import { removeImage } from './remove-image.ts'
import { stopClones } from './stop-clones.ts'

/**
 * The daemon behind its doors: every use case as a method, and the life of the work in the background.
 * Call `reconcile`, then `start`, then `close`.
 */
export class Daemon {
  readonly #parts: DaemonParts
  readonly #reaper: CloneReaper
  readonly #watcher: CloneWatcher

  constructor(parts: Omit<DaemonParts, 'imageLocks'>) {
    this.#parts = { ...parts, imageLocks: new KeyedLock() }
    const { operations } = parts
    operations.register('image.import', importImageOperation(this.#parts))
    operations.register('image.restore', restoreImageOperation(this.#parts))
    operations.register('clone.create', createCloneOperation(parts))
    operations.register('clone.start', startCloneOperation(parts))
    operations.register('clone.remove', removeCloneOperation(parts))
    this.#reaper = new CloneReaper({
      ...parts,
      remove: ({ id }) => void submitRemoval(this.#parts, id),
    })
    this.#watcher = new CloneWatcher(parts, operations)
  }

  /** Makes disk and records agree; before anything else. */
  reconcile(): Promise<void> {
    return reconcile(this.#parts)
  }

  /** Takes up operations that were interrupted, and the work in the background. */
  start(): void {
    this.#parts.operations.start()
    resumeClones(this.#parts)
    this.#watcher.start()
    this.#reaper.start()
  }

  /** Interrupts operations (they go on at the next start), then shuts the instances down. */
  async close(): Promise<void> {
    this.#reaper.close()
    this.#watcher.close()
    await this.#parts.operations.close()
    await stopClones(this.#parts)
  }

  createImage(request: ImageRequest) {
    return createImage(this.#parts, request)
  }

  listImages() {
    return listImages(this.#parts)
  }

  inspectImage(reference: string) {
    return inspectImage(this.#parts, reference)
  }

  removeImage(reference: string): Promise<void> {
    return removeImage(this.#parts, reference)
  }

  createClone(request: CreateCloneRequest) {
    return createClone(this.#parts, request)
  }

  listClones() {
    return listClones(this.#parts)
  }

  inspectClone(reference: string) {
    return inspectClone(this.#parts, reference)
  }

  removeClone(reference: string) {
    return removeClone(this.#parts, reference)
  }

  async inspectOperation(id: string) {
    return describeOperation(this.#parts.operations.inspect(id))
  }

  async listOperations() {
    return this.#parts.operations.list().map(describeOperation)
  }

  /** The operation once it has ended, or as it is after `waitMs` or when `signal` aborts. */
  async waitForOperation(
    id: string,
    options: { readonly waitMs: number; readonly signal: AbortSignal },
  ) {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.waitMs)])
    return describeOperation(await this.#parts.operations.waitFor(id, { signal }))
  }

  subscribe(
    listener: (event: EventRecord) => void,
    options: { readonly signal: AbortSignal; readonly lastEventId?: number },
  ): void {
    this.#parts.catalog.events.subscribe(listener, options)
  }

  health() {
    return inspectHealth(this.#parts)
  }
}
