import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'

export interface IdentityNumbers {
  readonly seed: bigint
  readonly increment: bigint
  readonly type: SqlType
}

/** Largest values of the types an identity column can have; decimal has as many digits as it says. */
const LIMITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** The numbers of an IDENTITY column. A ROLLBACK does not give used ones back. */
export class IdentityCounter {
  readonly numbers: IdentityNumbers
  /** The number given last; null before the first. */
  lastValue: bigint | null = null

  constructor(numbers: IdentityNumbers) {
    this.numbers = numbers
  }

  /** @throws SqlError 8115 when the type is exhausted */
  next(): bigint {
    const { seed, increment, type } = this.numbers
    const value = this.lastValue === null ? seed : this.lastValue + increment
    const [lowest, highest] = LIMITS[type.name] ?? decimalLimits(type)
    if (value < lowest || value > highest) {
      throw new SqlError(
        8115,
        `Arithmetic overflow error converting IDENTITY to data type ${type.name}.`,
      )
    }
    this.lastValue = value
    return value
  }

  /** A number that came from outside: the next one is beyond it. */
  note(value: bigint): void {
    const { increment, seed } = this.numbers
    const last = this.lastValue ?? seed - increment
    if (increment > 0n ? value > last : value < last) this.lastValue = value
  }
}

function decimalLimits({ precision }: SqlType): readonly [bigint, bigint] {
  const highest = 10n ** BigInt(precision) - 1n
  return [-highest, highest]
}
