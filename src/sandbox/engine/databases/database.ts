import { SqlError } from '../../sql-error.ts'
import type { DatabaseContent } from './database-content.ts'

/** sys.databases.state_desc; the position is `state`'s number where SQL Server's list has it. */
export const DATABASE_STATES = {
  ONLINE: 0,
  RECOVERY_PENDING: 3,
  SUSPECT: 4,
  OFFLINE: 6,
} as const
export type DatabaseState = keyof typeof DATABASE_STATES

export const USER_ACCESS_MODES = { MULTI_USER: 0, SINGLE_USER: 1, RESTRICTED_USER: 2 } as const
export type UserAccess = keyof typeof USER_ACCESS_MODES

/** A database of the instance: who it is and how it stands. What is in it is its content. */
export class Database {
  readonly id: number
  readonly isSystem: boolean
  readonly attachedAt: Date
  /** Paths to attach again at the next start, the primary file first. */
  readonly files: readonly string[]
  name: string
  userAccess: UserAccess = 'MULTI_USER'
  isReadOnly = false
  #state: DatabaseState
  #content: DatabaseContent | undefined

  constructor(options: {
    readonly id: number
    readonly name: string
    readonly isSystem: boolean
    readonly attachedAt: Date
    readonly files: readonly string[]
    /** Until it is brought online; OFFLINE when left out. */
    readonly state?: DatabaseState
  }) {
    this.id = options.id
    this.name = options.name
    this.isSystem = options.isSystem
    this.attachedAt = options.attachedAt
    this.files = options.files
    this.#state = options.state ?? 'OFFLINE'
  }

  get state(): DatabaseState {
    return this.#state
  }

  /** The content while the database is online. */
  get openContent(): DatabaseContent | undefined {
    return this.#content
  }

  /**
   * What is in the database.
   * @throws SqlError 942 (offline), 945 (files missing), 926 (suspect)
   */
  get content(): DatabaseContent {
    if (this.#content !== undefined) return this.#content
    throw inaccessible(this.name, this.#state)
  }

  bringOnline(content: DatabaseContent): void {
    this.#content = content
    this.#state = 'ONLINE'
  }

  /** Closes the files and leaves the database in a state without content. */
  async takeDown(state: Exclude<DatabaseState, 'ONLINE'>): Promise<void> {
    const content = this.#content
    this.#content = undefined
    this.#state = state
    await content?.close()
  }
}

function inaccessible(name: string, state: DatabaseState): SqlError {
  switch (state) {
    case 'OFFLINE':
      return new SqlError(942, `Database '${name}' cannot be opened because it is offline.`, {
        severity: 14,
        state: 4,
      })
    case 'SUSPECT':
      return new SqlError(
        926,
        `Database '${name}' cannot be opened. It has been marked SUSPECT by recovery. See the SQL ` +
          'Server errorlog for more information.',
        { severity: 14 },
      )
    default:
      return new SqlError(
        945,
        `Database '${name}' cannot be opened due to inaccessible files or insufficient memory or ` +
          'disk space. See the SQL Server errorlog for details.',
        { severity: 14, state: 2 },
      )
  }
}
