/** A private key and its certificate, both PEM. */
export interface ServerCertificate {
  readonly key: string
  readonly cert: string
}

const VALIDITY_DAYS = 3650

/**
 * A certificate for `commonName` and loopback, signed by itself, as SQL Server makes one when it is
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
  })
  return { key, cert }
}
