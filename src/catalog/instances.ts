import { PlatformError } from '../base/index.ts'
import type { CatalogDatabase } from './database.ts'
import { bytes, isTaken, number, type Row, text } from './row.ts'
import type { SecretBox } from './secret-box.ts'

/** A SQL Server instance; it runs in the container of the same id. */
export interface InstanceRecord {
  readonly id: string
  readonly cloneId: string
  /** Name of the engine it is started from. */
  readonly engine: string
  /** TCP port, held as long as the row is there. */
  readonly port: number
  /** Password of sa; encrypted in the file. */
  readonly password: string
}

export class InstanceTable {
  readonly #database: CatalogDatabase
  readonly #secrets: SecretBox

  constructor(database: CatalogDatabase, secrets: SecretBox) {
    this.#database = database
    this.#secrets = secrets
  }

  /** @throws PlatformError PORT_IN_USE when another instance holds the port */
  insert(instance: InstanceRecord): void {
    const { id, cloneId, engine, port, password } = instance
    reservePort(port, () =>
      this.#database
        .prepare('INSERT INTO instances VALUES (?, ?, ?, ?, ?)')
        .run(id, cloneId, engine, port, this.#secrets.seal(id, password)),
    )
  }

  /** @throws PlatformError PORT_IN_USE when another instance holds the port */
  setPort(id: string, port: number): void {
    reservePort(port, () =>
      this.#database.prepare('UPDATE instances SET port = ? WHERE id = ?').run(port, id),
    )
  }

  delete(id: string): void {
    this.#database.prepare('DELETE FROM instances WHERE id = ?').run(id)
  }

  ofClone(cloneId: string): InstanceRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM instances WHERE clone_id = ?').get(cloneId)
    return row === undefined ? undefined : this.#record(row)
  }

  ids(): string[] {
    return this.#database
      .prepare('SELECT id FROM instances')
      .all()
      .map((row) => text(row, 'id'))
  }

  ports(): Set<number> {
    const rows = this.#database.prepare('SELECT port FROM instances').all()
    return new Set(rows.map((row) => number(row, 'port')))
  }

  #record(row: Row): InstanceRecord {
    const id = text(row, 'id')
    return {
      id,
      cloneId: text(row, 'clone_id'),
      engine: text(row, 'engine'),
      port: number(row, 'port'),
      password: this.#secrets.open(id, bytes(row, 'sa_password')),
    }
  }
}

function reservePort(port: number, write: () => void): void {
  try {
    write()
  } catch (error) {
    if (!isTaken(error, 'instances.port')) throw error
    throw new PlatformError('PORT_IN_USE', `port ${port} is reserved for another instance`)
  }
}
