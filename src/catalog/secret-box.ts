import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PlatformError, systemErrorCode, writeFileAtomic } from '../base/index.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts secrets at rest under the key file of the state root (AES-256-GCM). A sealed secret is
 * nonce | tag | ciphertext and is bound to the id it belongs to: moved to another row it won't open.
 */
export class SecretBox {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  seal(id: string, secret: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(id))
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  }

  /** @throws PlatformError SECRET_KEY_MISMATCH when it was sealed under another key or id */
  open(id: string, sealed: Uint8Array): string {
    const tagEnd = NONCE_BYTES + TAG_BYTES
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(id))
        .setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd))
      return decipher.update(sealed.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8')
    } catch (error) {
      throw new PlatformError('SECRET_KEY_MISMATCH', `decrypt the password of instance ${id}`, {
        cause: error,
      })
    }
  }
}

/**
 * The secret box under `keyFile`, which is made (mode 0600) when it is not there.
 *
 * @throws PlatformError SECRET_KEY_MISMATCH when the file is not a key
 */
export async function openSecretBox(keyFile: string): Promise<SecretBox> {
  const key = (await readKey(keyFile)) ?? (await createKey(keyFile))
  if (key.length !== KEY_BYTES) {
    throw new PlatformError('SECRET_KEY_MISMATCH', `${keyFile} is not a key of ${KEY_BYTES} bytes`)
  }
  return new SecretBox(key)
}

async function readKey(keyFile: string): Promise<Buffer | undefined> {
  try {
    return await readFile(keyFile)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

async function createKey(keyFile: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES)
  await writeFileAtomic(keyFile, key, { mode: 0o600 })
  return key
}
