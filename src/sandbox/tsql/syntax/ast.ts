/**
 * The syntax tree of T-SQL: immutable nodes with a literal `kind`, made by `parse`, read by `bind`.
 * Names keep the case they were written in; `line` is 1-based in the batch.
 */

import type {
  DeclareTableStatement,
  DeleteStatement,
  IdentityInsertStatement,
  InsertBulkStatement,
  InsertStatement,
  MergeStatement,
  TruncateStatement,
  UpdateStatement,
} from './ast-change.ts'
import type {
  CursorStatement,
  DeclareCursorStatement,
  FetchStatement,
  SetCursorStatement,
} from './ast-cursor.ts'
import type { DefinitionStatement } from './ast-definition.ts'

/** Name parts from the last to the first: `Northwind.dbo.Customers` has three. Empty parts are ''. */
export interface ObjectName {
  readonly server: string
  readonly database: string
  readonly schema: string
  readonly name: string
  readonly line: number
}

/** A type as written: `nvarchar(20)`, `decimal(10, 2)`, `varchar(max)`, `dbo.Flag`. */
export interface TypeName {
  readonly schema: string
  readonly name: string
  /** Length, or precision and scale; 'max' for (max). Empty when nothing was written. */
  readonly arguments: readonly (number | 'max')[]
}

// ---------------------------------------------------------------- expressions

export type Expression =
  | Literal
  | ColumnReference
  | VariableReference
  | GlobalVariableReference
  | NextValue
  | UnaryExpression
  | BinaryExpression
  | FunctionCall
  | CastExpression
  | CaseExpression
  | ScalarSubquery
  | CollateExpression
  | AtTimeZoneExpression
  | Predicate

/** What WHERE, HAVING, ON, IF and searched CASE take. */
export type Predicate =
  | ComparisonPredicate
  | LogicalPredicate
  | NotPredicate
  | IsNullPredicate
  | IsDistinctPredicate
  | BetweenPredicate
  | InPredicate
  | LikePredicate
  | ExistsPredicate
  | QuantifiedPredicate

export interface Literal {
  readonly kind: 'literal'
  /** `integer`, `decimal`, `float` and `money` keep the text as written, without the currency sign. */
  readonly literalType:
    | 'null'
    | 'integer'
    | 'decimal'
    | 'float'
    | 'money'
    | 'string'
    | 'unicode-string'
    | 'binary'
    | 'default'
  /** Strings without quotes and with doubled quotes undone; binary as hexadecimal digits without 0x. */
  readonly text: string
  readonly line: number
}

export interface ColumnReference {
  readonly kind: 'column'
  /** One to four parts, first to last as written: ['c', 'CompanyName']. */
  readonly parts: readonly string[]
  readonly line: number
}

export interface VariableReference {
  readonly kind: 'variable'
  /** With its `@`. */
  readonly name: string
  readonly line: number
}

export interface GlobalVariableReference {
  readonly kind: 'global-variable'
  /** With its `@@`. */
  readonly name: string
  readonly line: number
}

/** NEXT VALUE FOR a sequence. */
export interface NextValue {
  readonly kind: 'next-value'
  readonly sequence: ObjectName
  readonly line: number
}

export interface UnaryExpression {
  readonly kind: 'unary'
  readonly operator: '+' | '-' | '~'
  readonly operand: Expression
  readonly line: number
}

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^'
  readonly left: Expression
  readonly right: Expression
  readonly line: number
}

export interface FunctionCall {
  readonly kind: 'function'
  /** As written; schema-qualified user functions keep their schema ('' otherwise). */
  readonly schema: string
  readonly name: string
  readonly arguments: readonly Expression[]
  /** COUNT(*) */
  readonly star: boolean
  readonly distinct: boolean
  readonly over?: OverClause
  /** STRING_AGG(…) WITHIN GROUP (ORDER BY …), PERCENTILE_CONT */
  readonly withinGroup?: readonly OrderItem[]
  /**
   * A bare keyword first argument: DATEADD(day, …), DATEPART, DATEDIFF, DATENAME, DATETRUNC. `TRIM(LEADING x
   * FROM y)` has its word here (BOTH when none is written) and the arguments x, y; `TRIM(y)` has no keyword.
   */
  readonly keyword?: string
  readonly line: number
}

