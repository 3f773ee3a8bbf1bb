import { Decimal, type SqlValue } from '../../sql-type.ts'
import type { RowValues } from './definition.ts'
import type { PlannedColumn } from './plan-columns.ts'

/** Follows the numbers that the server gives: those of identity and rowversion columns. */
export class ServerNumbers {
  maxTimestamp = 0n
  readonly #timestamp: number | undefined
  readonly last = new Map<number, bigint | null>()
  readonly #columns: readonly PlannedColumn[]

  constructor(columns: readonly PlannedColumn[]) {
    this.#timestamp = columns.find(({ declared }) => declared.type.name === 'timestamp')?.rowIndex
    this.#columns = columns.filter(({ definition }) => definition.identity !== undefined)
    for (const { columnId, definition } of this.#columns) {
      this.last.set(columnId, definition.identity?.lastValue ?? null)
    }
  }

  see(values: RowValues): void {
    const version = this.#timestamp === undefined ? undefined : values[this.#timestamp]
    if (version instanceof Uint8Array && version.length === 8) {
      const number = Buffer.from(version).readBigUInt64BE()
      if (number > this.maxTimestamp) this.maxTimestamp = number
    }
    for (const { columnId, definition, rowIndex } of this.#columns) {
      const { lastValue, increment = 1n } = definition.identity ?? {}
      if (lastValue !== undefined || rowIndex === undefined) continue
      const number = integerOf(values[rowIndex])
      const last = this.last.get(columnId) ?? null
      if (number === undefined) continue
      const isFarther = last === null || (increment < 0n ? number < last : number > last)
      if (isFarther) this.last.set(columnId, number)
    }
  }
}

function integerOf(value: SqlValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  return value instanceof Decimal ? value.unscaled / 10n ** BigInt(value.scale) : undefined
}
