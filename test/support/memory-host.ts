import type { SqlType, SqlValue } from '../../src/mdf/index.ts'
import { SessionTransaction } from '../../src/sandbox/engine/transactions/session-transaction.ts'
import type { SqlMessage } from '../../src/sandbox/sql-error.ts'
import { SqlError } from '../../src/sandbox/sql-error.ts'
import type { DoneOptions, ResultColumn, ResultSink } from '../../src/sandbox/tds/index.ts'
import {
  type BatchOptions,
  type BatchResult,
  type ExecutionHost,
  type HostProcedure,
  type ModuleSource,
  type ObjectName,
  runBatch,
  type SessionState,
  type TableSource,
  type ViewSource,
} from '../../src/sandbox/tsql/index.ts'
import { resolveTypeName } from '../../src/sandbox/tsql/values/index.ts'

/** SQL_Latin1_General_CP1_CI_AS as boot pages carry it. */
export const TEST_COLLATION_ID = 0x3400d008

/** A type by its T-SQL text, `nvarchar(20)` or `int`. */
export function typeOf(text: string): SqlType {
  const match = /^(\w+)(?:\(([^)]*)\))?$/.exec(text)
  if (match === null) throw new TypeError(`not a type: ${text}`)
  const args = (match[2] ?? '').split(',').filter((part) => part !== '')
  return resolveTypeName(
    {
      schema: '',
      name: match[1] ?? '',
      arguments: args.map((part) => (part.trim() === 'max' ? 'max' : Number(part))),
    },
    TEST_COLLATION_ID,
  )
}

/** A table in memory: columns as `name type`, `?` after the type for nullable ones. */
export interface MemoryTable {
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly (readonly SqlValue[])[]
  readonly computed?: Readonly<Record<string, string>>
}

/** Counts what was read, so that tests can tell which columns a query asks for. */
export interface ScanRecord {
  readonly table: string
  readonly columns: readonly string[]
}

export interface MemoryHostOptions {
  readonly tables?: Readonly<Record<string, MemoryTable>>
  readonly views?: Readonly<Record<string, string>>
  readonly procedures?: Readonly<Record<string, HostProcedure>>
  readonly now?: Date
}

/** A database `test` in memory behind the contract the engine implements. */
export class MemoryHost implements ExecutionHost {
  readonly session: SessionState & { database: string }
  readonly transaction: SessionTransaction
  readonly scans: ScanRecord[] = []
  readonly #options: MemoryHostOptions
  readonly #sources = new Map<string, TableSource | ViewSource>()