export interface OverClause {
  readonly partitionBy: readonly Expression[]
  readonly orderBy: readonly OrderItem[]
  readonly frame?: WindowFrame
}

export interface WindowFrame {
  readonly unit: 'rows' | 'range'
  readonly start: FrameBound
  readonly end: FrameBound
}

export type FrameBound =
  | { readonly kind: 'unbounded-preceding' | 'current-row' | 'unbounded-following' }
  | { readonly kind: 'preceding' | 'following'; readonly offset: Expression }

/** CAST, TRY_CAST, CONVERT, TRY_CONVERT, PARSE, TRY_PARSE. */
export interface CastExpression {
  readonly kind: 'cast'
  readonly operand: Expression
  readonly type: TypeName
  /** CONVERT's third argument. */
  readonly style?: Expression
  /** PARSE … USING culture. */
  readonly culture?: Expression
  readonly form: 'cast' | 'convert' | 'parse'
  /** NULL instead of an error. */
  readonly isTry: boolean
  readonly line: number
}

export interface CaseExpression {
  readonly kind: 'case'
  /** `CASE input WHEN …`; absent in a searched CASE. */
  readonly input?: Expression
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[]
  readonly otherwise?: Expression
  readonly line: number
}

export interface ScalarSubquery {
  readonly kind: 'subquery'
  readonly query: QueryExpression
  readonly line: number
}

export interface CollateExpression {
  readonly kind: 'collate'
  readonly operand: Expression
  readonly collation: string
  readonly line: number
}

export interface AtTimeZoneExpression {
  readonly kind: 'at-time-zone'
  readonly operand: Expression
  readonly zone: Expression
  readonly line: number
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

export interface ComparisonPredicate {
  readonly kind: 'comparison'
  readonly operator: ComparisonOperator
  readonly left: Expression
  readonly right: Expression
  readonly line: number
}

export interface LogicalPredicate {
  readonly kind: 'logical'
  readonly operator: 'and' | 'or'
  readonly left: Expression
  readonly right: Expression
  readonly line: number
}

export interface NotPredicate {
  readonly kind: 'not'
  readonly operand: Expression
  readonly line: number
}

export interface IsNullPredicate {
  readonly kind: 'is-null'
  readonly operand: Expression
  readonly negated: boolean
  readonly line: number
}

/** `IS [NOT] DISTINCT FROM`: a comparison in which two NULLs are the same. */
export interface IsDistinctPredicate {
  readonly kind: 'is-distinct'
  readonly left: Expression
  readonly right: Expression
  /** IS NOT DISTINCT FROM: equal. */
  readonly negated: boolean
  readonly line: number
}

export interface BetweenPredicate {
  readonly kind: 'between'
  readonly operand: Expression
  readonly low: Expression
  readonly high: Expression
  readonly negated: boolean
  readonly line: number
}

export interface InPredicate {
  readonly kind: 'in'
  readonly operand: Expression
  readonly candidates: readonly Expression[] | QueryExpression
  readonly negated: boolean
  readonly line: number
}

export interface LikePredicate {
  readonly kind: 'like'
  readonly operand: Expression
  readonly pattern: Expression
  readonly escape?: Expression
  readonly negated: boolean
  readonly line: number
}

export interface ExistsPredicate {
  readonly kind: 'exists'
  readonly query: QueryExpression
  readonly line: number
}

/** `x > ALL (SELECT …)`; SOME is 'any'. */
export interface QuantifiedPredicate {
  readonly kind: 'quantified'
  readonly operator: ComparisonOperator
  readonly quantifier: 'all' | 'any'
  readonly operand: Expression
  readonly query: QueryExpression
  readonly line: number
}

// ---------------------------------------------------------------- queries

/** A query with what stands around it: WITH before, ORDER BY / OFFSET / FOR / OPTION after. */
export interface QueryExpression {
  readonly kind: 'query'
  readonly with: readonly CommonTableExpression[]
  readonly body: QueryBody
  readonly orderBy: readonly OrderItem[]
  readonly offset?: Expression
  readonly fetch?: Expression
  readonly for?: ForClause
  /** OPTION (MAXRECURSION n); 0 is no limit. Other query hints are read over. */
  readonly maxRecursion?: number
  readonly line: number
}

export type QueryBody = SelectSpecification | SetOperation | NestedQuery

/** A query in parentheses as an operand of UNION and its kin. */
export interface NestedQuery {
  readonly kind: 'nested'
  readonly query: QueryExpression
}

export interface CommonTableExpression {
  readonly name: string
  readonly columns: readonly string[]
  readonly query: QueryExpression
  readonly line: number
}

export interface SetOperation {
  readonly kind: 'set-operation'
  readonly operator: 'union' | 'union-all' | 'except' | 'intersect'
  readonly left: QueryBody
  readonly right: QueryBody
  readonly line: number
}

export interface SelectSpecification {
  readonly kind: 'select'
  readonly distinct: boolean
  readonly top?: TopClause
  readonly items: readonly SelectItem[]
  /** SELECT … INTO. */
  readonly into?: ObjectName
  readonly from: readonly TableReference[]
  readonly where?: Expression
  readonly groupBy: readonly GroupingItem[]
  readonly having?: Expression
  readonly line: number
}

export interface TopClause {
  readonly count: Expression
  readonly percent: boolean
  readonly withTies: boolean
}

export type SelectItem =
  | {
      readonly kind: 'star' /** `c.*` */
      readonly qualifier: readonly string[]
      readonly line: number
    }
  | {
      readonly kind: 'expression'
      readonly expression: Expression
      /** From AS, a bare name, or `name = expression`. */
      readonly alias?: string
      readonly line: number
    }
  | {
      readonly kind: 'assignment'
      readonly variable: string
      readonly operator: AssignmentOperator
      readonly expression: Expression
      readonly line: number
    }

export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^='

export type GroupingItem =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'rollup' | 'cube'; readonly items: readonly (readonly Expression[])[] }
  | { readonly kind: 'grouping-sets'; readonly items: readonly GroupingItem[] }
  /** `()` or `(a, b)` inside GROUPING SETS. */
  | { readonly kind: 'set'; readonly expressions: readonly Expression[] }

