import { PlatformError } from '../base/index.ts'
import type { CatalogDatabase } from './database.ts'
import { type ErrorRecord, formatError, parseError } from './error-record.ts'
import { findByReference } from './reference.ts'
import { isTaken, number, optionalText, type Row, text, word } from './row.ts'

export const CLONE_STATUSES = ['creating', 'ready', 'stopped', 'failed', 'removing'] as const
export type CloneStatus = (typeof CLONE_STATUSES)[number]

/** A writable copy of an image's database, attached to an instance of its own. */
export interface CloneRecord {
  readonly id: string
  readonly name: string
  readonly imageId: string
  /** Name of the database inside the instance. */
  readonly databaseName: string
  readonly status: CloneStatus
  readonly createdAt: string
  readonly expiresAt?: string
  /** Why it failed or stopped. */
  readonly error?: ErrorRecord
}

export class CloneTable {
  readonly #database: CatalogDatabase

  constructor(database: CatalogDatabase) {
    this.#database = database
  }

  /** @throws PlatformError CLONE_NAME_IN_USE */
  insert(clone: CloneRecord): void {
    try {
      this.#database
        .prepare('INSERT INTO clones VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          clone.id,
          clone.name,
          clone.imageId,
          clone.databaseName,
          clone.status,
          clone.createdAt,
          clone.expiresAt ?? null,
          formatError(clone.error),
        )
    } catch (error) {
      if (!isTaken(error, 'clones.name')) throw error
      throw new PlatformError('CLONE_NAME_IN_USE', `a clone named ${clone.name} exists`)
    }
  }

  /** Sets the status and with it the last error: none unless given. */
  setStatus(id: string, status: CloneStatus, error?: ErrorRecord): void {
    this.#database
      .prepare('UPDATE clones SET status = ?, error = ? WHERE id = ?')
      .run(status, formatError(error), id)
  }

  /** Its instance's row goes with it. */
  delete(id: string): void {
    this.#database.prepare('DELETE FROM clones WHERE id = ?').run(id)
  }

  find(id: string): CloneRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM clones WHERE id = ?').get(id)
    return row === undefined ? undefined : cloneRecord(row)
  }

  /** @throws PlatformError CLONE_NOT_FOUND, INVALID_ARGUMENT (an ambiguous prefix) */
  resolve(reference: string): CloneRecord {
    const row = findByReference(this.#database, { table: 'clones', reference })
    if (row === undefined) throw new PlatformError('CLONE_NOT_FOUND', `no clone ${reference}`)
    return cloneRecord(row)
  }

  list(): CloneRecord[] {
    const rows = this.#database.prepare('SELECT * FROM clones ORDER BY created_at, name').all()
    return rows.map(cloneRecord)
  }

  /** Those whose lifetime ended before `time`, but for the ones that are being removed already. */
  listExpired(time: string): CloneRecord[] {
    return this.#database
      .prepare(`SELECT * FROM clones WHERE expires_at <= ? AND status <> 'removing'`)
      .all(time)
      .map(cloneRecord)
  }

  /** Names of the clones of an image, oldest first. */
  namesOfImage(imageId: string): string[] {
    return this.#database
      .prepare('SELECT name FROM clones WHERE image_id = ? ORDER BY created_at, name')
      .all(imageId)
      .map((row) => text(row, 'name'))
  }

  /** How many clones each image has, by image id; images without clones are not in it. */
  countsByImage(): Map<string, number> {
    const rows = this.#database
      .prepare('SELECT image_id, count(*) AS clones FROM clones GROUP BY image_id')
      .all()
    return new Map(rows.map((row) => [text(row, 'image_id'), number(row, 'clones')]))
  }
}

function cloneRecord(row: Row): CloneRecord {
  const expiresAt = optionalText(row, 'expires_at')
  const error = optionalText(row, 'error')
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    imageId: text(row, 'image_id'),
    databaseName: text(row, 'database_name'),
    status: word(row, 'status', CLONE_STATUSES),
    createdAt: text(row, 'created_at'),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(error === undefined ? {} : { error: parseError(error) }),
  }
}
