import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { NO_VALUES, TICK } from '../run/row.ts'
import { resumable } from '../run/suspension.ts'
import type { Evaluate, Operator } from './operator.ts'

/** OFFSET n ROWS FETCH NEXT m ROWS ONLY. */
export function offset(input: Operator, skip: Evaluate, fetch: Evaluate | undefined): Operator {
  return {
    columns: input.columns,
    *open(run) {
      const skipped = rowCountOf(yield* resumable(() => skip(NO_VALUES, run)), 'OFFSET')
      const wanted =
        fetch === undefined
          ? Number.POSITIVE_INFINITY
          : rowCountOf(yield* resumable(() => fetch(NO_VALUES, run)), 'FETCH')
      let position = 0
      for (const row of input.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        position += 1
        if (position <= skipped) continue
        yield row
        if (position >= skipped + wanted) return
      }
    },
  }
}

/** @throws SqlError 10742 (negative offset), 10744 (fetch of less than one row), 1014 (NULL) */
function rowCountOf(value: SqlValue, clause: 'OFFSET' | 'FETCH'): number {
  if (value === null) {
    throw new SqlError(1014, 'A TOP or FETCH clause contains an invalid value.', { severity: 15 })
  }
  const count = Number(value)
  if (clause === 'OFFSET' && count < 0) {
    throw new SqlError(10742, 'The offset specified in a OFFSET clause may not be negative.', {
      severity: 15,
    })
  }
  if (clause === 'FETCH' && count < 1) {
    throw new SqlError(
      10744,
      'The number of rows provided for a FETCH clause must be greater then zero.',
      { severity: 15 },
    )
  }
  return count
}