export interface OrderItem {
  readonly expression: Expression
  readonly descending: boolean
}

export type ForClause =
  | {
      readonly kind: 'xml'
      readonly mode: 'raw' | 'auto' | 'path' | 'explicit'
      readonly element?: string
      readonly root?: string
      readonly type: boolean
      readonly elements: boolean
      readonly xsinil: boolean
    }
  | {
      readonly kind: 'json'
      readonly mode: 'auto' | 'path'
      readonly root?: string
      readonly includeNulls: boolean
      readonly withoutArrayWrapper: boolean
    }
  | { readonly kind: 'browse' }

export type TableReference =
  | NamedTable
  | DerivedTable
  | TableFunction
  | TableVariable
  | ValuesTable
  | JoinedTable
  | PivotedTable
  | UnpivotedTable

export interface NamedTable {
  readonly kind: 'table'
  readonly name: ObjectName
  readonly alias?: string
  /** WITH (NOLOCK, …): kept in upper case; they have no effect on what is read. */
  readonly hints: readonly string[]
  readonly line: number
}

export interface DerivedTable {
  readonly kind: 'derived'
  readonly query: QueryExpression
  readonly alias: string
  readonly columns: readonly string[]
  readonly line: number
}

export interface TableFunction {
  readonly kind: 'table-function'
  readonly name: ObjectName
  readonly arguments: readonly Expression[]
  readonly alias?: string
  readonly columns: readonly string[]
  /** OPENJSON … WITH (…). */
  readonly with: readonly {
    readonly name: string
    readonly type: TypeName
    readonly path?: string
    readonly asJson: boolean
  }[]
  readonly line: number
}

export interface TableVariable {
  readonly kind: 'table-variable'
  readonly name: string
  readonly alias?: string
  readonly line: number
}

/** `(VALUES (1, 'a'), (2, 'b')) AS v(id, name)` */
export interface ValuesTable {
  readonly kind: 'values'
  readonly rows: readonly (readonly Expression[])[]
  readonly alias: string
  readonly columns: readonly string[]
  readonly line: number
}

