import type { SQLOutputValue } from 'node:sqlite'
import { PlatformError, systemErrorCode } from '../base/index.ts'

/** A row as node:sqlite gives it. */
export type Row = Record<string, SQLOutputValue>

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE, of the SQLite result codes. */
const UNIQUE_VIOLATIONS: readonly unknown[] = [1555, 2067]

export function text(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : wrongType(column)
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

/** An INTEGER or REAL column. */
export function number(row: Row, column: string): number {
  const value = row[column]
  return typeof value === 'number' ? value : wrongType(column)
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column]
  return value instanceof Uint8Array ? value : wrongType(column)
}

/** A column whose CHECK constraint allows only `words`. */
export function word<const T extends string>(row: Row, column: string, words: readonly T[]): T {
  const value = text(row, column)
  return words.find((candidate) => candidate === value) ?? wrongType(column)
}

/** Whether `error` says that a value of `column` ("clones.name") is taken. */
export function isTaken(error: unknown, column: string): boolean {
  return (
    error instanceof Error &&
    systemErrorCode(error) === 'ERR_SQLITE_ERROR' &&
    'errcode' in error &&
    UNIQUE_VIOLATIONS.includes(error.errcode) &&
    error.message.endsWith(column)
  )
}

function wrongType(column: string): never {
  throw new PlatformError('INTERNAL', `read the catalog: unexpected value in column ${column}`)
}
