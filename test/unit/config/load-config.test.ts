import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { loadConfig } from '../../../src/config/index.ts'

describe('loadConfig', () => {
  it('has a default for every setting', async () => {
    const config = await loadConfig({ flags: {}, environment: {} })
    assert.equal(config.listenHost, '127.0.0.1')
    assert.deepEqual(config.instancePorts, { first: 15_000, last: 15_999 })
    assert.ok(path.isAbsolute(config.stateRoot))
  })

  it('prefers flags to the environment, and the environment to the file', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-config-'))
    try {
      const configFile = path.join(folder, 'slipway.json')
      await writeFile(configFile, '{"listenPort": 1, "logLevel": "warn", "instancePorts": "1-2"}')
      const environment = { SLIPWAY_LISTEN_PORT: '2', SLIPWAY_LOG_LEVEL: 'debug' }
      const config = await loadConfig({ flags: { listenPort: '3' }, environment, configFile })
      assert.equal(config.listenPort, 3)
      assert.equal(config.logLevel, 'debug')
      assert.deepEqual(config.instancePorts, { first: 1, last: 2 })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  const wrong: [title: string, flags: Record<string, unknown>, message: RegExp][] = [
    ['an unknown setting', { colour: 'red' }, /colour/],
    ['a port out of range', { listenPort: '70000' }, /^listenPort: /],
    ['a range upside down', { instancePorts: '9-1' }, /^instancePorts: /],
    ['a URL that is not of Redis', { redisUrl: 'http://x' }, /^redisUrl: /],
  ]
  for (const [title, flags, message] of wrong) {
    it(`refuses ${title} in one line that names it`, async () => {
      await assert.rejects(loadConfig({ flags, environment: {} }), {
        code: 'INVALID_CONFIG',
        message,
      })
    })
  }

  it('takes REDIS_URL from the environment', async () => {
    const config = await loadConfig({ flags: {}, environment: { REDIS_URL: 'redis://127.0.0.1' } })
    assert.equal(config.redisUrl, 'redis://127.0.0.1')
  })

  it('names a configuration file that cannot be read', async () => {
    await assert.rejects(loadConfig({ flags: {}, environment: {}, configFile: '/none/x.json' }), {
      code: 'INVALID_CONFIG',
      message: 'configuration file /none/x.json: ENOENT',
    })
  })
})
