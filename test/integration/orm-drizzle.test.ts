import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { asc, count, eq, gt, sql } from 'drizzle-orm'
import { bit, int, mssqlTable, nvarchar } from 'drizzle-orm/mssql-core'
import { drizzle } from 'drizzle-orm/node-mssql'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

const people = mssqlTable('people', {
  id: int().primaryKey().identity(),
  name: nvarchar({ length: 50 }).notNull(),
  age: int().default(3),
  active: bit().default(true),
})

describe('Drizzle on the sandbox engine', () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess
  let pool: Awaited<ReturnType<typeof connectToSandbox>>

  before(async () => {
    scratch = await createScratchFolder()
    engine = await startSandbox({ folder: scratch.path })
    pool = await connectToSandbox(engine, { database: 'tempdb' })
  })
  after(async () => {
    await pool.close()
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  it('changes rows, reads them with its query builder and takes transactions back', async () => {
    const database = drizzle({ client: pool })
    await database.execute(
      sql`CREATE TABLE people (id int IDENTITY PRIMARY KEY, name nvarchar(50) NOT NULL, age int DEFAULT 3, active bit DEFAULT 1)`,
    )
    const added = await database
      .insert(people)
      .output()
      .values([{ name: 'Ann' }, { name: 'Bob', age: 40 }])
    assert.deepEqual(added, [
      { id: 1, name: 'Ann', age: 3, active: true },
      { id: 2, name: 'Bob', age: 40, active: true },
    ])
    await database.update(people).set({ age: 41 }).where(eq(people.name, 'Bob'))
    const page = database.select({ name: people.name, age: people.age }).from(people)
    assert.deepEqual(
      await page.where(gt(people.age, 1)).orderBy(asc(people.id)).offset(1).fetch(1),
      [{ name: 'Bob', age: 41 }],
    )
    const failing = database.transaction(async (transaction) => {
      await transaction.delete(people)
      throw new Error('taken back')
    })
    await assert.rejects(failing, /taken back/)
    assert.deepEqual(await database.select({ rows: count() }).from(people), [{ rows: 2 }])
  })
})
