import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  bucketOf,
  type Hash,
  hashAddress,
  hashBytes,
  MultisetDigest,
  startHash,
} from '../../../../../src/mdf/verify/structure/multiset-digest.ts'

describe('MultisetDigest', () => {
  it('is the same whatever the order of the elements', () => {
    const texts = Array.from({ length: 5_000 }, (_, index) => `row ${index}`)
    assert.deepEqual(digestOf(texts).difference(digestOf(texts.toReversed())), [])
  })

  it('tells the bucket of an element that is missing, added or repeated', () => {
    const texts = ['a', 'b', 'c']
    assert.deepEqual(digestOf(texts).difference(digestOf(['a', 'c'])), [bucketOf(hashOf('b'))])
    assert.deepEqual(digestOf(texts).difference(digestOf(['a', 'b', 'c', 'c'])), [
      bucketOf(hashOf('c')),
    ])
  })

  it('tells an element from one that differs in a bit', () => {
    for (let bit = 0; bit < 8 * 9; bit++) {
      const bytes = Buffer.from('nine byte')
      bytes[bit >> 3] = bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7))
      const [whole, changed] = [hashOf('nine byte'), hashOf(bytes.toString('latin1'))]
      assert.ok(whole.low !== changed.low && whole.high !== changed.high)
    }
  })
})

describe('hashAddress', () => {
  it('gives every row of a file another hash', () => {
    const seen = new Set<string>()
    for (let page = 0; page < 500; page++) {
      for (let slot = 0; slot < 100; slot++) {
        const hash: Hash = { low: 0, high: 0 }
        startHash(hash)
        hashAddress(hash, 1, page, slot)
        seen.add(`${hash.low}:${hash.high}`)
      }
    }
    assert.equal(seen.size, 50_000)
  })
})

function digestOf(texts: readonly string[]): MultisetDigest {
  const digest = new MultisetDigest()
  for (const text of texts) digest.add(hashOf(text))
  return digest
}

function hashOf(text: string): Hash {
  const hash: Hash = { low: 0, high: 0 }
  startHash(hash)
  const bytes = Buffer.from(text, 'latin1')
  hashBytes(hash, bytes, 0, bytes.length)
  return hash
}
