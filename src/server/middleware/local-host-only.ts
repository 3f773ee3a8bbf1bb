import type { RequestHandler } from 'express'
import { PlatformError } from '../../base/index.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether an address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host.startsWith('127.')
}

/**
 * Answers hold passwords, and a web page may make a browser call a loopback address under a name of
 * its own (DNS rebinding). So a daemon that listens on loopback serves loopback names only.
 */
export const localHostOnly: RequestHandler = (request, _response, next) => {
  const host = (request.headers.host ?? 'localhost').replace(/:\d+$/, '')
  if (!isLoopback(host)) {
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `this daemon listens on loopback and does not answer to the host name ${host}`,
    )
  }
  next()
}
