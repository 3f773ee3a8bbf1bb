import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'
import { NOT_UNDONE } from './memory-catalog.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { UndoableMap } from './undoable-map.ts'

/** Longest name of a local temporary object; the rest of sysname tells those of sessions apart. */
const MAX_NAME_LENGTH = 116
const SUFFIX_DIGITS = 12

let lastSuffix = 0

/** The name a local temporary object has in tempdb's catalog. @throws SqlError 193 when it is too long */
export function paddedName(name: string): string {
  if (name.length > MAX_NAME_LENGTH) {
    throw new SqlError(
      193,
      `The object or column name starting with '${name.slice(0, MAX_NAME_LENGTH)}' is too long. The maximum length is ${MAX_NAME_LENGTH} characters.`,
      { severity: 15 },
    )
  }
  lastSuffix += 1
  const suffix = lastSuffix.toString(16).toUpperCase().padStart(SUFFIX_DIGITS, '0')
  return `${name.padEnd(MAX_NAME_LENGTH, '_')}${suffix}`
}

/** Whether a name is of an object of one session (`#t`), not of all (`##t`). */
export function isLocalTemporary(name: string): boolean {
  return name.startsWith('#') && !name.startsWith('##')
}

/**
 * The temporary objects of one session. What a procedure makes ends with it, hides what its callers have
 * under the same name, and is seen by what it calls.
 */
export class TemporaryObjects {
  readonly #tempdb: MemoryDatabase
  /** Ids by name, the session's own scope first. */
  readonly #scopes: UndoableMap<string, number>[] = [new UndoableMap()]
  /** Global ones that end with the session. */
  readonly #globals = new UndoableMap<number, number>()

  constructor(tempdb: MemoryDatabase) {
    this.#tempdb = tempdb
  }

  find(name: string): CatalogObject | undefined {
    const key = this.#key(name)
    for (const scope of this.#scopes.toReversed()) {
      const objectId = scope.get(key)
      const object = objectId === undefined ? undefined : this.#objectById(objectId)
      if (object !== undefined) return object
    }
    return undefined
  }

  /** The one made in the innermost scope: its name is taken there. */
  findInScope(name: string): CatalogObject | undefined {
    const objectId = this.#innermost.get(this.#key(name))
    return objectId === undefined ? undefined : this.#objectById(objectId)
  }

  add(name: string, objectId: number, log: UndoLog): void {
    if (isLocalTemporary(name)) this.#innermost.set(this.#key(name), objectId, log)
    else this.#globals.set(objectId, objectId, log)
  }

  openScope(): Disposable {
    const scope = new UndoableMap<string, number>()
    this.#scopes.push(scope)
    return {
      [Symbol.dispose]: () => {
        this.#scopes.splice(this.#scopes.indexOf(scope), 1)
        this.#drop(scope.values)
      },
    }
  }

  /** At the end of the session, and when its connection is reset. */
  dropAll(): void {
    for (const scope of this.#scopes) this.#drop(scope.values)
    this.#drop(this.#globals.values)
  }

  /** Not undone: no ROLLBACK brings back what has ended with its scope. */
  #drop(objectIds: readonly number[]): void {
    for (const objectId of objectIds) this.#tempdb.catalog.removeObject(objectId, NOT_UNDONE)
  }

  get #innermost(): UndoableMap<string, number> {
    return this.#scopes.at(-1) ?? new UndoableMap()
  }

  #objectById(objectId: number): CatalogObject | undefined {
    return this.#tempdb.catalog.objectById(objectId)
  }

  #key(name: string): string {
    return nameKey(name, this.#tempdb.settings.collationId)
  }
}
