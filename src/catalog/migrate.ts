import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { PlatformError } from '../base/index.ts'
import { number, text } from './row.ts'

interface Migration {
  readonly number: number
  readonly name: string
  readonly checksum: string
  readonly sql: string
}

const MIGRATION_FILE = /^(\d{4})-[a-z0-9-]+\.sql$/

/**
 * Brings the database up to the migrations of `folder`, each one whole in a transaction of its own.
 *
 * @throws PlatformError CATALOG_MISMATCH when the database was written by a newer version, or by one
 * whose migrations differ from these
 */
export function migrate(database: DatabaseSync, folder: string): void {
  database.exec(`CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL
  ) STRICT`)
  const migrations = readMigrations(folder)
  const applied = checkApplied(database, migrations)
  for (const migration of migrations.slice(applied)) apply(database, migration)
}

/** How many are applied; they are checked to be the first of `migrations`, unchanged. */
function checkApplied(database: DatabaseSync, migrations: readonly Migration[]): number {
  const rows = database
    .prepare('SELECT number, name, checksum FROM schema_migrations ORDER BY number')
    .all()
  for (const [index, row] of rows.entries()) {
    const name = text(row, 'name')
    const known = migrations[index]
    if (known === undefined || known.number !== number(row, 'number')) {
      throw new PlatformError(
        'CATALOG_MISMATCH',
        `open the catalog: it holds migration ${name}, which this version of Slipway does not know`,
      )
    }
    if (known.checksum !== text(row, 'checksum')) {
      throw new PlatformError(
        'CATALOG_MISMATCH',
        `open the catalog: migration ${name} was changed after it had been applied`,
      )
    }
  }
  return rows.length
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => MIGRATION_FILE.test(file))
    .sort()
    .map((name) => {
      // Git may hand out other line ends on another system; they do not change a migration.
      const sql = readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { number: Number(name.slice(0, 4)), name, checksum, sql }
    })
}

function apply(database: DatabaseSync, migration: Migration): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(migration.sql)
    database
      .prepare('INSERT INTO schema_migrations VALUES (?, ?, ?, ?)')
      .run(migration.number, migration.name, migration.checksum, new Date().toISOString())
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
