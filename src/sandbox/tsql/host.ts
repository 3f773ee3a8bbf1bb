import type { SqlType, SqlValue } from '../../mdf/index.ts'
import type { ResultSink } from '../tds/index.ts'
import type {
  AdministrationStatement,
  DefinitionStatement,
  InsertBulkStatement,
  ObjectName,
  ReferentialAction,
  TableElement,
  TypeName,
} from './syntax/index.ts'

/** A column of something FROM can read. */
export interface SourceColumn {
  readonly name: string
  readonly type: SqlType
  readonly nullable: boolean
  readonly identity: boolean
  /** Expression text of a computed column that is not stored; the binder expands it. */
  readonly computedText?: string
}

/** An index of a table, by which its rows can be found. */
export interface SourceIndex {
  readonly indexId: number
  /** One row at most has a key without a NULL in it. */
  readonly isUnique: boolean
  readonly keys: readonly SourceIndexKey[]
  /** Whether rows can be read without looking each up in the table. */
  covers(ordinal: number): boolean
}

export interface SourceIndexKey {
  readonly ordinal: number
  readonly isDescending: boolean
  /** Rows that are alike in the keys before come out in the order that ORDER BY gives this one. */
  readonly isOrdered: boolean
}

/** What to read of an index. */
export interface IndexRead {
  readonly index: SourceIndex
  /** Values of the first key columns, of their types, none NULL. */
  readonly equal: readonly SqlValue[]
  /** The next key column is between these, both included. */
  readonly low?: SqlValue
  readonly high?: SqlValue
  /** The last row first. */
  readonly isBackward: boolean
  /** With more rows than this to look up one by one, the table may be scanned instead, in any order. */
  readonly mostLookups: number
}

/** A table or catalog view: named columns and a way to read rows. */
export interface TableSource {
  readonly kind: 'table'
  readonly database: string
  readonly schema: string
  readonly name: string
  readonly columns: readonly SourceColumn[]
  /** For choosing the build side of a join; exactness is not needed. */
  readonly estimatedRowCount: number
  /**
   * Rows in storage order. `ordinals` are the indexes into `columns` that are wanted; each row has
   * just those values, in that order. Never yields a computed column without storage.
   * @throws SqlError 824 and others when a page is damaged
   */
  scan(ordinals: readonly number[]): Iterable<SqlValue[]>
  /** Those that `seek` can read; none for catalog views. */
  readonly indexes?: readonly SourceIndex[]
  /** The rows of a range, and perhaps others: whoever reads them tests them. */
  seek?(read: IndexRead, ordinals: readonly number[]): Iterable<SqlValue[]>
  /** What sessions that share the table lock; undefined for what only one session can change. */
  readonly lockResource?: string
  /** A table-valued parameter: a statement that changes it is error 10700. */
  readonly isReadOnly?: boolean
  /** How its rows are changed; undefined for catalog views and for what is served read-only (3906). */
  readonly writer?: TableWriter
}

/** Rows to add, change and take away, as one statement means them: keys are checked behind the last. */
export type RowChange =
  | { readonly kind: 'insert'; readonly values: readonly SqlValue[] }
  | { readonly kind: 'update'; readonly locator: bigint; readonly values: readonly SqlValue[] }
  | { readonly kind: 'delete'; readonly locator: bigint }

/** A row of a scan for changing it: the locator names it until the statement ends. */
export interface LocatedRow {
  readonly locator: bigint
  readonly values: SqlValue[]
}

/**
 * Changes the rows of one table. Values are of all columns of the `TableSource`, in its order, converted
 * to their types; the T-SQL room has filled in defaults, identity, rowversion and stored computed columns,
 * and has checked NOT NULL, CHECK and foreign keys. What is changed belongs to the session's transaction.
 */
