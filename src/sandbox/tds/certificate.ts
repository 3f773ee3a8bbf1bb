/** A private key and its certificate, both PEM. */
export interface ServerCertificate {
  readonly key: string
  readonly cert: string
}

const VALIDITY_DAYS = 3650
/** Kinds of subjectAltName, RFC 5280, 4.2.1.6. */
const DNS_NAME = 2
const IP_ADDRESS = 7

/**
 * A certificate for `commonName`, a host name, and for loopback, signed by itself, as SQL Server makes one when it is
 * given none. The generator is loaded on first use: most of what it costs is its module graph.
 */
export async function createSelfSignedCertificate(commonName: string): Promise<ServerCertificate> {
  const { generate } = await import('selfsigned')
  const notBeforeDate = new Date()
  const notAfterDate = new Date(notBeforeDate)
  notAfterDate.setDate(notAfterDate.getDate() + VALIDITY_DAYS)
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate,
    extensions: [
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: DNS_NAME, value: commonName },
          { type: DNS_NAME, value: 'localhost' },
          { type: IP_ADDRESS, ip: '127.0.0.1' },
          { type: IP_ADDRESS, ip: '::1' },
        ],
      },
    ],
  })
  return { key, cert }
}
