import type { SessionState } from '../../tsql/index.ts'

type OptionValue = boolean | number | string

/** SET options of a new session, as a client library's login leaves them (ANSI_DEFAULTS on). */
const OPTIONS_AT_LOGIN: readonly (readonly [string, OptionValue])[] = [
  ['ANSI_NULLS', true],
  ['ANSI_NULL_DFLT_ON', true],
  ['ANSI_PADDING', true],
  ['ANSI_WARNINGS', true],
  ['ARITHABORT', false],
  ['CONCAT_NULL_YIELDS_NULL', true],
  ['DATEFIRST', 7],
  ['DATEFORMAT', 'mdy'],
  ['IMPLICIT_TRANSACTIONS', false],
  ['LANGUAGE', 'us_english'],
  ['LOCK_TIMEOUT', -1],
  ['NOCOUNT', false],
  ['QUOTED_IDENTIFIER', true],
  ['ROWCOUNT', 0],
  ['TEXTSIZE', 2_147_483_647],
  ['TRANSACTION ISOLATION LEVEL', 'READ COMMITTED'],
  ['XACT_ABORT', false],
]

export interface SessionOrigin {
  readonly spid: number
  readonly loginName: string
  readonly hostName: string
  readonly applicationName: string
  readonly clientProcessId: number
  readonly libraryName: string
  readonly remoteAddress: string
  readonly loginTime: Date
}

/** The state of one session, seen by T-SQL through `SessionState`, changed by USE and at reset. */
export class EngineSessionState implements SessionState {
  readonly origin: SessionOrigin
  readonly language = 'us_english'
  readonly options = new Map<string, OptionValue>(OPTIONS_AT_LOGIN)
  database: string
  collationId: number
  transactionCount = 0
  lastIdentity: bigint | null = null
  scopeIdentity: bigint | null = null
  contextInfo: Uint8Array | null = null
  readonly context: SessionState['context'] = new Map()
  rowCount = 0
  errorNumber = 0

  constructor(
    origin: SessionOrigin,
    database: { readonly name: string; readonly collationId: number },
  ) {
    this.origin = origin
    this.database = database.name
    this.collationId = database.collationId
  }

  get spid(): number {
    return this.origin.spid
  }

  get loginName(): string {
    return this.origin.loginName
  }

  get hostName(): string {
    return this.origin.hostName
  }

  get applicationName(): string {
    return this.origin.applicationName
  }

  enterDatabase(database: { readonly name: string; readonly collationId: number }): void {
    this.database = database.name
    this.collationId = database.collationId
  }

  /** SET options, what was kept for the session, and counters as they were at login. */
  restoreOptions(): void {
    this.options.clear()
    for (const [name, value] of OPTIONS_AT_LOGIN) this.options.set(name, value)
    this.lastIdentity = null
    this.scopeIdentity = null
    this.contextInfo = null
    this.context.clear()
    this.rowCount = 0
    this.errorNumber = 0
  }
}
