import { PlatformError } from '../../base/index.ts'
import { CELL_STATES } from '../key/row-cells.ts'
import type { CellColumn } from '../key/row-layout.ts'
import type { SqlValue } from '../sql-type.ts'
import { encodeValue } from '../write/value/value-encoder.ts'
import type { IndexTree, KeyBound, KeyBounds } from './index-tree.ts'

/** Rows whose first key columns have these values, and whose next one is between two, both included. */
export interface KeyRange {
  /** None is NULL; each of its column's type. */
  readonly equal: readonly SqlValue[]
  readonly low?: SqlValue
  readonly high?: SqlValue
}

/** Where an index begins and ends to have the rows of a range. */
export function keyBounds({ columns }: IndexTree, { equal, low, high }: KeyRange): KeyBounds {
  const keys = keyColumns(columns)
  const next = columns[keys[equal.length] ?? -1]
  const [first, last] = next?.physical.isDescending ? [high, low] : [low, high]
  return {
    low: keyBound(columns, keys, first === undefined ? equal : [...equal, first]),
    high: keyBound(columns, keys, last === undefined ? equal : [...equal, last]),
  }
}

function keyColumns(columns: readonly CellColumn[]): readonly number[] {
  return [...columns.keys()]
    .filter((column) => (columns[column]?.physical.keyOrdinal ?? 0) > 0)
    .sort((a, b) => ordinalOf(columns[a]) - ordinalOf(columns[b]))
}

function ordinalOf(column: CellColumn | undefined): number {
  return column?.physical.keyOrdinal ?? 0
}

/** The key as a record would have it, as far as the columns can hold its values. */
function keyBound(
  columns: readonly CellColumn[],
  keys: readonly number[],
  values: readonly SqlValue[],
): KeyBound | undefined {
  const starts = new Int32Array(columns.length)
  const ends = new Int32Array(columns.length)
  const states = new Uint8Array(columns.length).fill(CELL_STATES.unknown)
  const parts: Buffer[] = []
  let length = 0
  let count = 0
  for (const [place, value] of values.entries()) {
    const column = keys[place]
    const type = column === undefined ? undefined : columns[column]?.type
    const bytes = type === undefined ? undefined : encoded(type, value)
    if (column === undefined || bytes === undefined) break
    // Of a bit, `start` is the value itself.
    starts[column] = type?.name === 'bit' ? Number(value) : length
    ends[column] = length + bytes.length
    states[column] = CELL_STATES.value
    parts.push(bytes)
    length += bytes.length
    count += 1
  }
  return count === 0
    ? undefined
    : { cells: { bytes: Buffer.concat(parts), starts, ends, states }, count }
}

function encoded(type: NonNullable<CellColumn['type']>, value: SqlValue): Buffer | undefined {
  try {
    return value === null ? undefined : encodeValue(type, value)
  } catch (error) {
    if (error instanceof PlatformError) return undefined
    throw error
  }
}
