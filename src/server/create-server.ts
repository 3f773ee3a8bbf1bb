import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import express from 'express'
import { type Logger, PlatformError, systemErrorCode } from '../base/index.ts'
import type { Config } from '../config/index.ts'
import { errorResponse } from './middleware/error-response.ts'
import { isLoopback, localHostOnly } from './middleware/local-host-only.ts'
import type { RestBackend } from './rest/backend.ts'
import { addRestRoutes } from './rest/router.ts'

export interface Server {
  /** @throws PlatformError INVALID_CONFIG when the address cannot be listened on */
  listen(): Promise<{ readonly url: string }>
  /** Takes no new connection, ends event streams and waiting requests. Idempotent. */
  close(): Promise<void>
}

/** The HTTP edge: REST under /v1, /healthz. */
export function createServer(options: {
  readonly backend: RestBackend
  readonly config: Pick<Config, 'listenHost' | 'listenPort'>
  readonly logger: Logger
  readonly version: string
}): Server {
  const { backend, config, logger, version } = options
  const app = express()
  app.disable('x-powered-by')
  if (isLoopback(config.listenHost)) app.use(localHostOnly)
  addRestRoutes(app, backend, version)
  app.use(errorResponse(logger))
  const server = createHttpServer(app)
  return { listen: () => listen(server, config), close: () => close(server) }
}

async function listen(
  server: HttpServer,
  config: Pick<Config, 'listenHost' | 'listenPort'>,
): Promise<{ url: string }> {
  const { listenHost, listenPort } = config
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const why = systemErrorCode(error) === 'EADDRINUSE' ? 'the port is in use' : error.message
      const message = `cannot listen on ${listenHost}:${listenPort}: ${why}`
      reject(new PlatformError('INVALID_CONFIG', message, { cause: error }))
    })
    server.listen(listenPort, listenHost, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : listenPort
  const host = listenHost.includes(':') ? `[${listenHost}]` : listenHost
  return { url: `http://${host}:${port}` }
}

function close(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
