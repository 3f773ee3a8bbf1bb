import { NO_VALUES } from '../run/row.ts'
import { buildHashTable, type HashTable } from './hash-table.ts'
import { type CompiledKey, joinKeyOf, type Operator } from './operator.ts'

/**
 * Stands for a filter `inner column = outer value` that is opened again and again: hashes the input
 * once by the inner columns and answers each time with the rows of one bucket.
 */
export function indexSpool(
  input: Operator,
  innerKeys: readonly CompiledKey[],
  outerKeys: readonly CompiledKey[],
): Operator {
  let table: HashTable | undefined
  return {
    columns: input.columns,
    *open(run) {
      table ??= yield* buildHashTable(input.open(run), innerKeys, run)
      const key = joinKeyOf(outerKeys, NO_VALUES, run)
      if (key !== undefined) yield* table.buckets.get(key) ?? []
    },
  }
}

/** Asks an index for the first outer rows, and hashes the input when there turn out to be many. */
export function adaptiveSpool(seek: Operator, hashed: Operator, mostSeeks: number): Operator {
  let seeks = 0
  return {
    columns: seek.columns,
    open(run) {
      seeks += 1
      return (seeks <= mostSeeks ? seek : hashed).open(run)
    },
  }
}
