import { SqlError } from '../../sql-error.ts'
import type { LoginRequest } from '../../tds/index.ts'
import type { Database } from '../databases/database.ts'
import type { Instance } from './instance.ts'
import { matchesPassword } from './logins.ts'

const DEFAULT_DATABASE = 'master'

/** Why a login is refused: error 18456's state and reason, which only the error log shows. */
interface Refusal {
  readonly state: number
  readonly reason: string
}

/**
 * Checks name and password of a login, and that its database can be opened.
 *
 * @returns the database to start in
 * @throws SqlError 18456, 18470, 4060
 */
export function checkLogin(instance: Instance, request: LoginRequest): Database {
  const refusal = refusalOf(instance, request)
  if (refusal !== undefined) {
    logRefusal(instance, request, refusal)
    throw new SqlError(18456, `Login failed for user '${request.userName}'.`, { severity: 14 })
  }
  if (instance.saLogin.disabled) {
    const reason = 'The account is disabled.'
    logRefusal(instance, request, { state: 1, reason }, 18470)
    throw new SqlError(18470, `Login failed for user '${request.userName}'. Reason: ${reason}`, {
      severity: 14,
    })
  }
  return initialDatabase(instance, request)
}

function refusalOf(instance: Instance, request: LoginRequest): Refusal | undefined {
  const { saLogin } = instance
  if (request.userName.toLowerCase() !== saLogin.name) {
    return { state: 5, reason: 'Could not find a login matching the name provided.' }
  }
  if (saLogin.password === undefined) {
    return { state: 7, reason: 'An error occurred while evaluating the password.' }
  }
  if (!matchesPassword(request.password, saLogin.password)) {
    return { state: 8, reason: 'Password did not match that for the login provided.' }
  }
  return undefined
}

function initialDatabase(instance: Instance, request: LoginRequest): Database {
  const name = request.database || DEFAULT_DATABASE
  const database = instance.databases.find(name)
  const isUsable =
    database?.openContent !== undefined &&
    !(
      database.userAccess === 'SINGLE_USER' &&
      instance.sessions.inDatabase(database.name).length > 0
    )
  if (database !== undefined && isUsable) return database
  const reason = `Failed to open the explicitly specified database '${name}'.`
  logRefusal(instance, request, { state: 38, reason })
  throw new SqlError(
    4060,
    `Cannot open database "${name}" requested by the login. The login failed.`,
    { severity: 11 },
  )
}

function logRefusal(
  { log }: Instance,
  request: LoginRequest,
  { state, reason }: Refusal,
  number = 18456,
): void {
  const text = `Login failed for user '${request.userName}'. Reason: ${reason} [CLIENT: ${clientOf(request)}]`
  log.writeError('Logon', { number, severity: 14, state }, text)
}

function clientOf({ remoteAddress }: LoginRequest): string {
  const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
  return LOCAL.has(remoteAddress) ? '127.0.0.1' : remoteAddress
}
