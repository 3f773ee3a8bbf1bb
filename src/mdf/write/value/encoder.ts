import type { SqlValue } from '../../sql-type.ts'

/** A value that is not NULL. */
export type StoredValue = Exclude<SqlValue, null>

/** Writes values of one type as data files keep them. */
export interface ValueEncoder {
  /** Bytes the value takes, or more. */
  bound(value: StoredValue): number
  /**
   * Writes the value at `start` of `target`, which has room for its bound, and returns where it ends.
   * @throws PlatformError INVALID_ARGUMENT (reason `value`) when the type cannot hold it
   */
  write(value: StoredValue, target: Buffer, start: number): number
}

/** An encoder of values that all take `size` bytes. */
export function fixedEncoder(
  size: number,
  write: (value: StoredValue, target: Buffer, start: number) => void,
): ValueEncoder {
  return {
    bound: () => size,
    write(value, target, start) {
      write(value, target, start)
      return start + size
    },
  }
}
