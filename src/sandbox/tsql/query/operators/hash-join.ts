import type { SqlValue } from '../../../../mdf/index.ts'
import { type Row, type RowStream, STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { buildHashTable, type HashTable } from './hash-table.ts'
import { type CompiledKey, joinKeyOf, type Operator, type Test } from './operator.ts'

/** Which inputs' rows without a match come out too: left is the probe side, right the hashed one. */
export type JoinType = 'inner' | 'left' | 'right' | 'full'

export interface HashJoinOptions {
  readonly type: JoinType
  readonly left: Operator
  readonly right: Operator
  readonly leftKeys: readonly CompiledKey[]
  readonly rightKeys: readonly CompiledKey[]
  /** The rest of the condition, over the joined row; absent when the keys are all of it. */
  readonly residual?: Test
  /** A residual condition with a subquery is worth a tick each time. */
  readonly stepsPerTick?: number
  /** The right side gives the same rows whenever it is opened: hash it once. */
  readonly keepTable: boolean
}

/** Hashes the right side, then streams the left side past it. */
export function hashJoin(options: HashJoinOptions): Operator {
  const columns = [...options.left.columns, ...options.right.columns]
  let kept: HashTable | undefined
  return {
    columns,
    *open(run) {
      const table = kept ?? (yield* buildHashTable(options.right.open(run), options.rightKeys, run))
      if (options.keepTable) kept = table
      try {
        yield* probe(options, table, run)
      } finally {
        if (!options.keepTable) run.memory.remove(table.bytes)
      }
    },
  }
}

function* probe(options: HashJoinOptions, table: HashTable, run: Run): RowStream {
  const { left, right, leftKeys, residual, type, stepsPerTick = STEPS_PER_TICK } = options
  const matched = keepsRight(type) ? new Set<Row>() : undefined
  const nullRight: Row = right.columns.map(() => null)
  let steps = 0
  for (const row of left.open(run)) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const key = joinKeyOf(leftKeys, row, run)
    const bucket = key === undefined ? undefined : table.buckets.get(key)
    let hasMatch = false
    for (const candidate of bucket ?? []) {
      steps += 1
      if (steps % stepsPerTick === 0) yield TICK
      const joined = joinRows(row, candidate)
      if (residual !== undefined && residual(joined, run) !== true) continue
      hasMatch = true
      matched?.add(candidate)
      yield joined
    }
    if (!hasMatch && keepsLeft(type)) yield joinRows(row, nullRight)
  }
  if (matched !== undefined) yield* unmatchedRight(options, table, matched)
}

export function keepsLeft(type: JoinType): boolean {
  return type === 'left' || type === 'full'
}

export function keepsRight(type: JoinType): boolean {
  return type === 'right' || type === 'full'
}

function* unmatchedRight(
  { left }: HashJoinOptions,
  table: HashTable,
  matched: ReadonlySet<Row>,
): RowStream {
  const nullLeft: Row = left.columns.map(() => null)
  let steps = 0
  for (const bucket of [...table.buckets.values(), table.unmatchable]) {
    for (const row of bucket) if (!matched.has(row)) yield joinRows(nullLeft, row)
    steps += 1
    if (steps % STEPS_PER_TICK === 0) yield TICK
  }
}

export function joinRows(left: Row, right: Row): SqlValue[] {
  const leftWidth = left.length
  const rightWidth = right.length
  const joined: SqlValue[] = new Array(leftWidth + rightWidth)
  for (let index = 0; index < leftWidth; index++) joined[index] = left[index] ?? null
  for (let index = 0; index < rightWidth; index++) {
    joined[leftWidth + index] = right[index] ?? null
  }
  return joined
}
