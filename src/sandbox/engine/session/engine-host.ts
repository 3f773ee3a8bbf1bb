import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultSink } from '../../tds/index.ts'
import type {
  AdministrationStatement,
  DefinitionStatement,
  ExecutionHost,
  HostProcedure,
  ModuleSource,
  ObjectInfo,
  ObjectName,
  SessionState,
  TableSource,
  TransactionControl,
  ViewSource,
} from '../../tsql/index.ts'
import { administer } from '../administration/administer.ts'
import type { ViewContext } from '../catalog/catalog-view.ts'
import { findObject, findObjectById } from '../catalog/find-object.ts'
import { findTable } from '../catalog/find-table.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { Database } from '../databases/database.ts'
import { databaseProperty } from '../databases/database-property.ts'
import { globalVariable, type TypedValue } from '../instance/global-variables.ts'
import type { Instance } from '../instance/instance.ts'
import { findProcedure } from '../procedures/find-procedure.ts'
import type { Session } from './session.ts'

/** What one session's batches see of the engine. */
export class EngineHost implements ExecutionHost {
  readonly #instance: Instance
  readonly #session: Session

  constructor(instance: Instance, session: Session) {
    this.#instance = instance
    this.#session = session
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

  findObject(name: ObjectName, currentDatabase: string): ObjectInfo | undefined {
    const database = this.#instance.databases.find(name.database || currentDatabase)
    return database?.openContent === undefined ? undefined : findObject(name, database)
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

  administer(statement: AdministrationStatement, out: ResultSink): Promise<void> {
    return administer(statement, { instance: this.#instance, session: this.#session, out })
  }

  get transaction(): TransactionControl {
    return this.#session.transaction
  }

  define(_statement: DefinitionStatement): void {
    throw readOnly(this.session.database)
  }

  createTableVariable(): TableSource {
    throw readOnly('tempdb')
  }

  openTemporaryScope(): Disposable {
    return { [Symbol.dispose]() {} }
  }

  findModule(): ModuleSource | undefined {
    return undefined
  }

  findProcedure(name: ObjectName): HostProcedure | undefined {
    return findProcedure(name, this.#context(name, this.session.database))
  }

  #context(name: ObjectName, currentDatabase: string): ViewContext {
    const isLocal = name.server.toUpperCase() === this.#instance.serverName.toUpperCase()
    if (name.server !== '' && !isLocal) throw noSuchServer(name.server)
    return {
      instance: this.#instance,
      session: this.#session,
      database: this.#database(name.database || currentDatabase),
    }
  }

  #database(name: string): Database {
    return this.#instance.databases.get(name)
  }
}

function readOnly(database: string): SqlError {
  return new SqlError(
    3906,
    `Failed to update database "${database}" because the database is read-only.`,
  )
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