export interface TableWriter {
  readonly objectId: number
  /** DEFAULT expressions as text, by ordinal. */
  readonly defaults: ReadonlyMap<number, { readonly name: string; readonly text: string }>
  readonly checks: readonly { readonly name: string; readonly text: string }[]
  /** Expressions of the computed columns that are stored, by ordinal. */
  readonly computed: ReadonlyMap<number, string>
  /** Keys of this table into others, and of others into this one. Disabled ones are left out. */
  readonly foreignKeys: readonly ForeignKeyRule[]
  readonly referencingKeys: readonly ForeignKeyRule[]
  /** AFTER and INSTEAD OF triggers that are enabled, in their order. */
  readonly triggers: readonly ModuleSource[]
  scan(ordinals: readonly number[]): Iterable<LocatedRow>
  /** As `TableSource.seek`. */
  seek(read: IndexRead, ordinals: readonly number[]): Iterable<LocatedRow>
  /** The row at a place, by ordinal: the same array until it is changed; undefined when it is gone. */
  find(locator: bigint): readonly SqlValue[] | undefined
  /**
   * Carries out the changes, all or none.
   * @returns the inserts that an index with IGNORE_DUP_KEY left out (3604, an information)
   * @throws SqlError 2627 (constraint), 2601 (unique index)
   */
  apply(changes: readonly RowChange[]): readonly RowChange[]
  /** @throws SqlError 4712 when a foreign key refers to the table */
  truncate(): void
  /** The next value of the identity column. @throws SqlError 8115 when its type is exhausted */
  nextIdentity(): bigint
  /** A value that SET IDENTITY_INSERT ON let in: the next one is beyond it. */
  noteIdentity(value: bigint): void
  /** The next value of a rowversion column, eight bytes. */
  nextRowVersion(): Uint8Array
}

export interface ForeignKeyRule {
  readonly name: string
  /** The table with the key, and the one it refers to, each in the same database. */
  readonly table: ObjectName
  readonly columns: readonly string[]
  readonly referencedTable: ObjectName
  readonly referencedColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
}

/** A procedure, function or trigger kept as its CREATE text. */
export interface ModuleSource {
  readonly kind: 'module'
  readonly database: string
  readonly schema: string
  readonly name: string
  readonly objectId: number
  /** sys.objects.type, trimmed: P, FN, IF, TF, TR. */
  readonly type: string
  readonly text: string
  /** SET options it was created under. */
  readonly quotedIdentifier: boolean
  readonly ansiNulls: boolean
}

/** What of the session's transaction the T-SQL room moves; @@TRANCOUNT is the session's. */
export interface TransactionControl {
  /** XACT_STATE(): -1 when it can only be rolled back. */
  readonly state: -1 | 0 | 1
  /** A name counts for the outermost BEGIN only. */
  begin(name?: string): void
  /** @throws SqlError 3902, 3930 */
  commit(): void
  /** All of it, also by its name, or back to a savepoint. @throws SqlError 3903, 3931, 6401 */
  rollback(name?: string): void
  /** @throws SqlError 628 */
  save(name: string): void
  /** An error ended it: from now on it can only be rolled back. */
  doom(): void
  /** A statement begins: what it changes until `complete` is undone by `undo`. They nest. @throws SqlError 3930 */
  openStatement(): StatementScope
  /**
   * Waits until the tables can be read or changed, as the isolation level and the hints say. A statement
   * takes all of its locks before it starts, behind `openStatement` when it changes something.
   * Returns early, without all of them, when the signal aborts.
   * @throws SqlError 1222 (LOCK_TIMEOUT), 1205 (chosen as deadlock victim)
   */
  lock(tables: readonly TableLock[], signal: AbortSignal): Promise<TableLocks>
}

/** A table a statement is about to read or change. */
export interface TableLock {
  readonly table: TableSource
  readonly use: 'read' | 'change'
  /** In upper case: NOLOCK, HOLDLOCK, … */
  readonly hints: readonly string[]
}

/** Gives back what is not held until the transaction ends. */
export type TableLocks = Disposable

export interface StatementScope {
  complete(): void
  undo(): void
}

/** A view kept as its CREATE VIEW text; the binder parses and expands it in its own database. */
export interface ViewSource {
  readonly kind: 'view'
  readonly database: string
  readonly schema: string
  readonly name: string
  readonly text: string
  /** INSTEAD OF triggers that are enabled: with one, the view takes rows like a table. */
  readonly triggers?: readonly ModuleSource[]
}

