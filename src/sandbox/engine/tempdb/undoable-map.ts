import type { UndoLog } from '../transactions/session-transaction.ts'

/** A map whose changes are written down, so that a ROLLBACK takes them back. */
export class UndoableMap<Key, Value> {
  readonly #entries = new Map<Key, Value>()
  /** The values as an array, until the next change. */
  #list: readonly Value[] | undefined

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  has(key: Key): boolean {
    return this.#entries.has(key)
  }

  /** The same array until something changes. */
  get values(): readonly Value[] {
    this.#list ??= [...this.#entries.values()]
    return this.#list
  }

  get keys(): Iterable<Key> {
    return this.#entries.keys()
  }

  get entries(): Iterable<readonly [Key, Value]> {
    return this.#entries
  }

  set(key: Key, value: Value, log: UndoLog): void {
    const before = this.#entries.get(key)
    this.#entries.set(key, value)
    this.#list = undefined
    log.record(() => this.#restore(key, before))
  }

  delete(key: Key, log: UndoLog): void {
    const before = this.#entries.get(key)
    if (before === undefined) return
    this.#restore(key, undefined)
    log.record(() => this.#restore(key, before))
  }

  #restore(key: Key, value: Value | undefined): void {
    if (value === undefined) this.#entries.delete(key)
    else this.#entries.set(key, value)
    this.#list = undefined
  }
}
