import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SqlValue } from '../../../../../src/mdf/index.ts'
import {
  MemoryTable,
  type TableIndex,
} from '../../../../../src/sandbox/engine/tempdb/memory-table.ts'
import type { Undo } from '../../../../../src/sandbox/engine/transactions/session-transaction.ts'
import type { IndexRead, RowChange } from '../../../../../src/sandbox/tsql/index.ts'
import { typeOf } from '../../../../support/memory-host.ts'

const ID = typeOf('int')
const NAME = typeOf('nvarchar(20)')

function index(options: Partial<TableIndex> & { readonly ordinal: number }): TableIndex {
  const { ordinal, ...rest } = options
  return {
    indexId: ordinal + 1,
    name: `ix${ordinal}`,
    kind: 'index',
    isUnique: true,
    isClustered: false,
    ignoresDuplicates: false,
    keys: [{ ordinal, descending: false, type: ordinal === 0 ? ID : NAME }],
    ...rest,
  }
}

const PRIMARY_KEY = index({ ordinal: 0, name: 'PK_t', kind: 'primary-key', isClustered: true })

function table(...indexes: readonly TableIndex[]): MemoryTable {
  return new MemoryTable({ name: 'dbo.t', columnTypes: [ID, NAME], indexes })
}

class Log {
  readonly undos: Undo[] = []
  record(undo: Undo): void {
    this.undos.push(undo)
  }
  undo(): void {
    for (const undo of this.undos.splice(0).reverse()) undo()
  }
}

function inserts(...rows: readonly (readonly SqlValue[])[]): RowChange[] {
  return rows.map((values) => ({ kind: 'insert', values }))
}

function lookup(indexId: number, value: SqlValue): IndexRead {
  return {
    index: { indexId, isUnique: false, keys: [], covers: () => true },
    equal: [value],
    isBackward: false,
    mostLookups: 0,
  }
}

function rowsOf(of: MemoryTable): (readonly SqlValue[])[] {
  return Array.from(of.scan(), ({ values }) => values)
}

describe('MemoryTable', () => {
  it('gives the rows of a heap in the order they came in, those of a clustered table by its key', () => {
    const rows = inserts([2, 'b'], [1, 'a'], [3, 'c'])
    const [heap, clustered] = [table(), table(PRIMARY_KEY)]
    for (const one of [heap, clustered]) one.apply(rows, new Log())
    assert.deepEqual(rowsOf(heap).flat(), [2, 'b', 1, 'a', 3, 'c'])
    assert.deepEqual(rowsOf(clustered).flat(), [1, 'a', 2, 'b', 3, 'c'])
  })

  it('refuses a second row with the same primary key, with its value', () => {
    const t = table(PRIMARY_KEY)
    t.apply(inserts([1, 'a']), new Log())
    assert.throws(() => t.apply(inserts([2, 'b'], [1, 'c']), new Log()), {
      number: 2627,
      severity: 14,
      message:
        "Violation of PRIMARY KEY constraint 'PK_t'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (1).",
    })
    assert.deepEqual(rowsOf(t), [[1, 'a']])
  })

  it('compares keys as their collation does, without trailing blanks, and takes NULL for NULL', () => {
    const t = table(index({ ordinal: 1 }))
    t.apply(inserts([1, 'Ann'], [2, null]), new Log())
    const duplicate = (name: string | null) => () => t.apply(inserts([3, name]), new Log())
    assert.throws(duplicate('ann  '), { number: 2601, message: /value is \(ann {2}\)/ })
    assert.throws(duplicate(null), { number: 2601, message: /value is \(<NULL>\)/ })
  })

  it('checks keys behind the last change: two rows may swap theirs', () => {
    const t = table(PRIMARY_KEY)
    t.apply(inserts([1, 'a'], [2, 'b']), new Log())
    t.apply(
      [
        { kind: 'update', locator: 1n, values: [2, 'a'] },
        { kind: 'update', locator: 2n, values: [1, 'b'] },
      ],
      new Log(),
    )
    assert.deepEqual(rowsOf(t), [
      [1, 'b'],
      [2, 'a'],
    ])
  })

  it('undoes inserts, updates and deletes in turn', () => {
    const t = table(PRIMARY_KEY, index({ ordinal: 1, isUnique: false }))
    t.apply(inserts([1, 'a'], [2, 'b']), new Log())
    const log = new Log()
    t.apply(inserts([3, 'c']), log)
    t.apply([{ kind: 'update', locator: 1n, values: [9, 'z'] }], log)
    t.apply([{ kind: 'delete', locator: 2n }], log)
    assert.deepEqual(rowsOf(t).flat(), [3, 'c', 9, 'z'])
    log.undo()
    assert.deepEqual(rowsOf(t).flat(), [1, 'a', 2, 'b'])
    assert.deepEqual(
      [...'ab', 'z'].map((name) => Array.from(t.seek(lookup(2, name)), ({ values }) => values[1])),
      [['a'], ['b'], []],
    )
  })

  it('leaves out what IGNORE_DUP_KEY ignores and tells what that was', () => {
    const t = table(index({ ordinal: 0, ignoresDuplicates: true }))
    const changes = inserts([1, 'a'], [1, 'b'], [2, 'c'])
    assert.deepEqual(t.apply(changes, new Log()), [changes[1]])
    assert.deepEqual(rowsOf(t).flat(), [1, 'a', 2, 'c'])
  })

  it('keeps rows out of a filtered index that its filter does not accept', () => {
    const t = table(index({ ordinal: 0, accepts: ([, name]) => name !== null }))
    t.apply(inserts([1, null], [1, null], [1, 'a']), new Log())
    assert.throws(() => t.apply(inserts([1, 'b']), new Log()), { number: 2601 })
    assert.equal(t.rowCount, 3)
  })

  it('starts the identity again after TRUNCATE, unless that is undone', () => {
    const numbers = { seed: 5n, increment: 5n, type: ID }
    const t = new MemoryTable({ name: 't', columnTypes: [ID], indexes: [], identity: numbers })
    assert.deepEqual([t.identity?.next(), t.identity?.next()], [5n, 10n])
    t.apply(inserts([5], [10]), new Log())
    const log = new Log()
    t.truncate(log)
    assert.deepEqual([t.rowCount, t.identity?.next()], [0, 5n])
    log.undo()
    assert.deepEqual([t.rowCount, t.identity?.next()], [2, 15n])
  })

  it('ends with 8115 when the type of the identity is used up', () => {
    const numbers = { seed: 254n, increment: 1n, type: typeOf('tinyint') }
    const t = new MemoryTable({ name: 't', columnTypes: [], indexes: [], identity: numbers })
    assert.deepEqual([t.identity?.next(), t.identity?.next()], [254n, 255n])
    assert.throws(() => t.identity?.next(), {
      number: 8115,
      message: 'Arithmetic overflow error converting IDENTITY to data type tinyint.',
    })
  })
})
