import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { passwordPolicyViolation } from '../../../../../src/sandbox/engine/process/password-policy.ts'

describe('passwordPolicyViolation', () => {
  it('accepts eight characters of three sets', () => {
    const good = ['Passw0rd', 'yourStrong(!)Password', 'abc-1234', 'ABCD!234', 'Пароль-1']
    for (const password of good)
      assert.equal(passwordPolicyViolation(password), undefined, password)
  })

  it('says when a password is too short or too long', () => {
    assert.match(
      passwordPolicyViolation('Ab1!567') ?? '',
      /it is too short\. .* at least 8 characters\.$/,
    )
    assert.match(passwordPolicyViolation(`Ab1!${'x'.repeat(125)}`) ?? '', /it is too long/)
  })

  it('says when a password has fewer than three sets of characters', () => {
    for (const password of ['password', 'password1', 'PASSWORD!', '12345678!']) {
      assert.match(passwordPolicyViolation(password) ?? '', /it is not complex enough/, password)
    }
  })
})
