import type { ErrorKind } from '../base/index.ts'

/** The one place where a failure becomes an HTTP status; a new kind does not compile without one. */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  'invalid-argument': 400,
  'not-found': 404,
  'not-allowed': 405,
  conflict: 409,
  'precondition-failed': 412,
  'not-implemented': 501,
  unavailable: 503,
  'resource-exhausted': 507,
  timeout: 504,
  cancelled: 499,
  internal: 500,
}
