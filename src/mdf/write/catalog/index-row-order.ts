import type { SqlType, SqlValue } from '../../sql-type.ts'
import { type CompareValues, valueComparison } from './compare-values.ts'

export interface OrderColumn {
  /** Its place in the rows. */
  readonly place: number
  readonly type: SqlType | undefined
  readonly isDescending: boolean
}

/** The order of an index's rows. */
export class IndexRowOrder {
  readonly #columns: readonly { place: number; sign: number; compare: CompareValues }[]

  constructor(columns: readonly OrderColumn[]) {
    this.#columns = columns.flatMap(({ place, type, isDescending }) =>
      type === undefined
        ? []
        : [{ place, sign: isDescending ? -1 : 1, compare: valueComparison(type) }],
    )
  }

  compare(left: readonly SqlValue[], right: readonly SqlValue[]): number {
    for (const { place, sign, compare } of this.#columns) {
      const order = compare(left[place] ?? null, right[place] ?? null)
      if (order !== 0) return order * sign
    }
    return 0
  }
}
