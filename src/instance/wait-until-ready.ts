import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError } from '../base/index.ts'
import { SqlConnection } from './sql-connection.ts'

/** Short beside an engine's start, long enough that ten starts at once do not keep the daemon busy. */
const POLL_INTERVAL_MS = 4
/** A refused login is rarer and dearer: SQL Server takes none while its system databases recover. */
const LOGIN_INTERVAL_MS = 100

export interface LoginTarget {
  readonly host: string
  readonly port: number
  readonly password: string
}

/**
 * Logs in as sa as soon as the instance lets us; gives the connection. Ends with the reason of `signal`
 * when that aborts.
 */
export async function waitUntilReady(
  target: LoginTarget,
  signal: AbortSignal,
): Promise<SqlConnection> {
  for (;;) {
    signal.throwIfAborted()
    const socket = await tryConnect(target)
    const connection = socket && (await tryLogin(target, socket))
    if (connection !== undefined) return connection
    const interval = socket === undefined ? POLL_INTERVAL_MS : LOGIN_INTERVAL_MS
    await delay(interval, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

async function tryConnect(target: LoginTarget): Promise<Socket | undefined> {
  const socket = connect({ host: target.host, port: target.port, noDelay: true })
  try {
    await once(socket, 'connect')
    return socket
  } catch {
    socket.destroy()
    return undefined
  }
}

async function tryLogin(target: LoginTarget, socket: Socket): Promise<SqlConnection | undefined> {
  try {
    return await SqlConnection.open({ ...target, socket })
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'SQL_ERROR') return undefined
    throw error
  }
}
