import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Database } from '../../../../../src/sandbox/engine/databases/database.ts'
import { DatabaseList } from '../../../../../src/sandbox/engine/databases/database-list.ts'

const CASE_INSENSITIVE = 0x3400_d008

function createDatabase(name: string, id: number): Database {
  return new Database({ id, name, isSystem: false, attachedAt: new Date(0), files: [] })
}

describe('DatabaseList', () => {
  it('finds a database by any case of its name, and by its id', () => {
    const list = new DatabaseList(CASE_INSENSITIVE)
    const database = createDatabase('Northwind', list.reserve('Northwind'))
    list.add(database)
    assert.equal(list.get('NORTHWIND'), database)
    assert.equal(list.findById(5), database)
    assert.throws(() => list.get('other'), { number: 911 })
  })

  it('reserves a name and the lowest free id in one step', () => {
    const list = new DatabaseList(CASE_INSENSITIVE)
    assert.equal(list.reserve('a'), 5)
    assert.equal(list.reserve('b'), 6)
    assert.throws(() => list.reserve('A'), { number: 1801 })
    list.release('a')
    assert.equal(list.reserve('c'), 5)
  })

  it('gives the id of a removed database to the next one', () => {
    const list = new DatabaseList(CASE_INSENSITIVE)
    const first = createDatabase('a', list.reserve('a'))
    list.add(first)
    list.remove(first)
    assert.equal(list.reserve('b'), 5)
  })

  it('renames a database, also in case only, and not to a name in use', () => {
    const list = new DatabaseList(CASE_INSENSITIVE)
    const database = createDatabase('a', list.reserve('a'))
    list.add(database)
    list.add(createDatabase('b', list.reserve('b')))
    list.rename(database, 'A')
    assert.equal(list.get('a').name, 'A')
    assert.throws(() => list.rename(database, 'B'), { number: 1801 })
    list.rename(database, 'c')
    assert.equal(list.find('a'), undefined)
  })
})

describe('Database', () => {
  it('answers the error of its state while it has no content', async () => {
    const database = createDatabase('a', 5)
    assert.throws(() => database.content, { number: 942 })
    await database.takeDown('RECOVERY_PENDING')
    assert.throws(() => database.content, { number: 945 })
    await database.takeDown('SUSPECT')
    assert.throws(() => database.content, { number: 926 })
  })
})
