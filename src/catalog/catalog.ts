import path from 'node:path'
import { CloneTable } from './clones.ts'
import { CatalogDatabase } from './database.ts'
import { EventTable } from './events.ts'
import { ImageTable } from './images.ts'
import { InstanceTable } from './instances.ts'
import { migrate } from './migrate.ts'
import { OperationTable } from './operations.ts'
import { openSecretBox, type SecretBox } from './secret-box.ts'

const MIGRATIONS_FOLDER = path.resolve(import.meta.dirname, '../../migrations')

/** Everything the daemon knows, in one SQLite file. One process has it open at a time. */
export class Catalog {
  readonly images: ImageTable
  readonly clones: CloneTable
  readonly instances: InstanceTable
  readonly operations: OperationTable
  readonly events: EventTable
  readonly #database: CatalogDatabase

  /** Use `openCatalog`; the database is migrated already. */
  constructor(database: CatalogDatabase, secrets: SecretBox) {
    this.#database = database
    this.images = new ImageTable(database)
    this.clones = new CloneTable(database)
    this.instances = new InstanceTable(database, secrets)
    this.operations = new OperationTable(database)
    this.events = new EventTable(database)
  }

  /**
   * Runs `work` in one transaction: all of what it writes becomes durable, or, when it throws, none.
   * Inside another transaction it takes part in that one.
   */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /** Runs `action` once the open transaction is durable, or now when there is none. */
  afterCommit(action: () => void): void {
    this.#database.afterCommit(action)
  }

  close(): void {
    this.#database.close()
  }
}

/**
 * Opens the catalog of a state root, made and migrated as needed: `catalog.db` and the `secret.key`
 * that passwords in it are encrypted under.
 *
 * @throws PlatformError CATALOG_MISMATCH, SECRET_KEY_MISMATCH
 */
export async function openCatalog(options: { readonly stateRoot: string }): Promise<Catalog> {
  const secrets = await openSecretBox(path.join(options.stateRoot, 'secret.key'))
  const database = new CatalogDatabase(path.join(options.stateRoot, 'catalog.db'))
  try {
    migrate(database.connection, MIGRATIONS_FOLDER)
    return new Catalog(database, secrets)
  } catch (error) {
    database.close()
    throw error
  }
}
