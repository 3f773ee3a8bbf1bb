import type { Clock, Logger } from '../base/index.ts'
import type { Catalog, CloneRecord } from '../catalog/index.ts'

const INTERVAL_MS = 1_000

/** Removes clones whose lifetime has passed. */
export class CloneReaper {
  readonly #catalog: Catalog
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #remove: (clone: CloneRecord) => void
  #timer: NodeJS.Timeout | undefined

  constructor(options: {
    readonly catalog: Catalog
    readonly clock: Clock
    readonly logger: Logger
    /** Records the removal of a clone. */
    readonly remove: (clone: CloneRecord) => void
  }) {
    this.#catalog = options.catalog
    this.#clock = options.clock
    this.#logger = options.logger
    this.#remove = options.remove
  }

  start(): void {
    this.#timer = setInterval(() => this.reap(), INTERVAL_MS).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** Looks once. */
  reap(): void {
    for (const clone of this.#catalog.clones.listExpired(this.#clock.now().toISOString())) {
      try {
        this.#logger.info('the lifetime of a clone has passed', { cloneId: clone.id })
        this.#remove(clone)
      } catch (error) {
        this.#logger.error('remove an expired clone', { cloneId: clone.id, error })
      }
    }
  }
}
