import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  microsoftVersion,
  versionText,
} from '../../../../../src/sandbox/engine/instance/server-identity.ts'

describe('versionText', () => {
  it('says what it is', () => {
    assert.match(versionText(), /Slipway sandbox engine/)
    assert.match(versionText(), /not a product of Microsoft/)
  })

  it('has the parts that tools look for', () => {
    assert.match(versionText(), /^Microsoft SQL Server 2022 .* - (\d+)\.(\d+)\.(\d+)\.(\d+) \(/)
    assert.match(versionText(), /\(64-bit\)/)
  })
})

describe('microsoftVersion', () => {
  it('has the major version in its high byte', () => {
    assert.equal(Math.floor(microsoftVersion() / 0x100_0000), 16)
  })
})
