import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listColumns, typeOf } from '../../../../../src/sandbox/engine/catalog/column-list.ts'
import { systemViews } from '../../../../../src/sandbox/engine/catalog/view-registry.ts'

const COLLATION = 0x3400_d008

describe('listColumns', () => {
  it('reads one column a line, with what a row has where it says nothing', () => {
    const columns = listColumns(
      `
      name sysname
      id int

      flag bit ?
      total bigint`,
      COLLATION,
    )
    assert.deepEqual(
      columns.map(({ name, nullable, absent }) => [name, nullable, absent]),
      [
        ['name', false, ''],
        ['id', false, 0],
        ['flag', true, null],
        ['total', false, 0n],
      ],
    )
  })

  it('reads the columns of every catalog view', () => {
    for (const { columnList, name } of systemViews()) {
      const names = listColumns(columnList, COLLATION).map((column) => column.name)
      assert.ok(names.length > 0, name)
      assert.equal(new Set(names).size, names.length, `${name} has a column twice`)
    }
  })
})

describe('typeOf', () => {
  it('gives types their facets', () => {
    assert.deepEqual(typeOf('sysname', COLLATION), {
      name: 'nvarchar',
      maxLength: 256,
      precision: 0,
      scale: 0,
      collationId: COLLATION,
    })
    assert.equal(typeOf('nvarchar(60)', COLLATION).maxLength, 120)
    assert.equal(typeOf('nvarchar(max)', COLLATION).maxLength, -1)
    assert.deepEqual(typeOf('numeric(25,0)', COLLATION), {
      name: 'numeric',
      maxLength: 13,
      precision: 25,
      scale: 0,
      collationId: 0,
    })
  })

  it('refuses a type that does not exist', () => {
    assert.throws(() => typeOf('strin', COLLATION), /no such type/)
  })
})
