import { SqlError } from '../../sql-error.ts'

/** Reads share a table with other reads; a change has it alone. */
export type LockMode = 'shared' | 'exclusive'

/** Whoever holds and waits for locks: the transaction of a session. */
export interface LockOwner {
  readonly spid: number
}

export interface LockRequest {
  readonly owner: LockOwner
  readonly resource: string
  readonly mode: LockMode
  /** SET LOCK_TIMEOUT: -1 waits for ever, 0 not at all. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

interface Waiter {
  readonly owner: LockOwner
  readonly mode: LockMode
  readonly grant: () => void
}

interface Lock {
  /** How many times each owner holds it, by mode. */
  readonly holders: Map<LockOwner, { shared: number; exclusive: number }>
  waiters: Waiter[]
}

/**
 * Locks of tables, granted in the order they were asked for. An owner that has a lock already gets what
 * it asks for before others that wait, as it would otherwise wait for itself.
 */
export class LockManager {
  readonly #locks = new Map<string, Lock>()

  /**
   * @returns whether it was granted: not when the signal ended the wait
   * @throws SqlError 1222 after the timeout, 1205 when the wait could never end
   */
  async acquire(request: LockRequest): Promise<boolean> {
    const { owner, resource, mode, timeoutMs, signal } = request
    const lock = this.#lock(resource)
    if (isGrantable(lock, owner, mode, lock.waiters)) {
      hold(lock, owner, mode)
      return true
    }
    if (signal.aborted) return false
    if (timeoutMs === 0) throw timedOut()
    if (this.#wouldDeadlock(lock, owner)) throw deadlocked(owner)
    return this.#wait(lock, request)
  }

  /** Gives one hold back. */
  release(owner: LockOwner, resource: string, mode: LockMode): void {
    const lock = this.#locks.get(resource)
    const held = lock?.holders.get(owner)
    if (lock === undefined || held === undefined || held[mode] === 0) return
    held[mode] -= 1
    if (held.shared + held.exclusive === 0) lock.holders.delete(owner)
    this.#grantNext(resource, lock)
  }

  /** How an owner holds a lock; undefined when it does not. */
  heldMode(owner: LockOwner, resource: string): LockMode | undefined {
    const held = this.#locks.get(resource)?.holders.get(owner)
    if (held === undefined) return undefined
    return held.exclusive > 0 ? 'exclusive' : 'shared'
  }

  /** Gives everything back: the transaction has ended. */
  releaseAll(owner: LockOwner): void {
    for (const [resource, lock] of this.#locks) {
      if (lock.holders.delete(owner)) this.#grantNext(resource, lock)
    }
  }

  #lock(resource: string): Lock {
    const known = this.#locks.get(resource)
    if (known !== undefined) return known
    const lock: Lock = { holders: new Map(), waiters: [] }
    this.#locks.set(resource, lock)
    return lock
  }

  #wait(lock: Lock, { owner, resource, mode, timeoutMs, signal }: LockRequest): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', cancel)
        lock.waiters = lock.waiters.filter((one) => one !== waiter)
        this.#grantNext(resource, lock)
      }
      const cancel = (): void => {
        leave()
        resolve(false)
      }
      const waiter: Waiter = {
        owner,
        mode,
        grant: () => {
          hold(lock, owner, mode)
          leave()
          resolve(true)
        },
      }
      const expire = (): void => {
        leave()
        reject(timedOut())
      }
      const timer = timeoutMs > 0 ? setTimeout(expire, timeoutMs) : undefined
      signal.addEventListener('abort', cancel)
      lock.waiters.push(waiter)
    })
  }

  #grantNext(resource: string, lock: Lock): void {
    for (const [index, { owner, mode, grant }] of lock.waiters.entries()) {
      if (!isGrantable(lock, owner, mode, lock.waiters.slice(0, index))) continue
      grant() // takes itself out and looks for the next
      return
    }
    if (lock.holders.size === 0 && lock.waiters.length === 0) this.#locks.delete(resource)
  }

  /** Whether those it would wait for wait, in the end, for `owner`. */
  #wouldDeadlock(lock: Lock, owner: LockOwner): boolean {
    const seen = new Set<LockOwner>()
    const pending = blockersOf(lock, owner)
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === owner) return true
      if (seen.has(next)) continue
      seen.add(next)
      pending.push(...this.#waitedFor(next))
    }
    return false
  }

  #waitedFor(owner: LockOwner): readonly LockOwner[] {
    return [...this.#locks.values()]
      .filter(({ waiters }) => waiters.some((waiter) => waiter.owner === owner))
      .flatMap((lock) => blockersOf(lock, owner))
  }
}

/** Those that hold the lock, and those that wait for it before `owner`. */
function blockersOf({ holders, waiters }: Lock, owner: LockOwner): LockOwner[] {
  const place = waiters.findIndex((waiter) => waiter.owner === owner)
  const before = place < 0 ? waiters : waiters.slice(0, place)
  const all = [...holders.keys(), ...before.map((waiter) => waiter.owner)]
  return all.filter((other) => other !== owner)
}

function isGrantable(
  { holders }: Lock,
  owner: LockOwner,
  mode: LockMode,
  before: readonly Waiter[],
): boolean {
  const others = [...holders].filter(([holder]) => holder !== owner)
  const isCompatible =
    mode === 'exclusive'
      ? others.length === 0
      : others.every(([, { exclusive }]) => exclusive === 0)
  if (!isCompatible) return false
  return holders.has(owner) || before.length === 0
}

function hold({ holders }: Lock, owner: LockOwner, mode: LockMode): void {
  const held = holders.get(owner) ?? { shared: 0, exclusive: 0 }
  held[mode] += 1
  holders.set(owner, held)
}

function timedOut(): SqlError {
  return new SqlError(1222, 'Lock request time out period exceeded.', { state: 45 })
}

function deadlocked({ spid }: LockOwner): SqlError {
  return new SqlError(
    1205,
    `Transaction (Process ID ${spid}) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.`,
    { severity: 13, state: 51 },
  )
}
