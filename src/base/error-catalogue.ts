/** The kinds of failure; `server` maps each one to exactly one HTTP status. */
export const ERROR_KINDS = [
  'invalid-argument',
  'not-found',
  'not-allowed',
  'conflict',
  'precondition-failed',
  'not-implemented',
  'unavailable',
  'resource-exhausted',
  'timeout',
  'cancelled',
  'internal',
] as const

export type ErrorKind = (typeof ERROR_KINDS)[number]

/** One entry of the catalogue. */
export interface ErrorDefinition {
  readonly kind: ErrorKind
  /** What went wrong, in a few words. */
  readonly title: string
  /** What the user can do about it. */
  readonly fix?: string
}

/** Every error the platform raises, by code. */
export const ERRORS = {
  // general
  INVALID_ARGUMENT: { kind: 'invalid-argument', title: 'an argument is not valid' },
  INVALID_BODY: {
    kind: 'invalid-argument',
    title: 'the request body is not valid',
    fix: 'send a JSON object as /v1/openapi.json describes it',
  },
  INVALID_CONFIG: {
    kind: 'invalid-argument',
    title: 'the configuration is not valid',
    fix: 'correct the setting named in the message',
  },
  INVALID_STATE_TRANSITION: {
    kind: 'conflict',
    title: 'that is not possible in the current state',
  },
  NOT_IMPLEMENTED: { kind: 'not-implemented', title: 'this is not implemented' },
  INTERNAL: {
    kind: 'internal',
    title: 'an unexpected error',
    fix: 'look in the daemon log and report it',
  },
  TIMEOUT: { kind: 'timeout', title: 'it took too long' },
  CANCELLED: { kind: 'cancelled', title: 'it was cancelled' },

  // daemon
  STATE_ROOT_IN_USE: {
    kind: 'conflict',
    title: 'another daemon uses this state root',
    fix: 'stop the other daemon, or give this one its own state root with --state-root',
  },
  CATALOG_MISMATCH: {
    kind: 'precondition-failed',
    title: 'the catalog does not fit this version of Slipway',
    fix: 'run the version that used this state root last, or choose another one with --state-root',
  },
  SECRET_KEY_MISMATCH: {
    kind: 'precondition-failed',
    title: 'secret.key does not fit the catalog',
    fix: 'put the secret.key back that belongs to this state root',
  },
  DAEMON_UNREACHABLE: {
    kind: 'unavailable',
    title: 'no daemon answers',
    fix: 'start one with `npm start` (or `slipway daemon`), or point SLIPWAY_URL at a running one',
  },
  SHUTTING_DOWN: { kind: 'unavailable', title: 'the daemon is shutting down' },
  ROUTE_NOT_FOUND: {
    kind: 'not-found',
    title: 'no such route',
    fix: 'see /v1/openapi.json for the routes',
  },

  METHOD_NOT_ALLOWED: {
    kind: 'not-allowed',
    title: 'the route does not take this method',
    fix: 'see /v1/openapi.json for the routes',
  },

  // SQL Server files (mdf, ndf, ldf)
  FILE_NOT_FOUND: {
    kind: 'not-found',
    title: 'the file does not exist or cannot be read',
    fix: 'give a path that the daemon can read',
  },
  FILE_CHANGED: {
    kind: 'conflict',
    title: 'the file changed while it was copied',
    fix: 'detach the database or set it offline, then try again',
  },
  NOT_A_DATABASE_FILE: {
    kind: 'invalid-argument',
    title: 'not a SQL Server database file',
    fix: 'give the mdf file of a database',
  },
  NOT_A_PRIMARY_FILE: {
    kind: 'invalid-argument',
    title: 'not the primary file of a database',
    fix: 'name the mdf first, then its ndf and ldf files',
  },
  FILE_TRUNCATED: {
    kind: 'invalid-argument',
    title: 'the file is shorter or longer than its own header says',
    fix: 'copy it again, from a database that is detached or offline',
  },
  FILE_DAMAGED: {
    kind: 'invalid-argument',
    title: 'the file is damaged',
    fix: 'copy it again, from a database that is detached or offline, or restore it from a backup',
  },
  FILE_SET_INCOMPLETE: {
    kind: 'invalid-argument',
    title: 'a file of the database is missing',
    fix: 'give the path of every data file of the database',
  },
  FILE_OF_ANOTHER_DATABASE: {
    kind: 'invalid-argument',
    title: 'a file belongs to another database',
    fix: 'give the files of one database only',
  },
  FILE_SET_INCONSISTENT: {
    kind: 'invalid-argument',
    title: 'the files of the database do not fit together',
    fix: 'copy all files of the database again, together, while it is detached or offline',
  },
  UNSUPPORTED_VERSION: {
    kind: 'not-implemented',
    title: 'files of this SQL Server version cannot be read',
    fix: 'attach the database to SQL Server 2008 or later once, detach it, and use the upgraded files',
  },
  UNSUPPORTED_STORAGE: {
    kind: 'not-implemented',
    title: 'this storage format cannot be read',
  },
  DATABASE_NOT_CLEAN: {
    kind: 'precondition-failed',
    title: 'the database was not shut down cleanly',
    fix: 'detach it from SQL Server (or set it offline), then copy its files',
  },

  // backups (bak)
  NOT_A_BACKUP: {
    kind: 'invalid-argument',
    title: 'not a SQL Server backup',
    fix: 'give the file that BACKUP DATABASE wrote',
  },
  BACKUP_DAMAGED: {
    kind: 'invalid-argument',
    title: 'the backup is damaged',
    fix: 'copy it again from where it was made, or make a new one WITH CHECKSUM',
  },
  UNSUPPORTED_BACKUP: {
    kind: 'not-implemented',
    title: 'backups of this sort cannot be restored',
    fix: 'BACKUP DATABASE name TO DISK = one file WITH NO_COMPRESSION, FORMAT, COPY_ONLY',
  },
  TABLE_NOT_FOUND: { kind: 'not-found', title: 'the database has no such table' },
  BACKUP_SET_NOT_FOUND: {
    kind: 'not-found',
    title: 'the backup file has no such backup set',
    fix: 'choose one of those the message lists, by its position or its database name',
  },
  BACKUP_SET_AMBIGUOUS: {
    kind: 'invalid-argument',
    title: 'the backup file has several backup sets that fit',
    fix: 'choose one of those the message lists, by its position',
  },

  DISK_FULL: {
    kind: 'resource-exhausted',
    title: 'no space is left for a file',
    fix: 'free space, or choose a folder on another disk',
  },

  // store
  STORE_UNSUPPORTED: {
    kind: 'not-implemented',
    title: 'this store driver does not work here',
  },
  STORE_FULL: {
    kind: 'resource-exhausted',
    title: 'the store is full',
    fix: 'remove clones or images, or raise the store size limit',
  },
  STORE_KEY_EXISTS: { kind: 'conflict', title: 'the store has that key already' },
  STORE_KEY_NOT_FOUND: { kind: 'not-found', title: 'the store does not have that key' },
  STORE_BASE_IN_USE: {
    kind: 'conflict',
    title: 'clones still descend from this base',
    fix: 'remove the clones first',
  },

  // images and clones
  IMAGE_NOT_FOUND: {
    kind: 'not-found',
    title: 'no such image',
    fix: 'see `slipway image ls`, or import one with `slipway image import NAME FILE.mdf`',
  },
  IMAGE_NAME_IN_USE: {
    kind: 'conflict',
    title: 'an image of that name exists',
    fix: 'choose another name, or remove that image first',
  },
  IMAGE_IN_USE: {
    kind: 'conflict',
    title: 'clones of this image exist',
    fix: 'remove the clones first',
  },
  IMAGE_NOT_READY: {
    kind: 'conflict',
    title: 'the image is not ready',
    fix: 'wait until `slipway image ls` shows it as ready',
  },
  CLONE_NOT_FOUND: {
    kind: 'not-found',
    title: 'no such clone',
    fix: 'see `slipway clone ls`',
  },
  CLONE_NAME_IN_USE: {
    kind: 'conflict',
    title: 'a clone of that name exists',
    fix: 'choose another name, or remove that clone first',
  },
  OPERATION_NOT_FOUND: { kind: 'not-found', title: 'no such operation' },

  // containers, instances
  ENGINE_NOT_FOUND: {
    kind: 'precondition-failed',
    title: 'the engine program was not found',
    fix: 'correct the engine path in the configuration',
  },
  ENGINE_START_FAILED: {
    kind: 'unavailable',
    title: 'the SQL Server instance did not start',
    fix: "read the instance's log",
  },
  ISOLATION_UNSUPPORTED: {
    kind: 'not-implemented',
    title: 'this isolation driver does not work here',
  },
  INSTANCE_STOPPED: {
    kind: 'unavailable',
    title: 'the SQL Server instance has ended by itself',
    fix: "read the instance's log",
  },
  NO_FREE_PORT: {
    kind: 'resource-exhausted',
    title: 'no port of the configured range is free',
    fix: 'remove clones, or configure a larger port range',
  },
  PORT_IN_USE: {
    kind: 'conflict',
    title: 'another program listens on the port',
    fix: 'stop that program, or configure another port range',
  },
  SQL_ERROR: { kind: 'internal', title: 'SQL Server answered with an error' },
} as const satisfies Record<string, ErrorDefinition>

export type ErrorCode = keyof typeof ERRORS
