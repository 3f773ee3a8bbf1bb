import type { SqlType, SqlValue } from '../../mdf/index.ts'
import type { ResultSink } from '../tds/index.ts'
import type { AdministrationStatement, ObjectName } from './syntax/index.ts'

/** A column of something FROM can read. */
export interface SourceColumn {
  readonly name: string
  readonly type: SqlType
  readonly nullable: boolean
  readonly identity: boolean
  /** Expression text of a computed column that is not stored; the binder expands it. */
  readonly computedText?: string
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
}

/** A view kept as its CREATE VIEW text; the binder parses and expands it in its own database. */
export interface ViewSource {
  readonly kind: 'view'
  readonly database: string
  readonly schema: string
  readonly name: string
  readonly text: string
}

/** An answer of the object functions: OBJECT_ID, OBJECT_NAME, OBJECT_SCHEMA_NAME, OBJECTPROPERTY, … */
export interface ObjectInfo {
  readonly objectId: number
  readonly schema: string
  readonly name: string
  /** sys.objects.type, trimmed: U, V, P, FN, IF, TF, TR, PK, UQ, F, C, D, S, IT, … */
  readonly type: string
  readonly parentObjectId: number
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
  /** @@ROWCOUNT, @@ERROR of the previous statement. */
  rowCount: number
  errorNumber: number
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
  findObject(name: ObjectName, currentDatabase: string): ObjectInfo | undefined
  findObjectById(database: string, objectId: number): ObjectInfo | undefined
  schemaName(database: string, schemaId: number): string | undefined
  schemaId(database: string, name: string): number | undefined
  /** CREATE DATABASE … FOR ATTACH, DROP/ALTER DATABASE, ALTER LOGIN, KILL, SHUTDOWN, … */
  administer(statement: AdministrationStatement, out: ResultSink): Promise<void>
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
export type HostProcedure = (args: readonly ProcedureArgument[], out: ResultSink) => Promise<number>
