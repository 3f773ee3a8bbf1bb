import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { TdsBackend } from './backend.ts'
import type { ServerCertificate } from './certificate.ts'
import { Connection } from './connection.ts'

const DEFAULT_LOGIN_TIMEOUT_MS = 60_000

export interface TdsServerOptions {
  readonly backend: TdsBackend
  /** Asked for when the first client wants encryption; asked again only if it failed. */
  readonly certificate: () => Promise<ServerCertificate>
  /** A connection that is not logged in after this time is closed. */
  readonly loginTimeoutMs?: number
  /** Faults of the backend, broken clients, TLS failures. None of them stops the server. */
  readonly onError?: (error: Error) => void
}

export interface TdsServer {
  /** @throws the system error (EADDRINUSE, EACCES, …) when the port cannot be had */
  listen(options: { readonly host: string; readonly port: number }): Promise<void>
  /** Where the server listens; undefined before `listen` and after `close`. */
  readonly address: { readonly host: string; readonly port: number } | undefined
  /**
   * Stops listening, closes idle connections, gives running requests `graceMs` to end, then cuts the
   * rest off.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>
}

/** A TDS server in front of `backend`; nothing happens before `listen`. */
export function createTdsServer(options: TdsServerOptions): TdsServer {
  const connections = new Set<Connection>()
  const certificate = singleFlight(options.certificate)
  const onError = options.onError ?? (() => {})
  const server = createServer((socket) => {
    const connection = new Connection(socket, {
      backend: options.backend,
      certificate,
      loginTimeoutMs: options.loginTimeoutMs ?? DEFAULT_LOGIN_TIMEOUT_MS,
      onError,
    })
    connections.add(connection)
    void connection.closed.then(() => connections.delete(connection))
  })
  return {
    async listen({ host, port }) {
      server.listen(port, host)
      await once(server, 'listening')
      server.on('error', onError)
    },
    get address() {
      const address = server.address() as AddressInfo | null // TCP servers have no other kind
      return address === null ? undefined : { host: address.address, port: address.port }
    },
    async close({ graceMs = 0 } = {}) {
      if (!server.listening) return
      const closed = Promise.all([
        once(server, 'close'),
        ...[...connections].map((connection) => connection.closed),
      ])
      server.close()
      for (const connection of connections) connection.end()
      const cutOff = setTimeout(() => {
        for (const connection of connections) connection.destroy()
      }, graceMs)
      await closed
      clearTimeout(cutOff)
    },
  }
}

/** One call at a time; its result is kept, its failure is not. */
function singleFlight<T>(create: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined
  return () => {
    pending ??= create().catch((error: unknown) => {
      pending = undefined
      throw error
    })
    return pending
  }
}
