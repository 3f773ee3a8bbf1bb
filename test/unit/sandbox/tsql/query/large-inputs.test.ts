import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'

const LARGE = 30_000

/** `Large` has ids 0 to 29,999 in a scattered order; `Small` has three, one of them not in `Large`. */
function unevenHost(): MemoryHost {
  return new MemoryHost({
    tables: {
      Large: {
        columns: { id: 'int', part: 'int' },
        rows: Array.from({ length: LARGE }, (_none, index) => {
          const id = (index * 7919) % LARGE
          return [id, id % 3]
        }),
      },
      Small: { columns: { id: 'int' }, rows: [[5], [29_999], [70_000]] },
    },
  })
}

/** With a much larger right side the joins read the left one into memory instead. */
const CASES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'SELECT s.id, l.part FROM Small s JOIN Large l ON l.id = s.id ORDER BY s.id': [
    [5, 2],
    [29_999, 2],
  ],
  'SELECT s.id, l.part FROM Small s LEFT JOIN Large l ON l.id = s.id ORDER BY s.id': [
    [5, 2],
    [29_999, 2],
    [70_000, null],
  ],
  'SELECT s.id, l.part FROM Small s LEFT JOIN Large l ON l.id = s.id AND l.part = 1 ORDER BY s.id':
    [
      [5, null],
      [29_999, null],
      [70_000, null],
    ],
  'SELECT s.id, l.id FROM Small s LEFT JOIN Large l ON l.id < s.id AND l.id < 2 ORDER BY 1, 2': [
    [5, 0],
    [5, 1],
    [29_999, 0],
    [29_999, 1],
    [70_000, 0],
    [70_000, 1],
  ],
  'SELECT COUNT(*), COUNT(s.id), COUNT(l.id) FROM Small s FULL JOIN Large l ON l.id = s.id': [
    [LARGE + 1, 3, LARGE],
  ],
  'SELECT TOP 3 id FROM Large ORDER BY id DESC': [[29_999], [29_998], [29_997]],
  'SELECT TOP 3 part, id FROM Large ORDER BY part DESC, id': [
    [2, 2],
    [2, 5],
    [2, 8],
  ],
  'SELECT id FROM Large ORDER BY id OFFSET 20000 ROWS FETCH NEXT 2 ROWS ONLY': [[20_000], [20_001]],
  'SELECT id FROM Large ORDER BY id OFFSET 2000 ROWS FETCH NEXT 2 ROWS ONLY': [[2000], [2001]],
  'SELECT MAX(x.id) FROM (SELECT TOP 5000 id FROM Large ORDER BY id) x': [[4999]],
}

describe('large inputs', () => {
  for (const [batch, expected] of Object.entries(CASES)) {
    it(`answers: ${batch}`, async () => {
      const { sink } = await runRecorded(batch, unevenHost())
      assert.deepEqual(sink.errors, [])
      assert.deepEqual(sink.results[0]?.rows, expected)
    })
  }
})
