import { Decimal, type SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { NO_VALUES, type Row, type RowStream, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { resumable } from '../run/suspension.ts'
import { materialise } from './hash-table.ts'
import type { CompiledSortKey, Evaluate, Operator } from './operator.ts'
import { comparerOf, type KeyedRow } from './sorted-rows.ts'

export interface TopOptions {
  readonly input: Operator
  readonly count: Evaluate
  readonly percent: boolean
  /** WITH TIES: goes on while these keys equal those of the last row. */
  readonly ties?: readonly CompiledSortKey[]
}

/** TOP (n), TOP (n) PERCENT, both WITH TIES. */
export function top(options: TopOptions): Operator {
  const { input, count, percent, ties } = options
  return {
    columns: input.columns,
    *open(run) {
      const limit = yield* resumable(() => count(NO_VALUES, run))
      if (percent) {
        yield* topPercent(input, { limit, ties }, run)
        return
      }
      yield* firstRows(input.open(run), { count: rowLimit(limit), ties }, run)
    },
  }
}

function* topPercent(
  input: Operator,
  { limit, ties }: { limit: SqlValue; ties: readonly CompiledSortKey[] | undefined },
  run: Run,
): RowStream {
  const percent = Number(limit instanceof Decimal ? limit.toString() : (limit ?? 0))
  if (percent < 0 || percent > 100) {
    throw new SqlError(1031, 'Percent values must be between 0 and 100.', { severity: 15 })
  }
  const { rows, bytes } = yield* materialise(input.open(run), run)
  const count = Math.ceil((rows.length * percent) / 100)
  try {
    yield* firstRows(rows, { count, ties }, run)
  } finally {
    run.memory.remove(bytes)
  }
}

/** @throws SqlError 1014 when the count is NULL, 1060 when it is negative */
function rowLimit(value: SqlValue): number {
  if (value === null) {
    throw new SqlError(1014, 'A TOP or FETCH clause contains an invalid value.', { severity: 15 })
  }
  const count = Number(value)
  if (count >= 0) return count
  throw new SqlError(
    1060,
    'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
    { severity: 15 },
  )
}

function* firstRows(
  rows: Iterable<Row | typeof TICK>,
  { count, ties }: { count: number; ties: readonly CompiledSortKey[] | undefined },
  run: Run,
): RowStream {
  if (count === 0) return
  const isTie = ties === undefined ? undefined : tieTest(ties, run)
  let sent = 0
  let last: Row | undefined
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    if (sent >= count && (last === undefined || isTie?.(last, row) !== true)) return
    yield row
    sent += 1
    if (sent >= count && isTie === undefined) return
    if (sent === count) last = row
  }
}

function tieTest(keys: readonly CompiledSortKey[], run: Run): (a: Row, b: Row) => boolean {
  const compare = comparerOf(keys)
  const keyed = (row: Row): KeyedRow => ({ row, keys: keys.map((key) => key.evaluate(row, run)) })
  return (a, b) => compare(keyed(a), keyed(b)) === 0
}
