import { type ErrorCode, toPlatformError } from '../base/index.ts'

/** An error as it is kept in the catalog and shown to the user. */
export interface ErrorRecord {
  readonly code: ErrorCode
  readonly message: string
  readonly fix?: string
  readonly details: Readonly<Record<string, unknown>>
}

/** The record of any thrown value. */
export function recordError(thrown: unknown): ErrorRecord {
  const { code, message, fix, details } = toPlatformError(thrown)
  return { code, message, ...(fix === undefined ? {} : { fix }), details }
}

export function formatError(error: ErrorRecord | undefined): string | null {
  return error === undefined ? null : JSON.stringify(error)
}

export function parseError(json: string): ErrorRecord {
  return JSON.parse(json) as ErrorRecord // written by formatError alone
}
