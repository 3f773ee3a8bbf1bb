import type { Bound, BoundPredicate, SortKey } from './bound.ts'
import type { Column } from './column.ts'
import { columnsOf, type IndexAccess, type Plan } from './plan.ts'

export type Node = Bound | BoundPredicate

/** The expressions and conditions directly below a node; subqueries' plans are `subplanOf`. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'constant':
    case 'column':
    case 'variable':
    case 'subquery':
    case 'truth':
    case 'exists':
      return []
    case 'unary':
    case 'not':
    case 'is-null':
    case 'in-query':
    case 'quantified':
      return [node.operand]
    case 'binary':
    case 'comparison':
    case 'same':
      return [node.left, node.right]
    case 'call':
    case 'coalesce':
    case 'and':
    case 'or':
      return node.operands
    case 'aggregate':
      return [...node.operands, ...expressionsOf(node.order)]
    case 'window':
      return [...node.operands, ...node.partition, ...expressionsOf(node.order)]
    case 'case':
      return [...node.branches.flatMap(({ when, value }) => [when, value]), node.otherwise]
    case 'like':
      return node.escape === undefined
        ? [node.operand, node.pattern]
        : [node.operand, node.pattern, node.escape]
    case 'in-list':
      return [node.operand, ...node.candidates]
  }
}

function expressionsOf(keys: readonly SortKey[]): readonly Bound[] {
  return keys.map(({ expression }) => expression)
}

export function subplanOf(node: Node): Plan | undefined {
  switch (node.kind) {
    case 'subquery':
    case 'exists':
    case 'in-query':
    case 'quantified':
      return node.plan
    default:
      return undefined
  }
}

/** Whether `test` holds for the node or one below it; does not look into subqueries. */
export function someNode(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test))
}

export function hasSubquery(node: Node): boolean {
  return someNode(node, (inner) => subplanOf(inner) !== undefined)
}

/** Whether evaluating can take so long that others must have their turn: subqueries, functions of a database. */
export function maySuspend(node: Node): boolean {
  return someNode(
    node,
    (inner) =>
      subplanOf(inner) !== undefined || (inner.kind === 'call' && inner.work !== undefined),
  )
}

/** Whether evaluating twice, or in another place, can give another value. */
export function isDeterministic(node: Node): boolean {
  return !someNode(node, (inner) => inner.kind === 'call' && !inner.deterministic)
}

/** Columns an expression reads, with those its subqueries take from outside. */
export function columnsUsed(node: Node): ReadonlySet<Column> {
  const used = new Set<Column>()
  collectColumns(node, used)
  return used
}

export function collectColumns(node: Node, into: Set<Column>): void {
  if (node.kind === 'column') into.add(node.column)
  const subplan = subplanOf(node)
  if (subplan !== undefined) for (const column of freeColumns(subplan)) into.add(column)
  for (const child of childrenOf(node)) collectColumns(child, into)
}

const freeColumnsOf = new WeakMap<Plan, ReadonlySet<Column>>()

/** Columns a plan reads and does not produce: what correlates a subquery with the query around it. */
export function freeColumns(plan: Plan): ReadonlySet<Column> {
  const known = freeColumnsOf.get(plan)
  if (known !== undefined) return known
  const free = new Set<Column>()
  for (const node of expressionsIn(plan)) collectColumns(node, free)
  for (const input of inputsOf(plan)) for (const column of freeColumns(input)) free.add(column)
  for (const input of inputsOf(plan)) for (const column of columnsOf(input)) free.delete(column)
  freeColumnsOf.set(plan, free)
  return free
}

export function inputsOf(plan: Plan): readonly Plan[] {
  switch (plan.kind) {
    case 'scan':
    case 'rows':
    case 'work-table':
    case 'table-function':
      return []
    case 'join':
    case 'apply':
    case 'intersect':
      return [plan.left, plan.right]
    case 'union':
      return plan.inputs
    case 'recursive':
      return [plan.anchor, plan.step]
    default:
      return [plan.input]
  }
}

/** The expressions of this operator, not of its inputs. */
export function expressionsIn(plan: Plan): readonly Node[] {
  switch (plan.kind) {
    case 'scan':
      return plan.access === undefined ? [] : expressionsOfAccess(plan.access)
    case 'rows':
      return plan.rows.flat()
    case 'filter':
      return [plan.predicate]
    case 'project':
      return plan.outputs.map(({ expression }) => expression)
    case 'join':
      return [plan.on]
    case 'aggregate':
      return [
        ...plan.keys.map(({ expression }) => expression),
        ...plan.aggregates.map(({ call }) => call),
      ]
    case 'window':
      return [
        ...plan.partition,
        ...expressionsOf(plan.order),
        ...plan.calls.flatMap(({ call }) => call.operands),
      ]
    case 'sort':
      return expressionsOf(plan.keys)
    case 'top':
      return [plan.count, ...expressionsOf(plan.ties ?? [])]
    case 'offset':
      return plan.fetch === undefined ? [plan.offset] : [plan.offset, plan.fetch]
    case 'table-function':
      return plan.operands
    default:
      return []
  }
}

function expressionsOfAccess({ equal, any, low, high }: IndexAccess): readonly Bound[] {
  const values = [...equal, ...(any?.values ?? []), low, high]
  return values.flatMap((value) => value?.expression ?? [])
}

/** Whether the plan gives the same rows whenever it is opened within one statement. */
export function isStable(plan: Plan): boolean {
  return freeColumns(plan).size === 0 && !readsWorkTable(plan)
}

function readsWorkTable(plan: Plan): boolean {
  if (plan.kind === 'work-table') return true
  if (plan.kind === 'recursive') return false
  return (
    inputsOf(plan).some(readsWorkTable) ||
    expressionsIn(plan).some((node) => someNode(node, nodeReadsWorkTable))
  )
}

function nodeReadsWorkTable(node: Node): boolean {
  const subplan = subplanOf(node)
  return subplan !== undefined && readsWorkTable(subplan)
}
