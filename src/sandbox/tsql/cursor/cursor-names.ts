import { SqlError } from '../../sql-error.ts'
import type { Cursor } from './cursor.ts'

/** Cursors by name: those of a session, or the local ones of a batch or module. */
export class CursorNames {
  readonly #keyOf: (name: string) => string
  readonly #cursors = new Map<string, Cursor>()

  /** Names that are the same have the same key. */
  constructor(keyOf: (name: string) => string) {
    this.#keyOf = keyOf
  }

  find(name: string): Cursor | undefined {
    return this.#cursors.get(this.#keyOf(name))
  }

  get all(): Iterable<Cursor> {
    return this.#cursors.values()
  }

  /** @throws SqlError 16915 when the name is taken */
  add(name: string, cursor: Cursor): void {
    if (this.find(name) !== undefined) {
      throw new SqlError(16915, `A cursor with the name '${name}' already exists.`)
    }
    this.#cursors.set(this.#keyOf(name), cursor)
  }

  remove(name: string): void {
    this.#cursors.delete(this.#keyOf(name))
  }
}
