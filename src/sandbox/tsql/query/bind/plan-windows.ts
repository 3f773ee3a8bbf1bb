import type { Bound, BoundWindow } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import type { Plan } from '../plan/plan.ts'
import { rewrite } from '../plan/rewrite.ts'
import { columnNode } from './bind-expression.ts'
import type { Block } from './bind-select.ts'
import type { StatementContext } from './statement-context.ts'

interface PlannedCall {
  readonly column: Column
  readonly call: BoundWindow
}

/** Moves calls with OVER into window operators; calls with the same PARTITION BY and ORDER BY share one. */
export function planWindows(block: Block, statement: StatementContext): Block {
  const calls = new Map<string, PlannedCall>()
  const replace = (node: Bound): Bound | undefined => {
    if (node.kind !== 'window') return undefined
    const key = fingerprint(node)
    const { type, nullable } = node
    const column = calls.get(key)?.column ?? statement.columns.create({ name: '', type, nullable })
    calls.set(key, { column, call: node })
    return columnNode(column)
  }
  const items = block.items.map((item) => ({
    ...item,
    expression: rewrite(item.expression, replace),
  }))
  const orders = block.orders.map((order) => ({
    ...order,
    expression: rewrite(order.expression, replace),
  }))
  if (calls.size === 0) return block
  return { plan: windowsOver(block.plan, [...calls.values()]), items, orders }
}

function windowsOver(input: Plan, calls: readonly PlannedCall[]): Plan {
  const bySpecification = Map.groupBy(calls, ({ call }) => specificationOf(call))
  let plan = input
  for (const group of bySpecification.values()) {
    const [first] = group
    if (first === undefined) continue
    const { partition, order } = first.call
    plan = { kind: 'window', input: plan, partition, order, calls: group }
  }
  return plan
}

function specificationOf({ partition, order }: BoundWindow): string {
  const keys = order.map(({ expression, descending }) => `${fingerprint(expression)}${descending}`)
  return `${partition.map(fingerprint).join()}|${keys.join()}`
}
