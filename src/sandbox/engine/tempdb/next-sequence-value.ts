import { type CatalogObject, Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** A number of a sequence as a value of its type. @throws SqlError 208, 11728 */
export function nextSequenceValue(
  { catalog }: MemoryDatabase,
  object: CatalogObject | undefined,
  written: string,
): { readonly type: SqlType; readonly value: SqlValue } {
  const sequence = object && catalog.sequences.get(object.objectId)
  if (sequence === undefined) throw new SqlError(208, `Invalid object name '${written}'.`)
  const { type } = sequence.definition
  return { type, value: wholeNumber(sequence.next(written), type) }
}

/** A whole number as a value of an integer or decimal type. */
export function wholeNumber(value: bigint, type: SqlType): SqlValue {
  if (type.name === 'bigint') return value
  if (type.name === 'decimal' || type.name === 'numeric') return new Decimal(value, 0)
  return Number(value)
}
