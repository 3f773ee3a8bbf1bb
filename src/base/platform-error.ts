import { ERRORS, type ErrorCode, type ErrorDefinition, type ErrorKind } from './error-catalogue.ts'

export interface PlatformErrorOptions {
  readonly cause?: unknown
  /** Machine-readable particulars: identifiers, paths, a SQL error's number. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * The one error class of the platform. `message` says what was being done and what was wrong, with
 * identifiers; `code` selects the kind and the advice from the catalogue.
 */
export class PlatformError extends Error {
  static {
    PlatformError.prototype.name = 'PlatformError' // on the prototype: not enumerable noise on each instance
  }

  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, options: PlatformErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = Object.freeze({ ...options.details })
  }

  get kind(): ErrorKind {
    return ERRORS[this.code].kind
  }

  /** What the user can do about it, where the catalogue knows. */
  get fix(): string | undefined {
    const definition: ErrorDefinition = ERRORS[this.code]
    return definition.fix
  }
}

/** The error itself when it is a PlatformError, otherwise the same failure wrapped as INTERNAL. */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new PlatformError('INTERNAL', message, { cause: error })
}

/** For the default branch of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new PlatformError('INTERNAL', `unexpected value: ${JSON.stringify(value)}`)
}

/** The `code` of a Node system error (`ENOENT`, `EADDRINUSE`, …), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
