import type { SqlValue } from '../../../../mdf/index.ts'
import { Decimal, SqlDateTime } from '../../../../mdf/index.ts'
import type { Bound, BoundPredicate } from './bound.ts'
import { childrenOf, type Node } from './walk.ts'

const identities = new WeakMap<object, number>()
let lastIdentity = 0

/**
 * Equal texts mean equal expressions: how a select item is found among the GROUP BY expressions.
 * Subqueries equal only themselves.
 */
export function fingerprint(node: Bound | BoundPredicate): string {
  const children = childrenOf(node).map(fingerprint).join(',')
  return `${head(node)}(${children})`
}

function head(node: Node): string {
  switch (node.kind) {
    case 'constant':
      return `${node.type.name}:${constantText(node.value)}`
    case 'column':
      return `#${node.column.id}`
    case 'variable':
      return node.variable.name
    case 'unary':
    case 'binary':
    case 'call':
      return node.label
    case 'aggregate':
      return `${node.label}${node.distinct ? ' distinct' : ''}`
    case 'window':
      return `${node.label} ${JSON.stringify(node.frame)} ${node.partition.length}/${node.order.map((key) => key.descending)}`
    case 'comparison':
      return node.operator
    case 'case':
      return `case ${node.branches.length}`
    case 'truth':
      return `${node.value}`
    case 'subquery':
    case 'exists':
    case 'in-query':
    case 'quantified':
      return `${node.kind}@${identityOf(node.plan)}`
    default:
      return node.kind
  }
}

function constantText(value: SqlValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Decimal) return `${value}`
  if (value instanceof SqlDateTime) return `${value.days}.${value.ticks}.${value.offsetMinutes}`
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return typeof value === 'object' && value !== null ? `@${identityOf(value)}` : `${value}`
}

function identityOf(value: object): number {
  const known = identities.get(value)
  if (known !== undefined) return known
  lastIdentity += 1
  identities.set(value, lastIdentity)
  return lastIdentity
}
