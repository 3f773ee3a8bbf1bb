import { SqlError } from '../../../sql-error.ts'
import type { Column } from '../plan/column.ts'
import { nameKey, type StatementContext } from './statement-context.ts'

/** What a derived table, view or common table expression calls itself and its columns. */
export interface ColumnNames {
  readonly name: string
  /** Empty: the query's own names. */
  readonly columns: readonly string[]
  readonly line: number
}

/**
 * Gives a query's columns the names in the list and the table's name.
 * @throws SqlError 8155 (a column without name), 8156 (two of a name), 8158, 8159 (list of another length)
 */
export function nameColumns(
  columns: readonly Column[],
  { name: owner, columns: names, line }: ColumnNames,
  statement: StatementContext,
): void {
  if (names.length > 0 && names.length !== columns.length) {
    const number = columns.length > names.length ? 8158 : 8159
    const relation = number === 8158 ? 'more' : 'fewer'
    throw new SqlError(
      number,
      `'${owner}' has ${relation} columns than were specified in the column list.`,
      { line },
    )
  }
  const seen = new Set<string>()
  for (const [index, column] of columns.entries()) {
    column.name = names[index] ?? column.name
    column.qualifier = owner
    if (column.name === '') {
      throw new SqlError(
        8155,
        `No column name was specified for column ${index + 1} of '${owner}'.`,
        {
          state: 2,
          line,
        },
      )
    }
    const key = nameKey(column.name, statement)
    if (seen.has(key)) {
      throw new SqlError(
        8156,
        `The column '${column.name}' was specified multiple times for '${owner}'.`,
        { line },
      )
    }
    seen.add(key)
  }
}
