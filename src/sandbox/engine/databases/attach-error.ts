import { PlatformError } from '../../../base/index.ts'
import { SqlError } from '../../sql-error.ts'
import { NEWEST_DATABASE_VERSION } from '../instance/server-identity.ts'
import { isLogFile } from './find-files.ts'
import { cannotOpenFile } from './operating-system-error.ts'
import { pageError } from './page-error.ts'

const FILE_NOT_FOUND = { number: 2, text: 'The system cannot find the file specified.' }
const KIB = 1024
/** CREATE DATABASE's own error behind these is 1802, behind all others 1813. */
const FILE_ERRORS = new Set([5105, 5120])

/**
 * SQL Server's errors for a file set that cannot be attached: what is wrong, then what follows from it.
 *
 * @returns the same value when the failure is none of the files'
 */
export function attachErrors(
  error: unknown,
  attempt: {
    readonly name: string
    readonly databaseId: number
    readonly paths: readonly string[]
  },
): { readonly cause: SqlError; readonly consequence: SqlError } | undefined {
  const cause = toSqlError(error, attempt)
  if (cause === undefined) return undefined
  const consequence = FILE_ERRORS.has(cause.number)
    ? new SqlError(
        1802,
        'CREATE DATABASE failed. Some file names listed could not be created. Check related errors.',
        { state: 7, cause: error },
      )
    : new SqlError(
        1813,
        `Could not open new database '${attempt.name}'. CREATE DATABASE is aborted.`,
        { state: 2, cause: error },
      )
  return { cause, consequence }
}

function toSqlError(
  error: unknown,
  attempt: {
    readonly name: string
    readonly databaseId: number
    readonly paths: readonly string[]
  },
): SqlError | undefined {
  if (error instanceof SqlError) return error
  if (!(error instanceof PlatformError)) return undefined
  const { name, paths } = attempt
  const [primary = ''] = paths
  const path = String(error.details['path'] ?? primary)
  switch (error.code) {
    case 'FILE_NOT_FOUND':
      return cannotOpenFile(path, FILE_NOT_FOUND)
    case 'NOT_A_PRIMARY_FILE':
      return notPrimary(path)
    case 'NOT_A_DATABASE_FILE':
      return path === primary ? notPrimary(path) : badHeader(path, 'PageAudit')
    case 'FILE_TRUNCATED':
      return wrongLength(path, error.details)
    case 'FILE_SET_INCOMPLETE':
      return cannotOpenFile(firstMissing(error.details), FILE_NOT_FOUND)
    case 'INVALID_ARGUMENT':
    case 'FILE_OF_ANOTHER_DATABASE':
    case 'FILE_SET_INCONSISTENT':
      return isLogFile(path) ? otherLog(path) : otherDatabase()
    case 'UNSUPPORTED_VERSION':
      return unsupportedVersion(name, error.details['internalVersion'])
    case 'DATABASE_NOT_CLEAN':
      return paths.some(isLogFile) ? needsRecovery(name, error) : cannotRebuildLog()
    default: {
      const damage = pageError(error, attempt.databaseId)
      return damage instanceof SqlError ? damage : undefined
    }
  }
}

function notPrimary(path: string): SqlError {
  return new SqlError(5171, `${path} is not a primary database file.`)
}

function badHeader(path: string, property: string): SqlError {
  return new SqlError(
    5172,
    `The header for file '${path}' is not a valid database file header. The ${property} property is incorrect.`,
    { state: 15 },
  )
}

function wrongLength(path: string, details: PlatformError['details']): SqlError {
  const sizeBytes = Number(details['sizeBytes'])
  const expectedBytes = Number(details['expectedBytes'])
  if (sizeBytes > expectedBytes) return badHeader(path, 'FILE SIZE')
  const [expected, actual] = [expectedBytes, sizeBytes].map((bytes) => Math.floor(bytes / KIB))
  return new SqlError(
    5125,
    `File '${path}' appears to have been truncated by the operating system. Expected size is ` +
      `${expected} KB but actual size is ${actual} KB.`,
    { severity: 24 },
  )
}

function firstMissing(details: PlatformError['details']): string {
  const { missing } = details
  const first: unknown = Array.isArray(missing) ? missing[0] : undefined
  if (typeof first !== 'object' || first === null || !('physicalPath' in first)) return ''
  return String(first.physicalPath)
}

function otherLog(path: string): SqlError {
  return new SqlError(
    5108,
    `Log file '${path}' does not match the primary file. It may be from a different database or ` +
      'the log may have been rebuilt previously.',
  )
}

function otherDatabase(): SqlError {
  return new SqlError(
    5173,
    'One or more files do not match the primary file of the database. If you are attempting to ' +
      'attach a database, retry the operation with the correct files. If this is an existing ' +
      'database, the file may be corrupted and should be restored from a backup.',
  )
}

function unsupportedVersion(name: string, version: unknown): SqlError {
  if (Number(version) <= NEWEST_DATABASE_VERSION) {
    return new SqlError(
      946,
      `Cannot open database '${name}' version ${version}. Upgrade the database to the latest version.`,
      { severity: 14 },
    )
  }
  return new SqlError(
    948,
    `The database '${name}' cannot be opened because it is version ${version}. This server ` +
      `supports version ${NEWEST_DATABASE_VERSION} and earlier. A downgrade path is not supported.`,
    { severity: 20 },
  )
}

/** SQL Server would redo the log here; the sandbox cannot, and says which file it is about. */
function needsRecovery(name: string, error: PlatformError): SqlError {
  return new SqlError(
    9004,
    `An error occurred while processing the log for database '${name}'. If possible, restore from ` +
      'backup. If a backup is not available, it might be necessary to rebuild the log. ' +
      `(Slipway sandbox: ${error.message}.)`,
    { cause: error },
  )
}

function cannotRebuildLog(): SqlError {
  return new SqlError(
    5113,
    'The log cannot be rebuilt because there were open transactions/users when the database was ' +
      'shutdown, no checkpoint occurred to the database, or the database was read-only. This error ' +
      'could occur if the transaction log file was manually deleted or lost due to a hardware or ' +
      'environment failure.',
  )
}
