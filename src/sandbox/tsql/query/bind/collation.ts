import { collationName, type SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { Bound } from '../plan/bound.ts'
import { childrenOf } from '../plan/walk.ts'

export const EXPLICIT_COLLATION = 'collate'

/** Collation precedence: COLLATE over columns over variables and literals. */
function collationRank(node: Bound): number {
  if (node.kind === 'unary' && node.label.startsWith(EXPLICIT_COLLATION)) return 3
  if (node.kind === 'column') return 2
  if (node.kind === 'subquery') return 2
  if (node.kind === 'constant' || node.kind === 'variable') return 1
  let rank = 1
  for (const child of childrenOf(node)) {
    if ('type' in child && 'nullable' in child && child.type.collationId !== 0) {
      rank = Math.max(rank, collationRank(child))
    }
  }
  return rank
}

/**
 * The collation two operands are compared or joined under.
 * @throws SqlError 468 when both name one with COLLATE and they differ
 */
export function combinedCollation(left: Bound, right: Bound, operation: string): number {
  const a = left.type.collationId
  const b = right.type.collationId
  if (a === b || b === 0) return a
  if (a === 0) return b
  const leftRank = collationRank(left)
  const rightRank = collationRank(right)
  if (leftRank === 3 && rightRank === 3) throw collationConflict([a, b], operation)
  return leftRank >= rightRank ? a : b
}

export function withCollation(type: SqlType, collationId: number): SqlType {
  return type.collationId === 0 || collationId === 0 || type.collationId === collationId
    ? type
    : { ...type, collationId }
}

function collationConflict(ids: readonly number[], operation: string): SqlError {
  const [left, right] = ids.map((id) => collationName(id) ?? `collation ${id}`)
  return new SqlError(
    468,
    `Cannot resolve the collation conflict between "${left}" and "${right}" in the ${operation} operation.`,
    { state: 9 },
  )
}
