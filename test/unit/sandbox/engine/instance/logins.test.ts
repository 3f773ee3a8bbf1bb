import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashPassword, matchesPassword } from '../../../../../src/sandbox/engine/instance/logins.ts'

describe('hashPassword', () => {
  it('matches its password only', () => {
    const hash = hashPassword('Pässw0rd!')
    assert.ok(matchesPassword('Pässw0rd!', hash))
    assert.ok(!matchesPassword('Pässw0rd', hash))
    assert.ok(!matchesPassword('', hash))
  })

  it('hides that two passwords are the same', () => {
    assert.notEqual(hashPassword('Passw0rd!').hash, hashPassword('Passw0rd!').hash)
  })
})
