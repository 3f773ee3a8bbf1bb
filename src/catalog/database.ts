import { DatabaseSync, type StatementSync } from 'node:sqlite'

/** How long a statement waits for another connection's lock (a backup, a person with sqlite3). */
const BUSY_TIMEOUT_MS = 5_000

/**
 * The one SQLite connection of a catalog: WAL, so that readers never wait; synchronous=FULL, so that
 * what was committed survives a power cut.
 */
export class CatalogDatabase {
  readonly connection: DatabaseSync
  #depth = 0
  #afterCommit: (() => void)[] = []

  constructor(file: string) {
    this.connection = new DatabaseSync(file, {
      timeout: BUSY_TIMEOUT_MS,
      enableForeignKeyConstraints: true,
    })
    this.connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  }

  prepare(sql: string): StatementSync {
    return this.connection.prepare(sql)
  }

  /** Runs `work` in a transaction, or in the one that is open already. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work()
    this.connection.exec('BEGIN IMMEDIATE')
    this.#depth += 1
    try {
      const result = work()
      this.connection.exec('COMMIT')
      return result
    } catch (error) {
      this.#afterCommit = []
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK')
      throw error
    } finally {
      this.#depth -= 1
      for (const action of this.#afterCommit.splice(0)) action()
    }
  }

  /** Runs `action` when the open transaction is durable (never, when it is rolled back), or now. */
  afterCommit(action: () => void): void {
    if (this.#depth > 0) this.#afterCommit.push(action)
    else action()
  }

  close(): void {
    if (this.connection.isOpen) this.connection.close()
  }
}
