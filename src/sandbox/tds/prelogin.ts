import { preloginError } from './protocol-error.ts'

/** Options of PRELOGIN, [MS-TDS] 2.2.6.5. */
const OPTIONS = { version: 0x00, encryption: 0x01, instance: 0x02, threadId: 0x03, mars: 0x04 }
const TERMINATOR = 0xff
/** token (1), offset (2, big-endian), length (2, big-endian). */
const OPTION_HEADER_SIZE = 5

/** Values of the encryption option. */
export const ENCRYPTION = { off: 0x00, on: 0x01, notSupported: 0x02, required: 0x03 } as const

/** How much of the connection is encrypted after PRELOGIN. */
export type EncryptionScope = 'none' | 'login' | 'all'

/** The client's wish for encryption. @throws ProtocolError 17828 */
export function readPrelogin(payload: Buffer): { readonly encryption: number } {
  let encryption: number = ENCRYPTION.notSupported
  for (let at = 0; ; at += OPTION_HEADER_SIZE) {
    const token = payload[at]
    if (token === TERMINATOR) return { encryption }
    if (token === undefined || at + OPTION_HEADER_SIZE > payload.length) throw preloginError()
    const offset = payload.readUInt16BE(at + 1)
    const length = payload.readUInt16BE(at + 3)
    if (offset + length > payload.length) throw preloginError()
    if (token === OPTIONS.encryption && length > 0) encryption = payload[offset] ?? encryption
  }
}

/** What a server that can encrypt, and does not insist, agrees to. */
export function encryptionScope(wish: number): EncryptionScope {
  switch (wish & 0x0f) {
    case ENCRYPTION.off:
      return 'login'
    case ENCRYPTION.notSupported:
      return 'none'
    default:
      return 'all'
  }
}

const ANSWERS: Readonly<Record<EncryptionScope, number>> = {
  none: ENCRYPTION.notSupported,
  login: ENCRYPTION.off,
  all: ENCRYPTION.on,
}

/** The server's PRELOGIN: version, encryption, instance as asked, no MARS. */
export function preloginAnswer(
  version: { readonly major: number; readonly minor: number; readonly build: number },
  scope: EncryptionScope,
): Buffer {
  const versionBytes = [
    version.major,
    version.minor,
    version.build >> 8,
    version.build & 0xff,
    0,
    0,
  ]
  const options: readonly (readonly [number, readonly number[]])[] = [
    [OPTIONS.version, versionBytes],
    [OPTIONS.encryption, [ANSWERS[scope]]],
    [OPTIONS.instance, [0]],
    [OPTIONS.threadId, []],
    [OPTIONS.mars, [0]],
  ]
  const headers: number[] = []
  const data: number[] = []
  const dataStart = options.length * OPTION_HEADER_SIZE + 1
  for (const [token, bytes] of options) {
    const offset = dataStart + data.length
    headers.push(token, offset >> 8, offset & 0xff, bytes.length >> 8, bytes.length & 0xff)
    data.push(...bytes)
  }
  return Buffer.from([...headers, TERMINATOR, ...data])
}
