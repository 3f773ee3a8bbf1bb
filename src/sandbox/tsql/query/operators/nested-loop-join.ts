import { type Row, type RowStream, STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { type JoinType, joinRows, keepsLeft, keepsRight } from './hash-join.ts'
import { materialise } from './hash-table.ts'
import type { Operator, Test } from './operator.ts'

export interface NestedLoopJoinOptions {
  readonly type: JoinType
  readonly left: Operator
  readonly right: Operator
  readonly on: Test
  /** A condition with a subquery is worth a tick each time. */
  readonly stepsPerTick?: number
  /** The right side gives the same rows whenever it is opened: read it once. */
  readonly keepRows: boolean
}

/** Compares each left row with all right rows: cross joins and conditions without an equality. */
export function nestedLoopJoin(options: NestedLoopJoinOptions): Operator {
  let kept: readonly Row[] | undefined
  return {
    columns: [...options.left.columns, ...options.right.columns],
    *open(run) {
      if (kept !== undefined) {
        yield* loop(options, kept, run)
        return
      }
      const { rows, bytes } = yield* materialise(options.right.open(run), run)
      if (options.keepRows) kept = rows
      try {
        yield* loop(options, rows, run)
      } finally {
        if (!options.keepRows) run.memory.remove(bytes)
      }
    },
  }
}

function* loop(options: NestedLoopJoinOptions, rightRows: readonly Row[], run: Run): RowStream {
  const { left, right, on, type, stepsPerTick = STEPS_PER_TICK } = options
  const matched = keepsRight(type) ? new Set<Row>() : undefined
  const nullRight: Row = right.columns.map(() => null)
  let steps = 0
  for (const row of left.open(run)) {
    if (row === TICK) {
      yield TICK
      continue
    }
    let hasMatch = false
    for (const candidate of rightRows) {
      steps += 1
      if (steps % stepsPerTick === 0) yield TICK
      const joined = joinRows(row, candidate)
      if (on(joined, run) !== true) continue
      hasMatch = true
      matched?.add(candidate)
      yield joined
    }
    if (!hasMatch && keepsLeft(type)) yield joinRows(row, nullRight)
  }
  if (matched === undefined) return
  const nullLeft: Row = left.columns.map(() => null)
  for (const row of rightRows) if (!matched.has(row)) yield joinRows(nullLeft, row)
}
