import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { compareValues } from '../../values/index.ts'
import type { Operator } from '../operators/operator.ts'
import { scan } from '../operators/scan.ts'
import { type CompiledRange, type CompiledSeekValue, seek } from '../operators/seek.ts'
import type { ScanPlan } from '../plan/plan.ts'
import type { SeekValue } from '../plan/seek-value.ts'
import { compileExpression } from './compile-expression.ts'
import { expressionContext, type PlanContext } from './compile-plan.ts'

/** One row in so many may be looked up one by one before reading all of them costs less. */
const ROWS_PER_LOOKUP = 20
const FEWEST_LOOKUPS = 100

export function compileScan(plan: ScanPlan, context: PlanContext): Operator {
  const { access, source, columns, ordinals } = plan
  if (access === undefined) return scan(plan)
  const rowless = expressionContext([], context)
  const value = ({ expression, nearest }: SeekValue): CompiledSeekValue => {
    const evaluate = compileExpression(expression, rowless)
    return { evaluate, nearest }
  }
  const range: CompiledRange = {
    equal: access.equal.map(value),
    ...(access.low === undefined ? {} : { low: value(access.low) }),
    ...(access.high === undefined ? {} : { high: value(access.high) }),
    ...(access.any === undefined
      ? {}
      : {
          any: {
            position: columns.indexOf(access.any.column),
            order: orderOf(access.any.column.type),
            values: access.any.values.map(value),
          },
        }),
  }
  // Reading the whole table once for each of several values would be worse than any lookups.
  const mostLookups =
    access.keepsOrder || access.any !== undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(FEWEST_LOOKUPS, source.estimatedRowCount / ROWS_PER_LOOKUP)
  return seek({
    source,
    columns,
    ordinals,
    range,
    read: { index: access.index, isBackward: access.isBackward, mostLookups },
  })
}

function orderOf(type: SqlType): (left: SqlValue, right: SqlValue) => number {
  return (left, right) => compareValues(left, right, type)
}
