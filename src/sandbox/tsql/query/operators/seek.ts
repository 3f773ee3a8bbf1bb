import type { SqlValue } from '../../../../mdf/index.ts'
import type { IndexRead, TableSource } from '../../host.ts'
import type { Column } from '../plan/column.ts'
import { LOCATOR } from '../plan/plan.ts'
import { NO_VALUES, type Row, type RowStream, STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { Evaluate, Operator } from './operator.ts'

/** See `SeekValue`. */
export interface CompiledSeekValue {
  readonly evaluate: Evaluate
  readonly nearest: (value: SqlValue) => SqlValue | undefined
}

export interface CompiledRange {
  readonly equal: readonly CompiledSeekValue[]
  readonly low?: CompiledSeekValue
  readonly high?: CompiledSeekValue
  /** Values that the next key column, at `position` of a row, may have. */
  readonly any?: {
    readonly position: number
    readonly order: (left: SqlValue, right: SqlValue) => number
    readonly values: readonly CompiledSeekValue[]
  }
}

export interface SeekOptions {
  readonly source: TableSource
  readonly columns: readonly Column[]
  readonly ordinals: readonly number[]
  readonly range: CompiledRange
  readonly read: Pick<IndexRead, 'index' | 'isBackward' | 'mostLookups'>
}

/** Reads the rows of a table that an index finds, and perhaps others: the filter above decides. */
export function seek(options: SeekOptions): Operator {
  const { columns, range } = options
  return {
    columns,
    *open(run) {
      const found = valuesOf(range, run)
      if (found === undefined) return
      if (range.any === undefined || found.any === undefined) yield* ticking(rowsOf(options, found))
      else yield* rowsOfAny(options, found, found.any)
    },
  }
}

type Found = Pick<IndexRead, 'equal' | 'low' | 'high'> & { readonly any?: readonly SqlValue[] }

/** What is looked for; undefined when a NULL is, which no row has. A value that can't be told ends the key. */
function valuesOf(range: CompiledRange, run: Run): Found | undefined {
  const equal: SqlValue[] = []
  for (const { evaluate, nearest } of range.equal) {
    const value = evaluate(NO_VALUES, run)
    if (value === null) return undefined
    const found = nearest(value)
    if (found === undefined || found === null) return { equal }
    equal.push(found)
  }
  if (range.any !== undefined) return withAny(equal, range.any, run)
  const low = range.low && endOf(range.low, run)
  const high = range.high && endOf(range.high, run)
  if (low === null || high === null) return undefined
  return {
    equal,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  }
}

/** null when the end is NULL, undefined when it can't be told. */
function endOf({ evaluate, nearest }: CompiledSeekValue, run: Run): SqlValue | undefined {
  const value = evaluate(NO_VALUES, run)
  return value === null ? null : (nearest(value) ?? undefined)
}

function withAny(
  equal: readonly SqlValue[],
  { values, order }: NonNullable<CompiledRange['any']>,
  run: Run,
): Found {
  const any: SqlValue[] = []
  for (const { evaluate, nearest } of values) {
    const value = evaluate(NO_VALUES, run)
    if (value === null) continue
    const found = nearest(value)
    if (found === undefined || found === null) return { equal }
    any.push(found)
  }
  any.sort(order)
  return {
    equal,
    any: any.filter((value, at) => at === 0 || order(any[at - 1] ?? null, value) !== 0),
  }
}

/** The same row may be found for two values: it belongs to the one that it has. */
function* rowsOfAny(options: SeekOptions, found: Found, any: readonly SqlValue[]): RowStream {
  const { position = 0, order } = options.range.any ?? {}
  for (const value of any) {
    const rows = ticking(rowsOf(options, { equal: [...found.equal, value] }))
    for (const row of rows) {
      const own = row === TICK ? value : (row[position] ?? null)
      if (row === TICK || (own !== null && order?.(own, value) === 0)) yield row
    }
    yield TICK
  }
}

function* ticking(rows: Iterable<Row>): RowStream {
  let steps = 0
  for (const row of rows) {
    yield row
    steps += 1
    if (steps % STEPS_PER_TICK === 0) yield TICK
  }
}

function rowsOf(
  { source, ordinals, read }: SeekOptions,
  { equal, low, high }: Found,
): Iterable<Row> {
  const whole: IndexRead = {
    ...read,
    equal,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  }
  if (!ordinals.includes(LOCATOR)) return source.seek?.(whole, ordinals) ?? source.scan(ordinals)
  return locatedRows(source, whole, ordinals)
}

/** Rows with their locators, where `ordinals` wants them. */
function* locatedRows(
  { writer }: TableSource,
  read: IndexRead,
  ordinals: readonly number[],
): Generator<Row> {
  const place = ordinals.indexOf(LOCATOR)
  const stored = ordinals.filter((ordinal) => ordinal !== LOCATOR)
  for (const { locator, values } of writer?.seek(read, stored) ?? []) {
    values.splice(place, 0, locator)
    yield values
  }
}
