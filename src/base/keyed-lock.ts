/** How a command takes part: readers share, a writer is alone. */
export type LockMode = 'shared' | 'exclusive'

interface Waiter {
  readonly mode: LockMode
  readonly grant: () => void
}

interface Entry {
  sharedHolders: number
  exclusiveHeld: boolean
  readonly waiters: Waiter[]
}

/**
 * Reader-writer locks by key (a container id, an image id, a database), first come first served, so
 * that a writer never starves. Keys without holders cost nothing.
 */
export class KeyedLock {
  readonly #entries = new Map<string, Entry>()

  /** Runs `work` while holding the lock of `key`; the lock is released however `work` ends. */
  async withLock<T>(key: string, mode: LockMode, work: () => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? this.#createEntry(key)
    await acquire(entry, mode)
    try {
      return await work()
    } finally {
      release(entry, mode)
      const idle = !entry.exclusiveHeld && entry.sharedHolders === 0 && entry.waiters.length === 0
      if (idle && this.#entries.get(key) === entry) this.#entries.delete(key)
    }
  }

  #createEntry(key: string): Entry {
    const entry: Entry = { sharedHolders: 0, exclusiveHeld: false, waiters: [] }
    this.#entries.set(key, entry)
    return entry
  }
}

function acquire(entry: Entry, mode: LockMode): Promise<void> {
  return new Promise((resolve) => {
    entry.waiters.push({ mode, grant: resolve })
    grantNext(entry)
  })
}

function release(entry: Entry, mode: LockMode): void {
  if (mode === 'exclusive') entry.exclusiveHeld = false
  else entry.sharedHolders -= 1
  grantNext(entry)
}

function grantNext(entry: Entry): void {
  for (;;) {
    const next = entry.waiters[0]
    if (next === undefined || entry.exclusiveHeld) return
    if (next.mode === 'exclusive' && entry.sharedHolders > 0) return
    entry.waiters.shift()
    if (next.mode === 'exclusive') entry.exclusiveHeld = true
    else entry.sharedHolders += 1
    next.grant()
  }
}
