import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultSink } from '../../tds/index.ts'
import type {
  AdministrationStatement,
  DefinitionStatement,
  ExecutionHost,
  HostProcedure,
  InsertBulkStatement,
  MetadataSource,
  ModuleSource,
  NumberSource,
  ObjectInfo,
  ObjectName,
  SessionState,
  SystemTableFunction,
  TableElement,
  TableSource,
  TransactionControl,
  TypeName,
  UserTypeInfo,
  ViewSource,
} from '../../tsql/index.ts'
import { administer } from '../administration/administer.ts'
import type { ViewContext } from '../catalog/catalog-view.ts'
import { findObject, findObjectById, findUserObject } from '../catalog/find-object.ts'
import { findTable } from '../catalog/find-table.ts'
import { metadataSource } from '../catalog/metadata-source.ts'
import { nameKey } from '../catalog/name-key.ts'
import { findSystemTableFunction } from '../catalog/table-functions.ts'
import type { Database } from '../databases/database.ts'
import { databaseProperty } from '../databases/database-property.ts'
import type { DefinitionContext } from '../definition/index.ts'
import { globalVariable, type TypedValue } from '../instance/global-variables.ts'
import type { Instance } from '../instance/instance.ts'
import { toSqlTime } from '../instance/sql-time.ts'
import { findProcedure } from '../procedures/find-procedure.ts'
import { findSequence } from '../tempdb/find-sequence.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'
import { moduleSource } from '../tempdb/module-source.ts'
import { isLocalTemporary } from '../tempdb/temporary-objects.ts'
import { parseProcedureName } from './procedure-name.ts'
import type { Session } from './session.ts'

type DefinitionRoom = typeof import('../definition/index.ts')

/** What one session's batches see of the engine. */
export class EngineHost implements ExecutionHost {
  readonly #instance: Instance
  readonly #session: Session
  readonly metadata: MetadataSource
  #definitions: DefinitionRoom | undefined

  constructor(instance: Instance, session: Session) {
    this.#instance = instance
    this.#session = session
    this.metadata = metadataSource((name) => instance.databases.find(name)?.openContent)
  }

  get session(): SessionState {
    return this.#session.state
  }

  now(): Date {
    return this.#instance.clock.now()
  }

