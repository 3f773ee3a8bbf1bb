import { SqlError } from '../../../sql-error.ts'
import type { OrderItem } from '../../syntax/index.ts'
import type { Bound } from '../plan/bound.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import { bindExpression } from './bind-expression.ts'
import { checkOrdinal, ordinalOf } from './bind-output-order.ts'
import { checkSortable } from './bind-sort-key.ts'
import type { Environment } from './environment.ts'
import type { BoundItem } from './select-items.ts'
import { isSameName } from './statement-context.ts'

/** A sort key of a select block: an item of its list, or an expression over its tables. */
export interface BoundOrder {
  readonly item?: number
  readonly expression: Bound
  readonly descending: boolean
}

/**
 * ORDER BY: numbers and names of select items first, then expressions over the tables.
 * @throws SqlError 108, 169 (named twice), 209, 306, 408 (constant)
 */
export function bindOrder(
  orderBy: readonly OrderItem[],
  items: readonly BoundItem[],
  environment: Environment,
): readonly BoundOrder[] {
  const seen = new Set<string>()
  return orderBy.map((item, index) => {
    const order = bindOrderItem(item, { items, index }, environment)
    checkSortable(order.expression.type, item.expression.line)
    // Two items of the list may be alike: `a.x` means the first, `x` the one of that name.
    const key = order.item === undefined ? fingerprint(order.expression) : `#${order.item}`
    if (seen.has(key)) {
      throw new SqlError(
        169,
        'A column has been specified more than once in the order by list. Columns in the order by list must be unique.',
        { severity: 15, line: item.expression.line },
      )
    }
    seen.add(key)
    return order
  })
}

function bindOrderItem(
  { expression, descending }: OrderItem,
  { items, index }: { items: readonly BoundItem[]; index: number },
  environment: Environment,
): BoundOrder {
  const position = ordinalOf(expression)
  if (position !== undefined) {
    checkOrdinal(position, items.length, expression.line)
    return itemOrder(items, position - 1, descending)
  }
  const named = namedItem(expression, items, environment)
  if (named !== undefined) return itemOrder(items, named, descending)
  const bound = bindExpression(expression, environment)
  if (bound.kind === 'constant') {
    throw new SqlError(
      408,
      `A constant expression was encountered in the ORDER BY list, position ${index + 1}.`,
      { line: expression.line },
    )
  }
  const key = fingerprint(bound)
  const same = items.findIndex((item) => fingerprint(item.expression) === key)
  return same === -1 ? { expression: bound, descending } : itemOrder(items, same, descending)
}

function itemOrder(items: readonly BoundItem[], item: number, descending: boolean): BoundOrder {
  const expression = items[item]?.expression
  if (expression === undefined) throw new RangeError(`no select item ${item}`)
  return { item, expression, descending }
}

/** The select item a bare name stands for; two different ones of the name are ambiguous. */
function namedItem(
  expression: OrderItem['expression'],
  items: readonly BoundItem[],
  { statement }: Environment,
): number | undefined {
  if (expression.kind !== 'column' || expression.parts.length > 1) return undefined
  const name = expression.parts[0] ?? ''
  const matches = [...items.keys()].filter((index) => {
    const itemName = items[index]?.name ?? ''
    return itemName !== '' && isSameName(itemName, name, statement)
  })
  const [first, ...others] = matches
  if (first === undefined) return undefined
  const key = (index: number) => fingerprint(itemOrder(items, index, false).expression)
  if (others.some((other) => key(other) !== key(first))) {
    throw new SqlError(209, `Ambiguous column name '${name}'.`, { line: expression.line })
  }
  return first
}
