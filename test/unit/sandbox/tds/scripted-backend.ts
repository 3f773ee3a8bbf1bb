import {
  Decimal,
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  type SqlValue,
  SqlVariant,
} from '../../../../src/mdf/index.ts'
import { SqlError } from '../../../../src/sandbox/sql-error.ts'
import {
  type BulkLoad,
  createSelfSignedCertificate,
  createTdsServer,
  DONE_COMMANDS,
  type LoginRequest,
  type ResultColumn,
  type ResultSink,
  type RpcCall,
  type TdsBackend,
  type TdsServer,
  type TdsServerOptions,
  type TdsSession,
  type TransactionRequest,
} from '../../../../src/sandbox/tds/index.ts'

export const PASSWORD = 'Slip-way_2026 é$'
/** SQL_Latin1_General_CP1_CI_AS. */
export const COLLATION_ID = 0x3400_d008
export const BIG_RESULT_ROWS = 200_000

export function sqlType(name: SqlTypeName, facets: Partial<SqlType> = {}): SqlType {
  return { name, maxLength: 0, precision: 0, scale: 0, collationId: 0, ...facets }
}

export const INT = sqlType('int', { maxLength: 4, precision: 10 })
const TEXT = { collationId: COLLATION_ID }
export const nvarchar = (maxLength: number): SqlType => sqlType('nvarchar', { maxLength, ...TEXT })

/** 2026-11-23, in days since 0001-01-01. */
const DAY = 739_942
/** 13:14:15.1234567 */
const TICKS = ((13 * 60 + 14) * 60 + 15) * 10_000_000 + 1_234_567
const BYTES = Uint8Array.of(0, 1, 0xfe, 0xff)
const GUID = '01234567-89AB-CDEF-0123-456789ABCDEF'

