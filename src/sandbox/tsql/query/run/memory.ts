import { Decimal, SqlDateTime, type SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { heapLimitBytes, isHeapFull } from './heap.ts'
import type { Row } from './row.ts'

/** The part of the heap that sorts and hash tables may fill; the rest is the page cache and results. */
const WORKSPACE_FRACTION = 0.4
/** A statement reserves in steps, so that counting rows stays cheap. */
const RESERVATION_BYTES = 1024 * 1024

/** Workspace memory, counted: the heap belongs to the process, so every session draws on one pool. */
export class MemoryPool {
  readonly limitBytes: number
  #reservedBytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get reservedBytes(): number {
    return this.#reservedBytes
  }

  /** @throws SqlError 701 when the pool is used up */
  reserve(bytes: number): void {
    if (this.#reservedBytes + bytes > this.limitBytes || isHeapFull(bytes, 'work')) {
      throw insufficientMemory()
    }
    this.#reservedBytes += bytes
  }

  release(bytes: number): void {
    this.#reservedBytes -= bytes
  }
}

export const processMemoryPool = new MemoryPool(heapLimitBytes * WORKSPACE_FRACTION)

/** What one statement holds of the pool; given back when the statement ends. */
export class MemoryGrant implements Disposable {
  readonly #pool: MemoryPool
  #reservedBytes = 0
  #usedBytes = 0

  constructor(pool: MemoryPool) {
    this.#pool = pool
  }

  /** @throws SqlError 701 */
  add(bytes: number): void {
    const missing = this.#usedBytes + bytes - this.#reservedBytes
    if (missing > 0) {
      const step = Math.max(RESERVATION_BYTES, missing)
      this.#pool.reserve(step)
      this.#reservedBytes += step
    }
    this.#usedBytes += bytes
  }

  /** @throws SqlError 701 */
  addRow(row: Row): void {
    this.add(estimatedRowBytes(row))
  }

  remove(bytes: number): void {
    this.#usedBytes -= bytes
  }

  [Symbol.dispose](): void {
    this.#pool.release(this.#reservedBytes)
    this.#reservedBytes = 0
    this.#usedBytes = 0
  }
}

const ROW_OVERHEAD_BYTES = 48

/** Roughly what a row costs on the JavaScript heap. */
export function estimatedRowBytes(row: Row): number {
  let bytes = ROW_OVERHEAD_BYTES
  for (const value of row) bytes += estimatedValueBytes(value)
  return bytes
}

export function estimatedValueBytes(value: SqlValue): number {
  switch (typeof value) {
    case 'string':
      return 32 + value.length * 2
    case 'bigint':
      return 32
    case 'object':
      if (value === null) return 8
      if (value instanceof Decimal) return 72
      if (value instanceof SqlDateTime) return 56
      return value instanceof Uint8Array ? 120 + value.length : 160
    default:
      return 12
  }
}

function insufficientMemory(): SqlError {
  return new SqlError(
    701,
    "There is insufficient system memory in resource pool 'default' to run this query.",
    { severity: 17, state: 123 },
  )
}
