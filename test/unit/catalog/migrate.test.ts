import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { migrate } from '../../../src/catalog/migrate.ts'

describe('migrate', () => {
  let folder: string
  let database: DatabaseSync

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-migrate-'))
    database = new DatabaseSync(':memory:')
    await writeFile(path.join(folder, '0001-first.sql'), 'CREATE TABLE a (x TEXT);')
  })
  afterEach(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })

  it('applies each migration once, in order', async () => {
    migrate(database, folder)
    await writeFile(path.join(folder, '0002-second.sql'), 'ALTER TABLE a ADD COLUMN y TEXT;')
    migrate(database, folder)
    migrate(database, folder)
    database.exec(`INSERT INTO a (x, y) VALUES ('1', '2')`)
    const numbers = database.prepare('SELECT number FROM schema_migrations').all()
    assert.deepEqual(
      numbers.map((row) => row['number']),
      [1, 2],
    )
  })

  it('refuses a catalog that a newer version has written', async () => {
    await writeFile(path.join(folder, '0002-second.sql'), 'CREATE TABLE b (x TEXT);')
    migrate(database, folder)
    await rm(path.join(folder, '0002-second.sql'))
    assert.throws(() => migrate(database, folder), {
      code: 'CATALOG_MISMATCH',
      message: /0002-second\.sql, which this version of Slipway does not know/,
    })
  })

  it('refuses a migration that was changed after it had been applied', async () => {
    migrate(database, folder)
    await writeFile(path.join(folder, '0001-first.sql'), 'CREATE TABLE a (x TEXT, z TEXT);')
    assert.throws(() => migrate(database, folder), {
      code: 'CATALOG_MISMATCH',
      message: /0001-first\.sql was changed/,
    })
  })

  it('takes other line ends for the same migration', async () => {
    await writeFile(path.join(folder, '0001-first.sql'), 'CREATE TABLE a (\n x TEXT);\n')
    migrate(database, folder)
    await writeFile(path.join(folder, '0001-first.sql'), 'CREATE TABLE a (\r\n x TEXT);\r\n')
    migrate(database, folder)
  })

  it('leaves nothing of a migration that fails half way', async () => {
    migrate(database, folder)
    await writeFile(path.join(folder, '0002-bad.sql'), 'CREATE TABLE b (x TEXT); CREATE TABLE a;')
    assert.throws(() => migrate(database, folder))
    assert.equal(database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'b'`).get(), undefined)
  })
})
