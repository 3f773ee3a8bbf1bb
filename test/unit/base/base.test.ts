import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  createId,
  createPassword,
  defineStateMachine,
  PlatformError,
  redactSecrets,
  toPlatformError,
  writeFileAtomic,
} from '../../../src/base/index.ts'

describe('createPassword', () => {
  it('conforms to the policy and needs no quoting, a thousand times', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 1000; i++) {
      const password = createPassword()
      seen.add(password)
      assert.match(password, /^[A-Za-z][A-Za-z0-9._-]{23}$/)
      for (const set of [/[A-Z]/, /[a-z]/, /[0-9]/, /[-_.]/]) assert.match(password, set)
    }
    assert.equal(seen.size, 1000)
  })
})

describe('createId', () => {
  it("has the form of Docker's ids", () => {
    assert.match(createId(), /^[0-9a-f]{64}$/)
  })
})

describe('PlatformError', () => {
  it('takes kind and advice from the catalogue', () => {
    const error = new PlatformError('IMAGE_NOT_FOUND', 'no image "x"', { details: { image: 'x' } })
    assert.equal(error.kind, 'not-found')
    assert.match(error.fix ?? '', /slipway image ls/)
    assert.deepEqual(error.details, { image: 'x' })
    assert.equal(Object.keys(error).includes('name'), false)
  })

  it('wraps what is not one, with its cause', () => {
    const cause = new Error('boom')
    const error = toPlatformError(cause)
    assert.equal(error.code, 'INTERNAL')
    assert.equal(error.cause, cause)
    assert.equal(toPlatformError(error), error)
  })
})

describe('defineStateMachine', () => {
  const machine = defineStateMachine({ created: ['running'], running: ['exited'], exited: [] })

  it('allows what its table allows and refuses the rest by name', () => {
    machine.assert('created', 'running', 'container c1')
    assert.throws(() => machine.assert('exited', 'running', 'container c1'), {
      code: 'INVALID_STATE_TRANSITION',
      message: 'container c1 is exited, cannot be running',
    })
  })
})

describe('redactSecrets', () => {
  it('replaces secrets at any depth and leaves the rest', () => {
    const fields = { clone: { saPassword: 'x', port: 1 }, list: [{ token: 'y' }], name: 'n' }
    assert.deepEqual(redactSecrets(fields), {
      clone: { saPassword: '[redacted]', port: 1 },
      list: [{ token: '[redacted]' }],
      name: 'n',
    })
  })
})

describe('writeFileAtomic', () => {
  it('replaces a file and leaves no temporary one, also when it fails', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-base-'))
    try {
      const file = path.join(folder, 'state.json')
      await writeFileAtomic(file, 'one')
      await writeFileAtomic(file, 'two')
      assert.equal(await readFile(file, 'utf8'), 'two')
      await assert.rejects(writeFileAtomic(path.join(folder, 'missing', 'x'), 'three'))
      await assert.rejects(writeFileAtomic(folder, 'a folder cannot be replaced by a file'))
      assert.deepEqual(await readdir(folder), ['state.json'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
