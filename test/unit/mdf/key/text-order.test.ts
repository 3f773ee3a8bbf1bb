import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collationIdByName } from '../../../../src/mdf/index.ts'
import { compareTexts, textOrder } from '../../../../src/mdf/key/text-order.ts'
import { UNKNOWN_ORDER } from '../../../../src/mdf/key/unknown-order.ts'

const CASES: readonly [collation: string, left: string, right: string, order: number][] = [
  ['Latin1_General_CI_AS', 'Apple', 'banana', -1],
  ['Latin1_General_CI_AS', 'apple', 'APPLE', 0],
  ['Latin1_General_CS_AS', 'apple', 'APPLE', UNKNOWN_ORDER],
  ['Latin1_General_CI_AS', 'apple', 'apples', -1],
  ['Latin1_General_CI_AS', 'apple  ', 'apple', 0],
  ['Latin1_General_CI_AS', '', 'a', -1],
  ['Latin1_General_CI_AS', '9 lives', 'a life', -1],
  ['Latin1_General_CI_AS', 'co-op b', 'co-op a', 1],
  ['Latin1_General_CI_AS', 'co-op', 'coop', UNKNOWN_ORDER],
  ['Latin1_General_CI_AS', 'Ångström', 'Zebra', UNKNOWN_ORDER],
  ['Latin1_General_CI_AS', 'Ångström', 'Ångström', 0],
  ['Latin1_General_CI_AS', 'a', 'b\u0301', UNKNOWN_ORDER],
  ['Danish_Norwegian_CI_AS', 'aa', 'b', UNKNOWN_ORDER],
  ['Czech_CI_AS', 'ch', 'd', UNKNOWN_ORDER],
  ['Turkish_CI_AS', 'i', 'I', UNKNOWN_ORDER],
  ['Latin1_General_BIN2', 'B', 'a', -1],
  ['Latin1_General_BIN', 'a', 'B', 1],
  ['Latin1_General_BIN2', 'é', 'z', UNKNOWN_ORDER],
]

describe('compareTexts', () => {
  for (const [collation, left, right, order] of CASES) {
    it(`under ${collation}: '${left}' and '${right}'`, () => {
      const id = collationIdByName(collation)
      assert.ok(id !== undefined)
      const known = textOrder(id, 2)
      assert.equal(compareTexts(known, place(left), place(right)), order)
      const reverse = order === UNKNOWN_ORDER ? order : 0 - order
      assert.equal(compareTexts(known, place(right), place(left)), reverse)
    })
  }
})

function place(text: string) {
  const bytes = Buffer.from(text, 'utf16le')
  return { bytes, start: 0, end: bytes.length }
}
