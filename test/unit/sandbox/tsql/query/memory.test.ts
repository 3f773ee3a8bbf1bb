import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  MemoryGrant,
  MemoryPool,
  processMemoryPool,
} from '../../../../../src/sandbox/tsql/query/run/memory.ts'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'

const MEGABYTE = 1024 * 1024

describe('MemoryGrant', () => {
  it('fails with 701 when the pool is used up, and gives everything back', () => {
    const pool = new MemoryPool(4 * MEGABYTE)
    {
      using first = new MemoryGrant(pool)
      first.add(3 * MEGABYTE)
      using second = new MemoryGrant(pool)
      assert.throws(() => second.add(2 * MEGABYTE), { number: 701, severity: 17 })
      second.add(10)
    }
    assert.equal(pool.reservedBytes, 0)
  })

  it('uses again what was given back within the statement', () => {
    const pool = new MemoryPool(2 * MEGABYTE)
    using grant = new MemoryGrant(pool)
    for (let round = 0; round < 10; round++) {
      grant.add(2 * MEGABYTE)
      grant.remove(2 * MEGABYTE)
    }
    assert.equal(pool.reservedBytes, 2 * MEGABYTE)
  })
})

/** Batches that keep rows in memory, and what they would need if nothing stopped them. */
const HUNGRY = [
  'SELECT a.n FROM Numbers a, Numbers b ORDER BY a.n + b.n',
  'SELECT DISTINCT a.n, b.n FROM Numbers a, Numbers b',
  'SELECT a.n, b.n, COUNT(*) FROM Numbers a, Numbers b GROUP BY a.n, b.n',
  'SELECT a.n FROM Numbers a LEFT JOIN (SELECT a.n + b.n AS n FROM Numbers a, Numbers b) x ON a.n = x.n',
  'SELECT 1 WHERE 1.5 IN (SELECT a.n * 100000 + b.n FROM Numbers a, Numbers b)',
]

describe('a query without enough memory', () => {
  for (const batch of HUNGRY) {
    it(`fails alone: ${batch}`, async () => {
      const rows = Array.from({ length: 5000 }, (_none, index) => [index])
      const host = new MemoryHost({ tables: { Numbers: { columns: { n: 'int' }, rows } } })
      const left = 8 * MEGABYTE
      const taken = processMemoryPool.limitBytes - processMemoryPool.reservedBytes - left
      processMemoryPool.reserve(taken)
      try {
        const { sink } = await runRecorded(batch, host)
        assert.equal(sink.errors[0]?.number, 701)
      } finally {
        processMemoryPool.release(taken)
      }
      assert.equal(processMemoryPool.reservedBytes, 0)
    })
  }
})
