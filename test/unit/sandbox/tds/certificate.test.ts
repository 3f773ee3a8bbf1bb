import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { createSelfSignedCertificate } from '../../../../src/sandbox/tds/index.ts'

describe('createSelfSignedCertificate', () => {
  it('makes a certificate for the host and for loopback, with its key', async () => {
    const { key, cert } = await createSelfSignedCertificate('sql1')
    const certificate = new X509Certificate(cert)
    assert.equal(certificate.subject, 'CN=sql1')
    assert.ok(certificate.checkHost('sql1') && certificate.checkHost('localhost'))
    assert.ok(certificate.checkIP('127.0.0.1'))
    assert.ok(certificate.checkPrivateKey(createPrivateKey(key)))
    assert.ok(certificate.verify(certificate.publicKey))
  })
})
