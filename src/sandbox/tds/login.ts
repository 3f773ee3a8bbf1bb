import { SqlError } from '../sql-error.ts'
import type { LoginRequest, TdsBackend, TdsConnection, TdsSession } from './backend.ts'
import { type Login7, readLogin7 } from './login7.ts'
import type { MessageWriter } from './message-writer.ts'
import { DEFAULT_PACKET_SIZE } from './packet.ts'
import { negotiateProtocol, type Protocol } from './protocol.ts'
import { loginPacketError } from './protocol-error.ts'
import { writeDone } from './tokens/done.ts'
import { writeEnvironmentChange, writePacketSizeChange } from './tokens/environment-change.ts'
import { writeFeatureExtAck } from './tokens/feature-ext-ack.ts'
import { writeLoginAck } from './tokens/login-ack.ts'
import { writeMessage } from './tokens/message.ts'

const CANNOT_OPEN_DATABASE = 4060

/** A LOGIN7 that can be answered. */
export interface LoginAttempt {
  readonly login: Login7
  readonly protocol: Protocol
}

/** @throws ProtocolError 17832 when it cannot be read, or is older than TDS 7.1 */
export function readLoginAttempt(payload: Buffer): LoginAttempt {
  const login = readLogin7(payload)
  const protocol = negotiateProtocol(login.tdsVersion, login.features?.utf8 === true)
  if (protocol === undefined) throw loginPacketError()
  return { login, protocol }
}

/** @throws SqlError as `TdsBackend.login`, and for the ways of authentication that there are not */
export function openSession(
  { login }: LoginAttempt,
  options: {
    readonly backend: TdsBackend
    readonly connection: TdsConnection
    readonly remoteAddress: string
  },
): Promise<TdsSession> {
  if (login.integratedSecurity) throw integratedSecurityError()
  if (login.features?.federatedAuthentication === true) throw loginFailedError(login.userName)
  const { features: _features, ...fields } = login
  const request: LoginRequest = { ...fields, remoteAddress: options.remoteAddress }
  return options.backend.login(request, options.connection)
}

/** The tokens that welcome a client, in SQL Server's order. */
export function writeLoginAnswer(
  writer: MessageWriter,
  { login, protocol }: LoginAttempt,
  session: TdsSession,
  backend: TdsBackend,
): void {
  const out = writer.bytes
  const { database, language, collationId } = session
  const inform = (number: number, state: number, message: string): void => {
    const info = { number, severity: 0, state, message, line: 1, procedure: '' }
    writeMessage(out, 'info', info, { serverName: backend.serverName, protocol })
  }
  writeEnvironmentChange(out, { kind: 'database', from: 'master', to: database }, protocol)
  inform(5701, 2, `Changed database context to '${database}'.`)
  writeEnvironmentChange(out, { kind: 'collation', from: 0, to: collationId }, protocol)
  writeEnvironmentChange(out, { kind: 'language', from: '', to: language }, protocol)
  inform(5703, 1, `Changed language setting to ${language}.`)
  writeLoginAck(out, backend.version, protocol)
  writePacketSizeChange(out, { from: DEFAULT_PACKET_SIZE, to: login.packetSize })
  if (login.features !== undefined) writeFeatureExtAck(out, { utf8: protocol.utf8 })
  writeDone(out, 'done', { status: 0 }, protocol)
}

/** The tokens that refuse a client. A database that cannot be opened fails the login as well. */
export function writeLoginRefusal(
  writer: MessageWriter,
  error: SqlError,
  options: { readonly login: Login7; readonly protocol: Protocol; readonly serverName: string },
): void {
  const errors =
    error.number === CANNOT_OPEN_DATABASE
      ? [error, loginFailedError(options.login.userName)]
      : [error]
  for (const each of errors) writeMessage(writer.bytes, 'error', each, options)
  writeDone(writer.bytes, 'done', { status: 0, error: true }, options.protocol)
}

function loginFailedError(userName: string): SqlError {
  return new SqlError(18456, `Login failed for user '${userName}'.`, { severity: 14 })
}

function integratedSecurityError(): SqlError {
  return new SqlError(
    18452,
    'Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.',
    { severity: 14 },
  )
}
