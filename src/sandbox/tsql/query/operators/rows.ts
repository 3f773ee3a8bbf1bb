import type { SqlValue } from '../../../../mdf/index.ts'
import type { Column } from '../plan/column.ts'
import { NO_VALUES, TICK } from '../run/row.ts'
import { resumable } from '../run/suspension.ts'
import type { Evaluate, Operator } from './operator.ts'

/** VALUES, and the single empty row of a query without FROM. */
export function constantRows(
  columns: readonly Column[],
  rows: readonly (readonly Evaluate[])[],
): Operator {
  return {
    columns,
    *open(run) {
      for (const row of rows) {
        yield yield* resumable(() => row.map((evaluate): SqlValue => evaluate(NO_VALUES, run)))
        yield TICK
      }
    },
  }
}
