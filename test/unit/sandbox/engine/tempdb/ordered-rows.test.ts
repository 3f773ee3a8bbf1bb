import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  OrderedRows,
  type StoredRow,
} from '../../../../../src/sandbox/engine/tempdb/ordered-rows.ts'

const ROWS = 3000

function row(key: number): StoredRow {
  return { locator: BigInt(key), values: [key] }
}

function byKey(a: StoredRow, b: StoredRow): number {
  return Number(a.values[0]) - Number(b.values[0])
}

/** The numbers below `ROWS` in an order that is no order. */
function shuffled(): number[] {
  const step = 1237 // shares no factor with ROWS
  return Array.from({ length: ROWS }, (_, index) => (index * step) % ROWS)
}

function keysOf(rows: Iterable<StoredRow>): number[] {
  return Array.from(rows, ({ values }) => Number(values[0]))
}

function filled(): OrderedRows {
  const rows = new OrderedRows(byKey)
  for (const key of shuffled()) rows.insert(row(key))
  return rows
}

describe('OrderedRows', () => {
  it('keeps rows in order, whatever order they come in', () => {
    const rows = filled()
    const expected = Array.from({ length: ROWS }, (_, index) => index)
    assert.deepEqual(keysOf(rows.scan()), expected)
    assert.deepEqual(keysOf(rows.scanBackward()), expected.toReversed())
    assert.equal(rows.size, ROWS)
  })

  it('returns the row that is equal instead of adding another', () => {
    const rows = filled()
    assert.equal(rows.insert(row(77))?.locator, 77n)
    assert.equal(rows.size, ROWS)
  })

  it('takes rows out, and the last of them', () => {
    const rows = filled()
    for (const key of shuffled()) if (key % 2 === 0) rows.delete(row(key))
    assert.equal(rows.find(row(10)), undefined)
    assert.equal(rows.find(row(11))?.locator, 11n)
    assert.equal(keysOf(rows.scan()).length, ROWS / 2)
    for (const key of shuffled()) rows.delete(row(key))
    assert.deepEqual([rows.size, keysOf(rows.scan())], [0, []])
  })

  it('starts a scan where it is told to', () => {
    const rows = filled()
    const isBelow = ({ values }: StoredRow) => Number(values[0]) < 2990
    assert.deepEqual(keysOf(rows.scan(isBelow)).at(0), 2990)
    assert.deepEqual(keysOf(rows.scan(() => true)), [])
  })

  it('shows a scan that has begun the rows of its beginning', () => {
    const rows = filled()
    const seen: number[] = []
    for (const { values } of rows.scan()) {
      const key = Number(values[0])
      seen.push(key)
      rows.delete(row(key + 1))
      rows.insert(row(key + ROWS))
    }
    assert.equal(seen.length, ROWS)
    assert.equal(seen.at(-1), ROWS - 1)
  })

  it('makes clones that go their own ways', () => {
    const rows = filled()
    const clone = rows.clone()
    rows.delete(row(1))
    clone.delete(row(2))
    assert.deepEqual(keysOf(rows.scan()).slice(0, 3), [0, 2, 3])
    assert.deepEqual(keysOf(clone.scan()).slice(0, 3), [0, 1, 3])
  })
})
