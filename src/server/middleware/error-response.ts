import type { ErrorRequestHandler } from 'express'
import { type Logger, PlatformError, toPlatformError } from '../../base/index.ts'
import { STATUS_OF_KIND } from '../error-status.ts'

/** Answers every error of a REST route as `{code, message, fix, details}`. */
export function errorResponse(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const failure = fromBodyParser(error) ?? toPlatformError(error)
    const status = STATUS_OF_KIND[failure.kind]
    if (failure.kind === 'internal') {
      logger.error('request failed', { method: request.method, path: request.path, error })
    }
    response.status(status).json({
      code: failure.code,
      message: failure.message,
      ...(failure.fix === undefined ? {} : { fix: failure.fix }),
      details: failure.details,
    })
  }
}

/** body-parser's and the router's errors carry a `type` and a client-side `status`. */
function fromBodyParser(error: unknown): PlatformError | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined
  if (typeof error.status !== 'number' || error.status >= 500) return undefined
  const message =
    error instanceof SyntaxError
      ? `the request body is not JSON: ${error.message}`
      : `the request cannot be read: ${error.message}`
  return new PlatformError('INVALID_BODY', message, { cause: error })
}
