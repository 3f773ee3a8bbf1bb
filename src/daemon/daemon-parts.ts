import type { KeyedLock } from '../base/index.ts'
import type { CloneParts } from '../clone/index.ts'
import type { Operations } from '../operation/index.ts'

/** What the use cases work with; put together by `createDaemon`. */
export interface DaemonParts extends CloneParts {
  readonly operations: Operations
  /** By image id: whoever takes from an image shares it, whoever removes it has it alone. */
  readonly imageLocks: KeyedLock
  /** Host that clients are told. */
  readonly host: string
  readonly health: HealthFacts
}

/** What does not change while the daemon runs. */
export interface HealthFacts {
  readonly version: string
  readonly startedAt: Date
  /** Why the store has its driver. */
  readonly storeReason: string
  readonly isolation: string
}