  useDatabase(name: string): void {
    const database = this.#instance.databases.get(name)
    const others = this.#instance.sessions
      .inDatabase(database.name)
      .filter((session) => session !== this.#session)
    if (database.userAccess === 'SINGLE_USER' && others.length > 0) {
      throw new SqlError(
        924,
        `Database '${database.name}' is already open and can only have one user at a time.`,
        { severity: 14 },
      )
    }
    this.#session.moveTo(database)
  }

  findTable(name: ObjectName, currentDatabase: string): TableSource | ViewSource | undefined {
    return findTable(name, this.#context(name, currentDatabase))
  }

  serverProperty(name: string): SqlValue | undefined {
    return this.#instance.properties.get(name.toUpperCase())
  }

  databaseProperty(name: string, property: string): SqlValue | undefined {
    const database = this.#instance.databases.find(name)
    return database === undefined ? undefined : databaseProperty(database, property)
  }

  globalVariable(name: string): TypedValue | undefined {
    return globalVariable(name, this.#instance, this.#session)
  }

  databaseId(name: string): number | undefined {
    return this.#instance.databases.find(name)?.id
  }

  databaseName(id: number): string | undefined {
    return this.#instance.databases.findById(id)?.name
  }

  databaseCollationId(name: string): number | undefined {
    return this.#instance.databases.find(name)?.openContent?.settings.collationId
  }

  isChangeable(name: string): boolean {
    return this.#instance.databases.find(name)?.openContent instanceof MemoryDatabase
  }

  findObject(name: ObjectName, currentDatabase: string): ObjectInfo | undefined {
    const database = this.#instance.databases.find(databaseOf(name) || currentDatabase)
    if (database?.openContent === undefined) return undefined
    if (!isLocalTemporary(name.name)) return findObject(name, database)
    // OBJECT_ID('#t') looks into the current database, and temporary tables are in tempdb.
    if (name.database === '' && database.name !== currentDatabase) return undefined
    const object = this.#session.temporary.find(name.name)
    return object === undefined ? undefined : findObjectById(object.objectId, database)
  }

  findObjectById(name: string, objectId: number): ObjectInfo | undefined {
    const database = this.#instance.databases.find(name)
    return database?.openContent === undefined ? undefined : findObjectById(objectId, database)
  }

  schemaName(name: string, schemaId: number): string | undefined {
    const schemas = this.#instance.databases.find(name)?.openContent?.catalog.schemas
    return schemas?.find((schema) => schema.schemaId === schemaId)?.name
  }

  schemaId(databaseName: string, name: string): number | undefined {
    const content = this.#instance.databases.find(databaseName)?.openContent
    if (content === undefined) return undefined
    const { collationId } = content.settings
    const key = nameKey(name, collationId)
    return content.catalog.schemas.find((schema) => nameKey(schema.name, collationId) === key)
      ?.schemaId
  }

  findSystemTableFunction(
    name: ObjectName,
    currentDatabase: string,
  ): SystemTableFunction | undefined {
    return findSystemTableFunction(name, this.#context(name, currentDatabase))
  }

  administer(statement: AdministrationStatement, out: ResultSink): Promise<void> {
    return administer(statement, { instance: this.#instance, session: this.#session, out })
  }

  get transaction(): TransactionControl {
    return this.#session.transaction
  }

  /** What only statements need, so that it does not delay the start of the process. */
  async load(): Promise<void> {
    this.#definitions ??= await import('../definition/index.ts')
  }

  define(statement: DefinitionStatement, out: ResultSink): void {
    this.#loaded.define(statement, this.#definitionContext(out))
  }

  createTableVariable(name: string, definition: readonly TableElement[] | TypeName): TableSource {
    const types = this.#database(this.session.database).content
    const context = this.#definitionContext({ info: () => undefined })
    return this.#loaded.tableVariable(name, definition, { types, context })
  }

  findType(name: TypeName, currentDatabase: string): UserTypeInfo | undefined {
    const content = this.#instance.databases.find(currentDatabase)?.openContent
    return content === undefined ? undefined : this.#loaded.userTypeInfo(name, content)
  }

  findSequence(name: ObjectName, currentDatabase: string): NumberSource {
    const written = name.schema === '' ? name.name : `${name.schema}.${name.name}`
    const database = this.#instance.memoryDatabase(name.database || currentDatabase)
    return findSequence(database, findUserObject(name, database), written)
  }

  announceBulkLoad(statement: InsertBulkStatement): void {
    this.#session.announceBulkLoad(statement)
  }

  openTemporaryScope(): Disposable {
    return this.#session.temporary.openScope()
  }

  findModule(name: ObjectName, currentDatabase: string): ModuleSource | undefined {
    return this.#module(name, currentDatabase, { followsSynonym: true })
  }

  #module(
    name: ObjectName,
    currentDatabase: string,
    options: { readonly followsSynonym: boolean },
  ): ModuleSource | undefined {
    const { database, session } = this.#context(name, currentDatabase)
    const content = database.openContent
    if (content === undefined) return undefined
    const object = isLocalTemporary(name.name)
      ? session.temporary.find(name.name)
      : findUserObject(name, content)
    if (object?.type === 'SN') {
      const target = options.followsSynonym ? content.synonymTarget(object.objectId) : undefined
      if (target === undefined) return undefined
      return this.#module(parseProcedureName(target), database.name, { followsSynonym: false })
    }
    if (object !== undefined) {
      const written = isLocalTemporary(name.name) ? name.name : object.name
      return moduleSource({ name: database.name, catalog: content.catalog }, object, written)
    }
    const isSystemName = name.name.toLowerCase().startsWith('sp_')
    if (!isSystemName || name.database !== '' || database.name === 'master') return undefined
    return this.findModule({ ...name, database: 'master' }, 'master')
  }

  findProcedure(name: ObjectName): HostProcedure | undefined {
    return findProcedure(name, this.#context(name, this.session.database))
  }

  get #loaded(): DefinitionRoom {
    if (this.#definitions === undefined) throw new TypeError('the host was not loaded')
    return this.#definitions
  }

  #definitionContext(out: Pick<ResultSink, 'info'>): DefinitionContext {
    const { transaction: log, temporary } = this.#session
    return {
      host: this,
      log,
      out,
      moment: toSqlTime(this.now()),
      temporary,
      memoryDatabase: (name) => this.#instance.memoryDatabase(name),
    }
  }

  #context(name: ObjectName, currentDatabase: string): ViewContext {
    const isLocal = name.server.toUpperCase() === this.#instance.serverName.toUpperCase()
    if (name.server !== '' && !isLocal) throw noSuchServer(name.server)
    return {
      instance: this.#instance,
      session: this.#session,
      database: this.#database(databaseOf(name) || currentDatabase),
    }
  }

  #database(name: string): Database {
    return this.#instance.databases.get(name)
  }
}

/** Temporary objects are in tempdb, whatever is current. */
function databaseOf({ name, database }: ObjectName): string {
  return name.startsWith('#') ? 'tempdb' : database
}

function noSuchServer(name: string): SqlError {
  return new SqlError(
    7202,
    `Could not find server '${name}' in sys.servers. Verify that the correct server name was ` +
      'specified. If necessary, execute the stored procedure sp_addlinkedserver to add the server ' +
      'to sys.servers.',
    { severity: 11, state: 2 },
  )
}
