import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { ServerCursor } from '../../../../../src/sandbox/tsql/index.ts'
import { MemoryHost, RecordingSink, runRecorded, typeOf } from '../../../../support/memory-host.ts'

const { signal } = new AbortController()
const INT = typeOf('int')

async function hostWithRows(): Promise<MemoryHost> {
  const host = new MemoryHost()
  const script =
    'CREATE TABLE Goods (id int PRIMARY KEY, n int); INSERT Goods VALUES (1, 10), (2, 20), (3, 30), (4, 40)'
  const { sink } = await runRecorded(script, host)
  assert.deepEqual(sink.errors, [])
  return host
}

async function rowsOf(host: MemoryHost) {
  const { sink } = await runRecorded('SELECT id, n FROM Goods ORDER BY id', host)
  return sink.results[0]?.rows
}

describe('ServerCursor', () => {
  it('fetches several rows at once, and fewer at the end', async () => {
    const cursor = await ServerCursor.open(
      'SELECT id FROM Goods ORDER BY id',
      await hostWithRows(),
      {
        model: 'keyset',
        isForwardOnly: false,
        signal,
      },
    )
    assert.deepEqual([cursor.rowCount, cursor.columns.map(({ name }) => name)], [4, ['id']])
    const first = await cursor.fetch({ direction: 'first', offset: 0 }, 3, signal)
    assert.deepEqual(
      first.map(({ values }) => values),
      [[1], [2], [3]],
    )
    const next = await cursor.fetch({ direction: 'next', offset: 0 }, 3, signal)
    assert.deepEqual(
      next.map(({ values }) => values),
      [[4]],
    )
    assert.deepEqual(await cursor.fetch({ direction: 'next', offset: 0 }, 3, signal), [])
    cursor.close()
    await assert.rejects(cursor.fetch({ direction: 'first', offset: 0 }, 1, signal), {
      number: 16917,
    })
  })

  it('changes and deletes rows of the last fetch by their numbers', async () => {
    const host = await hostWithRows()
    const parameters = [{ name: '@low', type: INT, value: 2 }]
    const cursor = await ServerCursor.open('SELECT id, n FROM Goods WHERE id >= @low', host, {
      parameters,
      model: 'dynamic',
      isForwardOnly: false,
      concurrency: 'optimistic',
      signal,
    })
    await cursor.fetch({ direction: 'first', offset: 0 }, 3, signal)
    const out = new RecordingSink()
    assert.ok(await cursor.change(2, [{ column: 'n', type: INT, value: 33 }], { out, signal }))
    assert.ok(await cursor.change(3, [], { out, signal }))
    assert.deepEqual(await rowsOf(host), [
      [1, 10],
      [2, 20],
      [3, 33],
    ])
    await assert.rejects(cursor.change(9, [], { out, signal }), SqlError)
  })

  it('tells of an error in a change', async () => {
    const host = await hostWithRows()
    const cursor = await ServerCursor.open('SELECT id FROM Goods ORDER BY id', host, {
      model: 'dynamic',
      isForwardOnly: true,
      signal,
    })
    await cursor.fetch({ direction: 'next', offset: 0 }, 1, signal)
    const out = new RecordingSink()
    assert.equal(
      await cursor.change(1, [{ column: 'id', type: INT, value: 4 }], { out, signal }),
      false,
    )
    assert.deepEqual(
      out.errors.map(({ number }) => number),
      [2627],
    )
  })

  it('is of one SELECT only', async () => {
    const options = { model: 'static', isForwardOnly: true, signal } as const
    for (const text of ['SELECT 1 SELECT 2', 'PRINT 1', '']) {
      await assert.rejects(ServerCursor.open(text, new MemoryHost(), options), { number: 16937 })
    }
  })
})
