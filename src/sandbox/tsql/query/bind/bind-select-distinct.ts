import { SqlError } from '../../../sql-error.ts'
import { isLargeObjectType } from '../../values/index.ts'
import type { Column } from '../plan/column.ts'

/** @throws SqlError 421 when rows can't be told apart by a column */
export function checkDistinct(columns: readonly Column[], line: number): void {
  for (const { type } of columns) {
    if (!isLargeObjectType(type) && !['xml', 'geometry', 'geography'].includes(type.name)) continue
    throw new SqlError(
      421,
      `The ${type.name} data type cannot be selected as DISTINCT because it is not comparable.`,
      { line },
    )
  }
}
