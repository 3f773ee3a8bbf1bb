import type { SqlValue } from '../../../../mdf/index.ts'
import type { Column } from '../plan/column.ts'
import type { Row, RowStream } from '../run/row.ts'
import type { Run } from '../run/run.ts'

/**
 * A relational operator ready to run. May be opened again after its stream ended or was closed: once
 * per outer row in a correlated subquery. Belongs to one execution of one statement.
 */
export interface Operator {
  readonly columns: readonly Column[]
  open(run: Run): RowStream
}

export type Evaluate = (row: Row, run: Run) => SqlValue
export type Test = (row: Row, run: Run) => boolean | null

/** A sort key: where its value is found and how two of its values, neither NULL, compare. */
export interface CompiledSortKey {
  readonly evaluate: Evaluate
  readonly compare: (left: SqlValue, right: SqlValue) => number
  readonly descending: boolean
}

/** A value to group, join or tell duplicates by, made hashable. */
export interface CompiledKey {
  readonly evaluate: Evaluate
  readonly hash: (value: SqlValue) => string | number | bigint
}

export type HashKey = string | number | bigint

/** One hashable key of several values; NULLs equal one another, as GROUP BY and DISTINCT want. */
export function groupKeyOf(keys: readonly CompiledKey[], row: Row, run: Run): HashKey {
  const [only] = keys
  if (keys.length === 1 && only !== undefined) return hashOf(only, only.evaluate(row, run))
  let text = ''
  for (const key of keys) text += framed(hashOf(key, key.evaluate(row, run)))
  return text
}

/** The same for a join, where a NULL matches nothing: undefined. */
export function joinKeyOf(keys: readonly CompiledKey[], row: Row, run: Run): HashKey | undefined {
  const [only] = keys
  if (keys.length === 1 && only !== undefined) {
    const value = only.evaluate(row, run)
    return value === null ? undefined : only.hash(value)
  }
  let text = ''
  for (const key of keys) {
    const value = key.evaluate(row, run)
    if (value === null) return undefined
    text += framed(key.hash(value))
  }
  return text
}

/** No hash key is a NUL alone: strings that could be are framed by their type's hash. */
const NULL_HASH = '\u0000null\u0000'

function hashOf(key: CompiledKey, value: SqlValue): HashKey {
  return value === null ? NULL_HASH : key.hash(value)
}

function framed(hash: HashKey): string {
  const text = `${hash}`
  return `${text.length}:${text}`
}
