import { SqlError } from '../../sql-error.ts'
import { formatValue } from '../../tsql/index.ts'
import type { TableIndex, TableShape } from './memory-table.ts'
import type { StoredRow } from './ordered-rows.ts'

/** 2627 for a constraint, 2601 for an index. */
export function duplicateKey(shape: TableShape, index: TableIndex, row: StoredRow): SqlError {
  const value = `The duplicate key value is ${keyText(shape, index, row)}.`
  if (index.kind === 'index') {
    return new SqlError(
      2601,
      `Cannot insert duplicate key row in object '${shape.name}' with unique index '${index.name}'. ${value}`,
      { severity: 14 },
    )
  }
  const constraint = index.kind === 'primary-key' ? 'PRIMARY KEY' : 'UNIQUE KEY'
  return new SqlError(
    2627,
    `Violation of ${constraint} constraint '${index.name}'. Cannot insert duplicate key in object '${shape.name}'. ${value}`,
    { severity: 14 },
  )
}

/** 1505: the rows that are there already can't have the index. */
export function duplicateInIndex(shape: TableShape, index: TableIndex, row: StoredRow): SqlError {
  return new SqlError(
    1505,
    `The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name '${shape.name}' and the index name '${index.name}'. The duplicate key value is ${keyText(shape, index, row)}.`,
  )
}

/** `(1, abc, <NULL>)` */
function keyText({ columnTypes }: TableShape, { keys }: TableIndex, row: StoredRow): string {
  const texts = keys.map(({ ordinal }) => {
    const value = row.values[ordinal] ?? null
    const type = columnTypes[ordinal]
    return value === null || type === undefined ? '<NULL>' : formatValue(value, type)
  })
  return `(${texts.join(', ')})`
}
