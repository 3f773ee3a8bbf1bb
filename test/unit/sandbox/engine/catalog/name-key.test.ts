import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collationIdByName } from '../../../../../src/mdf/index.ts'
import { nameKey } from '../../../../../src/sandbox/engine/catalog/name-key.ts'

function areSame(a: string, b: string, collation: string): boolean {
  const id = collationIdByName(collation) ?? 0
  return nameKey(a, id) === nameKey(b, id)
}

describe('nameKey', () => {
  it('follows the case sensitivity of the collation', () => {
    assert.ok(areSame('Orders', 'ORDERS', 'SQL_Latin1_General_CP1_CI_AS'))
    assert.ok(!areSame('Orders', 'ORDERS', 'Latin1_General_CS_AS'))
    assert.ok(!areSame('Orders', 'ORDERS', 'Latin1_General_BIN2'))
  })

  it('follows the accent sensitivity of the collation', () => {
    assert.ok(areSame('Café', 'cafe', 'Latin1_General_CI_AI'))
    assert.ok(!areSame('Café', 'cafe', 'Latin1_General_CI_AS'))
  })

  it('does not count trailing blanks', () => {
    assert.ok(areSame('Orders', 'Orders  ', 'Latin1_General_CS_AS'))
  })
})
