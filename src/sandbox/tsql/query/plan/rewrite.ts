import type { Bound, BoundPredicate, SortKey } from './bound.ts'

/** What a node becomes; undefined leaves it and goes on below it. */
export type Replacement = (node: Bound) => Bound | undefined

/** Replaces expressions from the top down. Subqueries' plans stay as they are. */
export function rewrite(node: Bound, replace: Replacement): Bound {
  const replacement = replace(node)
  if (replacement !== undefined) return replacement
  const inner = (child: Bound): Bound => rewrite(child, replace)
  switch (node.kind) {
    case 'constant':
    case 'column':
    case 'variable':
    case 'subquery':
      return node
    case 'unary':
      return { ...node, operand: inner(node.operand) }
    case 'binary':
      return { ...node, left: inner(node.left), right: inner(node.right) }
    case 'call':
    case 'coalesce':
      return { ...node, operands: node.operands.map(inner) }
    case 'aggregate':
      return {
        ...node,
        operands: node.operands.map(inner),
        order: rewriteKeys(node.order, replace),
      }
    case 'window':
      return {
        ...node,
        operands: node.operands.map(inner),
        partition: node.partition.map(inner),
        order: rewriteKeys(node.order, replace),
      }
    case 'case':
      return {
        ...node,
        branches: node.branches.map(({ when, value }) => ({
          when: rewritePredicate(when, replace),
          value: inner(value),
        })),
        otherwise: inner(node.otherwise),
      }
  }
}

export function rewriteKeys(keys: readonly SortKey[], replace: Replacement): readonly SortKey[] {
  return keys.map((key) => ({ ...key, expression: rewrite(key.expression, replace) }))
}

export function rewritePredicate(node: BoundPredicate, replace: Replacement): BoundPredicate {
  const inner = (child: Bound): Bound => rewrite(child, replace)
  switch (node.kind) {
    case 'truth':
    case 'exists':
      return node
    case 'comparison':
    case 'same':
      return { ...node, left: inner(node.left), right: inner(node.right) }
    case 'and':
    case 'or':
      return {
        ...node,
        operands: node.operands.map((operand) => rewritePredicate(operand, replace)),
      }
    case 'not':
      return { ...node, operand: rewritePredicate(node.operand, replace) }
    case 'is-null':
    case 'in-query':
    case 'quantified':
      return { ...node, operand: inner(node.operand) }
    case 'like':
      return {
        ...node,
        operand: inner(node.operand),
        pattern: inner(node.pattern),
        ...(node.escape === undefined ? {} : { escape: inner(node.escape) }),
      }
    case 'in-list':
      return { ...node, operand: inner(node.operand), candidates: node.candidates.map(inner) }
  }
}
