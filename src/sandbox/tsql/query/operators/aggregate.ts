import type { SqlValue } from '../../../../mdf/index.ts'
import type { Accumulator } from '../../functions/index.ts'
import type { Column } from '../plan/column.ts'
import { estimatedRowBytes, estimatedValueBytes } from '../run/memory.ts'
import { type Row, type RowStream, STEPS_PER_TICK, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import {
  type CompiledKey,
  type CompiledSortKey,
  type Evaluate,
  groupKeyOf,
  type HashKey,
  type Operator,
} from './operator.ts'
import { comparerOf, type KeyedRow } from './sorted-rows.ts'

/** An aggregate over a group: its arguments and what adds them up. */
export interface CompiledAggregate {
  readonly operands: readonly Evaluate[]
  /** DISTINCT: tells arguments apart. */
  readonly distinctKeys?: readonly CompiledKey[]
  /** WITHIN GROUP: the order in which rows are added. */
  readonly order: readonly CompiledSortKey[]
  readonly create: () => Accumulator
}

export interface AggregateOptions {
  readonly input: Operator
  readonly columns: readonly Column[]
  readonly keys: readonly CompiledKey[]
  readonly sets: readonly (readonly number[])[]
  readonly aggregates: readonly CompiledAggregate[]
  /** Keys whose GROUPING() is a column. */
  readonly groupings: readonly number[]
}

/** A group's state costs about this much per aggregate besides its key values. */
const ACCUMULATOR_BYTES = 96

interface Group {
  readonly keyValues: readonly SqlValue[]
  readonly set: GroupingSet
  readonly states: readonly AggregateState[]
}

interface GroupingSet {
  readonly members: ReadonlySet<number>
  readonly keys: readonly CompiledKey[]
  readonly groups: Map<HashKey, Group>
}

/** GROUP BY with a hash table; each grouping set has its own. */
export function aggregate(options: AggregateOptions): Operator {
  return {
    columns: options.columns,
    *open(run) {
      const sets = options.sets.map(groupingSetOf(options.keys))
      const bytes = yield* collectGroups(options, sets, run)
      try {
        yield* emitGroups(options, sets, run)
      } finally {
        run.memory.remove(bytes)
      }
    },
  }
}

function groupingSetOf(keys: readonly CompiledKey[]): (set: readonly number[]) => GroupingSet {
  return (set) => ({
    members: new Set(set),
    keys: keys.filter((_key, index) => set.includes(index)),
    groups: new Map(),
  })
}

function* collectGroups(
  options: AggregateOptions,
  sets: readonly GroupingSet[],
  run: Run,
): Generator<Tick, number> {
  let bytes = 0
  for (const row of options.input.open(run)) {
    if (row === TICK) {
      yield TICK
      continue
    }
    for (const set of sets) {
      const key = groupKeyOf(set.keys, row, run)
      let group = set.groups.get(key)
      if (group === undefined) {
        group = newGroup(options, set, row, run)
        set.groups.set(key, group)
        bytes += charge(groupBytes(options, group), run)
      }
      for (const state of group.states) bytes += charge(state.add(row, run), run)
    }
  }
  return bytes
}

function charge(bytes: number, run: Run): number {
  if (bytes > 0) run.memory.add(bytes)
  return bytes
}

function groupBytes({ aggregates }: AggregateOptions, { keyValues }: Group): number {
  return estimatedRowBytes(keyValues) * 2 + ACCUMULATOR_BYTES * (aggregates.length + 1)
}

function newGroup(
  { keys, aggregates }: AggregateOptions,
  set: GroupingSet,
  row: Row | undefined,
  run: Run,
): Group {
  return {
    keyValues: keys.map((key, index) =>
      row !== undefined && set.members.has(index) ? key.evaluate(row, run) : null,
    ),
    set,
    states: aggregates.map((compiled) => new AggregateState(compiled)),
  }
}

function* emitGroups(options: AggregateOptions, sets: readonly GroupingSet[], run: Run): RowStream {
  let steps = 0
  for (const set of sets) {
    // The grand total exists even of no rows, when it was asked for by name or by leaving GROUP BY out.
    const isTotal = set.members.size === 0
    if (set.groups.size === 0 && isTotal)
      yield outputRow(options, newGroup(options, set, undefined, run))
    for (const group of set.groups.values()) {
      yield outputRow(options, group)
      steps += 1
      if (steps % STEPS_PER_TICK === 0) yield TICK
    }
  }
}

function outputRow({ groupings }: AggregateOptions, { keyValues, set, states }: Group): Row {
  return [
    ...keyValues,
    ...states.map((state) => state.result()),
    ...groupings.map((key) => (set.members.has(key) ? 0 : 1)),
  ]
}

/** One aggregate of one group: DISTINCT and WITHIN GROUP around the accumulator. */
class AggregateState {
  readonly #compiled: CompiledAggregate
  readonly #accumulator: Accumulator
  readonly #seen: Set<HashKey> | undefined
  #ordered: KeyedRow[] | undefined

  constructor(compiled: CompiledAggregate) {
    this.#compiled = compiled
    this.#accumulator = compiled.create()
    this.#seen = compiled.distinctKeys === undefined ? undefined : new Set()
    this.#ordered = compiled.order.length === 0 ? undefined : []
  }

  /** @returns the bytes it has to remember for this row */
  add(row: Row, run: Run): number {
    const { operands, distinctKeys, order } = this.#compiled
    const values = operands.map((operand) => operand(row, run))
    let bytes = 0
    if (this.#seen !== undefined && distinctKeys !== undefined) {
      const key = groupKeyOf(distinctKeys, row, run)
      if (this.#seen.has(key)) return 0
      this.#seen.add(key)
      bytes += estimatedValueBytes(key) + 16
    }
    if (this.#ordered === undefined) {
      this.#accumulator.add(values)
      return bytes
    }
    this.#ordered.push({ row: values, keys: order.map((key) => key.evaluate(row, run)) })
    return bytes + estimatedRowBytes(values)
  }

  result(): SqlValue {
    this.#ordered?.sort(comparerOf(this.#compiled.order))
    for (const { row } of this.#ordered ?? []) this.#accumulator.add(row)
    this.#ordered = undefined
    return this.#accumulator.result()
  }
}
