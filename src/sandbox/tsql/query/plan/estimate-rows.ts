import type { Plan, ScanPlan } from './plan.ts'

/** What part of its input a condition, and a GROUP BY or DISTINCT, is taken to leave. */
const FILTER_SELECTIVITY = 0.3
const GROUPING_SELECTIVITY = 0.2

/** A rough row count: enough to tell which of two inputs is the small one. */
export function estimateRows(plan: Plan): number {
  switch (plan.kind) {
    case 'scan':
      return estimateScan(plan)
    case 'rows':
      return plan.rows.length
    case 'filter':
      return estimateRows(plan.input) * FILTER_SELECTIVITY
    case 'top':
      return plan.count.kind === 'constant' && !plan.percent
        ? Math.min(Number(plan.count.value), estimateRows(plan.input))
        : estimateRows(plan.input)
    case 'aggregate':
      return plan.keys.length === 0 ? 1 : estimateRows(plan.input) * GROUPING_SELECTIVITY
    case 'distinct':
      return estimateRows(plan.input) * GROUPING_SELECTIVITY
    case 'join':
    case 'apply':
      return Math.max(estimateRows(plan.left), estimateRows(plan.right))
    case 'union':
      return plan.inputs.reduce((sum, input) => sum + estimateRows(input), 0)
    case 'intersect':
      return estimateRows(plan.left)
    case 'unpivot':
      return estimateRows(plan.input) * plan.sources.length
    case 'document':
      return 1
    case 'recursive':
    case 'work-table':
    case 'table-function':
      return UNKNOWN_ROWS
    default:
      return estimateRows(plan.input)
  }
}

const UNKNOWN_ROWS = 100
/** What one value of a key column, and a range of it, is taken to leave. */
const EQUALITY_SELECTIVITY = 0.01
const RANGE_SELECTIVITY = 0.3

function estimateScan({ source, access }: ScanPlan): number {
  const rows = source.estimatedRowCount
  if (access === undefined) return rows
  const { index, equal, any, low, high } = access
  const values = any?.values.length ?? 1
  const places = equal.length + (any === undefined ? 0 : 1)
  if (index.isUnique && places === index.keys.length) return Math.min(rows, values)
  const isRange = low !== undefined || high !== undefined
  const part = EQUALITY_SELECTIVITY ** places * (isRange ? RANGE_SELECTIVITY : 1)
  return Math.min(rows, Math.max(1, rows * part * values))
}
