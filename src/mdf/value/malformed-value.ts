import { PlatformError } from '../../base/index.ts'

/** The error for bytes that are no value of their type; the reader of the page adds where they are. */
export function malformedValue(what: string): PlatformError {
  return new PlatformError('FILE_DAMAGED', what, { details: { reason: 'value' } })
}