export interface JoinedTable {
  readonly kind: 'join'
  readonly type: 'inner' | 'left' | 'right' | 'full' | 'cross' | 'cross-apply' | 'outer-apply'
  readonly left: TableReference
  readonly right: TableReference
  readonly on?: Expression
  readonly line: number
}

export interface PivotedTable {
  readonly kind: 'pivot'
  readonly source: TableReference
  readonly aggregate: FunctionCall
  readonly column: ColumnReference
  readonly values: readonly string[]
  readonly alias: string
  readonly line: number
}

export interface UnpivotedTable {
  readonly kind: 'unpivot'
  readonly source: TableReference
  readonly valueColumn: string
  readonly nameColumn: string
  readonly columns: readonly string[]
  readonly alias: string
  readonly line: number
}

// ---------------------------------------------------------------- statements

export type Statement =
  | SelectStatement
  | DeclareStatement
  | SetVariableStatement
  | SetOptionStatement
  | UseStatement
  | PrintStatement
  | IfStatement
  | WhileStatement
  | BlockStatement
  | TryStatement
  | JumpStatement
  | GotoStatement
  | LabelStatement
  | ReturnStatement
  | ThrowStatement
  | RaiserrorStatement
  | WaitforStatement
  | TransactionStatement
  | ExecuteStatement
  | ExecuteAsStatement
  | RevertStatement
  | AdministrationStatement
  | InsertStatement
  | InsertBulkStatement
  | UpdateStatement
  | DeleteStatement
  | MergeStatement
  | TruncateStatement
  | IdentityInsertStatement
  | DeclareTableStatement
  | DeclareCursorStatement
  | SetCursorStatement
  | CursorStatement
  | FetchStatement
  | DefinitionStatement
  | WriteStatement

export interface SelectStatement {
  readonly kind: 'select-statement'
  readonly query: QueryExpression
  readonly line: number
}

export interface DeclareStatement {
  readonly kind: 'declare'
  readonly variables: readonly {
    readonly name: string
    readonly type: TypeName
    readonly initial?: Expression
  }[]
  readonly line: number
}

export interface SetVariableStatement {
  readonly kind: 'set-variable'
  readonly name: string
  readonly operator: AssignmentOperator
  readonly value: Expression
  readonly line: number
}

/** SET NOCOUNT ON, SET TEXTSIZE 4096, SET TRANSACTION ISOLATION LEVEL …, SET DATEFORMAT dmy, … */
export interface SetOptionStatement {
  readonly kind: 'set-option'
  /** Upper case; several with one value: SET ANSI_NULLS, QUOTED_IDENTIFIER ON. */
  readonly names: readonly string[]
  /** ON and OFF as a boolean; words and strings as written; a variable by its name with `@`. */
  readonly value: boolean | number | string
  readonly line: number
}

export interface UseStatement {
  readonly kind: 'use'
  readonly database: string
  readonly line: number
}

export interface PrintStatement {
  readonly kind: 'print'
  readonly value: Expression
  readonly line: number
}

export interface IfStatement {
  readonly kind: 'if'
  readonly condition: Expression
  readonly then: Statement
  readonly otherwise?: Statement
  readonly line: number
}

export interface WhileStatement {
  readonly kind: 'while'
  readonly condition: Expression
  readonly body: Statement
  readonly line: number
}

export interface BlockStatement {
  readonly kind: 'block'
  readonly statements: readonly Statement[]
  readonly line: number
}

export interface TryStatement {
  readonly kind: 'try'
  readonly body: readonly Statement[]
  readonly catch: readonly Statement[]
  readonly line: number
}

export interface JumpStatement {
  readonly kind: 'break' | 'continue'
  readonly line: number
}

export interface GotoStatement {
  readonly kind: 'goto'
  readonly label: string
  readonly line: number
}

/** `name:` */
export interface LabelStatement {
  readonly kind: 'label'
  readonly name: string
  readonly line: number
}

export interface ReturnStatement {
  readonly kind: 'return'
  readonly value?: Expression
  readonly line: number
}

export interface ThrowStatement {
  readonly kind: 'throw'
  readonly error?: {
    readonly number: Expression
    readonly message: Expression
    readonly state: Expression
  }
  readonly line: number
}

