import type { SqlType } from '../../../../mdf/index.ts'
import { compareValues, hashKeyOf } from '../../values/index.ts'
import type { CompiledKey, CompiledSortKey } from '../operators/operator.ts'
import type { Bound, BoundPredicate, SortKey } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { maySuspend } from '../plan/walk.ts'
import { settled } from '../run/suspension.ts'
import { type CompileContext, compileExpression } from './compile-expression.ts'
import { compilePredicate, type Test } from './compile-predicate.ts'
import type { Evaluate } from './layout.ts'

/** An expression for an operator that can't pass ticks on while a subquery in it runs. */
export function compileSettled(expression: Bound, context: CompileContext): Evaluate {
  const evaluate = compileExpression(expression, context)
  return maySuspend(expression) ? (row, run) => settled(() => evaluate(row, run)) : evaluate
}

export function compileSettledTest(predicate: BoundPredicate, context: CompileContext): Test {
  const test = compilePredicate(predicate, context)
  return maySuspend(predicate) ? (row, run) => settled(() => test(row, run)) : test
}

export function compileSortKeys(
  keys: readonly SortKey[],
  context: CompileContext,
): readonly CompiledSortKey[] {
  return keys.map(({ expression, descending }) => ({
    evaluate: compileSettled(expression, context),
    compare: comparerOf(expression.type),
    descending,
  }))
}

function comparerOf(type: SqlType): CompiledSortKey['compare'] {
  return (left, right) => compareValues(left, right, type)
}

export function compileKey(expression: Bound, context: CompileContext): CompiledKey {
  const { type } = expression
  return {
    evaluate: compileSettled(expression, context),
    hash: (value) => hashKeyOf(value, type),
  }
}

/** Keys over whole rows, by position. */
export function compileColumnKeys(columns: readonly Column[]): readonly CompiledKey[] {
  return columns.map(({ type }, position) => ({
    evaluate: (row) => row[position] ?? null,
    hash: (value) => hashKeyOf(value, type),
  }))
}
