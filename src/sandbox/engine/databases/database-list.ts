import { SqlError } from '../../sql-error.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { Database } from './database.ts'

/** Ids below belong to master, tempdb, model and msdb. */
const FIRST_USER_DATABASE_ID = 5

/** The databases of the instance, by name under the server's collation, and by id. */
export class DatabaseList {
  readonly #collationId: number
  readonly #byKey = new Map<string, Database>()
  /** Names that an attach under way has reserved, with their ids. */
  readonly #reserved = new Map<string, number>()

  constructor(collationId: number) {
    this.#collationId = collationId
  }

  find(name: string): Database | undefined {
    return this.#byKey.get(this.#key(name))
  }

  /** @throws SqlError 911 */
  get(name: string): Database {
    const database = this.find(name)
    if (database !== undefined) return database
    throw new SqlError(
      911,
      `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
    )
  }

  findById(id: number): Database | undefined {
    return this.list().find((database) => database.id === id)
  }

  /** In order of their ids. */
  list(): readonly Database[] {
    return [...this.#byKey.values()].sort((a, b) => a.id - b.id)
  }

  /**
   * Takes a name and the lowest free id, in one step, until `add` or `release`.
   * @throws SqlError 1801 when the name is in use or reserved
   */
  reserve(name: string): number {
    const key = this.#key(name)
    if (this.#byKey.has(key) || this.#reserved.has(key)) {
      throw new SqlError(
        1801,
        `Database '${name}' already exists. Choose a different database name.`,
        { state: 3 },
      )
    }
    const taken = new Set([...this.list().map(({ id }) => id), ...this.#reserved.values()])
    let id = FIRST_USER_DATABASE_ID
    while (taken.has(id)) id += 1
    this.#reserved.set(key, id)
    return id
  }

  release(name: string): void {
    this.#reserved.delete(this.#key(name))
  }

  add(database: Database): void {
    this.release(database.name)
    this.#byKey.set(this.#key(database.name), database)
  }

  remove(database: Database): void {
    this.#byKey.delete(this.#key(database.name))
  }

  /** @throws SqlError 1801 */
  rename(database: Database, newName: string): void {
    if (this.#key(newName) !== this.#key(database.name)) {
      this.reserve(newName)
      this.release(newName)
    }
    this.remove(database)
    database.name = newName
    this.add(database)
  }

  #key(name: string): string {
    return nameKey(name, this.#collationId)
  }
}
