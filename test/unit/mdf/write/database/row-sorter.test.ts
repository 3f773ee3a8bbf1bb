import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { Decimal, type SqlValue } from '../../../../../src/mdf/index.ts'
import { IndexRowOrder } from '../../../../../src/mdf/write/catalog/index-row-order.ts'
import { parseType } from '../../../../../src/mdf/write/catalog/parse-type.ts'
import { RowSorter } from '../../../../../src/mdf/write/database/row-sorter.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'

const COLLATION = 0x3400d008
const TYPES = ['int', 'nvarchar(max)', 'decimal(10, 2)', 'bit'].map((text) => {
  return { name: text, type: parseType(text, COLLATION).type }
})
const ORDER = new IndexRowOrder([{ place: 0, type: TYPES[0]?.type, isDescending: false }])

function rowOf(number: number): SqlValue[] {
  const key = (number * 7919) % 1000
  const text = number % 10 === 0 ? null : 'x'.repeat(number % 3000)
  return [key, text, new Decimal(BigInt(number), 2), number % 2 === 0]
}

describe('RowSorter', () => {
  it('gives the rows in order, those of equal keys as they came, with a file or without', async () => {
    await using folder = await createScratchFolder()
    for (const memoryBytes of [100_000, 100_000_000]) {
      const file = path.join(folder.path, 'rows')
      const sorter = new RowSorter({ columns: TYPES, order: ORDER, path: file, memoryBytes })
      const rows = Array.from({ length: 2500 }, (_, number) => rowOf(number))
      for (const values of rows) sorter.add({ values, isGhost: values[3] === true })
      assert.equal((await readdir(folder.path)).length, memoryBytes === 100_000 ? 1 : 0)
      const sorted = rows.toSorted((left, right) => ORDER.compare(left, right))
      assert.deepEqual(
        Array.from(sorter.sorted()),
        sorted.map((values) => ({ values, isGhost: values[3] === true })),
      )
      assert.deepEqual(await readdir(folder.path), [])
    }
  })

  it('leaves no file behind when it is closed early', async () => {
    await using folder = await createScratchFolder()
    const file = path.join(folder.path, 'rows')
    const sorter = new RowSorter({ columns: TYPES, order: ORDER, path: file, memoryBytes: 1 })
    sorter.add({ values: rowOf(1), isGhost: false })
    sorter.close()
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('names the column of a value that it cannot hold', async () => {
    await using folder = await createScratchFolder()
    const file = path.join(folder.path, 'rows')
    const sorter = new RowSorter({ columns: TYPES, order: ORDER, path: file, memoryBytes: 1 })
    assert.throws(() => sorter.add({ values: ['one', null, null, null], isGhost: false }), {
      message: /^column int: /,
    })
    sorter.close()
  })
})
