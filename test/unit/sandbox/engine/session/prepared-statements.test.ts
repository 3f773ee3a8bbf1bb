import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PreparedStatements } from '../../../../../src/sandbox/engine/session/prepared-statements.ts'

describe('PreparedStatements', () => {
  it('keeps statements by handle until they are removed', () => {
    const statements = new PreparedStatements()
    const first = statements.add({ text: 'SELECT 1', declarations: '' })
    const second = statements.add({ text: 'SELECT 2', declarations: '' })
    assert.equal(statements.get(first).text, 'SELECT 1')
    statements.remove(first)
    assert.throws(() => statements.get(first), { number: 8179 })
    assert.throws(() => statements.remove(first), { number: 8179 })
    assert.equal(statements.get(second).text, 'SELECT 2')
    statements.clear()
    assert.throws(() => statements.get(second), { number: 8179 })
  })
})
