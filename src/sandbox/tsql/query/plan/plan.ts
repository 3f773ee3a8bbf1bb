import type { SqlValue } from '../../../../mdf/index.ts'
import type { SourceIndex, TableSource } from '../../host.ts'
import type { Row, Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { Bound, BoundAggregate, BoundPredicate, BoundWindow, SortKey } from './bound.ts'
import type { Column } from './column.ts'
import type { SeekValue } from './seek-value.ts'

/** What a query does, as a tree of relational operators; `compile` turns it into running ones. */
export type Plan =
  | ScanPlan
  | RowsPlan
  | FilterPlan
  | ProjectPlan
  | JoinPlan
  | ApplyPlan
  | AggregatePlan
  | WindowPlan
  | SortPlan
  | TopPlan
  | OffsetPlan
  | DistinctPlan
  | UnionPlan
  | IntersectPlan
  | RecursivePlan
  | WorkTablePlan
  | TableFunctionPlan
  | UnpivotPlan
  | DocumentPlan

/** Reads a table. `columns` and `ordinals` go together; pruning leaves those that are needed. */
export interface ScanPlan {
  readonly kind: 'scan'
  readonly source: TableSource
  readonly columns: readonly Column[]
  /** Indexes into the source's columns; `LOCATOR` is the place of the row, for changing it. */
  readonly ordinals: readonly number[]
  /** Reads a part of the table, or all of it in another order. Conditions stay in the filter above. */
  readonly access?: IndexAccess
}

/** How an index is read: by values of its first key columns, then by what is said of the next one. */
export interface IndexAccess {
  readonly index: SourceIndex
  readonly equal: readonly SeekValue[]
  /** The next key column has one of several values: `column` is where rows have it. */
  readonly any?: { readonly column: Column; readonly values: readonly SeekValue[] }
  readonly low?: SeekValue
  readonly high?: SeekValue
  readonly isBackward: boolean
  /** What is above relies on the order of the index. */
  readonly keepsOrder: boolean
}

export const LOCATOR = -1

/** VALUES; with one row and no columns, a query without FROM. */
export interface RowsPlan {
  readonly kind: 'rows'
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Bound[])[]
}

export interface FilterPlan {
  readonly kind: 'filter'
  readonly input: Plan
  readonly predicate: BoundPredicate
}

export interface Output {
  readonly column: Column
  readonly expression: Bound
}

export interface ProjectPlan {
  readonly kind: 'project'
  readonly input: Plan
  readonly outputs: readonly Output[]
}

export interface JoinPlan {
  readonly kind: 'join'
  readonly type: 'inner' | 'left' | 'full'
  readonly left: Plan
  readonly right: Plan
  readonly on: BoundPredicate
  /**
   * One side as it can be read for a row of the other, by an index; for few rows that is less work than
   * reading all of it. Rows are those that meet the condition.
   */
  readonly lookup?: { readonly side: 'left' | 'right'; readonly plan: Plan }
}

/** Evaluates `right`, which may use columns of `left`, for each row of `left`. */
export interface ApplyPlan {
  readonly kind: 'apply'
  readonly isOuter: boolean
  readonly left: Plan
  readonly right: Plan
}

export interface AggregatePlan {
  readonly kind: 'aggregate'
  readonly input: Plan
  readonly keys: readonly Output[]
  /** Grouping sets as indexes into `keys`; plain GROUP BY has one with all, no GROUP BY an empty one. */
  readonly sets: readonly (readonly number[])[]
  readonly aggregates: readonly { readonly column: Column; readonly call: BoundAggregate }[]
  /** GROUPING(key): 1 where the key is not in the row's grouping set. */
  readonly groupings: readonly { readonly column: Column; readonly key: number }[]
}

/** Calls that share PARTITION BY and ORDER BY. */
export interface WindowPlan {
  readonly kind: 'window'
  readonly input: Plan
  readonly partition: readonly Bound[]
  readonly order: readonly SortKey[]
  readonly calls: readonly { readonly column: Column; readonly call: BoundWindow }[]
}

export interface SortPlan {
  readonly kind: 'sort'
  readonly input: Plan
  readonly keys: readonly SortKey[]
}

export interface TopPlan {
  readonly kind: 'top'
  readonly input: Plan
  readonly count: Bound
  readonly percent: boolean
  /** WITH TIES: the ORDER BY keys that make two rows tie. */
  readonly ties?: readonly SortKey[]
}

export interface OffsetPlan {
  readonly kind: 'offset'
  readonly input: Plan
  readonly offset: Bound
  readonly fetch?: Bound
}

export interface DistinctPlan {
  readonly kind: 'distinct'
  readonly input: Plan
}

/** UNION ALL by position; plain UNION has a distinct above it. */
export interface UnionPlan {
  readonly kind: 'union'
  readonly columns: readonly Column[]
  readonly inputs: readonly Plan[]
}

/** Distinct rows of `left` that are, or for EXCEPT are not, among the rows of `right`. */
export interface IntersectPlan {
  readonly kind: 'intersect'
  readonly isExcept: boolean
  readonly columns: readonly Column[]
  readonly left: Plan
  readonly right: Plan
}

/** Rows handed from one round of a recursive query to the next. */
export interface WorkTable {
  rows: readonly Row[]
}

export interface RecursivePlan {
  readonly kind: 'recursive'
  readonly columns: readonly Column[]
  readonly anchor: Plan
  /** Reads `workTable`; by position like UNION ALL. */
  readonly step: Plan
  readonly workTable: WorkTable
  /** Error 530 beyond it; 0 is no limit. */
  readonly maxRecursion: number
}

export interface WorkTablePlan {
  readonly kind: 'work-table'
  readonly columns: readonly Column[]
  readonly workTable: WorkTable
}

/** A table-valued function. */
export interface TableFunctionPlan {
  readonly kind: 'table-function'
  readonly columns: readonly Column[]
  readonly operands: readonly Bound[]
  readonly rows: (values: readonly SqlValue[], run: Run) => Iterable<Row | Tick>
}

export interface UnpivotPlan {
  readonly kind: 'unpivot'
  readonly input: Plan
  readonly kept: readonly Column[]
  readonly nameColumn: Column
  readonly valueColumn: Column
  readonly sources: readonly { readonly name: string; readonly column: Column }[]
}

/** FOR XML and FOR JSON: the whole result as one value, or no row when it is NULL. */
export interface DocumentPlan {
  readonly kind: 'document'
  readonly input: Plan
  readonly source: readonly Column[]
  readonly column: Column
  /** Made for each execution: takes the rows in turn, then gives the text. */
  readonly write: () => { add(row: Row): void; finish(): string | null }
}

/** The columns a plan's rows have, in order. */
export function columnsOf(plan: Plan): readonly Column[] {
  switch (plan.kind) {
    case 'scan':
    case 'rows':
    case 'union':
    case 'intersect':
    case 'recursive':
    case 'work-table':
    case 'table-function':
      return plan.columns
    case 'filter':
    case 'sort':
    case 'top':
    case 'offset':
    case 'distinct':
      return columnsOf(plan.input)
    case 'project':
      return plan.outputs.map(({ column }) => column)
    case 'join':
    case 'apply':
      return [...columnsOf(plan.left), ...columnsOf(plan.right)]
    case 'aggregate':
      return [...plan.keys, ...plan.aggregates, ...plan.groupings].map(({ column }) => column)
    case 'window':
      return [...columnsOf(plan.input), ...plan.calls.map(({ column }) => column)]
    case 'unpivot':
      return [...plan.kept, plan.valueColumn, plan.nameColumn]
    case 'document':
      return [plan.column]
  }
}
