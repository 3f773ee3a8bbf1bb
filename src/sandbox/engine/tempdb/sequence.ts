import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'

/** What CREATE SEQUENCE says. */
export interface SequenceDefinition {
  readonly type: SqlType
  readonly start: bigint
  readonly increment: bigint
  readonly minimum: bigint
  readonly maximum: bigint
  readonly isCycling: boolean
}

/** Numbers from a counter that no ROLLBACK turns back. */
export class Sequence {
  readonly definition: SequenceDefinition
  /** The number given last; null before the first. */
  lastValue: bigint | null

  constructor(definition: SequenceDefinition, lastValue: bigint | null = null) {
    this.definition = definition
    this.lastValue = lastValue
  }

  /** The number given last, or the one that comes first. */
  get currentValue(): bigint {
    return this.lastValue ?? this.definition.start
  }

  /** Whether the next number is beyond the limits. */
  get isExhausted(): boolean {
    return !this.definition.isCycling && this.#following === undefined
  }

  /** @throws SqlError 11728 when there is none left */
  next(name: string): bigint {
    const { isCycling, increment, minimum, maximum } = this.definition
    const following = this.#following ?? (increment > 0n ? minimum : maximum)
    if (this.#following === undefined && !isCycling) {
      throw new SqlError(
        11728,
        `The sequence object '${name}' has reached its minimum or maximum value. Restart the sequence object to allow new values to be generated.`,
      )
    }
    this.lastValue = following
    return following
  }

  get #following(): bigint | undefined {
    const { start, increment, minimum, maximum } = this.definition
    const next = this.lastValue === null ? start : this.lastValue + increment
    return next < minimum || next > maximum ? undefined : next
  }
}
