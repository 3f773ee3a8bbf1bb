import { SqlError } from '../../sql-error.ts'
import type {
  SessionState,
  StatementScope,
  TableLock,
  TableLocks,
  TransactionControl,
} from '../../tsql/index.ts'
import type { LockManager, LockMode, LockOwner } from './lock-manager.ts'

/** Takes one change back. Runs synchronously and cannot fail. */
export type Undo = () => void

/** Where a change writes down how it is taken back. */
export interface UndoLog {
  record(undo: Undo): void
}

interface Wanted {
  readonly resource: string
  readonly mode: LockMode
  /** Until the transaction ends. */
  readonly isHeld: boolean
}

/** Table hints that ask for another lock than the isolation level does. */
const DIRTY_HINTS: ReadonlySet<string> = new Set(['NOLOCK', 'READUNCOMMITTED'])
const HELD_HINTS: ReadonlySet<string> = new Set(['HOLDLOCK', 'SERIALIZABLE', 'REPEATABLEREAD'])
const EXCLUSIVE_HINTS: ReadonlySet<string> = new Set(['UPDLOCK', 'XLOCK', 'TABLOCKX'])

interface Savepoint {
  readonly name: string
  readonly position: number
}

/**
 * The transaction of one session: what was changed since it began, in order, and how to take it back.
 * Without BEGIN TRANSACTION it lasts as long as the outermost statement.
 */
export class SessionTransaction implements TransactionControl, UndoLog {
  readonly #session: Pick<SessionState, 'spid' | 'transactionCount' | 'options'>
  readonly #locks: LockManager
  /** Of the locks that are the session's, whatever its transaction does. */
  readonly sessionOwner: LockOwner
  #log: Undo[] = []
  #savepoints: Savepoint[] = []
  #name = ''
  #isDoomed = false
  #isClosed = false
  #openScopes = 0
  /** Rises when a ROLLBACK ends what open statements belong to. */
  #epoch = 0

  constructor(
    session: Pick<SessionState, 'spid' | 'transactionCount' | 'options'>,
    locks: LockManager,
  ) {
    this.#session = session
    this.#locks = locks
    this.sessionOwner = { spid: session.spid }
  }

  /** Of its session; for messages. */
  get spid(): number {
    return this.#session.spid
  }

