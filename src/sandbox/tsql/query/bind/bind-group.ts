import { SqlError } from '../../../sql-error.ts'
import type { SelectSpecification } from '../../syntax/index.ts'
import { INT } from '../../values/index.ts'
import type { Bound, BoundAggregate, BoundPredicate } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import type { AggregatePlan, Output, Plan } from '../plan/plan.ts'
import { rewrite, rewritePredicate } from '../plan/rewrite.ts'
import { freeColumns, subplanOf } from '../plan/walk.ts'
import { GROUPING_LABEL, hasAggregate } from './bind-aggregate.ts'
import { bindOperation } from './bind-arithmetic.ts'
import { columnNode } from './bind-expression.ts'
import { bindPredicate } from './bind-predicate.ts'
import type { Block } from './bind-select.ts'
import { convertTo } from './conversion.ts'
import type { Environment } from './environment.ts'
import { bindGroupKeys, type GroupKeys } from './group-keys.ts'
import type { Scope } from './scope.ts'

/** GROUP BY, HAVING and aggregates: puts an aggregate operator under the block when there are any. */
export function bindGrouping(
  spec: SelectSpecification,
  block: Block,
  environment: Environment & { readonly scope: Scope },
): Block {
  const having =
    spec.having === undefined
      ? undefined
      : bindPredicate(spec.having, { ...environment, clause: 'having' })
  const isGrouped = spec.groupBy.length > 0 || having !== undefined || hasAggregates(block)
  if (!isGrouped) return block
  const keys = bindGroupKeys(spec.groupBy, environment)
  const grouping = new Grouping(keys, environment)
  const items = block.items.map((item) => ({
    ...item,
    expression: grouping.rewrite(item.expression, NOT_IN_SELECT),
  }))
  const filter = having === undefined ? undefined : grouping.rewritePredicate(having, NOT_IN_HAVING)
  const orders = block.orders.map((order) => ({
    ...order,
    expression:
      (order.item === undefined ? undefined : items[order.item]?.expression) ??
      grouping.rewrite(order.expression, NOT_IN_ORDER),
  }))
  const plan = grouping.plan(block.plan)
  return {
    plan: filter === undefined ? plan : { kind: 'filter', input: plan, predicate: filter },
    items,
    orders,
  }
}

function hasAggregates({ items, orders }: Block): boolean {
  return [...items, ...orders].some(({ expression }) => hasAggregate(expression))
}

/** The error for a column that is neither grouped by nor aggregated, by where it stands. */
interface Misplaced {
  readonly number: number
  readonly place: string
}

const NOT_IN_SELECT: Misplaced = { number: 8120, place: 'in the select list' }
const NOT_IN_HAVING: Misplaced = { number: 8121, place: 'in the HAVING clause' }
const NOT_IN_ORDER: Misplaced = { number: 8127, place: 'in the ORDER BY clause' }

/** Collects the aggregates of a block and rewrites its expressions over the grouped rows. */
class Grouping {
  readonly #keys: GroupKeys
  readonly #environment: Environment & { readonly scope: Scope }
  readonly #keyColumns = new Map<string, Column>()
  readonly #keyOutputs: Output[] = []
  readonly #aggregates = new Map<string, { column: Column; call: BoundAggregate }>()
  readonly #groupings = new Map<number, Column>()

  constructor(keys: GroupKeys, environment: Environment & { readonly scope: Scope }) {
    this.#keys = keys
    this.#environment = environment
    for (const expression of keys.expressions) this.#addKey(expression)
  }

  /** A key that is a column keeps it, so that subqueries that name it need no rewriting. */
  #addKey(expression: Bound): void {
    const column =
      expression.kind === 'column'
        ? expression.column
        : this.#newColumn(expression.type, expression.nullable)
    if (this.#keys.sets.length > 1) column.nullable = true
    this.#keyColumns.set(fingerprint(expression), column)
    this.#keyOutputs.push({ column, expression })
  }

  #newColumn(type: Bound['type'], nullable: boolean): Column {
    return this.#environment.statement.columns.create({ name: '', type, nullable })
  }

  rewrite(node: Bound, misplaced: Misplaced): Bound {
    return rewrite(node, (inner) => this.#replace(inner, misplaced))
  }

  rewritePredicate(node: BoundPredicate, misplaced: Misplaced): BoundPredicate {
    return rewritePredicate(node, (inner) => this.#replace(inner, misplaced))
  }

  plan(input: Plan): AggregatePlan {
    return {
      kind: 'aggregate',
      input,
      keys: this.#keyOutputs,
      sets: this.#keys.sets,
      aggregates: [...this.#aggregates.values()],
      groupings: [...this.#groupings].map(([key, column]) => ({ key, column })),
    }
  }

  #replace(node: Bound, misplaced: Misplaced): Bound | undefined {
    if (node.kind === 'aggregate') {
      return node.label === GROUPING_LABEL ? this.#groupingValue(node) : this.#aggregate(node)
    }
    const key = this.#keyColumns.get(fingerprint(node))
    if (key !== undefined) return columnNode(key)
    if (node.kind === 'column') this.#check(node.column, node.line, misplaced)
    const subplan = subplanOf(node)
    if (subplan !== undefined) {
      for (const column of freeColumns(subplan)) this.#check(column, 0, misplaced)
    }
    return undefined
  }

  #aggregate(call: BoundAggregate): Bound {
    const key = fingerprint(call)
    const known = this.#aggregates.get(key)
    const column = known?.column ?? this.#newColumn(call.type, call.nullable)
    if (known === undefined) this.#aggregates.set(key, { column, call })
    return columnNode(column)
  }

  /** GROUPING(a) is a column of the operator; GROUPING_ID(a, b) is GROUPING(a) * 2 + GROUPING(b). */
  #groupingValue({ operands, type }: BoundAggregate): Bound {
    const { statement } = this.#environment
    const bits = operands.map((operand) => this.#groupingBit(operand))
    const [first, ...rest] = bits
    if (first === undefined) throw new RangeError('GROUPING takes an argument')
    if (bits.length === 1 && type.name !== 'int') return first
    const two: Bound = {
      kind: 'constant',
      value: 2,
      isNullLiteral: false,
      type: INT,
      nullable: false,
    }
    return rest.reduce(
      (value, bit) =>
        bindOperation('+', bindOperation('*', value, two), convertTo(bit, INT, statement)),
      convertTo(first, INT, statement),
    )
  }

  #groupingBit(operand: Bound): Bound {
    const print = fingerprint(operand)
    const key = this.#keyOutputs.findIndex(({ expression }) => fingerprint(expression) === print)
    if (key === -1) {
      throw new SqlError(
        8161,
        'Argument 1 of the GROUPING function does not match any of the expressions in the GROUP BY clause.',
      )
    }
    const column =
      this.#groupings.get(key) ??
      this.#newColumn({ ...INT, name: 'tinyint', maxLength: 1, precision: 3 }, false)
    this.#groupings.set(key, column)
    return columnNode(column)
  }

  #check(column: Column, line: number, { number, place }: Misplaced): void {
    const { scope } = this.#environment
    if (!scope.owns(column)) return
    if (this.#keyOutputs.some((key) => key.column === column)) return
    const name = column.qualifier === '' ? column.name : `${column.qualifier}.${column.name}`
    const reason =
      'because it is not contained in either an aggregate function or the GROUP BY clause'
    throw new SqlError(number, `Column '${name}' is invalid ${place} ${reason}.`, {
      ...(line > 0 ? { line } : {}),
    })
  }
}
