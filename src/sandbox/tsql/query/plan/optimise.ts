import { chooseIndexes } from './choose-indexes.ts'
import type { Column } from './column.ts'
import type { Plan } from './plan.ts'
import { pruneColumns } from './prune-columns.ts'
import { pushPredicates } from './push-predicates.ts'

/**
 * The same rows for less work. Rules, in order: conditions move down to the tables they are about,
 * which turns comma joins into joins with a condition; then every operator keeps only the columns that
 * are read above it; then tables are read by their indexes where that helps. `columns` are those wanted
 * of the result.
 */
export function optimise(plan: Plan, columns: readonly Column[]): Plan {
  return chooseIndexes(pruneColumns(pushPredicates(plan, []), new Set(columns)))
}