  get state(): -1 | 0 | 1 {
    if (this.#session.transactionCount === 0) return 0
    return this.#isDoomed ? -1 : 1
  }

  record(undo: Undo): void {
    // A statement that has not noticed yet that its session is gone.
    if (this.#isClosed) undo()
    else if (!this.#isIdle) this.#log.push(undo)
  }

  begin(name = ''): void {
    this.#session.transactionCount += 1
    if (this.#session.transactionCount === 1) this.#name = name
  }

  commit(): void {
    if (this.#session.transactionCount === 0) throw noTransactionToEnd(3902, 'COMMIT')
    if (this.#isDoomed) throw doomed()
    this.#session.transactionCount -= 1
    this.#endWhenIdle()
  }

  rollback(name = ''): void {
    if (this.#session.transactionCount === 0) throw noTransactionToEnd(3903, 'ROLLBACK')
    if (name === '' || name === this.#name) {
      this.rollbackAll()
      return
    }
    const index = this.#savepoints.findLastIndex((savepoint) => savepoint.name === name)
    const savepoint = this.#savepoints[index]
    if (savepoint === undefined) throw noSuchSavepoint(name)
    if (this.#isDoomed) throw onlyWhole()
    this.#undoTo(savepoint.position)
    this.#savepoints.length = index + 1
  }

  /** The session is gone: everything is rolled back, and so is what a statement still changes. */
  close(): void {
    this.rollbackAll()
    this.releaseSessionLocks()
    this.#isClosed = true
  }

  /** ROLLBACK where there may be nothing to roll back: when a connection is reset. */
  rollbackAll(): void {
    this.#undoTo(0)
    this.#session.transactionCount = 0
    this.#openScopes = 0
    this.#epoch += 1
    this.#end()
  }

  /** The session ends, or its connection is used again. */
  releaseSessionLocks(): void {
    this.#locks.releaseAll(this.sessionOwner)
  }

  save(name: string): void {
    if (this.#session.transactionCount === 0) {
      throw new SqlError(628, 'Cannot issue SAVE TRANSACTION when there is no active transaction.')
    }
    if (this.#isDoomed) throw doomed()
    this.#savepoints.push({ name, position: this.#log.length })
  }

  doom(): void {
    if (this.#session.transactionCount > 0) this.#isDoomed = true
  }

  openStatement(): StatementScope {
    if (this.#isDoomed) throw doomed()
    const epoch = this.#epoch
    const position = this.#log.length
    let isOpen = true
    const close = (): boolean => {
      const wasOpen = isOpen && epoch === this.#epoch
      isOpen = false
      if (wasOpen) this.#openScopes -= 1
      return wasOpen
    }
    this.#openScopes += 1
    return {
      complete: () => {
        if (close()) this.#endWhenIdle()
      },
      undo: () => {
        if (!close()) return
        this.#undoTo(position)
        this.#endWhenIdle()
      },
    }
  }

  async lock(tables: readonly TableLock[], signal: AbortSignal): Promise<TableLocks> {
    const taken: (() => void)[] = []
    const release = (): void => {
      for (const give of taken) give()
    }
    try {
      for (const { resource, mode, isHeld } of this.#wanted(tables)) {
        const timeout = this.#session.options.get('LOCK_TIMEOUT')
        const timeoutMs = typeof timeout === 'number' ? timeout : -1
        const request = { owner: this, resource, mode, timeoutMs, signal }
        if (!(await this.#locks.acquire(request))) break
        if (!isHeld) taken.push(() => this.#locks.release(this, resource, mode))
      }
    } catch (error) {
      release()
      throw error
    }
    return { [Symbol.dispose]: release }
  }

  /** What to wait for, in one order for all sessions, so that two rarely wait for each other. */
  #wanted(tables: readonly TableLock[]): readonly Wanted[] {
    const level = this.#session.options.get('TRANSACTION ISOLATION LEVEL')
    const isSerial = level === 'REPEATABLE READ' || level === 'SERIALIZABLE'
    const wanted = new Map<string, Wanted>()
    for (const { table, use, hints } of tables) {
      const resource = table.lockResource
      if (resource === undefined) continue
      const isExclusive = use === 'change' || hints.some((hint) => EXCLUSIVE_HINTS.has(hint))
      const isDirty = level === 'READ UNCOMMITTED' || hints.some((hint) => DIRTY_HINTS.has(hint))
      if (!isExclusive && isDirty) continue
      const inTransaction = this.#session.transactionCount > 0 || this.#openScopes > 0
      const isHeld =
        inTransaction && (isExclusive || isSerial || hints.some((hint) => HELD_HINTS.has(hint)))
      const before = wanted.get(resource)
      const mode = isExclusive || before?.mode === 'exclusive' ? 'exclusive' : 'shared'
      wanted.set(resource, { resource, mode, isHeld: isHeld || before?.isHeld === true })
    }
    return [...wanted.values()].sort((a, b) => (a.resource < b.resource ? -1 : 1))
  }

  #undoTo(position: number): void {
    while (this.#log.length > position) this.#log.pop()?.()
  }

  #endWhenIdle(): void {
    if (this.#isIdle) this.#end()
  }

  /** Neither a transaction nor a statement is open: nothing can be undone. */
  get #isIdle(): boolean {
    return this.#session.transactionCount === 0 && this.#openScopes === 0
  }

  #end(): void {
    this.#log = []
    this.#savepoints = []
    this.#name = ''
    this.#isDoomed = false
    this.#locks.releaseAll(this)
  }
}

function noTransactionToEnd(number: number, verb: 'COMMIT' | 'ROLLBACK'): SqlError {
  return new SqlError(
    number,
    `The ${verb} TRANSACTION request has no corresponding BEGIN TRANSACTION.`,
  )
}

function noSuchSavepoint(name: string): SqlError {
  return new SqlError(
    6401,
    `Cannot roll back ${name}. No transaction or savepoint of that name was found.`,
  )
}

function doomed(): SqlError {
  return new SqlError(
    3930,
    'The current transaction cannot be committed and cannot support operations that write to the ' +
      'log file. Roll back the transaction.',
  )
}

function onlyWhole(): SqlError {
  return new SqlError(
    3931,
    'The current transaction cannot be rolled back to a savepoint because it is in a state that ' +
      'can only be rolled back as a whole. Roll back the entire transaction.',
  )
}
