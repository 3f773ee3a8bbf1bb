import { SqlError } from '../../sql-error.ts'
import type { ApiCursor } from './api-cursor.ts'

/** As SQL Server numbers them: odd, from here on. */
const FIRST_HANDLE = 180_150_003
const HANDLE_STEP = 2

/** The API cursors one session has open, by handle. */
export class ServerCursors {
  readonly #byHandle = new Map<number, ApiCursor>()
  #nextHandle = FIRST_HANDLE

  add(cursor: ApiCursor): number {
    const handle = this.#nextHandle
    this.#nextHandle += HANDLE_STEP
    this.#byHandle.set(handle, cursor)
    return handle
  }

  /** @throws SqlError 16909 */
  get(handle: number, procedure: string): ApiCursor {
    const cursor = this.#byHandle.get(handle)
    if (cursor !== undefined) return cursor
    throw new SqlError(
      16909,
      `${procedure}: The cursor identifier value provided (${(handle >>> 0).toString(16)}) is not valid.`,
      { procedure },
    )
  }

  /** @throws SqlError 16909 */
  close(handle: number, procedure: string): void {
    const { cursor } = this.get(handle, procedure)
    this.#byHandle.delete(handle)
    cursor.close()
  }

  clear(): void {
    for (const { cursor } of this.#byHandle.values()) cursor.close()
    this.#byHandle.clear()
  }
}
