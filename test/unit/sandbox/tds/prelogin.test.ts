import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ENCRYPTION,
  encryptionScope,
  preloginAnswer,
  readPrelogin,
} from '../../../../src/sandbox/tds/prelogin.ts'

/** [MS-TDS] 4.1: the sample PRELOGIN of a client, without its packet header. */
const SAMPLE = Buffer.from(
  '00001a00060100200001020021000103002200040400260001ff090000000000010050000000' + '0000',
  'hex',
)

describe('readPrelogin', () => {
  it("reads a client's wish for encryption", () => {
    assert.equal(readPrelogin(SAMPLE).encryption, ENCRYPTION.on)
  })

  it('refuses bytes whose options point outside, 17828', () => {
    for (let length = 0; length < 0x1b; length++) {
      assert.throws(() => readPrelogin(SAMPLE.subarray(0, length)), { number: 17828 })
    }
  })
})

describe('encryptionScope', () => {
  it('follows the client', () => {
    const { off, on, notSupported, required } = ENCRYPTION
    assert.deepEqual([off, on, notSupported, required].map(encryptionScope), [
      'login',
      'all',
      'none',
      'all',
    ])
  })
})

describe('preloginAnswer', () => {
  it('tells the version and the encryption that was agreed on', () => {
    const answer = preloginAnswer({ major: 16, minor: 1, build: 4135 }, 'login')
    assert.equal(readPrelogin(answer).encryption, ENCRYPTION.off)
    assert.deepEqual([...answer.subarray(26, 32)], [16, 1, 4135 >> 8, 4135 & 0xff, 0, 0])
  })
})