  constructor(options: MemoryHostOptions = {}) {
    this.#options = options
    this.session = {
      spid: 51,
      loginName: 'sa',
      hostName: 'test',
      applicationName: 'test',
      database: 'test',
      collationId: TEST_COLLATION_ID,
      language: 'us_english',
      options: new Map(),
      transactionCount: 0,
      rowCount: 0,
      errorNumber: 0,
    }
    this.transaction = new SessionTransaction(this.session)
    for (const [name, table] of Object.entries(options.tables ?? {})) {
      this.#sources.set(name.toLowerCase(), this.#tableSource(name, table))
    }
    for (const [name, text] of Object.entries(options.views ?? {})) {
      this.#sources.set(name.toLowerCase(), {
        kind: 'view',
        database: 'test',
        schema: 'dbo',
        name,
        text,
      })
    }
  }

  now(): Date {
    return this.#options.now ?? new Date('2024-05-06T07:08:09.123Z')
  }

  useDatabase(name: string): void {
    if (!['test', 'master'].includes(name.toLowerCase())) {
      throw new SqlError(
        911,
        `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
      )
    }
    this.session.database = name
  }

  findTable({ schema, name }: ObjectName): TableSource | ViewSource | undefined {
    if (!['', 'dbo'].includes(schema.toLowerCase())) return undefined
    return this.#sources.get(name.toLowerCase())
  }

  #tableSource(name: string, { columns, rows, computed }: MemoryTable): TableSource {
    const stored = Object.entries(columns).map(([column, type]) => ({
      name: column,
      type: typeOf(type.replace('?', '').replace(' identity', '')),
      nullable: type.includes('?'),
      identity: type.endsWith(' identity'),
    }))
    const derived = Object.entries(computed ?? {}).map(([column, text]) => ({
      name: column,
      type: typeOf('int'),
      nullable: true,
      identity: false,
      computedText: text,
    }))
    const all = [...stored, ...derived]
    const { scans } = this
    return {
      kind: 'table',
      database: 'test',
      schema: 'dbo',
      name,
      columns: all,
      estimatedRowCount: rows.length,
      *scan(ordinals) {
        scans.push({ table: name, columns: ordinals.map((index) => all[index]?.name ?? '') })
        for (const row of rows) yield ordinals.map((index) => row[index] ?? null)
      },
    }
  }

  serverProperty(): undefined {
    return undefined
  }

  databaseProperty(): undefined {
    return undefined
  }

  globalVariable(name: string): { type: SqlType; value: SqlValue } | undefined {
    return name === '@@SERVERNAME' ? { type: typeOf('nvarchar(128)'), value: 'memory' } : undefined
  }

  databaseId(name: string): number | undefined {
    return name === 'test' ? 5 : undefined
  }

  databaseName(id: number): string | undefined {
    return id === 5 ? 'test' : undefined
  }

  databaseCollationId(): number {
    return TEST_COLLATION_ID
  }

  findObject(): undefined {
    return undefined
  }

  findObjectById(): undefined {
    return undefined
  }

  schemaName(): undefined {
    return undefined
  }

  schemaId(): undefined {
    return undefined
  }

  async administer(): Promise<void> {}

  define(): void {
    throw new SqlError(3906, 'Failed to update database "test" because the database is read-only.')
  }

  createTableVariable(): TableSource {
    throw new SqlError(3906, 'Failed to update database "test" because the database is read-only.')
  }

  openTemporaryScope(): Disposable {
    return { [Symbol.dispose]() {} }
  }

  findModule(): ModuleSource | undefined {
    return undefined
  }

  findProcedure({ name }: ObjectName): HostProcedure | undefined {
    return this.#options.procedures?.[name.toLowerCase()]
  }
}

export interface RecordedResult {
  readonly columns: readonly ResultColumn[]
  readonly rows: SqlValue[][]
}

/** A sink that keeps everything it is told. */
export class RecordingSink implements ResultSink {
  readonly results: RecordedResult[] = []
  readonly messages: SqlMessage[] = []
  readonly errors: SqlError[] = []
  readonly dones: (DoneOptions & { readonly inProcedure: boolean })[] = []
  readonly environmentChanges: unknown[] = []
  readonly statuses: number[] = []

  columns(columns: readonly ResultColumn[]): void {
    this.results.push({ columns, rows: [] })
  }

  row(values: readonly SqlValue[]): boolean {
    this.results.at(-1)?.rows.push([...values])
    return true
  }

  async drained(): Promise<void> {}

  info(message: SqlMessage): void {
    this.messages.push(message)
  }

  error(error: SqlError): void {
    this.errors.push(error)
  }

  environment(change: unknown): void {
    this.environmentChanges.push(change)
  }

  done(options: DoneOptions = {}): void {
    this.dones.push({ ...options, inProcedure: false })
  }

  doneInProc(options: DoneOptions = {}): void {
    this.dones.push({ ...options, inProcedure: true })
  }

  returnStatus(value: number): void {
    this.statuses.push(value)
  }

  returnValue(): void {}

  doneProc(): void {}
}

/** Runs a batch and gives all it answered. */
export async function runRecorded(
  text: string,
  host: ExecutionHost,
  options: Partial<BatchOptions> = {},
): Promise<{ readonly sink: RecordingSink; readonly result: BatchResult }> {
  const sink = new RecordingSink()
  const signal = options.signal ?? new AbortController().signal
  const result = await runBatch(text, host, sink, { ...options, signal })
  return { sink, result }
}
