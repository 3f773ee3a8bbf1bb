import type { SqlType, SqlValue } from '../../mdf/index.ts'
import type { SqlError, SqlMessage } from '../sql-error.ts'

/** What LOGIN7 carried ([MS-TDS] 2.2.6.4), decoded. */
export interface LoginRequest {
  readonly tdsVersion: number
  readonly packetSize: number
  readonly clientProcessId: number
  readonly hostName: string
  readonly userName: string
  readonly password: string
  readonly applicationName: string
  readonly serverName: string
  readonly libraryName: string
  readonly language: string
  /** The database asked for; '' for the login's default. */
  readonly database: string
  readonly integratedSecurity: boolean
  readonly remoteAddress: string
}

/** What the TDS server needs of the engine behind it. */
export interface TdsBackend {
  readonly serverName: string
  /** Version told in PRELOGIN and LOGINACK. */
  readonly version: { readonly major: number; readonly minor: number; readonly build: number }
  /**
   * Opens a session.
   * @throws SqlError 18456 (login failed), 4060 (cannot open database), 18452, 17892, …
   */
  login(request: LoginRequest, connection: TdsConnection): Promise<TdsSession>
}

/** What a session may do to the connection it runs on. */
export interface TdsConnection {
  /**
   * KILL, SHUTDOWN and ROLLBACK IMMEDIATE: aborts the call that is running, if any, tells the client
   * error 596 and closes the connection. `TdsSession.close` follows.
   */
  kill(): void
}

/** One logged-in connection. Calls on one session never overlap. */
export interface TdsSession {
  readonly spid: number
  readonly database: string
  readonly language: string
  /** Default collation id of the current database (boot page form). */
  readonly collationId: number
  /** Runs a SQL batch; results and errors go to `out`, and `done` ends each statement. */
  executeBatch(text: string, out: ResultSink, signal: AbortSignal): Promise<void>
  /**
   * Makes one call of a request.
   * @returns whether the calls behind it are made too: an error may end all of them
   * @throws SqlError when the call itself is wrong, which does not keep the others from being made
   */
  executeRpc(call: RpcCall, out: ResultSink, signal: AbortSignal): Promise<boolean>
  executeTransactionRequest(
    request: TransactionRequest,
    out: ResultSink,
    signal: AbortSignal,
  ): Promise<void>
  /**
   * Takes the rows of a bulk load that the batch before, INSERT BULK, announced.
   * @throws SqlError when none did
   */
  executeBulkLoad(load: BulkLoad, out: ResultSink, signal: AbortSignal): Promise<void>
  /** sp_reset_connection: SET options, database and temporary objects as at login. */
  reset(options: { readonly keepTransaction: boolean }): void
  close(): void
}

/** Rows of a bulk load, read while the client sends them. */
export interface BulkLoad {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[]
  /** @throws SqlError 4815 (a value that is no value of its column), 4022 (the client gave up) */
  readonly rows: AsyncIterable<readonly (readonly SqlValue[])[]>
}

export interface RpcCall {
  /** Name as sent; the numbered procedures of [MS-TDS] 2.2.6.6 arrive by their names (sp_executesql …). */
  readonly procedure: string
  readonly parameters: readonly RpcParameter[]
}

export interface RpcParameter {
  /** With its `@`; '' when positional. */
  readonly name: string
  readonly type: SqlType
  readonly value: SqlValue
  readonly isOutput: boolean
  /** The caller asked for the parameter's default value. */
  readonly isDefault: boolean
  /** A table-valued parameter; `type` and `value` say nothing then. */
  readonly table?: TableParameter
}

/** The rows of a table-valued parameter, in the types the client sent them in. */
export interface TableParameter {
  /** Name of the table type, as sent; either part may be ''. */
  readonly schema: string
  readonly typeName: string
  /** In the order of the type's columns; none for the empty table that DEFAULT and NULL mean. */
  readonly columns: readonly TableParameterColumn[]
  /** Values of the columns that are not left to the server. */
  readonly rows: readonly (readonly SqlValue[])[]
}

export interface TableParameterColumn {
  readonly type: SqlType
  /** The server fills the column: its default, its identity. Rows have no value for it. */
  readonly isDefault: boolean
}

/** Transaction manager requests, [MS-TDS] 2.2.6.9. */
export interface TransactionRequest {
  readonly kind: 'begin' | 'commit' | 'rollback' | 'save'
  readonly name: string
  /** 0 keeps the session's level; otherwise the wire value 1-5. */
  readonly isolationLevel: number
  /** After commit or rollback: begin another one at once. */
  readonly beginAgain: boolean
}

export interface ResultColumn {
  readonly name: string
  readonly type: SqlType
  readonly nullable: boolean
  readonly identity: boolean
  readonly computed: boolean
  /** Name parts of the base table, for text, ntext and image columns; the last part is the table. */
  readonly tableName?: readonly string[]
  /** Not asked for: the row status of a server cursor. */
  readonly hidden?: boolean
}

/** Where the columns of a server cursor come from. */
export interface ColumnOrigins {
  /** Name parts of the table whose rows the cursor's are; undefined when there is no such one. */
  readonly table: readonly string[] | undefined
  /** By column: whether it is a column of that table. */
  readonly isColumn: readonly boolean[]
}

export type ReturnValueKind = 'output' | 'function'

/** Why a statement ended; CurCmd of the DONE tokens, [MS-TDS] 2.2.7.6. */
export const DONE_COMMANDS = {
  none: 0,
  select: 0xc1,
  insert: 0xc3,
  delete: 0xc4,
  update: 0xc5,
  merge: 0x117,
  begin: 0xd4,
  commit: 0xd5,
  rollback: 0xd2,
  execute: 0xe0,
} as const

export interface DoneOptions {
  /** Rows returned or affected; undefined when SQL Server would not count (SET NOCOUNT ON, SET …). */
  readonly rowCount?: number | undefined
  readonly command?: number
  /** The statement failed. */
  readonly error?: boolean
}

/**
 * Where a session writes its answer. The sink holds each DONE back until it knows whether more
 * follows, so callers never deal with the DONE_MORE bit.
 */
export interface ResultSink {
  /** Starts a result set; that of a server cursor tells the origins of its columns. */
  columns(columns: readonly ResultColumn[], origins?: ColumnOrigins): void
  /** @returns false when the client is behind: await `drained()` before the next row. */
  row(values: readonly SqlValue[]): boolean
  drained(): Promise<void>
  info(message: SqlMessage): void
  error(error: SqlError): void
  environment(change: EnvironmentChange): void
  /** DONE of a statement in a batch. */
  done(options?: DoneOptions): void
  /** DONEINPROC of a statement in a procedure or a prepared batch. */
  doneInProc(options?: DoneOptions): void
  returnStatus(value: number): void
  /** An output parameter, or what a function that was called returned. */
  returnValue(
    ordinal: number,
    name: string,
    type: SqlType,
    value: SqlValue,
    kind?: ReturnValueKind,
  ): void
  /** DONEPROC: the RPC ended. */
  doneProc(options?: DoneOptions): void
}

export type EnvironmentChange =
  | { readonly kind: 'database'; readonly from: string; readonly to: string }
  | { readonly kind: 'language'; readonly from: string; readonly to: string }
  | { readonly kind: 'collation'; readonly from: number; readonly to: number }
  | { readonly kind: 'begin-transaction'; readonly descriptor: bigint }
  | { readonly kind: 'commit-transaction'; readonly descriptor: bigint }
  | { readonly kind: 'rollback-transaction'; readonly descriptor: bigint }
