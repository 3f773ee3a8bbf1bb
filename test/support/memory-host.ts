import {
  type CatalogObject,
  SqlDateTime,
  type SqlType,
  type SqlValue,
} from '../../src/mdf/index.ts'
import { findUserObject } from '../../src/sandbox/engine/catalog/find-object.ts'
import { metadataSource } from '../../src/sandbox/engine/catalog/metadata-source.ts'
import {
  type DefinitionContext,
  define,
  tableVariable,
  userTypeInfo,
} from '../../src/sandbox/engine/definition/index.ts'
import { columnEntry } from '../../src/sandbox/engine/tempdb/column-entry.ts'
import { findSequence } from '../../src/sandbox/engine/tempdb/find-sequence.ts'
import { NOT_UNDONE, partKey } from '../../src/sandbox/engine/tempdb/memory-catalog.ts'
import { MemoryDatabase } from '../../src/sandbox/engine/tempdb/memory-database.ts'
import { MemoryTable } from '../../src/sandbox/engine/tempdb/memory-table.ts'
import { moduleSource } from '../../src/sandbox/engine/tempdb/module-source.ts'
import { tableShape } from '../../src/sandbox/engine/tempdb/table-shape.ts'
import { memoryTableSource } from '../../src/sandbox/engine/tempdb/table-source.ts'
import {
  isLocalTemporary,
  TemporaryObjects,
} from '../../src/sandbox/engine/tempdb/temporary-objects.ts'
import { LockManager } from '../../src/sandbox/engine/transactions/lock-manager.ts'
import { SessionTransaction } from '../../src/sandbox/engine/transactions/session-transaction.ts'
import type { SqlMessage } from '../../src/sandbox/sql-error.ts'
import { SqlError } from '../../src/sandbox/sql-error.ts'
import type { DoneOptions, ResultColumn, ResultSink } from '../../src/sandbox/tds/index.ts'
import {
  type BatchOptions,
  type BatchResult,
  type DefinitionStatement,
  type ExecutionHost,
  type HostProcedure,
  type InsertBulkStatement,
  type ModuleSource,
  type NumberSource,
  type ObjectInfo,
  type ObjectName,
  runBatch,
  type SessionState,
  type TableElement,
  type TableSource,
  type TypeName,
  type UserTypeInfo,
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
export interface MemoryTableOptions {
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
  readonly tables?: Readonly<Record<string, MemoryTableOptions>>
  readonly views?: Readonly<Record<string, string>>
  readonly procedures?: Readonly<Record<string, HostProcedure>>
  readonly now?: Date
}

/** A database `test` in memory behind the contract the engine implements. */
export class MemoryHost implements ExecutionHost {
  readonly session: SessionState & { database: string }
  readonly transaction: SessionTransaction
  readonly scans: ScanRecord[] = []
  /** What INSERT BULK announced last. */
  announcedLoad: InsertBulkStatement | undefined
  readonly #options: MemoryHostOptions
  readonly #views = new Map<string, ViewSource>()
  readonly #database = emptyDatabase('test')
  readonly #tempdb = emptyDatabase('tempdb')
  readonly #temporary = new TemporaryObjects(this.#tempdb)

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
      lastIdentity: null,
      contextInfo: null,
      context: new Map(),
      scopeIdentity: null,
      rowCount: 0,
      errorNumber: 0,
    }
    this.transaction = new SessionTransaction(this.session, new LockManager())
    for (const [name, table] of Object.entries(options.tables ?? {})) {
      this.#addTable(name, table)
    }
    for (const [name, text] of Object.entries(options.views ?? {})) {
      this.#views.set(name.toLowerCase(), {
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

  findTable(name: ObjectName): TableSource | ViewSource | undefined {
    const view = this.#views.get(name.name.toLowerCase())
    if (view !== undefined && ['', 'dbo'].includes(name.schema.toLowerCase())) return view
    const found = this.#find(name)
    if (found === undefined) return undefined
    const { database, object } = found
    if (object.type === 'U') {
      return this.#recorded(memoryTableSource(database, object, this.transaction))
    }
    const text = database.catalog.moduleText(object.objectId)?.text
    if (object.type !== 'V' || text === undefined) return undefined
    const schema = database.catalog.schemaName(object)
    return { kind: 'view', database: database.name, schema, name: object.name, text }
  }

  #addTable(name: string, { columns, rows, computed }: MemoryTableOptions): void {
    const { catalog } = this.#database
    const { objectId } = catalog.addObject({ name, schemaId: 1, type: 'U' }, NEVER, NOT_UNDONE)
    const stored = Object.entries(columns).map(([column, type]) => ({
      name: column,
      type: typeOf(type.replace('?', '').replace(' identity', '')),
      isNullable: type.includes('?'),
      identity: type.endsWith(' identity')
        ? { seed: 1n, increment: 1n, lastValue: null }
        : undefined,
    }))
    const derived = Object.keys(computed ?? {}).map((column) => ({
      name: column,
      type: typeOf('int'),
      isComputed: true,
    }))
    const entries = [...stored, ...derived].map((column, index) =>
      columnEntry({ objectId, columnId: index + 1, ...column }),
    )
    catalog.columnEntries.set(objectId, entries, NOT_UNDONE)
    for (const { columnId, name: column } of entries.slice(stored.length)) {
      catalog.computedTexts.set(partKey(objectId, columnId), computed?.[column] ?? '', NOT_UNDONE)
    }
    const table = new MemoryTable(tableShape(this.#database, objectId, this))
    table.load(rows.map((values, index) => ({ locator: BigInt(index + 1), values })))
    const last = rows.length
    if (last > 0) table.identity?.note(BigInt(last))
    catalog.tables.set(objectId, table, NOT_UNDONE)
  }

  /** Notes which columns of which table are read. */
  #recorded(source: TableSource): TableSource {
    const { scans } = this
    return {
      ...source,
      scan(ordinals) {
        const columns = ordinals.map((index) => source.columns[index]?.name ?? '')
        scans.push({ table: source.name, columns })
        return source.scan(ordinals)
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

  isChangeable(): boolean {
    return true
  }

  findObject(name: ObjectName): ObjectInfo | undefined {
    const found = this.#find(name)
    return found === undefined ? undefined : objectInfo(found)
  }

  findObjectById(_database: string, objectId: number): ObjectInfo | undefined {
    const object = this.#database.catalog.objectById(objectId)
    return object === undefined ? undefined : objectInfo({ database: this.#database, object })
  }

  schemaName(): undefined {
    return undefined
  }

  schemaId(): undefined {
    return undefined
  }

  readonly metadata = metadataSource((name) => (name === 'tempdb' ? this.#tempdb : this.#database))

  findSystemTableFunction(): undefined {
    return undefined
  }

  async administer(): Promise<void> {}

  define(statement: DefinitionStatement, out: ResultSink): void {
    define(statement, this.#definitionContext(out))
  }

  createTableVariable(name: string, definition: readonly TableElement[] | TypeName): TableSource {
    const context = this.#definitionContext(new RecordingSink())
    return tableVariable(name, definition, { types: this.#database, context })
  }

  findType(name: TypeName): UserTypeInfo | undefined {
    return userTypeInfo(name, this.#database)
  }

  findSequence(name: ObjectName): NumberSource {
    return findSequence(this.#database, this.#find(name)?.object, name.name)
  }

  announceBulkLoad(statement: InsertBulkStatement): void {
    this.announcedLoad = statement
  }

  openTemporaryScope(): Disposable {
    return this.#temporary.openScope()
  }

  findModule(name: ObjectName): ModuleSource | undefined {
    const found = this.#find(name)
    if (found === undefined) return undefined
    const written = isLocalTemporary(name.name) ? name.name : found.object.name
    return moduleSource(found.database, found.object, written)
  }

  #definitionContext(out: Pick<ResultSink, 'info'>): DefinitionContext {
    return {
      host: this,
      log: this.transaction,
      out,
      moment: NEVER,
      temporary: this.#temporary,
      memoryDatabase: (name) => (name === 'tempdb' ? this.#tempdb : this.#database),
    }
  }

  #find({ database: databaseName, schema, name }: ObjectName) {
    const isTemporary = name.startsWith('#') || databaseName.toLowerCase() === 'tempdb'
    const database = isTemporary ? this.#tempdb : this.#database
    const object = isLocalTemporary(name)
      ? this.#temporary.find(name)
      : findUserObject({ schema, name }, database)
    return object === undefined ? undefined : { database, object }
  }

  findProcedure({ name }: ObjectName): HostProcedure | undefined {
    return this.#options.procedures?.[name.toLowerCase()]
  }
}

const NEVER = new SqlDateTime(0, 0)

function objectInfo({
  database: { catalog },
  object,
}: {
  readonly database: MemoryDatabase
  readonly object: CatalogObject
}): ObjectInfo {
  const { objectId, type, parentObjectId } = object
  const name = catalog.displayName(objectId)
  const info = { objectId, schema: catalog.schemaName(object), name, type, parentObjectId }
  const { identity } = catalog.columns(objectId).find((column) => column.identity) ?? {}
  return identity === undefined ? info : { ...info, identity }
}

function emptyDatabase(name: string): MemoryDatabase {
  return new MemoryDatabase({
    name,
    settings: {
      collationId: TEST_COLLATION_ID,
      compatibilityLevel: 160,
      recoveryModel: 'SIMPLE',
      pageVerify: 'CHECKSUM',
      isAutoClose: false,
      isAutoShrink: false,
      internalVersion: 957,
      createDate: NEVER,
    },
    schemas: [{ schemaId: 1, name: 'dbo', principalId: 1 }],
    principals: [],
  })
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
