import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openSecretBox } from '../../../src/catalog/secret-box.ts'

describe('openSecretBox', () => {
  let folder: string
  let keyFile: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-secret-'))
    keyFile = path.join(folder, 'secret.key')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('makes a key only its owner can read', async () => {
    await openSecretBox(keyFile)
    assert.equal((await stat(keyFile)).mode & 0o777, 0o600)
  })

  it('opens with the same key what was sealed before a restart', async () => {
    const sealed = (await openSecretBox(keyFile)).seal('id', 'Pässword-1')
    assert.equal((await openSecretBox(keyFile)).open('id', sealed), 'Pässword-1')
    assert.ok(!Buffer.from(sealed).includes('ssword'))
  })

  it('refuses another key, another id and a changed byte', async () => {
    const box = await openSecretBox(keyFile)
    const sealed = box.seal('id', 'secret')
    const other = await openSecretBox(path.join(folder, 'other.key'))
    const changed = Uint8Array.from(sealed, (byte, index) =>
      index === sealed.length - 1 ? byte ^ 1 : byte,
    )
    for (const open of [
      () => other.open('id', sealed),
      () => box.open('another', sealed),
      () => box.open('id', changed),
    ]) {
      assert.throws(open, { code: 'SECRET_KEY_MISMATCH' })
    }
  })

  it('refuses a key file of another length', async () => {
    await writeFile(keyFile, 'short')
    await assert.rejects(openSecretBox(keyFile), { code: 'SECRET_KEY_MISMATCH' })
  })
})