/** A column of every type of SQL Server, with a value. */
export const TYPE_SAMPLES: readonly { readonly type: SqlType; readonly value: SqlValue }[] = [
  { type: sqlType('bit', { maxLength: 1, precision: 1 }), value: true },
  { type: sqlType('tinyint', { maxLength: 1, precision: 3 }), value: 255 },
  { type: sqlType('smallint', { maxLength: 2, precision: 5 }), value: -32_768 },
  { type: INT, value: -2_147_483_648 },
  { type: sqlType('bigint', { maxLength: 8, precision: 19 }), value: -9_223_372_036_854_775_808n },
  {
    type: sqlType('decimal', { maxLength: 9, precision: 18, scale: 4 }),
    value: new Decimal(-123_456_789_012n, 4),
  },
  {
    type: sqlType('numeric', { maxLength: 17, precision: 38, scale: 0 }),
    value: new Decimal(99_999_999_999_999_999_999_999_999_999_999_999_999n, 0),
  },
  {
    type: sqlType('money', { maxLength: 8, precision: 19, scale: 4 }),
    value: new Decimal(-12_345n, 4),
  },
  {
    type: sqlType('smallmoney', { maxLength: 4, precision: 10, scale: 4 }),
    value: new Decimal(2_147_483_647n, 4),
  },
  { type: sqlType('real', { maxLength: 4, precision: 24 }), value: 1.5 },
  { type: sqlType('float', { maxLength: 8, precision: 53 }), value: 0.1 },
  { type: sqlType('date', { maxLength: 3, precision: 10 }), value: new SqlDateTime(DAY, 0) },
  {
    type: sqlType('time', { maxLength: 5, precision: 16, scale: 7 }),
    value: new SqlDateTime(0, TICKS),
  },
  {
    type: sqlType('datetime2', { maxLength: 8, precision: 27, scale: 7 }),
    value: new SqlDateTime(DAY, TICKS),
  },
  {
    type: sqlType('datetimeoffset', { maxLength: 10, precision: 34, scale: 7 }),
    value: new SqlDateTime(DAY, TICKS, -330),
  },
  {
    type: sqlType('datetime', { maxLength: 8, precision: 23, scale: 3 }),
    value: new SqlDateTime(DAY, TICKS - 1_234_567 + 1_233_333),
  },
  {
    type: sqlType('smalldatetime', { maxLength: 4, precision: 16 }),
    value: new SqlDateTime(DAY, (13 * 60 + 14) * 600_000_000),
  },
  { type: sqlType('char', { maxLength: 5, ...TEXT }), value: 'ab€  ' },
  { type: sqlType('varchar', { maxLength: 20, ...TEXT }), value: 'Käse' },
  { type: sqlType('varchar', { maxLength: MAX_LENGTH, ...TEXT }), value: 'Käse'.repeat(3000) },
  { type: sqlType('text', { maxLength: 16, ...TEXT }), value: 'old text é' },
  { type: sqlType('nchar', { maxLength: 8, ...TEXT }), value: '日本  ' },
  { type: nvarchar(40), value: 'smile 😀' },
  { type: nvarchar(MAX_LENGTH), value: '日本'.repeat(5000) },
  { type: sqlType('ntext', { maxLength: 16, ...TEXT }), value: 'old 日本' },
  { type: sqlType('binary', { maxLength: 4 }), value: BYTES },
  { type: sqlType('varbinary', { maxLength: 10 }), value: BYTES },
  { type: sqlType('varbinary', { maxLength: MAX_LENGTH }), value: new Uint8Array(20_000).fill(7) },
  { type: sqlType('image', { maxLength: 16 }), value: BYTES },
  { type: sqlType('uniqueidentifier', { maxLength: 16 }), value: GUID },
  { type: sqlType('timestamp', { maxLength: 8 }), value: Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1) },
  { type: sqlType('sql_variant', { maxLength: 8016 }), value: new SqlVariant(INT, 42) },
  { type: sqlType('xml', { maxLength: MAX_LENGTH }), value: '<a b="ü"/>' },
  { type: sqlType('hierarchyid', { maxLength: 892 }), value: Uint8Array.of(0x58) },
  { type: sqlType('geometry', { maxLength: MAX_LENGTH }), value: BYTES },
  { type: sqlType('geography', { maxLength: MAX_LENGTH }), value: BYTES },
]

export function column(
  name: string,
  type: SqlType,
  facets: Partial<ResultColumn> = {},
): ResultColumn {
  return { name, type, nullable: true, identity: false, computed: false, ...facets }
}

/** The engine's stand-in: answers a few batch texts by heart and echoes parameters back. */
export class ScriptedBackend implements TdsBackend {
  readonly serverName = 'SCRIPTED'
  readonly version = { major: 16, minor: 0, build: 4135 }
  readonly logins: LoginRequest[] = []
  readonly calls: RpcCall[] = []
  readonly batches: string[] = []
  readonly loads: BulkLoad['columns'][] = []
  readonly loadedRows: (readonly SqlValue[])[] = []
  readonly transactions: TransactionRequest[] = []
  readonly resets: { keepTransaction: boolean }[] = []
  readonly aborted: string[] = []
  openSessions = 0
  /** Of the result of 'big': the most memory the process had. */
  peakBytes = 0

  async login(request: LoginRequest, connection: { kill(): void }): Promise<TdsSession> {
    this.logins.push(request)
    if (request.userName !== 'sa' || request.password !== PASSWORD) {
      throw new SqlError(18456, `Login failed for user '${request.userName}'.`, { severity: 14 })
    }
    if (request.database === 'missing') {
      throw new SqlError(
        4060,
        'Cannot open database "missing" requested by the login. The login failed.',
        { severity: 11 },
      )
    }
    this.openSessions++
    return new ScriptedSession(this, request, connection)
  }
}

