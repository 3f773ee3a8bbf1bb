import type { Clock } from '../../../base/index.ts'
import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { LoginRequest, TdsBackend, TdsConnection, TdsSession } from '../../tds/index.ts'
import { reopenDatabase } from '../databases/attach-database.ts'
import { Database } from '../databases/database.ts'
import { DatabaseList } from '../databases/database-list.ts'
import {
  SYSTEM_DATABASES,
  type SystemDatabaseName,
  systemContent,
} from '../databases/system-content.ts'
import type { ErrorLog } from '../process/error-log.ts'
import { Session } from '../session/session.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'
import { LockManager } from '../transactions/lock-manager.ts'
import { checkLogin } from './check-login.ts'
import { hashPassword, type SaLogin } from './logins.ts'
import type { AttachedDatabase, MasterFile, MasterRecord } from './master-file.ts'
import { SERVER_VERSION, serverProperties } from './server-identity.ts'
import { SessionRegistry } from './session-registry.ts'
import { toSqlTime } from './sql-time.ts'

/** Where an instance tells what it does. */
export type InstanceLog = Pick<ErrorLog, 'file' | 'write' | 'writeError'>

export interface InstanceOptions {
  readonly serverName: string
  readonly edition: string
  readonly collationId: number
  readonly languageId: number
  readonly dataFolder: string
  readonly log: InstanceLog
  readonly clock: Clock
  readonly masterFile: MasterFile
  /** What an earlier start left; a new one on the first start. */
  readonly master: MasterRecord
  /** SHUTDOWN was executed. */
  readonly onShutdown: () => void
}

/** One SQL Server instance: its databases, its login and its sessions. */
export class Instance implements TdsBackend {
  readonly serverName: string
  readonly version = SERVER_VERSION
  readonly collationId: number
  readonly dataFolder: string
  readonly log: InstanceLog
  readonly clock: Clock
  readonly startedAt: Date
  readonly databases: DatabaseList
  readonly sessions = new SessionRegistry()
  readonly locks = new LockManager()
  readonly properties: ReadonlyMap<string, SqlValue>
  readonly requestShutdown: () => void
  readonly #masterFile: MasterFile
  readonly #createdAt: string
  readonly #recovered = Promise.withResolvers<void>()
  #login: SaLogin

  constructor(options: InstanceOptions) {
    const { master } = options
    this.serverName = options.serverName
    this.collationId = options.collationId
    this.dataFolder = options.dataFolder
    this.log = options.log
    this.clock = options.clock
    this.startedAt = options.clock.now()
    this.databases = new DatabaseList(options.collationId)
    this.properties = serverProperties({
      name: options.serverName,
      edition: options.edition,
      collationId: options.collationId,
      languageId: options.languageId,
      dataFolder: options.dataFolder,
      errorLogFile: options.log.file,
    })
    this.requestShutdown = options.onShutdown
    this.#masterFile = options.masterFile
    this.#createdAt = master.createdAt
    this.#login = {
      name: 'sa',
      password: master.saPassword ?? undefined,
      disabled: master.saDisabled,
    }
    this.#addSystemDatabases()
    for (const entry of master.databases) this.databases.add(attachedDatabase(entry))
  }

  /**
   * A database that is kept in memory and can be changed.
   * @throws SqlError 911 (no such database), 942 and its kin, 3906 (it is served read-only)
   */
  memoryDatabase(name: string): MemoryDatabase {
    const { content, name: knownName } = this.databases.get(name)
    if (content instanceof MemoryDatabase) return content
    throw new SqlError(
      3906,
      `Failed to update database "${knownName}" because the database is read-only.`,
    )
  }

  get saLogin(): SaLogin {
    return this.#login
  }

  /** Opens the databases that were attached when the instance ran last; then logins are let in. */
  async recover(): Promise<void> {
    for (const database of this.databases.list()) {
      if (database.state !== 'RECOVERY_PENDING') continue
      this.log.write('spid9s', `Starting up database '${database.name}'.`)
      const fault = await reopenDatabase(database)
      if (fault !== undefined) this.log.writeError('spid9s', fault, fault.message)
    }
    this.#recovered.resolve()
  }

  async login(request: LoginRequest, connection: TdsConnection): Promise<TdsSession> {
    await this.#recovered.promise
    this.sessions.attemptCount += 1
    const database = checkLogin(this, request)
    const session = new Session(this, { request, connection, database })
    this.sessions.add(session)
    return session
  }

  /** Sets the password or the state of `sa`, durably. */
  async changeLogin(change: {
    readonly password?: string
    readonly disabled?: boolean
  }): Promise<void> {
    const before = this.#login
    this.#login = {
      name: 'sa',
      password: change.password === undefined ? before.password : hashPassword(change.password),
      disabled: change.disabled ?? before.disabled,
    }
    await this.saveMaster().catch((error: unknown) => {
      this.#login = before
      throw error
    })
  }

  /** Writes the list of databases and the login to the master record. */
  saveMaster(): Promise<void> {
    return this.#masterFile.write({
      format: 1,
      createdAt: this.#createdAt,
      saPassword: this.#login.password ?? null,
      saDisabled: this.#login.disabled,
      databases: this.databases
        .list()
        .filter(({ isSystem }) => !isSystem)
        .map(toEntry),
    })
  }

  /** Closes every database; nothing may be asked of the instance afterwards. */
  async close(): Promise<void> {
    await Promise.all(this.databases.list().map((database) => database.takeDown('OFFLINE')))
  }

  #addSystemDatabases(): void {
    const startedAt = toSqlTime(this.startedAt)
    for (const [name, id] of Object.entries(SYSTEM_DATABASES)) {
      const database = new Database({
        id,
        name,
        isSystem: true,
        attachedAt: this.startedAt,
        files: [],
      })
      const systemName = name as SystemDatabaseName // a key of SYSTEM_DATABASES
      database.bringOnline(systemContent(systemName, { collationId: this.collationId, startedAt }))
      this.databases.add(database)
    }
  }
}

/** A database of the master record, not opened yet. */
function attachedDatabase(entry: AttachedDatabase): Database {
  const database = new Database({
    id: entry.id,
    name: entry.name,
    isSystem: false,
    attachedAt: new Date(entry.attachedAt),
    files: entry.files,
    state: entry.state === 'OFFLINE' ? 'OFFLINE' : 'RECOVERY_PENDING',
  })
  database.isReadOnly = entry.isReadOnly
  database.userAccess = entry.userAccess
  return database
}

function toEntry(database: Database): AttachedDatabase {
  return {
    name: database.name,
    id: database.id,
    files: database.files,
    attachedAt: database.attachedAt.toISOString(),
    state: database.state === 'OFFLINE' ? 'OFFLINE' : 'ONLINE',
    isReadOnly: database.isReadOnly,
    userAccess: database.userAccess,
  }
}
