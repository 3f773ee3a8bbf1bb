import type {
  AssignmentOperator,
  CommonTableExpression,
  ExecuteStatement,
  Expression,
  NamedTable,
  ObjectName,
  QueryExpression,
  SelectItem,
  TableReference,
  TableVariable,
  TopClause,
} from './ast.ts'
import type { CursorReference } from './ast-cursor.ts'
import type { TableElement } from './ast-definition.ts'

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE TABLE name what they change as FROM names a table. */
export type WriteTarget = NamedTable | TableVariable

export interface InsertStatement {
  readonly kind: 'insert'
  readonly with: readonly CommonTableExpression[]
  readonly top?: TopClause
  readonly target: WriteTarget
  /** Empty when the statement names none: all that take values. */
  readonly columns: readonly string[]
  readonly output?: OutputClause
  readonly source:
    | { readonly kind: 'query'; readonly query: QueryExpression }
    /** DEFAULT stands in a row as a literal of that type. */
    | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
    | { readonly kind: 'execute'; readonly execute: ExecuteStatement }
    | { readonly kind: 'default-values' }
  readonly line: number
}

export interface UpdateStatement {
  readonly kind: 'update'
  readonly with: readonly CommonTableExpression[]
  readonly top?: TopClause
  /** A table, or an alias of FROM. */
  readonly target: WriteTarget
  readonly set: readonly SetClause[]
  readonly output?: OutputClause
  readonly from: readonly TableReference[]
  readonly where?: Expression
  /** WHERE CURRENT OF: the row a cursor stands on. */
  readonly currentOf?: CursorReference
  readonly line: number
}

/** `column = value`, `@variable = value`, `@variable = column = value`, `column.WRITE(value, offset, length)` */
export interface SetClause {
  readonly variable?: string
  /** Name parts as written, the column last; absent when only a variable is set. */
  readonly column?: readonly string[]
  readonly operator: AssignmentOperator
  /** DEFAULT is a literal of that type. */
  readonly value: Expression
  readonly write?: { readonly offset: Expression; readonly length: Expression }
  readonly line: number
}

export interface DeleteStatement {
  readonly kind: 'delete'
  readonly with: readonly CommonTableExpression[]
  readonly top?: TopClause
  readonly target: WriteTarget
  readonly output?: OutputClause
  readonly from: readonly TableReference[]
  readonly where?: Expression
  /** WHERE CURRENT OF: the row a cursor stands on. */
  readonly currentOf?: CursorReference
  readonly line: number
}

export interface MergeStatement {
  readonly kind: 'merge'
  readonly with: readonly CommonTableExpression[]
  readonly top?: TopClause
  readonly target: WriteTarget
  readonly alias?: string
  readonly using: TableReference
  readonly on: Expression
  readonly clauses: readonly MergeClause[]
  readonly output?: OutputClause
  readonly line: number
}

export interface MergeClause {
  readonly when: 'matched' | 'not-matched-by-target' | 'not-matched-by-source'
  readonly condition?: Expression
  readonly action:
    | { readonly kind: 'update'; readonly set: readonly SetClause[] }
    | { readonly kind: 'delete' }
    | {
        readonly kind: 'insert'
        readonly columns: readonly string[]
        /** Undefined for DEFAULT VALUES. */
        readonly values?: readonly Expression[]
      }
  readonly line: number
}

/** OUTPUT items name `inserted` and `deleted`, in MERGE `$action` too. */
export interface OutputClause {
  readonly items: readonly SelectItem[]
  readonly into?: { readonly target: WriteTarget; readonly columns: readonly string[] }
  /** A second OUTPUT, to the client, after OUTPUT … INTO. */
  readonly toClient?: readonly SelectItem[]
  readonly line: number
}

/** `INSERT BULK target (columns) WITH (…)`: announces rows that come as a bulk load. */
export interface InsertBulkStatement {
  readonly kind: 'insert-bulk'
  readonly target: ObjectName
  /** In the order of the rows; [] for all columns. */
  readonly columns: readonly string[]
  /** Options in upper case: KEEP_NULLS, CHECK_CONSTRAINTS, FIRE_TRIGGERS, TABLOCK, … */
  readonly options: ReadonlySet<string>
  readonly line: number
}

export interface TruncateStatement {
  readonly kind: 'truncate'
  readonly table: ObjectName
  readonly line: number
}

export interface IdentityInsertStatement {
  readonly kind: 'identity-insert'
  readonly table: ObjectName
  readonly isOn: boolean
  readonly line: number
}

/** `DECLARE @name TABLE (…)`, or of a table type. */
export interface DeclareTableStatement {
  readonly kind: 'declare-table'
  readonly name: string
  readonly elements: readonly TableElement[]
  readonly line: number
}
