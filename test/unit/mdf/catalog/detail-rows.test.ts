import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { columnMarkOf, isObjectName } from '../../../../src/mdf/catalog/detail-rows.ts'

describe('isObjectName', () => {
  it('takes one to four names', () => {
    for (const text of ['T', '[a]]b].[c d]', 's.d..t', '[a].[b].[c].[d]', '#t']) {
      assert.equal(isObjectName(text), true, text)
    }
  })

  it('takes nothing else', () => {
    for (const text of ['', '[', '1', 'a b', 'a.b.c.d.e', 'a;', `[${'x'.repeat(2000)}]`]) {
      assert.equal(isObjectName(text), false, text)
    }
  })
})

describe('columnMarkOf', () => {
  it('knows the classes of sysobjvalues that sys.columns reads', () => {
    assert.deepEqual([115, 120, 128, 1].map(columnMarkOf), [
      'encrypted',
      'masked',
      'graph',
      undefined,
    ])
  })
})
