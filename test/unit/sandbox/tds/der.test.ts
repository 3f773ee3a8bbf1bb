import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as der from '../../../../src/sandbox/tds/der.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

describe('der', () => {
  it('writes lengths short and long', () => {
    assert.equal(hex(der.octetString(Buffer.alloc(2, 7))), '04020707')
    assert.equal(hex(der.octetString(Buffer.alloc(200))).slice(0, 6), '0481c8')
    assert.equal(hex(der.octetString(Buffer.alloc(300))).slice(0, 8), '0482012c')
  })

  it('keeps numbers positive', () => {
    assert.equal(hex(der.integer(Buffer.of(0x7f))), '02017f')
    assert.equal(hex(der.integer(Buffer.of(0x80))), '02020080')
  })

  it('writes object identifiers in groups of seven bits', () => {
    assert.equal(hex(der.objectIdentifier('1.2.840.10045.4.3.2')), '06082a8648ce3d040302')
    assert.equal(hex(der.objectIdentifier('2.5.29.17')), '0603551d11')
  })

  it('writes times with two digits of the year until 2049', () => {
    const text = (moment: string) => der.time(new Date(moment)).subarray(2).toString('latin1')
    assert.equal(text('2026-11-24T11:12:13.456Z'), '261124111213Z')
    assert.equal(text('2050-01-02T03:04:05Z'), '20500102030405Z')
  })
})
