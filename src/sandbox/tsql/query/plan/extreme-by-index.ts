import { BIGINT } from '../../values/index.ts'
import type { BoundPredicate } from './bound.ts'
import { orderedBy } from './index-order.ts'
import type { AggregatePlan, Plan } from './plan.ts'

/** MIN or MAX of a whole table: the first row, not NULL, of an index that begins with the column. */
export function extremeByIndex(plan: AggregatePlan): Plan | undefined {
  const [aggregate, ...others] = plan.aggregates
  if (aggregate === undefined || others.length > 0 || plan.keys.length > 0) return undefined
  const { label, operands } = aggregate.call
  const [operand] = operands
  const [name] = label.split(':')
  if ((name !== 'MIN' && name !== 'MAX') || operand?.kind !== 'column') return undefined
  const isNotNull: BoundPredicate = { kind: 'not', operand: { kind: 'is-null', operand } }
  const found: Plan = { kind: 'filter', input: plan.input, predicate: isNotNull }
  const keys = [{ expression: operand, descending: name === 'MAX' }]
  const ordered = orderedBy(found, keys, { mostRows: 1 })
  return ordered && { ...plan, input: { kind: 'top', input: ordered, count: ONE, percent: false } }
}

const ONE = {
  kind: 'constant',
  value: 1n,
  type: BIGINT,
  nullable: false,
  isNullLiteral: false,
} as const
