import { type CatalogObject, Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { NumberSource } from '../../tsql/index.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** A sequence and how it goes on. @throws SqlError 208 */
export function findSequence(
  { catalog }: MemoryDatabase,
  object: CatalogObject | undefined,
  written: string,
): NumberSource {
  const sequence = object && catalog.sequences.get(object.objectId)
  if (sequence === undefined) throw new SqlError(208, `Invalid object name '${written}'.`)
  const { type } = sequence.definition
  return { type, next: () => wholeNumber(sequence.next(written), type) }
}

/** A whole number as a value of an integer or decimal type. */
export function wholeNumber(value: bigint, type: SqlType): SqlValue {
  if (type.name === 'bigint') return value
  if (type.name === 'decimal' || type.name === 'numeric') return new Decimal(value, 0)
  return Number(value)
}
