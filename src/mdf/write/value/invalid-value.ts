import { PlatformError } from '../../../base/index.ts'

/** The error for a value its type cannot hold; the record's encoder adds the column. */
export function invalidValue(what: string): PlatformError {
  return new PlatformError('INVALID_ARGUMENT', what, { details: { reason: 'value' } })
}

/** `value` in a message: short, and never the whole of a long text. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `'${value.slice(0, 40)}…'` : `'${value}'`
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return String(value)
}
