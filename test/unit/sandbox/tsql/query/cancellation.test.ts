import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runBatch } from '../../../../../src/sandbox/tsql/index.ts'
import { MemoryHost, RecordingSink, runRecorded } from '../../../../support/memory-host.ts'

const ROW_COUNT = 20_000
/** Far above a time slice, far below what these batches would take. */
const STOP_WITHIN_MS = 2000

function bigHost(): MemoryHost {
  const rows = Array.from({ length: ROW_COUNT }, (_none, index) => [(index * 7919) % ROW_COUNT])
  return new MemoryHost({ tables: { Numbers: { columns: { n: 'int' }, rows } } })
}

const ENDLESS = [
  'SELECT COUNT(*) FROM Numbers a, Numbers b, Numbers c',
  'SELECT a.n FROM Numbers a JOIN Numbers b ON a.n < b.n JOIN Numbers c ON b.n < c.n ORDER BY 1',
  'SELECT (SELECT COUNT(*) FROM Numbers a, Numbers b, Numbers c)',
  'IF (SELECT COUNT(*) FROM Numbers a, Numbers b, Numbers c) > 1 SELECT 1',
  'SELECT n FROM Numbers x WHERE EXISTS (SELECT 1 FROM Numbers a, Numbers b, Numbers c WHERE a.n + b.n + c.n = -x.n)',
  'SELECT COUNT(*) FROM Numbers a LEFT JOIN Numbers b ON (SELECT COUNT(*) FROM Numbers c WHERE c.n > a.n + b.n) = -1',
  'SELECT SUM(n) OVER (ORDER BY n ROWS BETWEEN 15000 PRECEDING AND CURRENT ROW) FROM Numbers',
  'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r OPTION (MAXRECURSION 0)',
  'DECLARE @i int = 0; WHILE 1 = 1 SET @i = 1 - @i',
  "WAITFOR DELAY '1:00:00'",
  "EXEC ('SELECT COUNT(*) FROM Numbers a, Numbers b, Numbers c')",
  'BEGIN TRY SELECT COUNT(*) FROM Numbers a, Numbers b, Numbers c END TRY BEGIN CATCH SELECT 1 END CATCH',
]

describe('cancelling a batch', () => {
  for (const batch of ENDLESS) {
    it(`stops it without an answer: ${batch}`, async () => {
      const cancel = new AbortController()
      let cancelledAt = 0
      setTimeout(() => {
        cancelledAt = performance.now()
        cancel.abort()
      }, 30)
      const { sink } = await runRecorded(batch, bigHost(), { signal: cancel.signal })
      assert.notEqual(cancelledAt, 0, 'the event loop had its turn')
      assert.ok(performance.now() - cancelledAt < STOP_WITHIN_MS)
      assert.deepEqual(sink.errors, [])
      assert.deepEqual(sink.dones, [])
    })
  }

  it('does not begin a batch that is cancelled already', async () => {
    const { sink } = await runRecorded('SELECT 1', bigHost(), { signal: AbortSignal.abort() })
    assert.deepEqual(sink.results, [])
  })

  it('ends the wait for a client that does not read', async () => {
    class StuckSink extends RecordingSink {
      override row(): boolean {
        return false
      }
      override drained(): Promise<void> {
        return new Promise(() => {})
      }
    }
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(), 20)
    const sink = new StuckSink()
    await runBatch('SELECT n FROM Numbers', bigHost(), sink, { signal: cancel.signal })
    assert.deepEqual(sink.dones, [])
  })

  it('does not run ahead of a client that does not read messages', async () => {
    class StuckSink extends RecordingSink {
      override drained(): Promise<void> {
        return new Promise(() => {})
      }
    }
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(), 200)
    const sink = new StuckSink()
    await runBatch("WHILE 1 = 1 PRINT 'x'", bigHost(), sink, { signal: cancel.signal })
    const early = sink.messages.length
    assert.ok(early > 0)
    const free = new AbortController()
    setTimeout(() => free.abort(), 200)
    const open = new RecordingSink()
    await runBatch("WHILE 1 = 1 PRINT 'x'", bigHost(), open, { signal: free.signal })
    assert.ok(open.messages.length > 2 * early, `${open.messages.length} against ${early}`)
  })

  it('waits for a client that is behind, and loses no row', async () => {
    class SlowSink extends RecordingSink {
      waits = 0
      override row(values: Parameters<RecordingSink['row']>[0]): boolean {
        super.row(values)
        return (this.results.at(-1)?.rows.length ?? 0) % 1000 !== 0
      }
      override async drained(): Promise<void> {
        this.waits += 1
      }
    }
    const sink = new SlowSink()
    const signal = new AbortController().signal
    await runBatch('SELECT n FROM Numbers', bigHost(), sink, { signal })
    assert.equal(sink.results[0]?.rows.length, ROW_COUNT)
    assert.equal(sink.waits, ROW_COUNT / 1000)
  })
})

describe('sharing the event loop', () => {
  it('lets timers run while a query computes', async () => {
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    await runRecorded(
      'SELECT COUNT(*) FROM Numbers a JOIN (SELECT TOP 100 n FROM Numbers) b ON a.n <> b.n',
      bigHost(),
    )
    clearInterval(timer)
    assert.ok(turns >= 5, `${turns} turns`)
  })

  it('sorts long inputs right although it sorts in pieces', async () => {
    const { sink } = await runRecorded('SELECT n FROM Numbers ORDER BY n', bigHost())
    const rows = sink.results[0]?.rows.map(([n]) => n)
    assert.deepEqual(rows, [...Array(ROW_COUNT).keys()])
  })

  it('gives a subquery that was interrupted the same value', async () => {
    const { sink } = await runRecorded(
      'SELECT TOP 3 x.n, (SELECT COUNT(*) FROM Numbers a JOIN (SELECT TOP 40 n FROM Numbers ORDER BY n) b ON a.n > b.n + x.n) FROM Numbers x ORDER BY x.n',
      bigHost(),
    )
    const above = (base: number): number =>
      Array.from({ length: 40 }, (_none, b) => ROW_COUNT - 1 - (b + base)).reduce(
        (a, b) => a + b,
        0,
      )
    assert.deepEqual(sink.results[0]?.rows, [
      [0, above(0)],
      [1, above(1)],
      [2, above(2)],
    ])
  })
})
