import { SqlError } from '../../sql-error.ts'
import {
  type BulkLoad,
  DONE_COMMANDS,
  type LoginRequest,
  type ResultSink,
  type RpcCall,
  type TdsConnection,
  type TdsSession,
  type TransactionRequest,
} from '../../tds/index.ts'
import type { ExecutionHost, InsertBulkStatement } from '../../tsql/index.ts'
import type { Database } from '../databases/database.ts'
import type { Instance } from '../instance/instance.ts'
import { inform } from '../messages.ts'
import { TemporaryObjects } from '../tempdb/temporary-objects.ts'
import { SessionTransaction } from '../transactions/session-transaction.ts'
import { EngineHost } from './engine-host.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { ServerCursors } from './server-cursors.ts'
import { runRpc } from './session-rpc.ts'
import { EngineSessionState } from './session-state.ts'
import { changeTransaction } from './transaction-request.ts'

/** What a session is doing, for sys.dm_exec_requests and sp_who. */
export interface RunningRequest {
  readonly startedAt: Date
  readonly command: string
}

/** One logged-in connection. */
export class Session implements TdsSession {
  readonly state: EngineSessionState
  readonly transaction: SessionTransaction
  readonly temporary: TemporaryObjects
  readonly #instance: Instance
  readonly #connection: TdsConnection
  readonly #host: EngineHost
  readonly #prepared = new PreparedStatements()
  readonly #cursors = new ServerCursors()
  readonly #initialDatabase: string
  #request: RunningRequest | undefined
  /** Where the request that is running writes its answer. */
  #out: ResultSink | undefined
  #lastRequestAt: Date
  #bulkLoad: InsertBulkStatement | undefined
  /** Loaded by the first request: it would delay the start of the process. */
  #tsql: typeof import('../../tsql/index.ts') | undefined

  constructor(
    instance: Instance,
    login: {
      readonly request: LoginRequest
      readonly connection: TdsConnection
      readonly database: Database
    },
  ) {
    const { request, database } = login
    this.#instance = instance
    this.#connection = login.connection
    this.#lastRequestAt = instance.clock.now()
    this.#initialDatabase = database.name
    const { collationId } = database.content.settings
    this.state = new EngineSessionState(
      {
        spid: instance.sessions.nextSpid(),
        loginName: instance.saLogin.name,
        hostName: request.hostName,
        applicationName: request.applicationName,
        clientProcessId: request.clientProcessId,
        libraryName: request.libraryName,
        remoteAddress: request.remoteAddress,
        loginTime: this.#lastRequestAt,
      },
      { name: database.name, collationId },
    )
    this.transaction = new SessionTransaction(this.state, instance.locks)
    this.temporary = new TemporaryObjects(instance.memoryDatabase('tempdb'))
    this.#host = new EngineHost(instance, this)
  }

  /** What its batches see of the engine. */
  get host(): ExecutionHost {
    return this.#host
  }

  get spid(): number {
    return this.state.spid
  }

  get database(): string {
    return this.state.database
  }

  get language(): string {
    return this.state.language
  }

  get collationId(): number {
    return this.state.collationId
  }

  /** Undefined while the session waits for its client. */
  get request(): RunningRequest | undefined {
    return this.#request
  }

  get lastRequestAt(): Date {
    return this.#lastRequestAt
  }

  async executeBatch(text: string, out: ResultSink, signal: AbortSignal): Promise<void> {
    await this.#running({ command: 'SELECT' }, out, async () => {
      const { runBatch } = await import('../../tsql/index.ts')
      await runBatch(text, this.#host, out, { signal })
    })
  }

  async executeRpc(call: RpcCall, out: ResultSink, signal: AbortSignal): Promise<boolean> {
    return this.#running({ command: 'EXECUTE' }, out, () =>
      runRpc(call, out, {
        host: this.#host,
        prepared: this.#prepared,
        cursors: this.#cursors,
        signal,
      }),
    )
  }

  /** INSERT BULK has been executed: the client's next message brings the rows. */
  announceBulkLoad(statement: InsertBulkStatement): void {
    this.#bulkLoad = statement
  }

  async executeBulkLoad(load: BulkLoad, out: ResultSink, signal: AbortSignal): Promise<void> {
    const announced = this.#bulkLoad
    if (announced === undefined) throw unannouncedLoad()
    await this.#running({ command: 'BULK INSERT' }, out, async () => {
      const { runBulkLoad } = await import('../../tsql/index.ts')
      await runBulkLoad(announced, load, { host: this.#host, out, signal })
    })
  }

  async executeTransactionRequest(request: TransactionRequest, out: ResultSink): Promise<void> {
    changeTransaction(this, request, out)
    out.done({ command: DONE_COMMANDS[request.kind === 'save' ? 'none' : request.kind] })
  }

  reset({ keepTransaction }: { readonly keepTransaction: boolean }): void {
    this.state.restoreOptions()
    this.#prepared.clear()
    this.#cursors.clear()
    this.#tsql?.forgetCursors(this.state)
    if (!keepTransaction) this.transaction.rollbackAll()
    this.transaction.releaseSessionLocks()
    this.temporary.dropAll()
    const database = this.#instance.databases.find(this.#initialDatabase)
    const home = database?.openContent === undefined ? undefined : database
    this.moveTo(home ?? this.#instance.databases.get('master'))
  }

  /**
   * Makes a database the session's current one, and tells the client when a request of its runs.
   * @throws SqlError when it is not online
   */
  moveTo(database: Database): void {
    const { collationId } = database.content.settings
    const before = { name: this.database, collationId: this.collationId }
    this.state.enterDatabase({ name: database.name, collationId })
    const out = this.#out
    if (out === undefined) return
    out.environment({ kind: 'database', from: before.name, to: database.name })
    inform(out, 5701, `Changed database context to '${database.name}'.`)
    if (collationId === before.collationId) return
    out.environment({ kind: 'collation', from: before.collationId, to: collationId })
  }

  /** Ends the session and its connection, whatever it is doing. From now on it holds no database. */
  kill(): void {
    this.close()
    this.#connection.kill()
  }

  close(): void {
    this.#instance.sessions.remove(this)
    this.transaction.close()
    this.temporary.dropAll()
  }

  async #running<Result>(
    request: Omit<RunningRequest, 'startedAt'>,
    out: ResultSink,
    work: () => Promise<Result>,
  ): Promise<Result> {
    this.#lastRequestAt = this.#instance.clock.now()
    this.#request = { ...request, startedAt: this.#lastRequestAt }
    this.#out = out
    this.#bulkLoad = undefined
    try {
      this.#tsql ??= await import('../../tsql/index.ts')
      await this.#host.load()
      return await work()
    } finally {
      this.#request = undefined
      this.#out = undefined
    }
  }
}

function unannouncedLoad(): SqlError {
  return new SqlError(
    4002,
    'The incoming tabular data stream (TDS) protocol stream is incorrect. Bulk load data was sent without INSERT BULK before it.',
  )
}