class ScriptedSession implements TdsSession {
  readonly spid = 57
  readonly language = 'us_english'
  readonly collationId = COLLATION_ID
  database: string
  readonly #backend: ScriptedBackend
  readonly #initialDatabase: string
  readonly #connection: { kill(): void }
  #descriptor = 1n

  constructor(backend: ScriptedBackend, request: LoginRequest, connection: { kill(): void }) {
    this.#backend = backend
    this.#initialDatabase = request.database === '' ? 'master' : request.database
    this.database = this.#initialDatabase
    this.#connection = connection
  }

  async executeBatch(text: string, out: ResultSink, signal: AbortSignal): Promise<void> {
    this.#backend.batches.push(text)
    switch (text.trim()) {
      case 'types':
        return selectTypes(out)
      case 'nulls':
        return selectTypes(out, { nulls: true })
      case 'error':
        return failAfterRows(out)
      case 'info':
        out.info({ number: 0, severity: 0, state: 1, message: 'hello', line: 2, procedure: '' })
        return out.done()
      case 'several':
        return selectSeveral(out)
      case 'big':
        return this.#selectBig(out)
      case 'endless':
        return this.#selectEndless(out, signal)
      case 'hang':
        return this.#hang(signal)
      case 'throw':
        throw new TypeError('the engine has a fault')
      case 'kill me':
        this.#connection.kill()
        return this.#hang(signal)
      case 'use other':
        out.environment({ kind: 'database', from: this.database, to: 'other' })
        this.database = 'other'
        return out.done()
      default:
        // jTDS sizes its decimals by it.
        if (text.startsWith('SELECT @@MAX_PRECISION')) return selectOne(out, 38)
        return /^\s*select/i.test(text) ? selectOne(out) : out.done()
    }
  }

  async executeRpc(call: RpcCall, out: ResultSink): Promise<boolean> {
    this.#backend.calls.push(call)
    await this.#answerRpc(call, out)
    return call.procedure !== 'last'
  }

  async #answerRpc(call: RpcCall, out: ResultSink): Promise<void> {
    const [first] = call.parameters
    switch (call.procedure.toLowerCase()) {
      case 'sp_executesql':
        if (first?.value === 'error') throw new SqlError(245, 'Conversion failed.', { line: 4 })
        return this.#echo(call, 2, out)
      case 'sp_execute':
        return this.#echo(call, 1, out)
      case 'sp_prepexec':
        out.returnValue(0, first?.name ?? '', INT, 7)
        return this.#echo(call, 3, out)
      case 'sp_prepare':
        out.returnValue(0, first?.name ?? '', INT, 7)
        out.returnStatus(0)
        return out.doneProc()
      case 'sp_unprepare':
        out.returnStatus(0)
        return out.doneProc()
      case 'last':
        return out.doneProc({ error: true })
      default:
        throw new SqlError(2812, `Could not find stored procedure '${call.procedure}'.`, {
          state: 62,
        })
    }
  }

  async executeBulkLoad(load: BulkLoad, out: ResultSink, signal: AbortSignal): Promise<void> {
    this.#backend.loads.push(load.columns)
    let rowCount = 0
    for await (const rows of load.rows) {
      signal.throwIfAborted()
      this.#backend.loadedRows.push(...rows)
      rowCount += rows.length
      if (rows.some((row) => row.includes('stop'))) throw new SqlError(245, 'Conversion failed.')
    }
    out.done({ rowCount, command: DONE_COMMANDS.insert })
  }

  async executeTransactionRequest(request: TransactionRequest, out: ResultSink): Promise<void> {
    this.#backend.transactions.push(request)
    const descriptor = this.#descriptor
    if (request.kind === 'begin') out.environment({ kind: 'begin-transaction', descriptor })
    if (request.kind === 'commit') out.environment({ kind: 'commit-transaction', descriptor })
    if (request.kind === 'rollback') out.environment({ kind: 'rollback-transaction', descriptor })
    this.#descriptor++
    out.done()
  }

  reset(options: { readonly keepTransaction: boolean }): void {
    this.#backend.resets.push(options)
    this.database = this.#initialDatabase
  }

  close(): void {
    this.#backend.openSessions--
  }

  #echo(call: RpcCall, skip: number, out: ResultSink): void {
    const values = call.parameters.slice(skip)
    if (values.length > 0) {
      out.columns(values.map(({ name, type }) => column(name.slice(1), type)))
      out.row(values.map(({ value }) => value))
      out.doneInProc({ rowCount: 1, command: DONE_COMMANDS.select })
    }
    out.returnStatus(0)
    for (const [index, parameter] of values.entries()) {
      if (parameter.isOutput) {
        out.returnValue(index + skip, parameter.name, parameter.type, parameter.value)
      }
    }
    out.doneProc()
  }

  async #selectBig(out: ResultSink): Promise<void> {
    out.columns([
      column('id', INT, { nullable: false, identity: true }),
      column('text', nvarchar(200)),
    ])
    const text = 'x'.repeat(80)
    for (let id = 1; id <= BIG_RESULT_ROWS; id++) {
      if (!out.row([id, text])) await out.drained()
      if (id % 1000 === 0) this.#measureMemory()
    }
    out.done({ rowCount: BIG_RESULT_ROWS, command: DONE_COMMANDS.select })
  }

  async #selectEndless(out: ResultSink, signal: AbortSignal): Promise<void> {
    out.columns([column('id', INT)])
    for (let id = 1; !signal.aborted; id++) if (!out.row([id])) await out.drained()
    this.#backend.aborted.push('endless')
  }

  async #hang(signal: AbortSignal): Promise<void> {
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    this.#backend.aborted.push('hang')
    throw signal.reason
  }

  #measureMemory(): void {
    const { heapUsed, external } = process.memoryUsage()
    this.#backend.peakBytes = Math.max(this.#backend.peakBytes, heapUsed + external)
  }
}

