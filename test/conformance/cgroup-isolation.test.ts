import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { PlatformError } from '../../src/base/index.ts'
import { createContainerRuntime } from '../../src/container/index.ts'
import {
  createContainerPlace as createPlace,
  isAlive,
  readPid,
  waitForLog,
} from '../support/container-place.ts'
import { createQuietLogger } from '../support/quiet-logger.ts'
import { createScratchFolder } from '../support/scratch-folder.ts'
import { describeContainerRuntime } from './isolation-suite.ts'

const MIB = 1024 ** 2
const skip = await skipWithoutCgroups()

describeContainerRuntime({ name: 'cgroup', skip })

describe('ContainerRuntime over cgroups only', { skip }, () => {
  it('reaches a daemon with a session of its own and a cleared environment', async () => {
    await using place = await createPlace('cgroup')
    const spec = place.createSpec(`
      env -i /usr/bin/setsid /bin/sh -c 'echo $$ > hidden; exec /bin/sleep 100' &
      while ! [ -s hidden ]; do sleep 0.01; done; echo ready; exec sleep 100`)
    await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    const hidden = await readPid(place, 'hidden')
    assert.equal(await isAlive(hidden), true)
    await place.runtime.kill(spec.id)
    assert.equal(await isAlive(hidden), false)
  })

  it('ends processes that multiply', async () => {
    await using place = await createPlace('cgroup')
    const spec = place.createSpec('f() { sleep 0.01; f & f & }; f; echo ready; sleep 100', {
      limits: { processCount: 200 },
    })
    await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    await place.runtime.remove(spec.id)
    assert.deepEqual(await place.runtime.list(), [])
  })

  it('limits the memory of the tree', async (context) => {
    await using place = await createPlace('cgroup')
    if (!place.runtime.capabilities.memoryLimit) return context.skip('no memory controller')
    // tail keeps what it reads until a newline comes, and none does.
    const script = 'head -c 300000000 /dev/zero | tail -n 1 > /dev/null; exit $?'
    const limits = { memoryBytes: 64 * MIB }
    const spec = place.createSpec(script, { limits })
    await place.runtime.start(spec)
    const limited = await place.runtime.waitForExit(spec.id)
    assert.ok(limited.status === 'exited' && limited.exitCode === 137, JSON.stringify(limited))
    const free = place.createSpec(script)
    await place.runtime.start(free)
    const unlimited = await place.runtime.waitForExit(free.id)
    assert.ok(unlimited.status === 'exited' && unlimited.exitCode === 0, JSON.stringify(unlimited))
  })

  it('limits the number of processes', async (context) => {
    await using place = await createPlace('cgroup')
    if (!place.runtime.capabilities.processLimit) return context.skip('no pids controller')
    const script = 'for i in 1 2 3 4 5 6 7 8; do sleep 100 & done; echo all'
    const spec = place.createSpec(script, { limits: { processCount: 4 } })
    await place.runtime.start(spec)
    const status = await place.runtime.waitForExit(spec.id)
    assert.ok(status.status === 'exited' && status.exitCode !== 0, JSON.stringify(status))
  })

  it('leaves no cgroup behind', async () => {
    const place = await createPlace('cgroup')
    await place.runtime.start(place.createSpec('exec sleep 100'))
    assert.notEqual(findCgroups(place.namespace), '')
    await place[Symbol.asyncDispose]()
    assert.equal(findCgroups(place.namespace), '')
  })
})

function findCgroups(name: string): string {
  return execFileSync('find', ['/sys/fs/cgroup', '-name', name], { encoding: 'utf8' })
}

async function skipWithoutCgroups(): Promise<string | false> {
  await using scratch = await createScratchFolder()
  const { logger } = createQuietLogger()
  try {
    const options = { root: scratch.path, namespace: 'test-probe', logger }
    await createContainerRuntime({ ...options, isolation: 'cgroup' })
    return false
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'ISOLATION_UNSUPPORTED') throw error
    return error.message
  }
}
