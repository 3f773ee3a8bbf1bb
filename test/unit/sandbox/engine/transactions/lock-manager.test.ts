import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import {
  LockManager,
  type LockMode,
  type LockOwner,
} from '../../../../../src/sandbox/engine/transactions/lock-manager.ts'

const FOREVER = -1

function fixture() {
  const locks = new LockManager()
  const log: string[] = []
  const owner = (spid: number): LockOwner => ({ spid })
  const take = async (
    who: LockOwner,
    mode: LockMode,
    { resource = 't', timeoutMs = FOREVER, signal = new AbortController().signal } = {},
  ): Promise<boolean> => {
    const granted = await locks.acquire({ owner: who, resource, mode, timeoutMs, signal })
    log.push(`${who.spid} ${mode}${granted ? '' : ' cancelled'}`)
    return granted
  }
  return { locks, log, owner, take }
}

describe('LockManager', () => {
  it('lets readers in together and a writer alone', async () => {
    const { locks, log, owner, take } = fixture()
    const [a, b, c] = [owner(1), owner(2), owner(3)]
    await take(a, 'shared')
    await take(b, 'shared')
    const writing = take(c, 'exclusive')
    await delay(1)
    assert.deepEqual(log, ['1 shared', '2 shared'])
    locks.release(a, 't', 'shared')
    locks.release(b, 't', 'shared')
    await writing
    assert.equal(log.at(-1), '3 exclusive')
  })

  it('serves those who wait in their order', async () => {
    const { locks, log, owner, take } = fixture()
    const [a, b, c] = [owner(1), owner(2), owner(3)]
    await take(a, 'shared')
    const waiting = [take(b, 'exclusive'), take(c, 'shared')]
    await delay(1)
    locks.releaseAll(a)
    await waiting[0]
    locks.releaseAll(b)
    await waiting[1]
    assert.deepEqual(log, ['1 shared', '2 exclusive', '3 shared'])
  })

  it('lets an owner take more of what it has before others', async () => {
    const { log, owner, take } = fixture()
    const a = owner(1)
    await take(a, 'shared')
    void take(owner(2), 'exclusive', { timeoutMs: 1 }).catch(() => undefined)
    await take(a, 'exclusive')
    await take(a, 'shared')
    assert.deepEqual(log, ['1 shared', '1 exclusive', '1 shared'])
    await delay(5)
  })

  it('gives up after the timeout with 1222', async () => {
    const { owner, take } = fixture()
    await take(owner(1), 'exclusive')
    for (const timeoutMs of [0, 5]) {
      await assert.rejects(take(owner(2), 'shared', { timeoutMs }), {
        number: 1222,
        message: 'Lock request time out period exceeded.',
      })
    }
  })

  it('stops waiting when the signal aborts', async () => {
    const { locks, owner, take } = fixture()
    const [a, b] = [owner(1), owner(2)]
    await take(a, 'exclusive')
    const controller = new AbortController()
    const waiting = take(b, 'exclusive', { signal: controller.signal })
    controller.abort()
    assert.equal(await waiting, false)
    locks.releaseAll(a)
    assert.equal(await take(a, 'exclusive', { timeoutMs: 0 }), true)
  })

  it('finds two that wait for each other', async () => {
    const { locks, owner, take } = fixture()
    const [a, b] = [owner(1), owner(2)]
    await take(a, 'exclusive', { resource: 'x' })
    await take(b, 'exclusive', { resource: 'y' })
    const waiting = take(a, 'exclusive', { resource: 'y' })
    await assert.rejects(take(b, 'shared', { resource: 'x' }), {
      number: 1205,
      severity: 13,
      message: /Process ID 2\) was deadlocked on lock resources/,
    })
    locks.releaseAll(b)
    assert.equal(await waiting, true)
  })

  it('finds two readers that both want to write', async () => {
    const { locks, owner, take } = fixture()
    const [a, b] = [owner(1), owner(2)]
    await take(a, 'shared')
    await take(b, 'shared')
    const waiting = take(a, 'exclusive')
    await assert.rejects(take(b, 'exclusive'), { number: 1205 })
    locks.releaseAll(b)
    assert.equal(await waiting, true)
  })
})
