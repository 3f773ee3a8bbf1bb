import type { ErrorCode } from '../../base/index.ts'

/** What the REST routes need of the daemon. Dates are ISO 8601 text in UTC, sizes are bytes. */
export interface RestBackend {
  createImage(request: CreateImageRequest): Promise<AcceptedImage>
  listImages(): Promise<readonly ImageSummary[]>
  /** @param reference name or id (or a unique prefix of 4 or more digits) */
  inspectImage(reference: string): Promise<ImageDetail>
  removeImage(reference: string): Promise<void>

  /** Reserves name, port and id, records the operation, and answers at once. */
  createClone(request: CreateCloneRequest): Promise<AcceptedClone>
  listClones(): Promise<readonly Clone[]>
  inspectClone(reference: string): Promise<Clone>
  /** Records the removal and answers at once. */
  removeClone(reference: string): Promise<AcceptedClone>

  inspectOperation(id: string): Promise<Operation>
  listOperations(): Promise<readonly Operation[]>
  /** Resolves when the operation has ended or `waitMs` have passed. */
  waitForOperation(id: string, options: { waitMs: number; signal: AbortSignal }): Promise<Operation>

  /** Calls `listener` for each event until `signal` aborts; first replays those after `lastEventId`. */
  subscribe(
    listener: (event: PlatformEvent) => void,
    options: { readonly signal: AbortSignal; readonly lastEventId?: number },
  ): void
  health(): Promise<Health>
}

export interface CreateImageRequest {
  /** Lower-case name, as Docker's repository names: [a-z0-9]+(?:[._-][a-z0-9]+)*, at most 128. */
  readonly name: string
  /** Absolute paths on the daemon's machine: the mdf first, then ndf and ldf files; or one backup. */
  readonly files: readonly [string, ...string[]]
  /** Which set of a backup; default: its only full backup. */
  readonly backup?: BackupSelection
}

export interface BackupSelection {
  /** Position of the set in the file, from 1. */
  readonly position?: number
  /** Name of the database that was backed up. */
  readonly databaseName?: string
}

export interface AcceptedImage {
  readonly image: ImageSummary
  readonly operation: Operation
}

export interface ImageSummary {
  readonly id: string
  readonly name: string
  readonly status: 'importing' | 'ready' | 'removing'
  readonly createdAt: string
  /** Logical name of the database inside, e.g. Northwind. Known from the first answer on. */
  readonly databaseName: string
  /** e.g. `SQL Server 2008`. */
  readonly sqlServerVersion: string
  readonly sizeBytes: number
  readonly cloneCount: number
}

export interface ImageDetail extends ImageSummary {
  /** Version number of the boot page: 655 for SQL Server 2008. */
  readonly internalVersion: number
  readonly compatibilityLevel: number
  readonly collation: string
  readonly files: readonly {
    readonly fileId: number
    readonly kind: 'data' | 'log'
    readonly logicalName: string
    readonly name: string
    readonly sizeBytes: number
  }[]
  readonly tables: readonly {
    readonly schema: string
    readonly name: string
    readonly rowCount: number
  }[]
  readonly store: { readonly driver: string; readonly exclusiveBytes: number }
}

export interface CreateCloneRequest {
  /** Image name or id. */
  readonly image: string
  /** Default: a generated name. */
  readonly name?: string
  /** Name of the database inside the instance; default: the image's own database name. */
  readonly database?: string
  /** Lifetime in seconds; removed when it has passed. Default: kept. */
  readonly ttlSeconds?: number
}

export interface AcceptedClone {
  readonly clone: Clone
  readonly operation: Operation
}

export const CLONE_STATUSES = ['creating', 'ready', 'stopped', 'failed', 'removing'] as const

export interface Clone {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly imageId: string
  readonly database: string
  readonly status: (typeof CLONE_STATUSES)[number]
  readonly createdAt: string
  /** When the ttl ends; absent for a clone that is kept. */
  readonly expiresAt?: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly connectionStrings: {
    readonly adonet: string
    readonly jdbc: string
    readonly odbc: string
    readonly url: string
  }
  readonly engine: string
  readonly store: {
    readonly driver: string
    readonly exclusiveBytes: number
    readonly apparentBytes: number
  }
  /** The last error, when it failed. */
  readonly error?: OperationError
}

export const OPERATION_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

export interface Operation {
  readonly id: string
  /** e.g. `clone.create`, `clone.remove`, `image.import`. */
  readonly type: string
  readonly status: (typeof OPERATION_STATUSES)[number]
  /** What it works on. */
  readonly subject: { readonly kind: 'clone' | 'image'; readonly id: string; readonly name: string }
  /** 0 to 1. */
  readonly progress: number
  readonly createdAt: string
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly steps: readonly {
    readonly name: string
    readonly status: 'pending' | 'running' | 'done' | 'failed'
    readonly startedAt?: string
    readonly finishedAt?: string
  }[]
  readonly error?: OperationError
}

export interface OperationError {
  readonly code: ErrorCode
  readonly message: string
  readonly fix?: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface PlatformEvent {
  /** Grows by one with every event; what a client sends back as Last-Event-ID. */
  readonly id: number
  readonly time: string
  /** e.g. `clone.ready`, `clone.removed`, `image.ready`, `operation.progress`. */
  readonly type: string
  readonly subject: {
    readonly kind: 'clone' | 'image' | 'operation'
    readonly id: string
    readonly name: string
  }
  /** Never a password. */
  readonly attributes: Readonly<Record<string, string | number>>
}

export interface Health {
  readonly status: 'ok'
  readonly version: string
  readonly uptimeSeconds: number
  readonly store: {
    readonly driver: string
    readonly reason: string
    readonly freeBytes: number
    readonly totalBytes: number
  }
  readonly isolation: string
  readonly queue: string
  readonly engine: string
}
