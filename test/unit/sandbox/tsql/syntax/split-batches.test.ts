import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { splitBatches } from '../../../../../src/sandbox/tsql/syntax/index.ts'

describe('splitBatches', () => {
  it('cuts at lines of GO, in any case and with a count', () => {
    assert.deepEqual(splitBatches('SELECT 1\r\nGO\r\nSELECT 2\n  go 3 -- thrice\n\nGO\nSELECT 3'), [
      { text: 'SELECT 1\r\n', line: 1, repeat: 1 },
      { text: 'SELECT 2\n', line: 3, repeat: 3 },
      { text: 'SELECT 3', line: 7, repeat: 1 },
    ])
  })

  for (const open of [
    "'a\nGO\n'",
    '"a\nGO\n"',
    '[a\nGO\n]',
    '/* /* */\nGO\n*/',
    "-- it's\n",
    "'it''s'",
  ]) {
    it(`sees no separator in ${JSON.stringify(open)}`, () => {
      const first = `SELECT ${open}\n`
      assert.deepEqual(
        splitBatches(`${first}GO\nSELECT 2`).map(({ text }) => text),
        [first, 'SELECT 2'],
      )
    })
  }

  it('leaves GO within a line and unclosed text alone', () => {
    for (const script of ['SELECT 1 GO\nSELECT 2', "SELECT 'a\nGO\n", '/* a\nGO\n']) {
      assert.deepEqual(splitBatches(script), [{ text: script, line: 1, repeat: 1 }])
    }
  })

  it('finds nothing in white space', () => assert.deepEqual(splitBatches('\nGO\n \nGO'), []))
})
