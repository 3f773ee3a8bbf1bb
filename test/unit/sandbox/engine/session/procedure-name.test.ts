import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseProcedureName } from '../../../../../src/sandbox/engine/session/procedure-name.ts'

const CASES: readonly (readonly [text: string, parts: readonly string[]])[] = [
  ['sp_who', ['', '', 'sp_who']],
  ['sys.sp_who', ['', 'sys', 'sp_who']],
  ['master..sp_who', ['master', '', 'sp_who']],
  ['[my db].[dbo].[Ten Most]', ['my db', 'dbo', 'Ten Most']],
  ['[a]]b].[c.d]', ['', 'a]b', 'c.d']],
  ['"a""b"', ['', '', 'a"b']],
  ['dbo.numbered;1', ['', 'dbo', 'numbered']],
]

describe('parseProcedureName', () => {
  for (const [text, parts] of CASES) {
    it(`reads ${text}`, () => {
      const { database, schema, name } = parseProcedureName(text)
      assert.deepEqual([database, schema, name], parts)
    })
  }
})