/** An answer of the object functions: OBJECT_ID, OBJECT_NAME, OBJECT_SCHEMA_NAME, OBJECTPROPERTY, … */
export interface ObjectInfo {
  readonly objectId: number
  readonly schema: string
  readonly name: string
  /** sys.objects.type, trimmed: U, V, P, FN, IF, TF, TR, PK, UQ, F, C, D, S, IT, … */
  readonly type: string
  readonly parentObjectId: number
  /** Of a table with an identity column. */
  readonly identity?: {
    readonly seed: bigint
    readonly increment: bigint
    /** The number given last; null before the first row. */
    readonly lastValue: bigint | null
  }
}

/** The session a batch runs in. Mutable state lives in the engine; T-SQL reads and changes it here. */
export interface SessionState {
  readonly spid: number
  readonly loginName: string
  readonly hostName: string
  readonly applicationName: string
  readonly database: string
  /** Collation id of the current database. */
  readonly collationId: number
  readonly language: string
  /** SET options by upper-case name: 'NOCOUNT' → true, 'TEXTSIZE' → 2147483647, 'DATEFORMAT' → 'mdy'. */
  readonly options: Map<string, boolean | number | string>
  transactionCount: number
  /** @@IDENTITY: the identity value given last, by whatever statement. */
  lastIdentity: bigint | null
  /** SCOPE_IDENTITY() of the client's own batches. */
  scopeIdentity: bigint | null
  /** SET CONTEXT_INFO, 128 bytes. */
  contextInfo: Uint8Array | null
  /** sp_set_session_context, by key. */
  readonly context: Map<string, { readonly value: SqlValue; readonly isReadOnly: boolean }>
  /** @@ROWCOUNT, @@ERROR of the previous statement. */
  rowCount: number
  errorNumber: number
}

/** An alias type, or a table type: a variable of it is made with `createTableVariable`. */
export type UserTypeInfo =
  | { readonly kind: 'alias'; readonly type: SqlType; readonly nullable: boolean }
  | { readonly kind: 'table' }

/**
 * What the metadata functions ask of a database's catalog, by the database's name. Undefined is NULL: no
 * such database, object, column or property.
 */
export interface MetadataSource {
  columnName(database: string, objectId: number, columnId: number): string | undefined
  /** OBJECTPROPERTYEX, as far as it is not the object's type alone. */
  objectProperty(database: string, objectId: number, property: string): SqlValue | undefined
  /** Of a column, or of a parameter by its name with `@`. */
  columnProperty(
    database: string,
    objectId: number,
    wanted: { readonly column: string; readonly property: string },
  ): SqlValue | undefined
  indexProperty(
    database: string,
    objectId: number,
    wanted: { readonly index: string; readonly property: string },
  ): SqlValue | undefined
  /** INDEX_COL: the name of a key column, `keyId` from 1. */
  indexColumn(
    database: string,
    table: ObjectName,
    indexId: number,
    keyId: number,
  ): string | undefined
  indexKeyProperty(
    database: string,
    objectId: number,
    wanted: { readonly indexId: number; readonly keyId: number; readonly property: string },
  ): SqlValue | undefined
  /** OBJECT_DEFINITION: the text of a module or a constraint. */
  definition(database: string, objectId: number): string | undefined
  typeName(database: string, typeId: number): string | undefined
  /** `schema` is '' when the name has none. */
  typeId(database: string, schema: string, name: string): number | undefined
  typeProperty(
    database: string,
    schema: string,
    wanted: { readonly name: string; readonly property: string },
  ): SqlValue | undefined
  files(database: string): readonly FileInfo[]
  filegroups(database: string): readonly FilegroupInfo[]
  principals(database: string): readonly { readonly principalId: number; readonly name: string }[]
}

/** A file of a database, for the FILE functions. */
export interface FileInfo {
  readonly fileId: number
  readonly name: string
  readonly filegroupId: number
  readonly isLog: boolean
  readonly sizePages: number
}

export interface FilegroupInfo {
  readonly filegroupId: number
  readonly name: string
  readonly isDefault: boolean
}

/** A table function of the engine's own: sys.fn_listextendedproperty, sys.dm_exec_sql_text, … */
export interface SystemTableFunction {
  readonly minArguments: number
  readonly maxArguments: number
  readonly columns: readonly SourceColumn[]
  /** Rows for the values of the arguments, in their own types. */
  rows(values: readonly SqlValue[]): Iterable<readonly SqlValue[]>
}

