import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, it } from 'node:test'
import { createId } from '../../../src/base/index.ts'
import { createContainerRuntime } from '../../../src/container/index.ts'
import { discoverEngine, Instances } from '../../../src/instance/index.ts'
import { createQuietLogger } from '../../support/quiet-logger.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const HOST = '127.0.0.1'
const PORT = 17_870
const NEVER = new AbortController().signal

/** Instances of an engine that is the given shell script. */
async function createInstances(folder: string, script: string) {
  const enginePath = path.join(folder, 'engine.sh')
  await writeFile(enginePath, `#!/bin/sh\n${script}\n`)
  await chmod(enginePath, 0o755)
  const { logger } = createQuietLogger()
  const { runtime } = await createContainerRuntime({
    root: path.join(folder, 'containers'),
    namespace: `test-${createId().slice(0, 12)}`,
    logger,
  })
  const instances = new Instances({
    containers: runtime,
    engine: await discoverEngine({ enginePath, cacheFolder: folder }),
    folder: path.join(folder, 'instances'),
    host: HOST,
    memoryMb: 256,
    logger,
  })
  return { instances, target: { id: createId(), port: PORT, password: 'Pass-word1' } }
}

describe('Instances.start', () => {
  it('fails at once with the exit status and the last lines when the engine ends', async () => {
    await using scratch = await createScratchFolder()
    const { instances, target } = await createInstances(
      scratch.path,
      'echo "starting $MSSQL_TCP_PORT"; echo "the license has expired"; exit 3',
    )
    await assert.rejects(instances.start(target, NEVER), {
      code: 'ENGINE_START_FAILED',
      message: 'the engine ended with exit status 3: the license has expired',
      details: { exitCode: 3, log: `starting ${PORT}\nthe license has expired` },
    })
    await instances.remove(target.id)
    assert.deepEqual(await instances.list(), [])
  })

  it('tells a port that somebody else has from other failures', async () => {
    await using scratch = await createScratchFolder()
    const { instances, target } = await createInstances(scratch.path, 'exit 1')
    const other = createServer((socket) => socket.destroy()).listen(PORT, HOST)
    await once(other, 'listening')
    try {
      await assert.rejects(instances.start(target, NEVER), { code: 'PORT_IN_USE' })
    } finally {
      other.close()
      await instances.remove(target.id)
    }
  })

  it('stops waiting when it is told to; removing ends the engine', async () => {
    await using scratch = await createScratchFolder()
    const { instances, target } = await createInstances(scratch.path, 'exec sleep 60')
    await assert.rejects(instances.start(target, AbortSignal.timeout(200)), {
      name: 'TimeoutError',
    })
    assert.equal((await instances.status(target.id)).status, 'running')
    await instances.remove(target.id)
    assert.equal((await instances.status(target.id)).status, 'absent')
  })
})

describe('discoverEngine', () => {
  it('refuses a program that is not there', async () => {
    await assert.rejects(discoverEngine({ enginePath: '/no/sqlservr', cacheFolder: '/tmp' }), {
      code: 'ENGINE_NOT_FOUND',
    })
  })
})