function selectOne(out: ResultSink, value = 1): void {
  out.columns([column('', INT, { nullable: false, computed: true })])
  out.row([value])
  out.done({ rowCount: 1, command: DONE_COMMANDS.select })
}

function selectTypes(out: ResultSink, { nulls = false } = {}): void {
  out.columns(
    TYPE_SAMPLES.map(({ type }, index) =>
      column(`c${index}`, type, { tableName: ['shop', 'dbo', 'samples'] }),
    ),
  )
  out.row(TYPE_SAMPLES.map(({ value }) => (nulls ? null : value)))
  out.done({ rowCount: 1, command: DONE_COMMANDS.select })
}

function failAfterRows(out: ResultSink): void {
  selectOne(out)
  out.error(new SqlError(208, "Invalid object name 'nowhere'.", { state: 3, line: 5 }))
  out.done({ error: true })
}

function selectSeveral(out: ResultSink): void {
  for (const value of [1, 2, 3]) {
    out.columns([column('n', INT)])
    out.row([value])
    out.row([value * 10])
    out.done({ rowCount: 2, command: DONE_COMMANDS.select })
  }
  out.done({ rowCount: 5, command: DONE_COMMANDS.update })
}

export interface ScriptedServer extends AsyncDisposable {
  readonly server: TdsServer
  readonly backend: ScriptedBackend
  readonly port: number
  /** What went to `onError`. */
  readonly errors: Error[]
}

/** A server in front of a scripted backend, listening on a free port of loopback. */
export async function startScriptedServer(
  options: Partial<TdsServerOptions> = {},
): Promise<ScriptedServer> {
  const backend = new ScriptedBackend()
  const errors: Error[] = []
  const server = createTdsServer({
    backend,
    certificate: () => createSelfSignedCertificate('SCRIPTED'),
    onError: (error) => errors.push(error),
    ...options,
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const port = server.address?.port ?? 0
  return { server, backend, port, errors, [Symbol.asyncDispose]: () => server.close() }
}
