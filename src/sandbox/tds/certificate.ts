import { generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import * as der from './der.ts'

/** A private key and its certificate, both PEM. */
export interface ServerCertificate {
  readonly key: string
  readonly cert: string
}

const VALIDITY_DAYS = 3650
const MS_PER_DAY = 86_400_000
const SERIAL_BYTES = 16
const VERSION_3 = 2

const IDENTIFIERS = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const

/** Kinds of subjectAltName, RFC 5280, 4.2.1.6. */
const DNS_NAME = 2
const IP_ADDRESS = 7
/** keyUsage is a string of bits, of which the first is digitalSignature. */
const DIGITAL_SIGNATURE = { bits: Buffer.of(0x80), unusedBits: 7 }
const LOOPBACK = [Buffer.of(127, 0, 0, 1), Buffer.concat([Buffer.alloc(15), Buffer.of(1)])]

/**
 * A certificate for `commonName`, a host name, and for loopback, signed by itself, as SQL Server makes one when it is
 * given none.
 *
 * Decision: it is written here, as X.509 (RFC 5280) has it: loading a library for it takes ten times as long as
 * making it, and the first login waits for it.
 */
export async function createSelfSignedCertificate(commonName: string): Promise<ServerCertificate> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
  const algorithm = der.sequence(der.objectIdentifier(IDENTIFIERS.ecdsaWithSha256))
  const content = certificateContent(
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    algorithm,
  )
  const signature = der.bitString(sign('sha256', content, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(der.sequence(content, algorithm, signature)),
  }
}

/** TBSCertificate: what is signed. */
function certificateContent(commonName: string, publicKey: Buffer, algorithm: Buffer): Buffer {
  const now = Date.now()
  const name = der.sequence(
    der.set(der.sequence(der.objectIdentifier(IDENTIFIERS.commonName), der.utf8String(commonName))),
  )
  return der.sequence(
    der.explicit(0, der.integer(Buffer.of(VERSION_3))),
    der.integer(serialNumber()),
    algorithm,
    name,
    der.sequence(der.time(new Date(now)), der.time(new Date(now + VALIDITY_DAYS * MS_PER_DAY))),
    name,
    publicKey,
    der.explicit(3, extensions(commonName)),
  )
}

/** DER has no leading zeros. */
function serialNumber(): Buffer {
  const bytes = randomBytes(SERIAL_BYTES)
  bytes[0] = (bytes[0] ?? 0) | 0x01
  return bytes
}

function extensions(commonName: string): Buffer {
  const hosts = [commonName, 'localhost'].map((host) =>
    der.implicit(DNS_NAME, Buffer.from(host, 'latin1')),
  )
  const addresses = LOOPBACK.map((address) => der.implicit(IP_ADDRESS, address))
  const { bits, unusedBits } = DIGITAL_SIGNATURE
  return der.sequence(
    extension(IDENTIFIERS.keyUsage, der.bitString(bits, unusedBits), { isCritical: true }),
    extension(
      IDENTIFIERS.extendedKeyUsage,
      der.sequence(der.objectIdentifier(IDENTIFIERS.serverAuthentication)),
    ),
    extension(IDENTIFIERS.subjectAlternativeName, der.sequence(...hosts, ...addresses)),
  )
}

function extension(identifier: string, value: Buffer, { isCritical = false } = {}): Buffer {
  const critical = isCritical ? [der.boolean(true)] : []
  return der.sequence(der.objectIdentifier(identifier), ...critical, der.octetString(value))
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