export interface RaiserrorStatement {
  readonly kind: 'raiserror'
  readonly message: Expression
  readonly severity: Expression
  readonly state: Expression
  readonly arguments: readonly Expression[]
  /** LOG, NOWAIT, SETERROR in upper case. */
  readonly options: readonly string[]
  readonly line: number
}

export interface WaitforStatement {
  readonly kind: 'waitfor'
  readonly mode: 'delay' | 'time'
  readonly value: Expression
  readonly line: number
}

export interface TransactionStatement {
  readonly kind: 'transaction'
  readonly action: 'begin' | 'commit' | 'rollback' | 'save'
  readonly name: string
  readonly line: number
}

export interface ExecuteStatement {
  readonly kind: 'execute'
  /** EXEC name …; absent for EXEC ('text'). */
  readonly procedure?: ObjectName
  /** EXEC @name …: the procedure's name comes from a variable. */
  readonly procedureVariable?: string
  /** EXEC ('text' + @more). */
  readonly text?: Expression
  /** EXEC @status = name. */
  readonly statusVariable?: string
  readonly arguments: readonly {
    /** With its `@`; '' when positional. */
    readonly name: string
    readonly value: Expression
    readonly isOutput: boolean
  }[]
  /** WITH RESULT SETS: the columns of each; none for NONE. */
  readonly resultSets?: readonly (readonly {
    readonly name: string
    readonly type: TypeName
    readonly nullable: boolean
  }[])[]
  readonly line: number
}

export interface ExecuteAsStatement {
  readonly kind: 'execute-as'
  readonly principal: 'caller' | 'user' | 'login'
  /** As written, or a variable with its `@`; '' for the caller. */
  readonly name: string
  readonly line: number
}

export interface RevertStatement {
  readonly kind: 'revert'
  readonly line: number
}

/** Statements on the instance and its databases, carried out by the engine. */
export type AdministrationStatement =
  | {
      readonly kind: 'create-database'
      readonly name: string
      readonly files: readonly DatabaseFileSpecification[]
      readonly logFiles: readonly DatabaseFileSpecification[]
      readonly attach: 'none' | 'attach' | 'attach-rebuild-log'
      readonly collation?: string
      readonly line: number
    }
  | {
      readonly kind: 'drop-database'
      readonly names: readonly string[]
      readonly ifExists: boolean
      readonly line: number
    }
  | {
      readonly kind: 'alter-database'
      /** CURRENT is ''. */
      readonly name: string
      /** The words after SET in upper case, one option per entry: ['SINGLE_USER'], ['READ_ONLY']. */
      readonly options: readonly string[]
      /** WITH ROLLBACK IMMEDIATE and its kin, in upper case; '' when absent. */
      readonly termination: string
      /** MODIFY NAME = … */
      readonly newName?: string
      readonly line: number
    }
  | {
      readonly kind: 'alter-login'
      readonly name: string
      readonly password?: string
      readonly oldPassword?: string
      readonly enable?: boolean
      readonly newName?: string
      readonly line: number
    }
  | { readonly kind: 'kill'; readonly spid: number; readonly line: number }
  | { readonly kind: 'shutdown'; readonly noWait: boolean; readonly line: number }
  | { readonly kind: 'checkpoint' | 'reconfigure'; readonly line: number }
  | {
      readonly kind: 'dbcc'
      /** Upper case: CHECKDB, USEROPTIONS, TRACEON, … */
      readonly command: string
      readonly arguments: readonly Expression[]
      readonly options: readonly string[]
      readonly line: number
    }

export interface DatabaseFileSpecification {
  readonly logicalName?: string
  readonly physicalPath: string
}

/**
 * A statement that would change a database: INSERT, UPDATE, DELETE, MERGE, TRUNCATE and all DDL on
 * objects. Parsed as far as its target, refused by name when it runs.
 */
export interface WriteStatement {
  readonly kind: 'write'
  /** The statement's words in upper case: 'INSERT', 'CREATE TABLE', 'ALTER INDEX', 'GRANT'. */
  readonly verb: string
  readonly target?: ObjectName
  /** A clause the sandbox does not have, in a statement it has: `SYSTEM_VERSIONING`. */
  readonly feature?: string
  readonly line: number
}

/** One batch: the statements between two GO lines of a client. */
export interface Batch {
  readonly statements: readonly Statement[]
}
