import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A password as it is kept: SHA-512 over the UTF-16 password and a salt, as SQL Server's own hash. */
export interface PasswordHash {
  /** Hexadecimal. */
  readonly salt: string
  /** Hexadecimal. */
  readonly hash: string
}

/** The login `sa`. The only one; its id and name are fixed. */
export interface SaLogin {
  readonly name: 'sa'
  /** Undefined when the engine was set up with an empty password: nobody can log in. */
  readonly password: PasswordHash | undefined
  readonly disabled: boolean
}

/** The security identifier of sa, in the master database and of dbo in every other. */
export const SA_SID = Uint8Array.of(1)

const SALT_BYTES = 16

export function hashPassword(password: string): PasswordHash {
  const salt = randomBytes(SALT_BYTES)
  return { salt: salt.toString('hex'), hash: digest(password, salt).toString('hex') }
}

/** Takes the same time wherever the two differ. */
export function matchesPassword(password: string, expected: PasswordHash): boolean {
  const actual = digest(password, Buffer.from(expected.salt, 'hex'))
  return timingSafeEqual(actual, Buffer.from(expected.hash, 'hex'))
}

function digest(password: string, salt: Uint8Array): Buffer {
  return createHash('sha512').update(password, 'utf16le').update(salt).digest()
}
