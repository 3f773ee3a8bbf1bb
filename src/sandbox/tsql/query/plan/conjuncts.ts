import { type BoundComparison, type BoundPredicate, TRUE } from './bound.ts'
import type { Column } from './column.ts'
import { columnsUsed } from './walk.ts'

/** The operands of nested ANDs, without those that are always true. */
export function conjunctsOf(predicate: BoundPredicate): readonly BoundPredicate[] {
  if (predicate.kind === 'and') return predicate.operands.flatMap(conjunctsOf)
  return predicate.kind === 'truth' && predicate.value === true ? [] : [predicate]
}

export function conjunction(predicates: readonly BoundPredicate[]): BoundPredicate {
  const [first] = predicates
  if (first === undefined) return TRUE
  return predicates.length === 1 ? first : { kind: 'and', operands: predicates }
}

/** An equality between an expression over one side's columns and one over the other's. */
export interface Equality {
  readonly left: BoundComparison['left']
  readonly right: BoundComparison['right']
}

/**
 * Reads `a = b` as an equality with `left` over the columns for which `isLeft` holds and `right` over
 * those for which `isRight` does; undefined when it is not one.
 */
export function equalityOf(
  predicate: BoundPredicate,
  isLeft: (column: Column) => boolean,
  isRight: (column: Column) => boolean,
): Equality | undefined {
  if (predicate.kind !== 'comparison' || predicate.operator !== '=') return undefined
  const a = [...columnsUsed(predicate.left)]
  const b = [...columnsUsed(predicate.right)]
  if (a.length === 0 || b.length === 0) return undefined
  if (a.every(isLeft) && b.every(isRight)) return { left: predicate.left, right: predicate.right }
  if (a.every(isRight) && b.every(isLeft)) return { left: predicate.right, right: predicate.left }
  return undefined
}
