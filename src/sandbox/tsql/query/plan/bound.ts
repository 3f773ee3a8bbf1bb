import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import type { Accumulator, CallContext } from '../../functions/index.ts'
import type { ComparisonOperator } from '../../syntax/index.ts'
import type { Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { Column } from './column.ts'
import type { Plan } from './plan.ts'

/** A variable of the batch; expressions hold on to it and read its value when they run. */
export interface Variable {
  readonly name: string
  readonly type: SqlType
  value: SqlValue
}

interface Typed {
  readonly type: SqlType
  readonly nullable: boolean
}

/** An expression with its names resolved and its types settled. */
export type Bound =
  | BoundConstant
  | BoundColumn
  | BoundVariable
  | BoundUnary
  | BoundBinary
  | BoundCall
  | BoundCase
  | BoundCoalesce
  | BoundSubquery
  | BoundAggregate
  | BoundWindow

export interface BoundConstant extends Typed {
  readonly kind: 'constant'
  readonly value: SqlValue
  /** The bare word NULL, which takes any type. */
  readonly isNullLiteral: boolean
}

export interface BoundColumn extends Typed {
  readonly kind: 'column'
  readonly column: Column
  /** For errors 8120 and 8127, which are found after binding. */
  readonly line: number
}

export interface BoundVariable extends Typed {
  readonly kind: 'variable'
  readonly variable: Variable
}

/** A function of one value: conversions, signs. `label` tells two of them apart. */
export interface BoundUnary extends Typed {
  readonly kind: 'unary'
  readonly label: string
  readonly operand: Bound
  readonly evaluate: (value: SqlValue, call: CallContext) => SqlValue
}

export interface BoundBinary extends Typed {
  readonly kind: 'binary'
  readonly label: string
  readonly left: Bound
  readonly right: Bound
  readonly evaluate: (left: SqlValue, right: SqlValue) => SqlValue
}

/** A call of a function, built in or kept in a database. */
export interface BoundCall extends Typed {
  readonly kind: 'call'
  readonly label: string
  readonly operands: readonly Bound[]
  readonly deterministic: boolean
  readonly evaluate: (values: readonly SqlValue[], call: CallContext) => SqlValue
  /** In place of `evaluate`: the statements of a function, with ticks between them. */
  readonly work?: (values: readonly SqlValue[], run: Run) => Generator<Tick, SqlValue>
}

/** CASE, IIF, CHOOSE and NULLIF: only the chosen branch is evaluated. */
export interface BoundCase extends Typed {
  readonly kind: 'case'
  readonly branches: readonly { readonly when: BoundPredicate; readonly value: Bound }[]
  /** A NULL constant when nothing was written. */
  readonly otherwise: Bound
}

/** COALESCE and ISNULL: the first operand that is not NULL. */
export interface BoundCoalesce extends Typed {
  readonly kind: 'coalesce'
  readonly operands: readonly Bound[]
}

/** A subquery of one column as a value. */
export interface BoundSubquery extends Typed {
  readonly kind: 'subquery'
  readonly plan: Plan
  readonly column: Column
}

/** An aggregate of the query block; replaced by a column of the block's aggregate operator. */
export interface BoundAggregate extends Typed {
  readonly kind: 'aggregate'
  readonly label: string
  /** Empty for COUNT(*). */
  readonly operands: readonly Bound[]
  readonly distinct: boolean
  /** WITHIN GROUP (ORDER BY …) */
  readonly order: readonly SortKey[]
  readonly create: () => Accumulator
}

/** A call with OVER; replaced by a column of a window operator. */
export interface BoundWindow extends Typed {
  readonly kind: 'window'
  readonly label: string
  readonly operands: readonly Bound[]
  readonly partition: readonly Bound[]
  readonly order: readonly SortKey[]
  readonly frame: BoundFrame
  readonly compute: WindowFunction
}

export interface BoundFrame {
  readonly unit: 'rows' | 'range'
  readonly start: BoundFrameEdge
  readonly end: BoundFrameEdge
}

/** Rows from the current one, negative before it; or the end of the partition. */
export type BoundFrameEdge = number | 'unbounded'

/** One partition, in order, as a window function sees it. */
export interface WindowPartition {
  readonly size: number
  /** The operands' values of row `index`. */
  operands(index: number): readonly SqlValue[]
  /** First row of the current row's peers and the row after the last. */
  peerStart(index: number): number
  peerEnd(index: number): number
  /** The frame of row `index`: first row and the row after the last. */
  frameStart(index: number): number
  frameEnd(index: number): number
}

/** Values of a window function for each row of the partition in turn. */
export type WindowFunction = (partition: WindowPartition) => (index: number) => SqlValue

export interface SortKey {
  readonly expression: Bound
  readonly descending: boolean
}

/** A condition: true, false or unknown (null). */
export type BoundPredicate =
  | { readonly kind: 'truth'; readonly value: boolean | null }
  | BoundComparison
  | { readonly kind: 'and' | 'or'; readonly operands: readonly BoundPredicate[] }
  | { readonly kind: 'not'; readonly operand: BoundPredicate }
  | { readonly kind: 'is-null'; readonly operand: Bound }
  | BoundSame
  | BoundLike
  | BoundInList
  | { readonly kind: 'exists'; readonly plan: Plan }
  | BoundInQuery
  | BoundQuantified

/** Both sides have been converted to `type`. */
export interface BoundComparison {
  readonly kind: 'comparison'
  readonly operator: ComparisonOperator
  readonly left: Bound
  readonly right: Bound
  readonly type: SqlType
}

/** IS NOT DISTINCT FROM: equal, or both NULL; never unknown. */
export interface BoundSame {
  readonly kind: 'same'
  readonly left: Bound
  readonly right: Bound
  readonly type: SqlType
}

export interface BoundLike {
  readonly kind: 'like'
  readonly operand: Bound
  readonly pattern: Bound
  readonly escape?: Bound
  readonly collationId: number
}

export interface BoundInList {
  readonly kind: 'in-list'
  /** Operand and candidates have been converted to `type`. */
  readonly operand: Bound
  readonly candidates: readonly Bound[]
  readonly type: SqlType
}

export interface BoundInQuery {
  readonly kind: 'in-query'
  readonly operand: Bound
  readonly plan: Plan
  /** The plan's column, converted to `type`. */
  readonly column: Column
  readonly type: SqlType
}

export interface BoundQuantified {
  readonly kind: 'quantified'
  readonly operator: ComparisonOperator
  readonly quantifier: 'all' | 'any'
  readonly operand: Bound
  readonly plan: Plan
  readonly column: Column
  readonly type: SqlType
}

export const TRUE: BoundPredicate = { kind: 'truth', value: true }
