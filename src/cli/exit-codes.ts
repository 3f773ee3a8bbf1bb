import type { ErrorKind } from '../base/index.ts'

export const EXIT_OK = 0
/** `slipway verify` found errors in the files. */
export const EXIT_DAMAGED = 1
export const EXIT_USAGE = 2

/** What a script can tell from the exit status; the help text lists them. */
export const EXIT_CODE_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  internal: 1,
  'not-implemented': 1,
  cancelled: 1,
  'invalid-argument': EXIT_USAGE,
  'not-allowed': EXIT_USAGE,
  'not-found': 3,
  conflict: 4,
  'precondition-failed': 4,
  unavailable: 5,
  timeout: 6,
  'resource-exhausted': 7,
}