/** A sequence: each number is a value of its type. */
export interface NumberSource {
  readonly type: SqlType
  /** @throws SqlError 11728 when it is exhausted */
  next(): SqlValue
}

/** What the T-SQL room needs of the engine: names resolved, the session, and administration. */
export interface ExecutionHost {
  readonly session: SessionState
  /** The current time, fixed by the caller per statement for GETDATE and its kind. */
  now(): Date
  /** @throws SqlError 911 (no such database), 945, … */
  useDatabase(name: string): void
  /**
   * Table, catalog view (sys.*, INFORMATION_SCHEMA.*) or view by a name of one to three parts, by the
   * database's collation; undefined when there is none (error 208).
   * @throws SqlError 911 and 4060's kin when the database part names none, 7202 for a fourth part
   */
  findTable(name: ObjectName, currentDatabase: string): TableSource | ViewSource | undefined
  /** SERVERPROPERTY, by any case; undefined for an unknown one (NULL). */
  serverProperty(name: string): SqlValue | undefined
  /** DATABASEPROPERTYEX. */
  databaseProperty(database: string, property: string): SqlValue | undefined
  /** @@VERSION, @@SERVERNAME, @@SERVICENAME, @@MICROSOFTVERSION and others the engine knows. */
  globalVariable(name: string): { readonly type: SqlType; readonly value: SqlValue } | undefined
  databaseId(name: string): number | undefined
  databaseName(id: number): string | undefined
  databaseCollationId(name: string): number | undefined
  /** Whether objects and rows of a database can be changed: not those of files served read-only. */
  isChangeable(database: string): boolean
  findObject(name: ObjectName, currentDatabase: string): ObjectInfo | undefined
  findObjectById(database: string, objectId: number): ObjectInfo | undefined
  schemaName(database: string, schemaId: number): string | undefined
  schemaId(database: string, name: string): number | undefined
  readonly metadata: MetadataSource
  /** A table function of the sys schema; undefined → error 208. */
  findSystemTableFunction(
    name: ObjectName,
    currentDatabase: string,
  ): SystemTableFunction | undefined
  /** CREATE DATABASE … FOR ATTACH, DROP/ALTER DATABASE, ALTER LOGIN, KILL, SHUTDOWN, … */
  administer(statement: AdministrationStatement, out: ResultSink): Promise<void>
  readonly transaction: TransactionControl
  /** CREATE, ALTER and DROP of objects. @throws SqlError 2714, 3701, 3906, … */
  define(statement: DefinitionStatement, out: ResultSink): void
  /**
   * A table for DECLARE @name TABLE (…) or of a table type: nobody else sees it and no ROLLBACK reaches it.
   * @throws SqlError 2715 when there is no such table type; the errors of CREATE TABLE
   */
  createTableVariable(name: string, definition: readonly TableElement[] | TypeName): TableSource
  /** Temporary tables and procedures made from here on end with the scope: a procedure's, a batch's. */
  openTemporaryScope(): Disposable
  findModule(name: ObjectName, currentDatabase: string): ModuleSource | undefined
  /** A type of the database's own; undefined for system types and for what is none. */
  findType(name: TypeName, currentDatabase: string): UserTypeInfo | undefined
  /** What NEXT VALUE FOR takes its numbers of. @throws SqlError 208 (no such sequence), 3906 */
  findSequence(name: ObjectName, currentDatabase: string): NumberSource
  /** INSERT BULK: the rows are in the client's next message, and go to `runBulkLoad`. */
  announceBulkLoad(statement: InsertBulkStatement): void
  /** A procedure the engine implements itself (sp_detach_db, sp_who, …); undefined → error 2812. */
  findProcedure(name: ObjectName): HostProcedure | undefined
}

export interface ProcedureArgument {
  /** With its `@`; '' when positional. */
  readonly name: string
  readonly type: SqlType
  readonly value: SqlValue
}

/**
 * Runs a system procedure. Result sets go to `out` with `columns`, `row` and `doneInProc`; the return
 * value is the procedure's return status.
 */
export type HostProcedure = (
  args: readonly ProcedureArgument[],
  out: ResultSink,
  signal: AbortSignal,
) => Promise<number>
